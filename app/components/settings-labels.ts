import { readable, surveyLabel } from './words.ts';

/** What each setting is called on the page, by its path; the section is told where it stands alone. */
const LABELS: Record<string, { section: string; label: string }> = {
  brandName: { section: 'Brand', label: 'Name' },
  brandColor: { section: 'Brand', label: 'Colour' },
  replyTo: { section: 'Brand', label: 'Replies go to' },
  sendHour: { section: 'Sending', label: 'Send surveys at' },
  sendAtHabit: { section: 'Sending', label: 'Ask at the customer’s usual hour' },
  'quietHours.startHour': { section: 'Sending', label: 'Quiet from' },
  'quietHours.endHour': { section: 'Sending', label: 'Quiet until' },
  'caps.surveyDays': { section: 'Sending', label: 'One survey per person in' },
  'caps.npsDays': { section: 'Sending', label: 'One NPS per person in' },
  'caps.perOrder': { section: 'Sending', label: 'Surveys about one order, at most' },
  'caps.maxDeferDays': { section: 'Sending', label: 'Put off at most' },
  'caps.marketingPer30Days': { section: 'Sending', label: 'Marketing mails in 30 days' },
  reminderDays: { section: 'Sending', label: 'Remind who has not answered' },
  surveyConsent: { section: 'Consent', label: 'Who may get surveys by e-mail?' },
  strictConsentCountries: { section: 'Consent', label: 'Strict countries' },
  'cases.detractorTargetHours': { section: 'Cases', label: 'Answer within' },
  'proactiveCare.enabled': { section: 'Cases', label: 'Open a case before an order disappoints' },
  'proactiveCare.leastChance': { section: 'Cases', label: 'From a chance of a low rating of' },
  'proactiveCare.casesPerDay': { section: 'Cases', label: 'Such cases a day, at most' },
  'compensation.enabled': { section: 'Compensation', label: 'Offer a discount after a low answer' },
  'compensation.percentBySeverity.0': { section: 'Compensation', label: 'Low' },
  'compensation.percentBySeverity.1': { section: 'Compensation', label: 'Medium' },
  'compensation.percentBySeverity.2': { section: 'Compensation', label: 'High' },
  'compensation.maxUnits': { section: 'Compensation', label: 'At most' },
  'compensation.budgetPercent': { section: 'Compensation', label: 'Monthly budget' },
  'compensation.cooldownDays': { section: 'Compensation', label: 'Once per customer in' },
  'compensation.codeValidDays': { section: 'Compensation', label: 'Code is valid for' },
  'loyalty.enabled': { section: 'Loyalty', label: 'Give points' },
  'loyalty.regularAt': { section: 'Loyalty', label: 'Regular from' },
  'loyalty.vipAt': { section: 'Loyalty', label: 'VIP from' },
  'visits.helpPages': { section: 'Visits', label: 'Help pages' },
  returnWindowDays: { section: 'Loyalty', label: 'Return window' },
  'referral.enabled': { section: 'Referral', label: 'Invite promoters (NPS 9 and 10) to refer friends' },
  'referral.percent': { section: 'Referral', label: 'Discount for the friend' },
  predictionHorizonDays: { section: 'Predictions', label: 'Predict the orders of the next' },
  staffEmailDomains: { section: 'Predictions', label: 'E-mail domains of your staff' },
  marginShare: { section: 'Value at risk', label: 'Margin share' },
};

const SURVEY_LABELS: Record<string, string> = {
  enabled: 'Ask this',
  delayDays: 'Days after delivery',
  'relationship.delayDays': 'Days after the purchase',
  delayHours: 'Hours after the case is resolved',
  'return.delayDays': 'Days after the return',
  anniversaries: 'Also each year after the first order',
  kioskLink: 'Number of the kiosk link',
  repeatDays: 'Ask again after',
};

function named(path: string): { section: string | null; label: string } {
  const survey = /^surveys\.(\w+)\.(\w+)$/.exec(path);
  if (survey) {
    const [, kind = '', field = ''] = survey;
    const label = SURVEY_LABELS[`${kind}.${field}`] ?? SURVEY_LABELS[field] ?? readable(field);
    return { section: surveyLabel(kind), label };
  }
  return LABELS[path] ?? LABELS[path.replace(/\.\d+$/, '')] ?? { section: null, label: readable(path) };
}

/** The label of the setting's field. */
export const settingLabel = (path: string): string => named(path).label;

/** The setting as it is called away from its field, e.g. "Sending, Quiet from". */
export function settingName(path: string): string {
  const { section, label } = named(path);
  return section === null ? label : `${section}, ${label}`;
}
