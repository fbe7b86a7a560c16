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
  'relationship.text.plain':
    '前回のご注文から、しばらく経ちました。{brand}をご友人にすすめる可能性は、どのくらいありますか？',
  'relationship.button': '回答する',
  'support.subject': '{brand}の対応はいかがでしたか？',
  'support.heading': '対応はいかがでしたか？',
  'support.text':
    'お寄せいただいた件について、{brand}での対応が完了しました。いかがでしたか。1回のタップでお聞かせください。',
  'support.button': '対応を評価する',
  'return.subject': '{brand}での返品はスムーズでしたか？',
  'return.heading': '返品はスムーズでしたか？',
  'return.text':
    'ご注文{order}（{product}）の返品について伺います。{brand}での手続きは簡単でしたか。1回のタップでお答えいただけます。',
  'return.button': '返品を評価する',
  'milestone.subject': '{brand}より、感謝を込めて1つお尋ねします',
  'milestone.heading': 'いつもありがとうございます',
  'milestone.text':
    '日頃より{brand}をご利用いただき、心より感謝申し上げます。{brand}をご友人にすすめる可能性は、どのくらいありますか？',
  'milestone.button': '回答する',
  'survey.preview': '1回タップするだけで始められます。',
  'survey.expiry': 'リンクはお客様専用で、有効期間は{time}です。',
  'survey.why': 'このメールは、{brand}でご注文いただいたお客様にお送りしています。',
  'reminder.subject': '再度のお願い：{subject}',
  'reminder.preview': '数日前にお送りしたアンケートを、もう一度ご案内します。',
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

  'reward.subject': '{brand}からの特典',
  'reward.preview': 'ご回答ありがとうございました。',
  'reward.heading': 'ご回答ありがとうございました。',
  'reward.code':
    'お約束どおり、このコードで次回のご注文から{amount}をお値引きいたします。ご利用は1回限り、有効期限は{expires}です。',
  'reward.points': 'お約束どおり、{points}ポイントを進呈しました。',
  'reward.gone.subject': '{brand}の特典について',
  'reward.gone.preview': '特典はすべて配布を終了しました。',
  'reward.gone':
    '申し訳ございません。ご回答をいただいた時点で、特典の配布がすべて終了しておりました。いただいたご回答は大切に参考にいたします。',
  'reward.why': 'このメールは、{brand}のアンケートにご回答いただいたお客様にお送りしています。',
  'review.subject': '{brand}からのお願い',
  'review.preview': 'ご体験をほかの方にも伝えてみませんか？',
  'review.heading': 'ご体験をほかの方にも伝えてみませんか？',
  'review.text':
    'お問い合わせ（受付番号{case}）の対応が完了しました。当店では、ご回答の内容にかかわらず、アンケートにお答えいただいたすべてのお客様にレビューをお願いしています。',
  'review.button': 'レビューを書く',
  'review.why': 'このメールは、{brand}のアンケートにご回答いただいたお客様にお送りしています。',

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
