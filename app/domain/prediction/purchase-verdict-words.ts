/** The verdict on predictions of orders, in words. */
import type { Verdict } from './purchase-verdict.ts';

const percent = (share: number) => `${Math.round(100 * share)}%`;
const FINE_BELOW = 0.0995;
/** Of what is compared with a bar: below 10% with one decimal, since bars go down to 2%. */
const fine = (share: number) =>
  Math.abs(share) < FINE_BELOW ? `${(100 * share).toFixed(1)}%` : percent(share);
/** What lies above a limit is never rounded down to it: "5.1%", "8%". */
const above = (share: number) => `${Math.ceil(1_000 * share - 1e-9) / 10}%`;
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
      return `the error (Brier score) is ${fine(reason.skill)} below that of the base rate${asked(reason.bar)}.`;
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
      return `the error (Brier score) is ${missed(reason.skill, reason.bar)}.`;
    case 'skill_may_be_chance':
      return `the predictions did better than the base rate (${fine(reason.skill)}), but with so few customers that may be chance.`;
    case 'not_calibrated':
      return `predicted probabilities were off by ${above(reason.ece)} on average; at most ${percent(reason.limit)} is allowed.`;
    case 'calibration_test_failed':
      return `predicted probabilities did not fit what customers did (p ${reason.p.toFixed(3)}; above ${reason.limit} is allowed).`;
    case 'totals_off':
      return `what was predicted was ${above(Math.abs(reason.off))} ${reason.off < 0 ? 'less' : 'more'} than what came; at most ${percent(reason.limit)} is allowed.`;
  }
}

/** The bar in words; reports of older versions name bars so low that nothing was asked for. */
const asked = (bar: number, of = '') => (bar < 0.0005 ? '' : `; at least ${fine(bar)}${of} was asked for`);

const MOST_DIGITS = 3;

/** A skill that falls short of its bar, with as many digits as it takes to tell the two apart. */
function missed(skill: number, bar: number): string {
  if (skill <= 0)
    return `${skill < 0 ? 'above' : 'as high as'} that of the base rate${asked(bar, ' below it')}`;
  if (skill < 0.001) return `hardly below that of the base rate${asked(bar)}`;
  for (let digits = 0; digits <= MOST_DIGITS; digits += 1) {
    const [said, wanted] = [rounded(skill, digits, Math.floor), rounded(bar, digits, Math.round)];
    if (Number(said) < Number(wanted))
      return `only ${said}% below that of the base rate; at least ${wanted}% was asked for`;
  }
  return `only ${rounded(skill, MOST_DIGITS, Math.floor)}% below that of the base rate; a little more was asked for`;
}

/** In percent, with a decimal at least where `fine` has one. */
function rounded(share: number, digits: number, round: (value: number) => number): string {
  const shown = Math.max(share < FINE_BELOW ? 1 : 0, digits);
  return (round(100 * share * 10 ** shown) / 10 ** shown).toFixed(shown);
}
