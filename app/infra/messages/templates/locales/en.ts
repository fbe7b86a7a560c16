/** English words of the messages; every other language has exactly these ids. `{name}` is filled in. */
export const en = {
  'greeting.named': 'Hello {firstName},',
  'greeting.plain': 'Hello,',
  'product.plain': 'your order',

  'delivery.subject': 'Did {order} from {brand} arrive as it should?',
  'delivery.heading': 'Did your order arrive as it should?',
  'delivery.text':
    '{order} ({product}) should be with you by now. One tap tells {brand} how the delivery went.',
  'delivery.button': 'Rate the delivery',
  'usage.subject': 'How do you like {product}?',
  'usage.heading': 'How do you like what you bought?',
  'usage.text': 'You have had {product} from {order} for some days now. What is it like? One tap is enough.',
  'usage.button': 'Rate the product',
  'relationship.subject': 'How is {brand} doing?',
  'relationship.heading': 'How are we doing?',
  'relationship.text':
    'Some time has passed since {order} ({product}). How likely are you to recommend {brand} to a friend?',
  'relationship.text.plain':
    'Some time has passed since your last order. How likely are you to recommend {brand} to a friend?',
  'relationship.button': 'Answer now',
  'support.subject': 'How did {brand} help you?',
  'support.heading': 'How did we help you?',
  'support.text': '{brand} has dealt with what you told us. One tap tells us how that went.',
  'support.button': 'Rate the help',
  'return.subject': 'How easy was your return to {brand}?',
  'return.heading': 'How easy was your return?',
  'return.text':
    'You sent back something from {order} ({product}), or are about to. How easy did {brand} make it? One tap is enough.',
  'return.button': 'Rate the return',
  'milestone.subject': 'Thank you from {brand}, and one question',
  'milestone.heading': 'Thank you for staying with us.',
  'milestone.text':
    'You have come back to {brand} again, and that means a lot. How likely are you to recommend {brand} to a friend?',
  'milestone.button': 'Answer now',
  'survey.preview': 'One tap is enough to begin.',
  'survey.expiry': 'The link is for you alone and works for {time}.',
  'survey.why': 'You get this mail because you ordered from {brand}.',
  'reminder.subject': 'A reminder: {subject}',
  'reminder.preview': 'Our survey of a few days ago, once more.',
  'reminder.text':
    'A few days ago {brand} asked you this question and has not heard from you yet. If you have a moment, one tap is enough. You will not be reminded of it again.',

  'acknowledgement.subject': 'We are sorry about {order}',
  'acknowledgement.subject.plain': 'We are sorry, {brand} is looking into it',
  'acknowledgement.preview': 'What happens next, and by when.',
  'acknowledgement.heading': 'We are sorry.',
  'acknowledgement.heard': 'Thank you for telling us what went wrong. {brand} has opened a case for it.',
  'acknowledgement.next':
    'What happens next: someone looks into it and answers you personally by {answerBy}. Your case has the number {case}.',
  'acknowledgement.offer':
    'Until then, this code takes {amount} off your next order. It works once, until {expires}.',
  'acknowledgement.reply': 'You can answer this mail to add anything.',
  'acknowledgement.why': 'You get this mail because you told {brand} about a problem.',

  'reward.subject': 'Your reward from {brand}',
  'reward.preview': 'Thank you for your answers.',
  'reward.heading': 'Thank you for your answers.',
  'reward.code': 'As promised, this code takes {amount} off your next order. It works once, until {expires}.',
  'reward.points': 'As promised, you have been given {points} points.',
  'reward.gone.subject': 'About the reward from {brand}',
  'reward.gone.preview': 'All rewards have been given.',
  'reward.gone':
    'We are sorry: when your answers arrived, all rewards had just been given. Your answers count all the same.',
  'reward.why': 'You get this mail because you completed a survey of {brand}.',
  'review.subject': 'A request from {brand}',
  'review.preview': 'Would you tell others about it?',
  'review.heading': 'Would you tell others about it?',
  'review.text':
    'Your case {case} is closed now. We ask everyone who answers our survey for a review, whatever the answer was.',
  'review.button': 'Write a review',
  'review.why': 'You get this mail because you answered a survey of {brand}.',

  'referral.subject': 'Share {brand} with a friend',
  'referral.preview': 'A code of your own to pass on.',
  'referral.heading': 'Thank you for recommending us.',
  'referral.text':
    'You said you would recommend {brand}. Here is a code of your own that you can pass on to friends.',
  'referral.offer': 'Each friend who uses it gets {percent} off.',
  'referral.button': 'Open your link to share',
  'referral.why': 'You get this mail because you agreed to hear from {brand}.',

  'unsubscribe.text': 'You would rather not get such mails?',
  'unsubscribe.link': 'Unsubscribe',
};

export type MessageTextId = keyof typeof en;
