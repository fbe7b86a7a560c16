import { BAND_LABELS, type HealthBand } from '../domain/scoring/health.ts';
import type { HoldReason, RuleReason } from '../domain/surveys/hold-reasons.ts';
import { CONTACT_REASONS } from '../domain/surveys/reasons.ts';

/** The words of the admin for codes that the domain stores. An unknown code is shown as it stands, readable. */

export const BANDS: readonly HealthBand[] = ['thriving', 'healthy', 'at_risk', 'critical', 'lost'];

export type Tone = 'success' | 'info' | 'attention' | 'warning' | 'critical' | undefined;

const BAND_TONES: Record<HealthBand, Tone> = {
  thriving: 'success',
  healthy: 'info',
  at_risk: 'attention',
  critical: 'warning',
  lost: 'critical',
};

const isBand = (band: string | null): band is HealthBand => band !== null && band in BAND_LABELS;

export function bandLabel(band: string | null): string {
  return isBand(band) ? BAND_LABELS[band] : 'Not enough data';
}

export function bandTone(band: string | null): Tone {
  return isBand(band) ? BAND_TONES[band] : undefined;
}

/** What domain.md section 5 suggests for a band. */
const NEXT_STEP: Record<HealthBand, string> = {
  thriving: 'Ask for a referral',
  healthy: 'Share what is new',
  at_risk: 'Check in personally',
  critical: 'Reach out now',
  lost: 'Repair, then win back',
};

/** What to do about a customer without an open case; one who is likely to leave is not waited for, however well they are. */
export function nextStep({ band, highRisk }: { band: string | null; highRisk: boolean }): string {
  if (highRisk && (!isBand(band) || band === 'healthy' || band === 'thriving')) return 'Invite back';
  return isBand(band) ? NEXT_STEP[band] : 'Wait for more data';
}

const SURVEYS: Record<string, string> = {
  post_purchase: 'Purchase survey',
  delivery: 'Delivery survey',
  usage: 'Product survey',
  relationship: 'Relationship survey (NPS)',
  support: 'Support survey',
  return: 'Return survey',
  milestone: 'Milestone survey (NPS)',
  website: 'Website survey',
  storefront: 'Store survey',
  import: 'Imported from another tool',
};

const METRICS: Record<string, { name: string; top: number }> = {
  nps: { name: 'NPS', top: 10 },
  csat_product: { name: 'Product CSAT', top: 5 },
  csat_delivery: { name: 'Delivery CSAT', top: 5 },
  csat_purchase: { name: 'Purchase CSAT', top: 5 },
  csat_support: { name: 'Support CSAT', top: 5 },
  confidence_purchase: { name: 'Confidence', top: 5 },
  ces_support: { name: 'Support effort', top: 7 },
  ces_return: { name: 'Return effort', top: 7 },
  csat_website: { name: 'Website CSAT', top: 5 },
  csat_store: { name: 'Store CSAT', top: 5 },
};

/** What the ends of a scale mean, for who does not know it by heart. */
const SCALES: Record<string, string> = {
  nps: '0 to 10, 10 is best',
  csat: '1 to 5, 5 is best',
  confidence: '1 to 5, 5 is best',
  ces: '1 to 7, 1 is easiest',
};

const SURFACES: Record<string, string> = {
  hosted_page: 'Survey page',
  storefront: 'Online store',
  checkout: 'Thank-you or order page',
  customer_account: 'Customer account',
  kiosk: 'Kiosk in the store',
};

const ROUTES: Record<string, string> = { low: 'Low', middle: 'Middle', high: 'High' };

const HOLD_REASONS_TEXT: Record<HoldReason, string> = {
  spam: 'Spam or a machine',
  test: 'A test of ours',
  abuse: 'Abusive text',
  wrong_person: 'Not the customer who bought it',
  other: 'Another reason',
};

const RULE_REASONS_TEXT: Record<RuleReason, string> = {
  scanned:
    'It came within a minute after something opened the link that no person can see, most likely a mail scanner.',
  burst: 'Three or more different ratings came through one link within 5 seconds, as machines send them.',
};

/** Answers that count in no score, and why; a verified one needs no word. */
const RESPONSE_STATUSES: Record<string, { label: string; tone: Tone; why: string }> = {
  unverified: {
    label: 'Unverified',
    tone: 'attention',
    why: 'In no score until the order confirms who gave it.',
  },
  unsolicited: {
    label: 'Unsolicited',
    tone: 'info',
    why: 'Given before the delivery or without one, so it is in no score.',
  },
  quarantined: { label: 'Quarantined', tone: 'warning', why: 'Held back: in no score.' },
};

const ACTIONS: Record<string, string> = {
  send_survey: 'Survey e-mail',
  send_survey_reminder: 'Survey reminder',
  send_acknowledgement: 'Apology e-mail',
  send_referral_invite: 'Referral invitation',
  open_case: 'Case',
  open_care_case: 'Case for a prediction',
  close_care_case: 'Case for a prediction, once rated',
  create_recovery_discount: 'Recovery discount',
  post_points: 'Loyalty points',
  issue_referral_code: 'Referral code',
  give_incentive: 'Reward for a completed survey',
  send_incentive: 'Reward e-mail',
  send_review_request: 'Review request',
};

