import type { CustomerScore } from './score.ts';

/** What a row of the score history keeps for this decision. */
export type ScorePoint = Pick<CustomerScore, 'csi' | 'segment' | 'health' | 'band' | 'version'>;

/**
 * Whether a new score deserves a row in the history: the first one that says something, another health band or
 * CSI segment, another rule version, a score that became known or unknown (also both, a row that
 * says nothing any more), or one that moved by at least 1 point. Compare with the last row
 * WRITTEN, or a slow decline leaves no trace.
 */
export function shouldWriteHistory(previous: ScorePoint | null, next: ScorePoint): boolean {
  if (previous === null) return next.health !== null || next.csi !== null;
  return (
    previous.version !== next.version ||
    previous.band !== next.band ||
    previous.segment !== next.segment ||
    movedByAPoint(previous.health, next.health) ||
    movedByAPoint(previous.csi, next.csi)
  );
}

/** Compared in whole tenths: 60.1 - 59.1 is a little less than 1 in binary fractions. */
function movedByAPoint(previous: number | null, next: number | null): boolean {
  if (previous === null || next === null) return previous !== next;
  return Math.abs(Math.round(next * 10) - Math.round(previous * 10)) >= 10;
}
