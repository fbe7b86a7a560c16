/** The verdict on predictions of orders, in words. */
import type { Verdict } from './purchase-verdict.ts';

const percent = (share: number) => `${Math.round(100 * share)}%`;
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/** One or two plain English sentences: whether predictions are shown, and why (not). */
export const verdictSentence = (verdict: Verdict): string =>
  `${verdict.shown ? 'Shown' : 'Hidden'}: ${because(verdict)}`;

/** The same without the word in front, for where a title or a badge says it. */
export function verdictReason(verdict: Verdict): string {
  const text = because(verdict);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function because({ shown, littleData, level, reason }: Verdict): string {
  if (!shown) return why(reason);
  const basis = level === 'pooled' ? ' They lean on other shops, for want of data.' : '';
  const little = littleData ? ' There are little data: fewer than 1,000 customers could be checked.' : '';
  return `${why(reason)}${basis}${little}`;
}

function why(reason: Verdict['reason']): string {
  switch (reason.code) {
    case 'passed':
      return `the error (Brier score) is ${percent(reason.skill)} below that of the base rate; at least ${percent(reason.bar)} was asked for.`;
    case 'too_few_buyers':
      return `${reason.buyers} customers are too few to learn from or to check by; ${reason.needed} are needed.`;
    case 'too_few_repeats':
      return `customers came back ${reason.repeats} times, which is too few to learn from; ${reason.needed} are needed.`;
    case 'too_short_history':
      return `${days(reason.historyDays)} of orders are too few to learn from; ${reason.needed} are needed.`;
    case 'nearly_all_order':
      return reason.others === 0
        ? `all ${reason.buyers} customers ordered, so there is nothing to tell apart.`
        : `all but ${reason.others} of ${reason.buyers} customers ordered, so there is nothing to tell apart.`;
    case 'nearly_none_order':
      return `${reason.others === 0 ? 'none' : `only ${reason.others}`} of ${reason.buyers} customers ordered, so there is nothing to tell apart.`;
    case 'too_little_skill':
      return `the error (Brier score) is ${reason.skill < 0 ? 'above' : `only ${percent(reason.skill)} below`} that of the base rate; at least ${percent(reason.bar)} was asked for.`;
    case 'skill_may_be_chance':
      return `the predictions did better than the base rate (${percent(reason.skill)}), but with so few customers that may be chance.`;
    case 'not_calibrated':
      return `predicted probabilities were off by ${percent(reason.ece)} on average; at most ${percent(reason.limit)} is allowed.`;
    case 'calibration_test_failed':
      return `predicted probabilities did not fit what customers did (p ${reason.p.toFixed(3)}; above ${reason.limit} is allowed).`;
  }
}
