import { behaviourChangesAtMs, engagementChangesAtMs, siteEndsAtMs } from './behaviour.ts';
import { csiOfKnown, type Segment } from './csi.ts';
import { economicsChangesAtMs, paymentEndsAtMs } from './economics.ts';
import { type HealthBand, healthOf, SCORE_VERSION } from './health.ts';
import type { ScoreInputs } from './inputs.ts';
import { knownFacts, nextArrivalMs, nextRatingExpiryMs } from './known.ts';
import {
  MAIN_REASON_LABELS,
  type MainReasonKey,
  mainReasonOf,
  type ReasonEntry,
  reasonsOf,
} from './reasons.ts';

export interface CustomerScore {
  /** 0-100 with 1 decimal; null when there is no answer. */
  csi: number | null;
  /** 0-1. */
  csiCoverage: number;
  segment: Segment | null;
  /** 0-100 with 1 decimal; null when nothing is known. Below coverage 0.35 it has no band and is not to be shown. */
  health: number | null;
  /** 0-1. */
  healthCoverage: number;
  band: HealthBand | null;
  /** On the at-risk list: health below 60 with enough data. */
  flagged: boolean;
  reasons: ReasonEntry[];
  mainReasonKey: MainReasonKey | null;
  mainReason: string | null;
  version: string;
}

/** What scoreIsStaticUntil answers when time alone never changes the score. */
export const STATIC_FOREVER: Date = new Date('9999-12-31T00:00:00.000Z');

/**
 * CSI and health of one customer at `now` (domain.md section 3). Equal inputs give an equal
 * score, whatever the order of the lists. Entries dated after `now` are ignored.
 *
 * Monotone: all else equal, a lower value of the newest event (rating, order value, click,
 * refund counted negatively) never gives a higher CSI or health. Every mean has weights that
 * do not depend on values; for the trend see trendPoints. An input that first becomes known
 * may move the score either way, and the reasons say so.
 */
export function scoreCustomer(inputs: ScoreInputs, now: Date): CustomerScore {
  const facts = knownFacts(inputs, now);
  const csi = csiOfKnown(facts.answers);
  const health = healthOf(facts, csi.components);
  const mainReasonKey = mainReasonOf(health);
  return {
    csi: csi.value,
    csiCoverage: csi.coverage,
    segment: csi.segment,
    health: health.value,
    healthCoverage: health.coverage,
    band: health.band,
    flagged: health.flagged,
    reasons: reasonsOf(health, facts),
    mainReasonKey,
    mainReason: mainReasonKey === null ? null : MAIN_REASON_LABELS[mainReasonKey],
    version: SCORE_VERSION,
  };
}

/**
 * The instant until which (not including it) the passing of time alone leaves the score as it
 * is, so that a customer who falls silent need not be scored before. null: time may be
 * changing it already. Decayed means stand still until an answer comes or drops out, because
 * all weights shrink alike. Not covered: new events, and a new `shopTypicalGapDays`.
 */
export function scoreIsStaticUntil(inputs: ScoreInputs, now: Date): Date | null {
  const facts = knownFacts(inputs, now);
  const changesAtMs = Math.floor(
    Math.min(
      nextArrivalMs(inputs, facts.nowMs),
      nextRatingExpiryMs(facts),
      behaviourChangesAtMs(facts),
      economicsChangesAtMs(facts),
    ),
  );
  if (changesAtMs <= facts.nowMs) return null;
  return changesAtMs >= STATIC_FOREVER.getTime() ? STATIC_FOREVER : new Date(changesAtMs);
}

/** What is stored and shown of a score: too little known for a band is too little for a number, which would only move unseen. */
export function shownScore(score: CustomerScore): CustomerScore {
  return score.band === null ? { ...score, health: null, reasons: [] } : score;
}

/**
 * The same for what may be shown. Below the coverage of a band health is not, so that only what
 * moves CSI or coverage counts: an entry that begins to count, or drops out.
 * @param score the score of these inputs at `now`
 */
export function shownScoreIsStaticUntil(
  inputs: ScoreInputs,
  now: Date,
  score: Pick<CustomerScore, 'band'>,
): Date | null {
  if (score.band !== null) return scoreIsStaticUntil(inputs, now);
  const facts = knownFacts(inputs, now);
  const changesAtMs = Math.floor(
    Math.min(
      nextArrivalMs(inputs, facts.nowMs),
      nextRatingExpiryMs(facts),
      engagementChangesAtMs(facts),
      siteEndsAtMs(facts),
      paymentEndsAtMs(facts),
    ),
  );
  return changesAtMs >= STATIC_FOREVER.getTime() ? STATIC_FOREVER : new Date(changesAtMs);
}
