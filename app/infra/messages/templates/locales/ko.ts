import type { MessageTextId } from './en.ts';

/** Korean words of the messages. No particle that depends on the sound before it follows a placeholder. */
export const ko: Record<MessageTextId, string> = {
  'greeting.named': '{firstName}님, 안녕하세요.',
  'greeting.plain': '안녕하세요.',
  'product.plain': '구매하신 상품',

  'delivery.subject': '{brand}에서 주문하신 {order}, 잘 도착했나요?',
  'delivery.heading': '주문하신 상품은 잘 도착했나요?',
  'delivery.text':
    '{order} 주문({product})의 배송은 어떠셨나요? 지금쯤 받아 보셨을 텐데, 한 번의 탭으로 {brand}에 알려 주세요.',
  'delivery.button': '배송 평가하기',
  'usage.subject': '{product}, 마음에 드시나요?',
  'usage.heading': '구매하신 상품은 마음에 드시나요?',
  'usage.text':
    '{product}({order} 주문), 받으신 지 며칠이 지났습니다. 마음에 드시나요? 한 번의 탭이면 충분합니다.',
  'usage.button': '상품 평가하기',
  'relationship.subject': '{brand}에 대해 어떻게 생각하시나요?',
  'relationship.heading': '저희에 대해 어떻게 생각하시나요?',
  'relationship.text':
    '{order} 주문({product}) 이후 어느 정도 시간이 지났습니다. {brand}에서의 쇼핑을 주변 분께 추천하실 의향이 얼마나 있으신가요?',
  'relationship.text.plain':
    '지난번 주문 이후 어느 정도 시간이 지났습니다. {brand}에서의 쇼핑을 주변 분께 추천하실 의향이 얼마나 있으신가요?',
  'relationship.button': '지금 응답하기',
  'support.subject': '{brand}의 도움은 어떠셨나요?',
  'support.heading': '저희의 도움은 어떠셨나요?',
  'support.text': '문의하신 내용에 대한 {brand}의 처리가 끝났습니다. 어떠셨는지 한 번의 탭으로 알려 주세요.',
  'support.button': '도움 평가하기',
  'return.subject': '{brand}에서의 반품, 수월하셨나요?',
  'return.heading': '반품은 수월하셨나요?',
  'return.text':
    '{order} 주문({product})의 반품에 대해 여쭙니다. {brand}에서의 절차는 수월하셨나요? 한 번의 탭이면 충분합니다.',
  'return.button': '반품 평가하기',
  'milestone.subject': '{brand}에서 감사의 마음을 담아 한 가지 여쭙니다',
  'milestone.heading': '늘 함께해 주셔서 감사합니다.',
  'milestone.text':
    '꾸준히 {brand}에서 쇼핑해 주셔서 진심으로 감사드립니다. {brand}에서의 쇼핑을 주변 분께 추천하실 의향이 얼마나 있으신가요?',
  'milestone.button': '지금 응답하기',
  'survey.preview': '한 번만 누르면 시작됩니다.',
  'survey.expiry': '링크는 고객님 전용이며, 유효 기간은 {time}입니다.',
  'survey.why': '{brand}에서 주문하신 고객님께 보내 드리는 메일입니다.',
  'reminder.subject': '다시 한번 여쭙니다: {subject}',
  'reminder.preview': '며칠 전에 보내 드린 설문을 다시 안내드립니다.',
  'reminder.text':
    '며칠 전 {brand}에서 드린 질문에 아직 답을 받지 못했습니다. 잠시 시간이 되신다면 한 번의 탭이면 충분합니다. 이 질문을 다시 알려 드리지는 않겠습니다.',

  'acknowledgement.subject': '{order} 주문에 불편을 드려 죄송합니다',
  'acknowledgement.subject.plain': '불편을 드려 죄송합니다. {brand}에서 확인하고 있습니다',
  'acknowledgement.preview': '앞으로의 절차와 답변 기한을 알려 드립니다.',
  'acknowledgement.heading': '불편을 드려 죄송합니다.',
  'acknowledgement.heard': '불편하셨던 점을 알려 주셔서 감사합니다. {brand}에서 문의로 접수했습니다.',
  'acknowledgement.next':
    '다음 절차: 담당자가 내용을 확인하고 {answerBy}까지 직접 답변드리겠습니다. 접수 번호는 {case}번입니다.',
  'acknowledgement.offer':
    '그동안 이 코드로 다음 주문에서 {amount} 할인을 받으실 수 있습니다. 한 번만 사용할 수 있으며, {expires}까지 유효합니다.',
  'acknowledgement.reply': '더 하실 말씀이 있으면 이 메일에 답장해 주세요.',
  'acknowledgement.why': '{brand}에 불편하셨던 점을 알려 주신 고객님께 보내 드리는 메일입니다.',

  'reward.subject': '{brand}에서 드리는 혜택',
  'reward.preview': '답변해 주셔서 감사합니다.',
  'reward.heading': '답변해 주셔서 감사합니다.',
  'reward.code':
    '약속드린 대로, 이 코드로 다음 주문에서 {amount} 할인을 받으실 수 있습니다. 한 번만 사용할 수 있으며, {expires}까지 유효합니다.',
  'reward.points': '약속드린 대로 {points}포인트를 드렸습니다.',
  'reward.gone.subject': '{brand} 혜택 안내',
  'reward.gone.preview': '혜택이 모두 소진되었습니다.',
  'reward.gone':
    '죄송합니다. 답변이 도착했을 때 혜택이 막 모두 소진되었습니다. 보내 주신 답변은 똑같이 소중하게 반영됩니다.',
  'reward.why': '{brand}의 설문을 완료해 주신 고객님께 보내 드리는 메일입니다.',
  'review.subject': '{brand}의 부탁',
  'review.preview': '다른 분들께도 경험을 들려주시겠어요?',
  'review.heading': '다른 분들께도 경험을 들려주시겠어요?',
  'review.text':
    '접수 번호 {case}번 문의가 종료되었습니다. 저희는 답변 내용과 관계없이 설문에 답해 주신 모든 분께 리뷰를 부탁드립니다.',
  'review.button': '리뷰 쓰기',
  'review.why': '{brand}의 설문에 답해 주신 고객님께 보내 드리는 메일입니다.',

  'referral.subject': '{brand}에서의 쇼핑을 친구에게 알려 주세요',
  'referral.preview': '친구에게 전할 수 있는 전용 코드입니다.',
  'referral.heading': '추천해 주셔서 감사합니다.',
  'referral.text':
    '{brand}에서의 쇼핑을 추천하시겠다고 답해 주셨습니다. 친구에게 전하실 수 있는 고객님 전용 코드를 드립니다.',
  'referral.offer': '코드를 쓰는 친구는 {percent} 할인을 받습니다.',
  'referral.button': '공유 링크 열기',
  'referral.why': '{brand}의 소식을 받는 데 동의하신 고객님께 보내 드리는 메일입니다.',

  'unsubscribe.text': '이런 메일을 더 이상 받고 싶지 않으신가요?',
  'unsubscribe.link': '수신 거부',
};
