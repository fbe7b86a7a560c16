/** English words of the shopper pages around a survey; every other language has exactly these ids. `{name}` is filled in. */
export const en = {
  'not_found.title': 'This link is not complete',
  'not_found.text':
    'Please open the link from your e-mail again. If it was copied, part of it may be missing.',
  'expired.title': 'This link has expired',
  'expired.text': 'The survey is closed. Thank you for wanting to answer.',
  'already_answered.title': 'You have already answered',
  'already_answered.text': 'Thank you, your answer has arrived. This link works once.',
  'redacted.title': 'This survey no longer exists',
  'redacted.text': 'The data it was about has been erased.',
  'shop_uninstalled.title': 'This survey is closed',
  'shop_uninstalled.text': 'The shop no longer takes answers here.',
  'rate_limited.title': 'One moment, please',
  'rate_limited.text': 'There were too many requests. Please try again in a minute.',
  'trouble.title': 'This does not work right now',
  'trouble.text': 'Something went wrong on our side. Please try again in a moment.',
  'answer.saved': 'Your answers so far are kept.',
  'answer.offline':
    'There is no connection right now. Your answer is sent as soon as it is back; please leave this page open.',
  'errors.title': 'Something is missing or wrong:',
  'unsubscribe.title': 'Unsubscribe from e-mails',
  'unsubscribe.text':
    '{brand} will no longer send you surveys or offers from this service. Messages about a problem you reported are not affected.',
  'unsubscribe.button': 'Unsubscribe',
  'unsubscribed.title': 'You are unsubscribed',
  'unsubscribed.text': '{brand} will not send you surveys or offers from this service any more.',
  'about.order': 'About your order {order}.',
};

export type PageTextId = keyof typeof en;
