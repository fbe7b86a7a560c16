import type { PageTextId } from './en.ts';

/** Japanese words of the shopper pages. */
export const ja: Record<PageTextId, string> = {
  'not_found.title': 'リンクが不完全です',
  'not_found.text':
    'メールのリンクをもう一度開いてください。コピーされた場合は、一部が欠けている可能性があります。',
  'expired.title': 'リンクの有効期限が切れています',
  'expired.text': 'アンケートの受付は終了しました。ご協力のお気持ちに感謝いたします。',
  'already_answered.title': 'すでにご回答いただいています',
  'already_answered.text': 'ありがとうございます。ご回答は届いております。',
  'already_answered.kept':
    '先にいただいたご回答は届いており、そのまま残ります。今お送りいただいた内容によって変わることはありません。',
  'redacted.title': 'このアンケートはもうありません',
  'redacted.text': '対象のデータは消去されました。',
  'shop_uninstalled.title': 'このアンケートは終了しました',
  'shop_uninstalled.text': 'このショップでは、こちらでの回答の受付を終了しています。',
  'rate_limited.title': '少々お待ちください',
  'rate_limited.text': 'アクセスが多すぎます。1分後にもう一度お試しください。',
  'trouble.title': 'ただいまご利用いただけません',
  'trouble.text': 'こちらで問題が発生しました。しばらくしてから、もう一度お試しください。',
  'answer.saved': 'ここまでの回答は保存されています。',
  'answer.offline':
    '現在、接続がありません。接続が戻り次第、回答を送信します。このページを開いたままにしてください。',
  'errors.title': '未回答または誤りがあります：',
  'unsubscribe.title': 'メールの配信停止',
  'unsubscribe.text':
    '{brand}からのどのメールを停止しますか。お知らせいただいた問題についてのご連絡は引き続き届きます。',
  'unsubscribe.surveys': 'アンケートを停止する',
  'unsubscribe.all': 'アンケートと特典のご案内を停止する',
  'unsubscribe.undo': '元に戻す',
  'unsubscribed.title': '配信を停止しました',
  'unsubscribed.text': 'このサービスによる{brand}からのアンケートや特典のご案内は、今後届きません。',
  'unsubscribed_surveys.title': 'アンケートを停止しました',
  'unsubscribed_surveys.text': '{brand}からのアンケートは今後届きません。特典やお知らせは引き続き届きます。',
  'resubscribed.title': '元に戻しました',
  'resubscribed.text': '{brand}からのメールがこれまでどおり届きます。',
  'identity.anonymous':
    '回答はお名前やご注文と結び付けずに保存され、日時は日付のみ残ります。後から変更することはできません。',
  'identity.pseudonymous': '回答は仮名で保存され、お名前やご注文番号は含まれません。',
  'about.order': 'ご注文{order}についてお伺いします。',
  'test.notice': 'これはテストです。回答は保存されません。',
  'kiosk.language': '言語',
  'kiosk.full_screen': '全画面',
  'kiosk.start_over': '最初から',
  'kiosk.still_there': 'まだご利用中ですか？',
  'kiosk.countdown': '操作がない場合、{seconds} 秒後に最初の画面に戻ります。',
  'kiosk.go_on': '続ける',
  'kiosk.held': 'この端末では現在、回答を受け付けていません',
  'kiosk.held_text':
    '送信待ちの回答がいっぱいです。お手数ですが、端末を通信につなぐようスタッフにお知らせください。',
  'kiosk.needs_script': 'このページには JavaScript が必要です。',
};
