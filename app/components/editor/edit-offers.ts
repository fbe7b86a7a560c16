/** Changes to what whoever answers is offered: the request for a review, and the incentive. */
import { decimalFromMinor, minorFromDecimal } from '../../domain/core/money.ts';
import type { Definition, Reward } from '../../domain/surveys/definition.ts';
import { changeSurvey } from './edit-questions.ts';

export type RewardKind = Reward['kind'];

/** What each kind of reward begins with. */
const FIRST: Record<RewardKind, Reward> = {
  percent_off: { kind: 'percent_off', percent: 10 },
  amount_off: { kind: 'amount_off', amountMinor: 500 },
  points: { kind: 'points', points: 100 },
};

/** Switches the request for a review on, with the words that come with the app, or off. */
export function switchReview(definition: Definition, on: boolean): Definition {
  return changeSurvey(definition, { reviewAsk: on ? { text: 'offer.review', url: '' } : undefined });
}

/** Switches the incentive on, with the words that come with the app, or off. */
export function switchIncentive(definition: Definition, on: boolean): Definition {
  const incentive = { text: 'offer.promise', reward: FIRST.percent_off, budget: 100, validDays: 60 };
  return changeSurvey(definition, { incentive: on ? incentive : undefined });
}

/** Changes parts of the request or the incentive, where there is one. */
export function changeOffer(
  definition: Definition,
  offer: 'reviewAsk' | 'incentive',
  fields: object,
): Definition {
  const before = definition[offer];
  return before ? changeSurvey(definition, { [offer]: { ...before, ...fields } }) : definition;
}

/** Another kind of reward begins with its usual amount. */
export function chooseReward(definition: Definition, kind: RewardKind): Definition {
  return changeOffer(definition, 'incentive', { reward: FIRST[kind] });
}

/** "5.00" as minor units of the currency; what is no amount is none, and said to be missing. */
export function amountOf(text: string, currency: string): number | undefined {
  return minorFromDecimal(text, currency) ?? undefined;
}

/** Minor units as the field shows them. */
export function amountText(minor: number | undefined, currency: string): string {
  return Number.isSafeInteger(minor) ? decimalFromMinor(minor ?? 0, currency) : '';
}
