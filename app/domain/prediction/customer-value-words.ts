/** What the back-test of customers' values came to, in words. */
import type { ValueReason, ValueReport } from './customer-value-backtest.ts';

const percent = (share: number) => `${Math.round(100 * share)}%`;

/** One or two plain English sentences: whether values are shown, and why (not). */
export const valueSentence = ({ shown, reason }: Pick<ValueReport, 'shown' | 'reason'>): string =>
  `Values are ${shown ? 'shown' : 'hidden'}: ${why(reason)}`;

function why(reason: ValueReason): string {
  switch (reason.code) {
    case 'passed':
      return `what was predicted for a year was ${offBy(reason.ratio)} what customers spent.`;
    case 'passed_in_part':
      return `what was predicted for ${reason.days} days was ${offBy(reason.ratio)} what customers spent. For all ${reason.needed} days it is not proven yet, so the intervals are wider.`;
    case 'too_far_off':
      return `what was predicted was ${reason.ratio.toFixed(1)} times what customers spent; at most ${reason.limit} times too much or too little is allowed.`;
    case 'intervals_off':
      return `the 80% intervals held ${percent(reason.coverage)} of the customers.`;
    case 'too_few_spent':
      return `${reason.buyers} customers with a known later spend are too few to check by; ${reason.needed} are needed.`;
    case 'no_model_then':
      return `they are checked by what could have been predicted ${reason.days} days before the fit, and there were too few customers or orders for a model then.`;
  }
}

function offBy(ratio: number): string {
  if (Math.abs(ratio - 1) < 0.005) return 'exactly';
  return ratio > 1 ? `${percent(ratio - 1)} above` : `${percent(1 - ratio)} below`;
}
