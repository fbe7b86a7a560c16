/** From when until when a survey is asked: what its schedule means at a moment. */

/** Instants as ISO text in UTC; one that is missing sets no limit. */
export interface OpeningTimes {
  from?: string | undefined;
  until?: string | undefined;
}

export type Opening = 'waiting' | 'open' | 'over';

/** Open from `from` on, and until just before `until`. */
export function openingAt({ from, until }: OpeningTimes, now: Date): Opening {
  if (until !== undefined && Date.parse(until) <= now.getTime()) return 'over';
  return from !== undefined && Date.parse(from) > now.getTime() ? 'waiting' : 'open';
}
