import { KINDS, type Arm, type Dimension } from '../domain/experiments/experiment.ts';
import type { Gap } from '../domain/experiments/judge.ts';
import type { ScoreShift, Trait } from '../domain/experiments/score-shift.ts';
import type { ExperimentRow } from '../infra/db/reads/experiment-views.ts';
import type { ExperimentReport } from '../services/show-experiment.ts';
import { formatCount, formatNumber, formatSigned, plural } from './format.ts';
import { surveyLabel, type Tone } from './words.ts';

/** What differs between the arms. */
export const DIMENSION_LABELS: Record<Dimension, string> = {
  timing: 'Timing',
  channel: 'Channel',
  wording: 'Wording',
  incentive: 'Incentive',
};

export const DIMENSION_HELP: Record<Dimension, string> = {
  timing: 'Other days, or another hour of the day.',
  channel: 'By e-mail, or on your pages only.',
  wording: 'Another survey of yours.',
  incentive: 'With or without something for answering.',
};

export const EXPERIMENT_STATUS: Record<ExperimentRow['status'], { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: undefined },
  running: { label: 'Running', tone: 'success' },
  stopped: { label: 'Ended', tone: 'info' },
};

export const canVary = (dimension: Dimension, kind: string): boolean =>
  (KINDS[dimension] as readonly string[]).includes(kind);

/** Which variants a change of what is tried, or on what, has taken away, and why. */
export function leftOutWords(
  { count, before }: { count: number; before: { dimension: Dimension; kind: string } },
  now: { dimension: Dimension; kind: string },
): string {
  const { dimension, kind } = before;
  const one = count === 1;
  const what = `${plural(count, 'variant')} ${one ? 'was' : 'were'} left out:`;
  const why =
    dimension === now.dimension
      ? `${one ? 'its survey is' : 'their surveys are'} not of this kind.`
      : `${one ? 'it is' : 'they are'} about the ${DIMENSION_LABELS[dimension].toLowerCase()}.`;
  const moved = `${surveyLabel(kind)}: its ${DIMENSION_LABELS[now.dimension].toLowerCase()} cannot be varied, so another survey was chosen.`;
  return [...(count > 0 ? [`${what} ${why}`] : []), ...(canVary(now.dimension, kind) ? [] : [moved])].join(
    ' ',
  );
}

/** A share of 1 in points: "5 points", "2.5 points". */
export function points(share: number): string {
  const value = Math.round(share * 1000) / 10;
  return `${formatNumber(value, Number.isInteger(value) ? 0 : 1)} ${value === 1 ? 'point' : 'points'}`;
}

/** "about 3 weeks", "about 8 months": rounded up, since it is a guess; what takes longer than two years nobody waits for. */
export function aboutDays(days: number): string {
  if (days > 730) return 'more than 2 years';
  return `about ${days > 91 ? plural(Math.ceil(days / (365 / 12)), 'month') : plural(Math.ceil(days / 7), 'week')}`;
}

/** "+4.2 points (95% interval +1.0 to +7.4)"; `scale` 100 turns shares into points. */
export function gapWords({ difference, low, high }: Gap, scale: number): string {
  const write = (value: number) => formatSigned(value * scale);
  return `${write(difference)} points (95% interval ${write(low)} to ${write(high)})`;
}

/** What is done to the people of an arm. */
export function treatmentWords(
  dimension: Dimension,
  { delayDays, sendHour, channel, edition, id }: Arm,
  surveys: Readonly<Record<string, string>>,
): string {
  switch (dimension) {
    case 'timing': {
      const days = `After ${plural(delayDays ?? 0, 'day')}`;
      return sendHour === undefined ? days : `${days}, at ${String(sendHour).padStart(2, '0')}:00`;
    }
    case 'channel':
      return channel === 'on_site' ? 'Offered on your pages, not mailed' : 'By e-mail';
    case 'wording':
    case 'incentive': {
      const name = edition?.surveyId ? (surveys[edition.surveyId] ?? 'A survey of yours') : 'The preset';
      return id === 'control' ? `${name}, as asked now` : name;
    }
  }
}

