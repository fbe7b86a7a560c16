/** English words of the shopper pages around a survey; every other language has exactly these ids. `{name}` is filled in. */
export const en = {
  'not_found.title': 'This link is not complete',
  'not_found.text':
    'Please open the link from your e-mail again. If it was copied, part of it may be missing.',
  'expired.title': 'This link has expired',
  'expired.text': 'The survey is closed. Thank you for wanting to answer.',
  'already_answered.title': 'You have already answered',
  'already_answered.text': 'Thank you, your answer has arrived.',
  'already_answered.kept':
    'Your earlier answer has arrived and stays as it is. What you sent just now does not change it.',
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
    'Which e-mails would you rather not get from {brand}? Messages about a problem you reported are not affected.',
  'unsubscribe.surveys': 'No more surveys',
  'unsubscribe.all': 'No more surveys and offers',
  'unsubscribe.undo': 'Undo',
  'unsubscribed.title': 'You are unsubscribed',
  'unsubscribed.text': '{brand} will not send you surveys or offers from this service any more.',
  'unsubscribed_surveys.title': 'Surveys have ended',
  'unsubscribed_surveys.text':
    '{brand} will not send you surveys any more. Offers and news are not affected.',
  'resubscribed.title': 'Everything as before',
  'resubscribed.text': '{brand} may write to you again as before.',
  'identity.anonymous':
    'Your answer is stored without your name and your order; of the time only the day is kept. It cannot be changed later.',
  'identity.pseudonymous':
    'Your answer is stored under a pseudonym, without your name and your order number.',
  'about.order': 'About your order {order}.',
  'test.notice': 'This is a test: nothing you answer is stored.',
  'kiosk.language': 'Language',
  'kiosk.full_screen': 'Full screen',
  'kiosk.start_over': 'Start over',
  'kiosk.still_there': 'Are you still there?',
  'kiosk.countdown': 'Otherwise this page starts again in {seconds} s.',
  'kiosk.go_on': 'Continue',
  'kiosk.held': 'This device takes no more answers for now',
  'kiosk.held_text':
    'Too many answers are waiting on it to be sent. Please tell the staff that it needs a connection.',
  'kiosk.needs_script': 'This page needs JavaScript.',
};

export type PageTextId = keyof typeof en;
