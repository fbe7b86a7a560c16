import type { TextId } from './en.ts';

/** Korean texts of surveys. No particle that depends on the sound before it follows a placeholder. */
export const ko: Record<TextId, string> = {
  'post_purchase.title': '{brand}에서의 쇼핑은 어떠셨나요?',
  'post_purchase.intro': '두 번만 탭하시면 다음 고객님께 도움이 됩니다.',
  'post_purchase.rating': '오늘 쇼핑에 얼마나 만족하셨나요?',
  'post_purchase.confidence': '알맞은 상품을 고르셨다고 얼마나 확신하시나요?',
  'confidence.least': '전혀 확신하지 않음',
  'confidence.most': '매우 확신함',
  'post_purchase.low': '쇼핑하시는 동안 어떤 점이 불편하셨나요?',
  'post_purchase.middle': '어떤 점이 달랐다면 쇼핑이 더 좋았을까요?',
  'post_purchase.high': '쇼핑하면서 가장 좋았던 점은 무엇인가요?',

  'delivery.title': '주문하신 상품은 잘 도착했나요?',
  'delivery.intro': '{brand}의 배송이 어땠는지 한 번의 탭으로 알려 주세요.',
  'delivery.rating': '배송에 얼마나 만족하셨나요?',
  'delivery.low': '배송에 어떤 문제가 있었나요?',
  'delivery.middle': '어떤 점이 달랐다면 배송이 더 좋았을까요?',
  'delivery.high': '배송에서 가장 좋았던 점은 무엇인가요?',

  'usage.title': '구매하신 상품은 마음에 드시나요?',
  'usage.intro': '{brand}에서 주문하신 상품을 받으신 지 며칠이 지났습니다.',
  'usage.rating': '상품에 얼마나 만족하시나요?',
  'usage.low': '상품에 어떤 문제가 있었나요?',
  'usage.middle': '상품의 어떤 점이 나아지면 더 좋을까요?',
  'usage.high': '상품에서 가장 마음에 드는 점은 무엇인가요?',

  'relationship.title': '저희에 대해 어떻게 생각하시나요?',
  'relationship.intro': '{brand}에 대한 전반적인 질문 하나입니다.',
  'relationship.rating': '{brand}에서의 쇼핑을 주변 분께 추천하실 의향이 얼마나 있으신가요?',
  'relationship.low': '어떤 점이 불편하셨나요?',
  'relationship.middle': '{brand}의 어떤 점이 나아지면 더 좋을까요?',
  'relationship.high': '{brand}에서 가장 마음에 드는 점은 무엇인가요?',

  'csat.least': '매우 불만족',
  'csat.most': '매우 만족',
  'nps.least': '전혀 추천하지 않음',
  'nps.most': '적극 추천함',

  'thanks.low.title': '불편을 드려 죄송합니다.',
  'thanks.low.text': '알려 주셔서 감사합니다. {brand}의 담당자가 {time} 이내에 확인하겠습니다.',
  'thanks.middle.title': '감사합니다.',
  'thanks.middle.text': '보내 주신 답변은 개선을 맡은 담당자에게 바로 전달됩니다.',
  'thanks.high.title': '정말 감사합니다!',
  'thanks.high.text': '좋은 소식을 팀에 전달했습니다.',

  'label.submit': '보내기',
  'label.optional': '선택 사항',
  'label.required': '필수',
  'label.sending': '보내는 중…',
  'label.error': '답변을 보내지 못했습니다. 다시 시도해 주세요.',

  'error.required': '이 질문에 답해 주세요.',
  'error.out_of_range': '{min}부터 {max}까지의 정수를 선택해 주세요.',
  'error.wrong_type': '답변의 형식이 이 질문에 맞지 않습니다.',
  'error.unknown_choice': '제시된 답변 중에서 선택해 주세요.',
  'error.unknown_question': '이 설문에 없는 질문입니다.',
  'error.unreadable': '답변을 읽지 못했습니다. 페이지를 새로고침해 주세요.',
};