/** What came of it, as a heading. */
export function verdictHeading({ judgement, arms, experiment }: ExperimentReport): string {
  const { stage, split, reached, verdicts, winner, more } = judgement;
  const named = (id: string) => `“${arms.find(({ arm }) => arm.id === id)?.arm.name ?? id}”`;
  switch (stage) {
    case 'draft':
      return 'Not started yet';
    case 'interim': {
      const counted = Math.min(...arms.map((arm) => arm.counted));
      return more === 0
        ? 'No result yet: the last who were asked still have time'
        : `No result yet: ${formatCount(counted)} of ${formatCount(experiment.planned)} per arm`;
    }
    case 'ended_early':
      return 'Stopped before the planned number: no result';
    case 'final':
      break;
  }
  if (split.outcome === 'mismatch') return 'No conclusion: the split between the arms is off';
  if (reached.outcome === 'mismatch') return 'No conclusion: the arms did not reach the same people';
  if (winner) return `${named(winner)} gets more answers`;
  const worse = Object.keys(verdicts).filter((id) => verdicts[id] === 'worse');
  return worse.length > 0 ? `${worse.map(named).join(', ')}: fewer answers` : 'No real difference';
}

/** How many more are needed, and when the result is read. */
export function moreWords({ judgement, experiment, answerDays }: ExperimentReport): string {
  const { stage, more, effect, winner, verdicts } = judgement;
  const deliveries = `${formatCount(more)} more ${more === 1 ? 'delivery' : 'deliveries'} per arm`;
  const planned = formatCount(experiment.planned);
  switch (stage) {
    case 'draft':
      return `About ${planned} people per arm have to be asked to see a difference of ${points(effect)}. The number is fixed when you start.`;
    case 'interim':
      return more === 0
        ? `${planned} per arm were asked; the result is read when each of them has had ${answerDays} days to answer.`
        : `About ${deliveries} are needed to see a difference of ${points(effect)}. The result is read once, at ${planned} per arm: what looks like a difference before that is often chance.`;
    case 'ended_early':
      return `About ${deliveries} would have been needed. What is shown below may be chance.`;
    case 'final':
      if (winner || Object.values(verdicts).includes('worse'))
        return `Read at ${planned} per arm, as planned.`;
      return more === 0
        ? `A difference of ${points(effect)} or more would most likely have shown.`
        : `About ${deliveries} would be needed to see a difference of ${points(effect)}: only a larger experiment can tell.`;
  }
}

/** Why the figures are not to be compared, each as a sentence. */
export function splitWarnings({ judgement: { split, reached } }: ExperimentReport): string[] {
  return [
    ...(split.outcome === 'mismatch'
      ? [
          `People are not split between the arms as planned (${chance(split.p)} by chance). Something sorts them: a difference between the arms may come from that, so nothing is concluded.`,
        ]
      : []),
    ...(reached.outcome === 'mismatch'
      ? [
          `The arms reached different shares of their people (${chance(reached.p)} by chance), so those who were asked are not alike. Compare everyone who fell to an arm, in the table, instead of those who were asked.`,
        ]
      : []),
  ];
}

const chance = (p: number) =>
  p < 0.0001 ? 'less than 1 in 10,000' : `1 in ${formatCount(Math.round(1 / p))}`;

const TRAIT_WORDS: Record<Trait, string> = {
  first_order: 'how many of them answer after their first order',
  higher_tier: 'their loyalty tier',
  earlier_score: 'how satisfied they were before',
  earlier_health: 'their health score before',
};

/** That a score may have moved because others answer. */
export function shiftWords(name: string, { direction, score, rate, traits, change }: ScoreShift): string {
  const others = traits.map((trait) => TRAIT_WORDS[trait]).join(', ');
  const why = [
    ...(rate ? [`${rate === 'higher' ? 'more' : 'fewer'} people answer`] : []),
    ...(others ? [`those who answer differ in ${others}`] : []),
  ].join(', and ');
  const before = change
    ? ` Against their own earlier answers the difference is ${gapWords(change, 1)}.`
    : ' Too few have an earlier answer to compare with.';
  return `The score of “${name}” is ${direction} by ${formatNumber(Math.abs(score.difference), 1)} of 100 points. It may be ${direction} because other people answer: ${why}.${before}`;
}
