import type { MessageTextId } from './en.ts';

/** Japanese words of the messages. */
export const ja: Record<MessageTextId, string> = {
  'greeting.named': '{firstName} 様',
  'greeting.plain': 'お客様',
  'product.plain': 'ご購入の商品',

  'delivery.subject': '{brand}のご注文{order}は無事に届きましたか？',
  'delivery.heading': 'ご注文の商品は無事に届きましたか？',
  'delivery.text':
    'ご注文{order}（{product}）は、お手元に届いている頃かと存じます。配送はいかがでしたか。1回のタップで{brand}にお聞かせください。',
  'delivery.button': '配送を評価する',
  'usage.subject': '{product}はいかがですか？',
  'usage.heading': 'ご購入の商品はいかがですか？',
  'usage.text':
    '{product}（ご注文{order}）がお手元に届いて、数日が経ちました。いかがですか。1回のタップでお答えいただけます。',
  'usage.button': '商品を評価する',
  'relationship.subject': '{brand}についてお聞かせください',
  'relationship.heading': '当店についてお聞かせください',
  'relationship.text':
    'ご注文{order}（{product}）から、しばらく経ちました。{brand}をご友人にすすめる可能性は、どのくらいありますか？',
  'relationship.button': '1つの質問に答える',
  'survey.preview': '質問は1つ、1分もかかりません。',
  'survey.expiry': 'リンクの有効期間は{time}、ご利用は1回限りです。',
  'survey.why': 'このメールは、{brand}でご注文いただいたお客様にお送りしています。',
  'reminder.subject': '再度のお願い：{subject}',
  'reminder.preview': '先日と同じ質問です。1分もかかりません。',
  'reminder.text':
    '先日{brand}からお尋ねした質問に、まだご回答をいただいていないようです。お時間のあるときに、1回のタップでお答えいただけます。この件でのお願いは、これが最後です。',

  'acknowledgement.subject': 'ご注文{order}について、お詫び申し上げます',
  'acknowledgement.subject.plain': '申し訳ございません。{brand}で確認を進めております',
  'acknowledgement.preview': '今後の流れと、ご返信の期限について。',
  'acknowledgement.heading': '申し訳ございません。',
  'acknowledgement.heard':
    '問題をお知らせいただき、ありがとうございます。{brand}でお問い合わせとして受け付けました。',
  'acknowledgement.next':
    '今後の流れ：担当者が内容を確認し、{answerBy}までに直接ご返信いたします。受付番号は{case}です。',
  'acknowledgement.offer':
    'なお、このコードで次回のご注文から{amount}をお値引きいたします。ご利用は1回限り、有効期限は{expires}です。',
  'acknowledgement.reply': '補足がございましたら、このメールにご返信ください。',
  'acknowledgement.why': 'このメールは、{brand}に問題をお知らせいただいたお客様にお送りしています。',

  'referral.subject': '{brand}をご友人にご紹介ください',
  'referral.preview': 'ご紹介用のコードをお届けします。',
  'referral.heading': '当店をおすすめいただき、ありがとうございます。',
  'referral.text':
    '{brand}をすすめたいとのお声をいただきました。ご友人にお渡しいただける、お客様専用のコードをお届けします。',
  'referral.offer': 'コードをお使いのお友だちは{percent}割引になります。',
  'referral.button': '共有用リンクを開く',
  'referral.why': 'このメールは、{brand}からのご案内に同意いただいたお客様にお送りしています。',

  'unsubscribe.text': 'このようなメールは今後ご不要ですか？',
  'unsubscribe.link': '配信を停止する',
};
