import type { PageTextId } from './en.ts';

/** Korean words of the shopper pages. */
export const ko: Record<PageTextId, string> = {
  'not_found.title': '링크가 완전하지 않습니다',
  'not_found.text': '메일에 있는 링크를 다시 열어 주세요. 복사하신 경우 일부가 빠졌을 수 있습니다.',
  'expired.title': '링크가 만료되었습니다',
  'expired.text': '설문이 종료되었습니다. 답변하려고 해 주셔서 감사합니다.',
  'already_answered.title': '이미 답변하셨습니다',
  'already_answered.text': '감사합니다. 답변이 잘 도착했습니다. 이 링크는 한 번만 사용할 수 있습니다.',
  'redacted.title': '더 이상 존재하지 않는 설문입니다',
  'redacted.text': '설문과 관련된 데이터가 삭제되었습니다.',
  'shop_uninstalled.title': '종료된 설문입니다',
  'shop_uninstalled.text': '이 쇼핑몰은 더 이상 여기에서 답변을 받지 않습니다.',
  'rate_limited.title': '잠시만 기다려 주세요',
  'rate_limited.text': '요청이 너무 많습니다. 1분 후에 다시 시도해 주세요.',
  'trouble.title': '지금은 이용하실 수 없습니다',
  'trouble.text': '저희 쪽에서 문제가 발생했습니다. 잠시 후 다시 시도해 주세요.',
  'answer.saved': '지금까지의 답변이 저장되었습니다.',
  'answer.offline': '지금은 연결되어 있지 않습니다. 연결되는 대로 답변을 보내니 이 페이지를 열어 두세요.',
  'errors.title': '빠졌거나 잘못된 항목이 있습니다:',
  'unsubscribe.title': '메일 수신 거부',
  'unsubscribe.text':
    '{brand}에서 이 서비스를 통해 보내는 설문과 혜택 안내를 더 이상 받지 않습니다. 알려 주신 문제에 관한 메일은 해당되지 않습니다.',
  'unsubscribe.button': '수신 거부하기',
  'unsubscribed.title': '수신 거부되었습니다',
  'unsubscribed.text': '이제 {brand}에서 이 서비스를 통해 설문이나 혜택 안내를 보내지 않습니다.',
  'about.order': '{order} 주문에 관한 설문입니다.',
};
