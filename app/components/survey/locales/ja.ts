import type { PageTextId } from './en.ts';

/** Japanese words of the shopper pages. */
export const ja: Record<PageTextId, string> = {
  'not_found.title': 'リンクが不完全です',
  'not_found.text':
    'メールのリンクをもう一度開いてください。コピーされた場合は、一部が欠けている可能性があります。',
  'expired.title': 'リンクの有効期限が切れています',
  'expired.text': 'アンケートの受付は終了しました。ご協力のお気持ちに感謝いたします。',
  'already_answered.title': 'すでにご回答いただいています',
  'already_answered.text': 'ありがとうございます。ご回答は届いております。このリンクのご利用は1回限りです。',
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
    'このサービスによる{brand}からのアンケートや特典のご案内を停止します。お知らせいただいた問題に関するメールは対象外です。',
  'unsubscribe.button': '配信を停止する',
  'unsubscribed.title': '配信を停止しました',
  'unsubscribed.text': 'このサービスによる{brand}からのアンケートや特典のご案内は、今後届きません。',
  'about.order': 'ご注文{order}についてお伺いします。',
};
