/** What speaks against arms that only the shop's own surveys and settings can tell. */
import { isQuietHour } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import type { Arm, Experiment } from './experiment.ts';

/** A survey that an arm may ask. */
type Edition = NonNullable<Arm['edition']> & { incentive: boolean };

/** Sentences; empty: nothing. An hour at night would be put off, and incentives are compared with none. */
export function armFaults(
  { dimension, arms }: Pick<Experiment, 'dimension' | 'arms'>,
  shop: { editions: readonly Edition[]; quietHours: QuietHours },
): string[] {
  const atNight = arms.find(
    ({ sendHour }) => sendHour !== undefined && isQuietHour(sendHour, shop.quietHours),
  );
  if (atNight) {
    return [`"${atNight.name}" falls into the quiet hours, in which nobody is mailed: choose another hour.`];
  }
  if (dimension !== 'incentive') return [];
  const promises = arms.map(({ edition }) =>
    shop.editions.some(
      (one) => one.incentive && one.surveyId === edition?.surveyId && one.version === edition.version,
    ),
  );
  return promises.includes(true) && promises.includes(false)
    ? []
    : ['One arm has to ask a survey with an incentive, another one a survey without.'];
}
