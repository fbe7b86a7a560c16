/**
 * The rules that stand in where nothing has been learned, and the yardstick by which past answers of a seller, category
 * or region are judged. No data set went into them: customers are taken to be unhappy once in ten orders
 * (domain.md section 4: "everyone is satisfied" is right in 89%), and the odds double with each thing that goes wrong.
 */
import type { Contribution } from './satisfaction-reasons.ts';
import { daysBetween, parcelsBy, promisedBy, type DeliveryRecord } from './satisfaction-record.ts';

const BASE_ODDS = 0.1 / 0.9;
/** Days behind the promise from which the odds double, once more at each. */
const LATE_STEPS = [1, 3, 7];
/** Without a promise: days since the order, likewise. */
const WAITING_STEPS = [10, 20, 30];
/** Ratings that the base rate weighs against a product's own. */
const PRODUCT_PRIOR = 20;
const LOW_ANSWER = 40;

/**
 * Log-odds of a low rating by the rules at a moment, and what each rule added to the base. Before delivery the order is
 * judged as if it arrived at that moment.
 */
export function rulesLogOdds(record: DeliveryRecord, asOf: Date): { base: number; parts: Contribution[] } {
  const end = record.deliveredAt && record.deliveredAt <= asOf ? record.deliveredAt : asOf;
  const promisedAt = promisedBy(record, asOf);
  const passed = (days: number, steps: readonly number[]) => steps.filter((step) => days >= step).length;
  const doublings: Contribution[] = [
    promisedAt
      ? ['lateness', passed(daysBetween(promisedAt, end), LATE_STEPS)]
      : ['waiting', passed(daysBetween(record.orderedAt, end), WAITING_STEPS)],
    ['parcels', Number(parcelsBy(record, asOf) > 1)],
    ['refund', Number((record.refundedShare ?? 0) > 0)],
    ['product', productDoublings(record.productAnswers)],
    ['last_answer', Number(record.lastAnswer != null && record.lastAnswer <= LOW_ANSWER)],
    ['contacts', Math.min(2, record.contacts ?? 0)],
  ];
  return {
    base: Math.log(BASE_ODDS),
    parts: doublings.filter(([, count]) => count !== 0).map(([reason, count]) => [reason, count * Math.LN2]),
  };
}

/** The product's own odds against the base, as powers of two, shrunk and held to +-2. */
function productDoublings(answers: DeliveryRecord['productAnswers']): number {
  if (!answers || answers.rated === 0) return 0;
  const rate = (answers.low + PRODUCT_PRIOR * 0.1) / (answers.rated + PRODUCT_PRIOR);
  return Math.max(-2, Math.min(2, Math.log2(rate / (1 - rate) / BASE_ODDS)));
}
