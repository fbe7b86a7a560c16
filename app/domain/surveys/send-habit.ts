/** At which hour a person is asked: their own, where what they did so far shows a habit (domain.md section 2). */
import { DAY_MS, isQuietHour, localTime } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import type { InvitationState, OrderSummary } from '../core/state.ts';

export interface SendHourPolicy {
  /** Local hour at which people without a habit are asked. */
  sendHour: number;
  /** Whether habits are looked for at all. */
  sendAtHabit: boolean;
  quietHours: QuietHours;
}

/** What somebody did this long ago says little about today. */
const HABIT_DAYS = 365;
const NEWEST = 20;
export const LEAST_ACTS = 3;
/** Mean resultant length of acts with a circular standard deviation of 3.2 hours: further apart, no hour stands for them. */
const LEAST_LENGTH = 0.7;
/** So likely at most acts at random hours would lie as close together. */
const MOST_CHANCE = 0.05;

/**
 * The whole local hour, 0 to 23, around which the acts lie, moved to the nearest one outside the quiet hours (of two as
 * near the later). The mean direction of the times on a clock of 24 hours; Mardia and Jupp, Directional Statistics
 * (2000), sections 2.2.1 and 2.3.1. That they lie together by chance is judged by Rayleigh's test (section 6.3.1), with
 * the approximation of its p-value by Zar, Biostatistical Analysis, equation 27.4: few acts have to agree closely.
 * null: fewer than three acts, or no habit in them.
 */
export function habitHour(times: readonly Date[], timeZone: string, quiet: QuietHours): number | null {
  const n = times.length;
  if (n < LEAST_ACTS) return null;
  // Summed in their order on the clock, so that the same acts in another order give the same to the last bit.
  const angles = times.map((time) => angleOf(time, timeZone)).toSorted((a, b) => a - b);
  const sine = angles.reduce((sum, angle) => sum + Math.sin(angle), 0);
  const cosine = angles.reduce((sum, angle) => sum + Math.cos(angle), 0);
  const resultant = Math.min(n, Math.hypot(sine, cosine));
  if (resultant / n < LEAST_LENGTH) return null;
  const chance = Math.exp(Math.sqrt(1 + 4 * n + 4 * (n ** 2 - resultant ** 2)) - (1 + 2 * n));
  if (chance > MOST_CHANCE) return null;
  const hour = Math.round((Math.atan2(sine, cosine) * 24) / (2 * Math.PI));
  return nearestAwake((hour + 24) % 24, quiet);
}

/** The time of day as an angle: midnight 0, noon half a turn. */
function angleOf(time: Date, timeZone: string): number {
  const { hour, minute, second } = localTime(time, timeZone);
  return ((hour + minute / 60 + second / 3600) / 24) * 2 * Math.PI;
}

function nearestAwake(hour: number, quiet: QuietHours): number {
  const isAwake = (candidate: number) => !isQuietHour(candidate, quiet);
  for (let hours = 0; hours < 12; hours += 1) {
    const later = (hour + hours) % 24;
    if (isAwake(later)) return later;
    const earlier = (hour - hours + 24) % 24;
    if (isAwake(earlier)) return earlier;
  }
  return (hour + 12) % 24;
}

/** The acts of a customer that show when they have time for us: they ordered, or they answered. */
export function actsOf(
  orders: readonly Pick<OrderSummary, 'placedAt' | 'test'>[],
  invitations: readonly Pick<InvitationState, 'answeredAt' | 'sentAt'>[],
): Date[] {
  return [
    ...orders.flatMap(({ placedAt, test }) => (placedAt && !test ? [placedAt] : [])),
    ...invitations.flatMap(({ answeredAt, sentAt }) =>
      answeredAt && !isDayOnly(answeredAt, sentAt) ? [answeredAt] : [],
    ),
  ];
}

/**
 * Of answers without a name only the day is noted, as midnight UTC or, on the day of the mail, as the time of the mail:
 * three of them would look like a perfect habit, of nobody or of ours.
 */
function isDayOnly(answeredAt: Date, sentAt: Date | null): boolean {
  return answeredAt.getTime() % DAY_MS === 0 || answeredAt.getTime() === sentAt?.getTime();
}

/** The acts that count for what begins at `anchor`: up to then, so that what is heard of later moves nothing. */
export function actsBefore(acts: readonly Date[], anchor: Date): Date[] {
  const end = anchor.getTime();
  const start = end - HABIT_DAYS * DAY_MS;
  return acts
    .filter((act) => act.getTime() <= end && act.getTime() > start)
    .toSorted((a, b) => b.getTime() - a.getTime())
    .slice(0, NEWEST);
}

/** The local hour at which a survey that began at `anchor` is sent. @param acts see actsOf */
export function sendHourAt(
  acts: readonly Date[],
  anchor: Date,
  timeZone: string,
  policy: SendHourPolicy,
): number {
  if (!policy.sendAtHabit) return policy.sendHour;
  return habitHour(actsBefore(acts, anchor), timeZone, policy.quietHours) ?? policy.sendHour;
}
