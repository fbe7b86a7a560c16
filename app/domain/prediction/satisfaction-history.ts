/**
 * What a shop had seen of a seller, a category or a region by a moment: deliveries up to it, and answers known by it.
 * Nothing later enters, and an order never enters its own past.
 */
import { logistic } from './logistic.ts';
import {
  answerKnownAt,
  lowKnownAt,
  promisedBy,
  type DeliveryRecord,
  type RatedDelivery,
} from './satisfaction-record.ts';
import { rulesLogOdds } from './satisfaction-rules.ts';

/** Counts that one SQL aggregate over orders can give. */
export interface PastCounts {
  rated: number;
  low: number;
  /** What the rules expected of the rated ones, judged by their deliveries: the sum of probabilities. */
  expectedLow: number;
  /** Delivered, of those with a promise. */
  delivered: number;
  /** Behind their promise, of those delivered. */
  late: number;
}

/** The past of an order at a moment; null = the order names none. */
export interface OrderHistory {
  overall: PastCounts;
  /** Deliveries of the last 30 days only: is a wave of delays under way? */
  recent: Pick<PastCounts, 'delivered' | 'late'>;
  seller: PastCounts | null;
  category: PastCounts | null;
  region: PastCounts | null;
}

export interface DeliveryHistory {
  /** The past of an order, as it was known at `asOf` (that moment included). */
  at(record: DeliveryRecord, asOf: Date): OrderHistory;
}

export const RECENT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Running totals behind times in ascending order: `sums[k][i]` = the total of the first i. */
interface Timeline {
  times: Float64Array;
  sums: Float64Array[];
}

interface Track {
  answers: Timeline;
  /** An order that was rated well at first may be rated low later: then it is low from that moment on. */
  lows: Timeline;
  deliveries: Timeline;
}

const NO_COUNTS: PastCounts = { rated: 0, low: 0, expectedLow: 0, delivered: 0, late: 0 };

/**
 * Prepares the past of many orders; each question then takes a few binary searches.
 * @param answerLagDays days after delivery at which an answer without a date counts as known; above 0
 */
export function deliveryHistory(
  deliveries: readonly RatedDelivery[],
  answerLagDays: number,
): DeliveryHistory {
  const facts = new Map(deliveries.map((delivery) => [delivery.record.id, factsOf(delivery, answerLagDays)]));
  const all = [...facts.values()];
  const overall = trackOf(all);
  const by = (key: 'seller' | 'category' | 'region') => tracksBy(deliveries, facts, key);
  const tracks = { seller: by('seller'), category: by('category'), region: by('region') };
  return {
    at(record, asOf) {
      const moment = asOf.getTime();
      const own = facts.get(record.id);
      const keyed = (key: keyof typeof tracks) => {
        const name = record[key];
        if (name === null) return null;
        const track = tracks[key].get(name);
        return track ? without(countsAt(track, moment), own, moment) : NO_COUNTS;
      };
      const since = without(
        countsAt(overall, moment - RECENT_DAYS * DAY_MS),
        own,
        moment - RECENT_DAYS * DAY_MS,
      );
      const past = without(countsAt(overall, moment), own, moment);
      return {
        overall: past,
        recent: { delivered: past.delivered - since.delivered, late: past.late - since.late },
        seller: keyed('seller'),
        category: keyed('category'),
        region: keyed('region'),
      };
    },
  };
}

interface Facts {
  knownAt: number;
  lowAt: number;
  expectedLow: number;
  deliveredAt: number;
  late: number;
}

function factsOf(delivery: RatedDelivery, lagDays: number): Facts {
  const { record } = delivery;
  const knownAt = answerKnownAt(delivery, lagDays);
  const { deliveredAt } = record;
  const promisedAt = deliveredAt && promisedBy(record, deliveredAt);
  const { base, parts } = rulesLogOdds(record, new Date(Math.min(knownAt, 8.64e15)));
  return {
    knownAt,
    lowAt: lowKnownAt(delivery, lagDays),
    expectedLow: logistic(parts.reduce((sum, [, part]) => sum + part, base)),
    deliveredAt: promisedAt ? deliveredAt!.getTime() : Infinity,
    late: Number(promisedAt !== null && deliveredAt! > promisedAt),
  };
}

function tracksBy(
  deliveries: readonly RatedDelivery[],
  facts: ReadonlyMap<string, Facts>,
  key: 'seller' | 'category' | 'region',
): Map<string, Track> {
  const groups = new Map<string, Facts[]>();
  for (const { record } of deliveries) {
    const name = record[key];
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(facts.get(record.id)!);
    else groups.set(name, [facts.get(record.id)!]);
  }
  return new Map([...groups].map(([name, group]) => [name, trackOf(group)]));
}

function trackOf(facts: readonly Facts[]): Track {
  return {
    answers: timeline(facts, 'knownAt', ['expectedLow']),
    lows: timeline(facts, 'lowAt', []),
    deliveries: timeline(facts, 'deliveredAt', ['late']),
  };
}

function timeline(facts: readonly Facts[], at: keyof Facts, of: (keyof Facts)[]): Timeline {
  const known = facts.filter((fact) => fact[at] < Infinity).sort((a, b) => a[at] - b[at]);
  const sums = of.map((name) => {
    const totals = new Float64Array(known.length + 1);
    known.forEach((fact, i) => (totals[i + 1] = totals[i]! + fact[name]));
    return totals;
  });
  return { times: Float64Array.from(known, (fact) => fact[at]), sums };
}

/** How many times lie at or before a moment. */
function countUpTo(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countsAt({ answers, lows, deliveries }: Track, moment: number): PastCounts {
  const rated = countUpTo(answers.times, moment);
  const delivered = countUpTo(deliveries.times, moment);
  return {
    rated,
    low: countUpTo(lows.times, moment),
    expectedLow: answers.sums[0]![rated]!,
    delivered,
    late: deliveries.sums[0]![delivered]!,
  };
}

/** Takes an order out of its own past. */
function without(counts: PastCounts, own: Facts | undefined, moment: number): PastCounts {
  if (!own) return counts;
  const answered = Number(own.knownAt <= moment);
  const arrived = Number(own.deliveredAt <= moment);
  return {
    rated: counts.rated - answered,
    low: counts.low - Number(own.lowAt <= moment),
    expectedLow: Math.max(0, counts.expectedLow - answered * own.expectedLow),
    delivered: counts.delivered - arrived,
    late: counts.late - arrived * own.late,
  };
}
