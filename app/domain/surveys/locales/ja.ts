import type { TextId } from './en.ts';

/** Japanese texts of surveys. */
export const ja: Record<TextId, string> = {
  'post_purchase.title': '{brand}でのお買い物はいかがでしたか？',
  'post_purchase.intro': '2回のタップで、次にお買い物をされる方のお役に立ちます。',
  'post_purchase.rating': '今回のお買い物にどのくらいご満足いただけましたか？',
  'post_purchase.confidence': '自分に合ったものを選べたという自信は、どのくらいありますか？',
  'confidence.least': 'まったく自信がない',
  'confidence.most': 'とても自信がある',
  'post_purchase.low': 'お買い物中に、どのような問題がありましたか？',
  'post_purchase.middle': 'どのような点が違えば、お買い物がより良くなりましたか？',
  'post_purchase.high': 'お買い物で最も良かった点は何ですか？',

  'delivery.title': 'ご注文の商品は無事に届きましたか？',
  'delivery.intro': '{brand}の配送について、1回のタップでお聞かせください。',
  'delivery.rating': '配送にどのくらいご満足いただけましたか？',
  'delivery.low': '配送で、どのような問題がありましたか？',
  'delivery.middle': 'どのような点が違えば、配送がより良くなりましたか？',
  'delivery.high': '配送で最も良かった点は何ですか？',

  'usage.title': 'ご購入の商品はいかがですか？',
  'usage.intro': '{brand}でご注文の商品がお手元に届いて、数日が経ちました。',
  'usage.rating': '商品にどのくらいご満足いただいていますか？',
  'usage.low': '商品に、どのような問題がありましたか？',
  'usage.middle': '商品のどのような点が改善されると、より良くなりますか？',
  'usage.high': '商品で最も気に入った点は何ですか？',

  'relationship.title': '当店についてお聞かせください',
  'relationship.intro': '{brand}全体についての質問を1つだけお伺いします。',
  'relationship.rating': '{brand}をご友人にすすめる可能性は、どのくらいありますか？',
  'relationship.low': 'どのような点がご期待に沿えませんでしたか？',
  'relationship.middle': '{brand}のどのような点が改善されると、より良くなりますか？',
  'relationship.high': '{brand}の最も気に入っている点は何ですか？',

  'csat.least': 'とても不満',
  'csat.most': 'とても満足',
  'nps.least': '可能性はまったくない',
  'nps.most': '可能性は非常に高い',

  'thanks.low.title': '申し訳ございません。',
  'thanks.low.text':
    'お知らせいただき、ありがとうございます。{brand}の担当者が{time}以内に内容を確認いたします。',
  'thanks.middle.title': 'ありがとうございます。',
  'thanks.middle.text': 'ご回答は、改善にあたる担当者へ直接お届けします。',
  'thanks.high.title': 'ありがとうございます！',
  'thanks.high.text': 'うれしいお声を、チームに伝えました。',

  'label.submit': '送信',
  'label.optional': '任意',
  'label.required': '必須',
  'label.sending': '送信中…',
  'label.error': '回答を送信できませんでした。もう一度お試しください。',

  'error.required': 'この質問にお答えください。',
  'error.out_of_range': '{min}から{max}までの整数をお選びください。',
  'error.wrong_type': '回答の形式がこの質問に合っていません。',
  'error.unknown_choice': '表示されている選択肢からお選びください。',
  'error.unknown_question': 'この質問はアンケートに含まれていません。',
  'error.unreadable': '回答を読み取れませんでした。ページを再読み込みしてください。',
  'error.unknown_line': 'ご注文にこの商品は含まれていません。',
  'error.too_many': '{max}個までお選びください。',
  'error.ranking': 'それぞれの回答は1か所にだけ入れてください。',
  'error.name': 'お名前は1行、100文字以内でご記入ください。',
  'error.email': 'name@example.com のようなメールアドレスをご記入ください。',
  'error.phone': '+81 3 1234 5678 のような電話番号をご記入ください。',
  'error.upload': 'ファイルが見つかりません。もう一度追加してください。',
};
