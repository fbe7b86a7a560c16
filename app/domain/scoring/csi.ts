import type { AnswerInput, ScoreMetric } from './inputs.ts';
import { type KnownAnswer, knownAnswers } from './known.ts';
import { decayedMean, roundToTenth, type TimedPoints, weightedMean } from './numbers.ts';

export type CsiComponent = 'nps' | 'product' | 'support' | 'delivery' | 'purchase';

export type Segment = 'champion' | 'satisfied' | 'neutral' | 'at_risk' | 'detractor';

/** Percent of the index (domain.md section 3, CSI). */
export const CSI_WEIGHTS: Readonly<Record<CsiComponent, number>> = {
  nps: 30,
  product: 25,
  support: 20,
  delivery: 15,
  purchase: 10,
};

/** Which component a metric feeds. CSAT of support, website and store are not in the index; they count in the trend only. */
const COMPONENT_OF: Readonly<Record<ScoreMetric, CsiComponent | null>> = {
  nps: 'nps',
  csat_product: 'product',
  ces_support: 'support',
  ces_return: 'support',
  csat_delivery: 'delivery',
  csat_purchase: 'purchase',
  confidence_purchase: 'purchase',
  csat_support: null,
  csat_website: null,
  csat_store: null,
};

export type CsiComponents = Readonly<Record<CsiComponent, number | null>>;

export interface Csi {
  /** 0-100 with 1 decimal; null when no component is known. */
  value: number | null;
  segment: Segment | null;
  /** Sum of the weights of the known components, 0-1. */
  coverage: number;
  /** Means per component in points, unrounded; null = no answer. */
  components: CsiComponents;
}

/**
 * The customer satisfaction index at `now` (domain.md section 3): components weighted
 * 30/25/20/15/10 and renormalised over those present, rounded half up to 1 decimal.
 */
export function csiOf(answers: readonly AnswerInput[], now: Date): Csi {
  return csiOfKnown(knownAnswers(answers, now));
}

/** Like csiOf, for answers already picked by knownAnswers. */
export function csiOfKnown(answers: readonly KnownAnswer[]): Csi {
  const components = csiComponents(answers);
  const keys = Object.keys(CSI_WEIGHTS) as CsiComponent[];
  const index = weightedMean(keys.map((key) => ({ weight: CSI_WEIGHTS[key], value: components[key] })));
  const value = index.value === null ? null : roundToTenth(index.value);
  return {
    value,
    segment: value === null ? null : segmentOf(value),
    coverage: index.knownWeight / 100,
    components,
  };
}

/** The segment of a CSI already rounded to 1 decimal; each band includes its lower end. */
export function segmentOf(csi: number): Segment {
  if (csi >= 80) return 'champion';
  if (csi >= 60) return 'satisfied';
  if (csi >= 40) return 'neutral';
  return csi >= 20 ? 'at_risk' : 'detractor';
}

/**
 * Decayed mean per component. Support pools support and return CES, purchase pools buying
 * CSAT and confidence; for product an order counts once, whatever the number of its lines.
 */
function csiComponents(answers: readonly KnownAnswer[]): CsiComponents {
  const lists: Record<CsiComponent, KnownAnswer[]> = {
    nps: [],
    product: [],
    support: [],
    delivery: [],
    purchase: [],
  };
  for (const answer of answers) {
    const component = COMPONENT_OF[answer.metric];
    if (component !== null) lists[component].push(answer);
  }
  return {
    nps: decayedMean(lists.nps),
    product: decayedMean(productMeansByOrder(lists.product)),
    support: decayedMean(lists.support),
    delivery: decayedMean(lists.delivery),
    purchase: decayedMean(lists.purchase),
  };
}

/**
 * One entry per order: the mean over its lines, as old as its newest answer. A line rated
 * again counts with its newest rating; an answer without an order stands for itself.
 */
function productMeansByOrder(answers: readonly KnownAnswer[]): TimedPoints[] {
  const orders = new Map<string, { lines: Map<string, number>; atMs: number }>();
  for (const { id, orderId, lineId, atMs, points } of answers) {
    const orderKey = orderId === null ? `answer ${id}` : `order ${orderId}`;
    const lineKey = lineId === null ? `answer ${id}` : `line ${lineId}`;
    const order = orders.get(orderKey);
    if (order === undefined) {
      orders.set(orderKey, { lines: new Map([[lineKey, points]]), atMs });
    } else {
      order.lines.set(lineKey, points);
      order.atMs = atMs;
    }
  }
  return Array.from(orders.values(), ({ lines, atMs }) => {
    let sum = 0;
    for (const points of lines.values()) sum += points;
    return { atMs, points: sum / lines.size };
  });
}
