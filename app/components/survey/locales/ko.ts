import type { PageTextId } from './en.ts';

/** Korean words of the shopper pages. */
export const ko: Record<PageTextId, string> = {
  'not_found.title': '링크가 완전하지 않습니다',
  'not_found.text': '메일에 있는 링크를 다시 열어 주세요. 복사하신 경우 일부가 빠졌을 수 있습니다.',
  'expired.title': '링크가 만료되었습니다',
  'expired.text': '설문이 종료되었습니다. 답변하려고 해 주셔서 감사합니다.',
  'already_answered.title': '이미 답변하셨습니다',
  'already_answered.text': '감사합니다. 답변이 잘 도착했습니다.',
  'already_answered.kept':
    '먼저 보내신 답변은 잘 도착했으며 그대로 유지됩니다. 방금 보내신 내용으로 바뀌지 않습니다.',
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
    '{brand}에서 보내는 메일 중 어떤 것을 그만 받으시겠습니까? 알려 주신 문제에 관한 메시지는 계속 보내 드립니다.',
  'unsubscribe.surveys': '설문 그만 받기',
  'unsubscribe.all': '설문과 혜택 안내 그만 받기',
  'unsubscribe.undo': '되돌리기',
  'unsubscribed.title': '수신 거부되었습니다',
  'unsubscribed.text': '이제 {brand}에서 이 서비스를 통해 설문이나 혜택 안내를 보내지 않습니다.',
  'unsubscribed_surveys.title': '설문을 보내지 않습니다',
  'unsubscribed_surveys.text':
    '이제 {brand}에서 설문을 보내지 않습니다. 혜택과 소식은 그대로 받으실 수 있습니다.',
  'resubscribed.title': '이전과 같이 받습니다',
  'resubscribed.text': '{brand}에서 이전처럼 다시 메일을 보낼 수 있습니다.',
  'identity.anonymous':
    '답변은 이름과 주문 없이 저장되며, 시각은 날짜만 남습니다. 나중에 변경할 수 없습니다.',
  'identity.pseudonymous': '답변은 이름과 주문 번호 없이 가명으로 저장됩니다.',
  'about.order': '{order} 주문에 관한 설문입니다.',
  'test.notice': '테스트입니다. 답변은 저장되지 않습니다.',
  'kiosk.language': '언어',
  'kiosk.full_screen': '전체 화면',
  'kiosk.start_over': '처음부터 다시',
  'kiosk.still_there': '아직 계신가요?',
  'kiosk.countdown': '응답이 없으면 {seconds}초 후에 처음으로 돌아갑니다.',
  'kiosk.go_on': '계속하기',
  'kiosk.held': '지금은 이 기기에서 답변을 더 받을 수 없습니다',
  'kiosk.held_text':
    '전송을 기다리는 답변이 가득 찼습니다. 기기를 인터넷에 연결해야 한다고 직원에게 알려 주세요.',
  'kiosk.needs_script': '이 페이지에는 JavaScript가 필요합니다.',
};
