/** Which orders somebody looks after before the customer complains (domain.md sections 4 and 8). */
import { DAY_MS, HOUR_MS } from '../core/calendar.ts';
import type { CareFacts } from '../core/state.ts';

/** Nobody is called upon twice in so many days because of a prediction, whatever they order. */
export const CARE_AGAIN_DAYS = 30;
/** Of the orders that are decided upon for one case some fall away meanwhile; the rest have their turn the next day. */
const EVENTS_PER_CASE = 3;
/** Nobody waits for an answer yet: a routine case, looked at within a day (domain.md section 8). */
const CARE_TARGET_HOURS = 24;

export interface CareRequest {
  /** null: the order is not stored (any more). */
  facts: CareFacts | null;
  /** What the merchant chose; `leastChance` of a low rating, 0-1. */
  policy: { enabled: boolean; leastChance: number; casesPerDay: number; predictionsShown: boolean };
  now: Date;
}

export type NoCareReason = keyof typeof NO_CARE_SENTENCES;

export type CareDecision =
  | { outcome: 'care'; prediction: NonNullable<CareFacts['prediction']>; dueAt: Date }
  | { outcome: 'none'; reason: NoCareReason; sentence: string };

const NO_CARE_SENTENCES = {
  switched_off: 'Looking after orders that may disappoint is switched off.',
  predictions_hidden: 'The team chose not to see which orders may disappoint.',
  not_predicted: 'Nothing is predicted of the order by a model that passed its back-test for such orders.',
  not_likely:
    'The chance of a low rating is below the one from which on the settings have orders looked after.',
  not_unusual: 'The chance of a low rating is not above the usual share of low ratings among such orders.',
  order_ended: 'The order was cancelled, is a test, or is not known.',
  nobody_known: 'Nobody is known who could be looked after.',
  answered: 'Somebody has answered about the order already.',
  open_case: 'A case of the customer is open: somebody looks after them already.',
  order_cared_for: 'The order was looked after before.',
  customer_cared_for: `The customer was looked after in the last ${CARE_AGAIN_DAYS} days.`,
  day_full: 'As many cases as the settings allow were opened for predictions today.',
} as const;

/**
 * Whether an order is looked after because of what is predicted of it: only what passed its back-test counts, who has
 * spoken is not guessed at, and a day, an order and a customer have their limits.
 */
export function decideCare(request: CareRequest): CareDecision {
  const { facts, now } = request;
  const reason = obstacleToCare(request);
  if (reason !== null || !facts?.prediction) {
    const why = reason ?? 'not_predicted';
    return { outcome: 'none', reason: why, sentence: NO_CARE_SENTENCES[why] };
  }
  const dueAt = new Date(now.getTime() + CARE_TARGET_HOURS * HOUR_MS);
  return { outcome: 'care', prediction: facts.prediction, dueAt };
}

function obstacleToCare({ facts, policy, now }: CareRequest): NoCareReason | null {
  if (!policy.enabled) return 'switched_off';
  if (!policy.predictionsShown) return 'predictions_hidden';
  if (!facts?.orderCounts) return 'order_ended';
  if (!facts.customerKnown) return 'nobody_known';
  if (facts.answered) return 'answered';
  if (!facts.prediction?.shown) return 'not_predicted';
  const { lowProbability, usualShare } = facts.prediction;
  if (lowProbability < policy.leastChance) return 'not_likely';
  if (usualShare === null || lowProbability <= usualShare) return 'not_unusual';
  if (facts.caredForOrder) return 'order_cared_for';
  if (facts.hasOpenCase) return 'open_case';
  const { lastCaredAt } = facts;
  if (lastCaredAt && now.getTime() - lastCaredAt.getTime() < CARE_AGAIN_DAYS * DAY_MS)
    return 'customer_cared_for';
  return facts.caredToday >= policy.casesPerDay ? 'day_full' : null;
}

/** Which predictions are decided upon at all; null: none. */
export const careLimits = ({ enabled, predictionsShown, leastChance, casesPerDay }: CareRequest['policy']) =>
  enabled && predictionsShown
    ? { from: leastChance, casesPerDay, againDays: CARE_AGAIN_DAYS, eventsPerCase: EVENTS_PER_CASE }
    : null;

/** One line without personal data; who reads it sees chance and reasons beside it. */
export const careTitle = (orderName: string | null): string =>
  orderName ? `Order ${orderName} is likely to disappoint` : 'An order is likely to disappoint';
