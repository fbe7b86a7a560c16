/** Why a customer was or wasn't contacted: stable codes, each with the sentence that staff read. */
export const CONTACT_REASONS = {
  due: 'The survey was due and nothing stood against it.',
  shop_uninstalled: 'The app is not installed in this shop any more.',
  survey_off: 'This survey is switched off in the settings.',
  survey_paused: 'Every survey of this kind is paused.',
  on_site: 'An experiment offers this survey on your pages to some customers instead of mailing it.',
  page_only: 'This survey is offered on the order page and never sent as a message.',
  redacted: "The customer's personal data was erased on request.",
  test_order: 'The order is a test order.',
  order_cancelled: 'The order was cancelled.',
  order_refunded: 'The order was refunded in full.',
  already_answered: 'The customer has already answered this survey.',
  no_email: 'The customer has no e-mail address.',
  invalid_email: "Shopify marks the customer's e-mail address as invalid.",
  unsubscribed: 'The customer unsubscribed from e-mails.',
  surveys_stopped: 'The customer asked for no more surveys.',
  consent_missing: "The customer's country requires marketing consent for surveys, and there is none.",
  open_case: 'The customer has an open case; a survey now would add to the trouble.',
  quiet_hours: "It is night in the customer's time zone.",
  survey_cap: 'The customer was asked too recently: the limit of surveys per person is reached.',
  nps_cap: 'The customer was asked for a recommendation too recently.',
  order_cap: 'As many surveys about this order were sent as the limit per order allows.',
  not_delivered: 'The order has not arrived after all; the survey comes back when it has.',
  case_reopened: 'The case was reopened before its survey was sent.',
  same_return: 'It is the same return as one that was asked about already.',
  not_active: 'The customer has not ordered for 12 months.',
  silent: 'The customer left the last two relationship surveys unanswered.',
  not_targeted: 'None of the published surveys of this kind is meant for this order.',
  too_late: 'The survey could not be sent within the time after it was due.',
  reminders_off: 'Reminders are switched off in the settings.',
  other_survey: 'Another survey was mailed to the customer since.',
  link_expired: 'The link of the survey has run out.',
} as const;

export type ContactReason = keyof typeof CONTACT_REASONS;

/** The plain sentence of a reason code. */
export function reasonSentence(reason: ContactReason): string {
  return CONTACT_REASONS[reason];
}