const ACTION_STATUSES: Record<string, { label: string; tone: Tone }> = {
  pending: { label: 'Waiting', tone: undefined },
  waiting: { label: 'Waits for a step before it', tone: undefined },
  claimed: { label: 'In progress', tone: 'info' },
  done: { label: 'Done', tone: 'success' },
  skipped: { label: 'Left out', tone: undefined },
  failed: { label: 'Failed', tone: 'critical' },
  unknown: { label: 'Unknown: may have been sent', tone: 'warning' },
};

const CASE_STATUSES: Record<string, { label: string; tone: Tone }> = {
  open: { label: 'Open', tone: 'attention' },
  acknowledged: { label: 'Acknowledged', tone: 'info' },
  resolved: { label: 'Resolved', tone: 'success' },
  closed: { label: 'Closed', tone: undefined },
};

const ACTS: Record<string, string> = {
  acknowledge: 'Acknowledged the case',
  assign: 'Took the case',
  resolve: 'Resolved the case',
  close: 'Closed the case',
  reopen: 'Reopened the case',
  note: 'Note',
  answer: 'Another low answer',
  first_answer: 'The customer answered: low, as predicted',
  revised: 'The answer was changed',
  rated_closed: 'Closed by itself: the rating is not low',
  rated_kept: 'The customer answered: not low',
};

const TIERS: Record<string, string> = { starter: 'Starter', regular: 'Regular', vip: 'VIP' };
const SEVERITIES: Record<number, string> = { 1: 'Low', 2: 'Medium', 3: 'High' };

/** "some_code" as "Some code": for codes that have no word yet. */
export function readable(code: string): string {
  const words = code.replace(/[_./]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const surveyLabel = (kind: string) => SURVEYS[kind] ?? readable(kind);
export const surfaceLabel = (surface: string) => SURFACES[surface] ?? readable(surface);
export const routeLabel = (route: string) => ROUTES[route] ?? readable(route);
export const responseStatus = (status: string) => RESPONSE_STATUSES[status] ?? null;
export const holdReason = (reason: string) =>
  reason in HOLD_REASONS_TEXT ? HOLD_REASONS_TEXT[reason as HoldReason] : readable(reason);
/** Why a rule holds an answer back, as a sentence. */
export const ruleSentence = (reason: RuleReason): string => RULE_REASONS_TEXT[reason];
export const SURVEY_CHOICES: readonly string[] = Object.keys(SURVEYS);
export const SURFACE_CHOICES: readonly string[] = Object.keys(SURFACES);
export const actionLabel = (kind: string) => ACTIONS[kind] ?? readable(kind);
export const actLabel = (kind: string) => ACTS[kind] ?? readable(kind);
export const tierLabel = (tier: string) => TIERS[tier] ?? readable(tier);
export const severityLabel = (severity: number) => SEVERITIES[severity] ?? String(severity);
export const actionStatus = (status: string) =>
  ACTION_STATUSES[status] ?? { label: readable(status), tone: undefined };
export const caseStatus = (status: string) =>
  CASE_STATUSES[status] ?? { label: readable(status), tone: undefined };

/** "Delivery CSAT 2 of 5" */
export function ratingText(metric: string | null | undefined, rating: number | null | undefined): string {
  if (metric == null || rating == null) return 'No rating';
  const known = METRICS[metric];
  return known ? `${known.name} ${rating} of ${known.top}` : `${readable(metric)} ${rating}`;
}

/** "1 to 5, 5 is best"; empty for a metric that is not known. */
export const scaleText = (metric: string | null): string => SCALES[metric?.split('_')[0] ?? ''] ?? '';

/** What keeps other messages than surveys back, and how a message can end. */
const MESSAGE_REASONS = {
  no_marketing_consent: 'The customer has not agreed to marketing e-mails, and an invitation is one.',
  already_invited: 'The customer was invited before.',
  marketing_cap: 'The customer had as much marketing as 30 days allow.',
  no_reward: 'There is no reward to bring: none could be given.',
  no_review_asked: 'The survey asks for no review.',
  asked_on_page: 'The customer was asked for a review on the page, right after answering.',
  no_referral_code: 'There is no referral code to give: none was issued.',
  mail_refused: 'The mail server refused the message.',
  unknown: 'The worker stopped while sending; the message may have arrived.',
};

/** Why somebody was (not) contacted, as a sentence. */
export function reasonText(reason: string | null | undefined): string {
  if (!reason) return 'No reason was recorded.';
  const sentences: Record<string, string> = { ...CONTACT_REASONS, ...MESSAGE_REASONS };
  return sentences[reason] ?? (reason.includes(' ') ? reason : `${readable(reason)}.`);
}

/** The same as part of another sentence: "because the order was cancelled." */
export function becauseText(reason: string): string {
  const sentence = reasonText(reason);
  // A name keeps its capital.
  return `because ${sentence.startsWith('Shopify') ? sentence : `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`}`;
}
