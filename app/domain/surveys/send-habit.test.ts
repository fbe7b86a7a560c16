import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '#tests/factories/contacts.ts';
import { emptyOrder } from '../core/apply-order-fact.ts';
import { DAY_MS, isQuiet, localTime } from '../core/calendar.ts';
import type { InvitationState, OrderState } from '../core/state.ts';
import { movedToHabit } from './habit-moves.ts';
import { planInvitations, withChanges } from './plan-invitations.ts';
import { actsBefore, actsOf, habitHour, sendHourAt } from './send-habit.ts';

const NIGHT = { startHour: 21, endHour: 8 };
const NEVER = { startHour: 0, endHour: 0 };
/** Acts on days of their own, at these times of the day in UTC. */
const acts = (...times: string[]) =>
  times.map((time, index) => new Date(`2026-06-${String(index + 1).padStart(2, '0')}T${time}:00Z`));

describe('the hour of a habit', () => {
  it.each<[string, Date[], string, typeof NIGHT, number | null]>([
    ['two acts are too few', acts('19:00', '19:00'), 'UTC', NIGHT, null],
    ['three close together', acts('18:40', '19:00', '19:20'), 'UTC', NIGHT, 19],
    ['the minutes count: rounded up', acts('18:40', '18:50', '18:45'), 'UTC', NIGHT, 19],
    ['rounded down', acts('18:10', '18:20', '18:15'), 'UTC', NIGHT, 18],
    ['on the clocks of the customer', acts('19:00', '19:00', '19:00'), 'Asia/Kolkata', NEVER, 1],
    ['three within four hours may be chance', acts('16:00', '18:00', '20:00'), 'UTC', NIGHT, null],
    [
      'six within four hours are not',
      acts('16:00', '17:00', '18:00', '18:00', '19:00', '20:00'),
      'UTC',
      NIGHT,
      18,
    ],
    ['round midnight, where hours have no mean', acts('23:30', '00:30', '00:00'), 'UTC', NEVER, 0],
    ['opposite hours', acts('09:00', '21:00', '09:00', '21:00', '09:00', '21:00'), 'UTC', NEVER, null],
    [
      'spread over half the day, however many',
      acts(...Array.from({ length: 20 }, (_, n) => `${String(8 + (n % 12)).padStart(2, '0')}:00`)),
      'UTC',
      NEVER,
      null,
    ],
    ['late in the evening: the last waking hour', acts('22:00', '22:00', '22:00'), 'UTC', NIGHT, 20],
    ['before dawn: the first', acts('05:00', '05:00', '05:00'), 'UTC', NIGHT, 8],
    ['as near to both: the later', acts('02:00', '02:00', '02:00'), 'UTC', NIGHT, 8],
  ])('%s', (_name, times, zone, quiet, expected) => {
    expect(habitHour(times, zone, quiet)).toBe(expected);
  });

  it('does not depend on the order of the acts, turns with the clock and is never in the quiet hours', () => {
    const times = fc.array(fc.integer({ min: 0, max: 400 * 24 * 60 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 23 }), (minutes, turn) => {
        const at = (shift: number) =>
          minutes.map((minute) => new Date(Date.UTC(2025, 0, 1) + (minute + shift * 60) * 60_000));
        const hour = habitHour(at(0), 'UTC', NEVER);
        expect(habitHour(at(0).reverse(), 'UTC', NEVER)).toBe(hour);
        const turned = habitHour(at(turn), 'UTC', NEVER);
        expect(turned === null).toBe(hour === null);
        if (hour !== null && turned !== null) {
          // Half hours may round either way once sums differ in their last digit.
          const apart = (turned - hour - turn + 48) % 24;
          expect([0, 1, 23]).toContain(apart);
        }
        const awake = habitHour(at(0), 'UTC', NIGHT);
        if (awake !== null) expect(isQuiet(new Date(Date.UTC(2026, 0, 1, awake)), 'UTC', NIGHT)).toBe(false);
      }),
    );
  });
});

describe('what counts', () => {
  const anchor = new Date('2026-06-10T12:00:00Z');
  const ago = (days: number) => new Date(anchor.getTime() - days * DAY_MS);

  it('is what was done until then, within a year, the newest twenty', () => {
    expect(actsBefore([ago(-0.1), ago(0), ago(366), ago(364)], anchor)).toEqual([ago(0), ago(364)]);
    const many = Array.from({ length: 30 }, (_, index) => ago(index));
    expect(actsBefore(many.toReversed(), anchor)).toEqual(many.slice(0, 20));
  });

  it('is no answer of which only the day is known', () => {
    const sentAt = new Date('2026-06-03T08:00:00.123Z');
    const midnight = new Date('2026-06-04T00:00:00Z');
    const answered = new Date('2026-06-05T00:00:01Z');
    const times = [sentAt, midnight, null, answered];
    expect(
      actsOf(
        [],
        times.map((answeredAt) => ({ answeredAt, sentAt })),
      ),
    ).toEqual([answered]);
    expect(actsOf([], [{ answeredAt: midnight, sentAt: null }])).toEqual([]);
  });

  it('is nothing where the merchant wants one hour for all', () => {
    const policy = { sendHour: 10, sendAtHabit: true, quietHours: NIGHT };
    const evenings = [1, 2, 3].map((days) => new Date(`2026-06-0${days}T19:00:00Z`));
    expect(sendHourAt(evenings, anchor, 'UTC', policy)).toBe(19);
    expect(sendHourAt(evenings, anchor, 'UTC', { ...policy, sendAtHabit: false })).toBe(10);
    expect(sendHourAt(evenings, ago(8), 'UTC', policy)).toBe(10);
  });
});

describe('planned surveys', () => {
  const ZONE = 'Europe/Berlin';
  const NOW = new Date('2026-06-20T12:00:00Z');
  const line = { lineId: 'l1', productId: null, variantId: null, sku: null, title: 'Mug', quantity: 1 };

  function bought(orderId: string, placedAt: Date, over: Partial<OrderState> = {}): OrderState {
    return {
      ...{ ...emptyOrder(orderId), known: true, channel: 'web', placedAt, financialStatus: 'paid' },
      lines: [{ ...line, netMinor: 1_000, requiresShipping: true }],
      ...over,
    };
  }

  /** Hears of the orders one by one, as decide() does. */
  function hear(orders: OrderState[], policy = defaultPolicy): InvitationState[] {
    let stored: InvitationState[] = [];
    let known: OrderState[] = [];
    let id = 0;
    for (const order of orders) {
      const shared = { timeZone: ZONE, policy, experiments: [] };
      const changes = planInvitations({
        ...{ ...shared, order, orders: known, customerId: 'c1', stored, medianTransitDays: null },
        ...{ assign: () => null, now: NOW, newId: () => `i${(id += 1)}` },
      });
      known = [...known.filter(({ orderId }) => orderId !== order.orderId), order];
      stored = withChanges(stored, changes);
      stored = withChanges(stored, movedToHabit({ ...shared, invitations: stored, orders: known }));
    }
    return stored
      .map((entry) => ({ ...entry, id: '' }))
      .sort((a, b) => (`${a.orderId} ${a.kind}` < `${b.orderId} ${b.kind}` ? -1 : 1));
  }
  const evening = (day: number) => new Date(Date.UTC(2026, 5, day, 17, day));
  const hours = (entries: InvitationState[], kind = 'relationship') =>
    entries
      .filter((entry) => entry.kind === kind)
      .map(({ orderId, firstDueAt }) => `${orderId} ${localTime(firstDueAt, ZONE).hour}`);

  it('are sent at the hour of the habit from the third act on', () => {
    const orders = [bought('1', evening(1)), bought('2', evening(5)), bought('3', evening(9))];
    expect(hours(hear(orders))).toEqual(['1 10', '2 10', '3 19']);
  });

  it('stay at the same hour for all where the merchant wants that', () => {
    const orders = [bought('1', evening(1)), bought('2', evening(5)), bought('3', evening(9))];
    expect(hours(hear(orders, { ...defaultPolicy, sendAtHabit: false }))).toEqual(['1 10', '2 10', '3 10']);
  });

  it('are planned the same whatever the order in which orders are heard of, and heard of twice', () => {
    const placed = fc.tuple(fc.integer({ min: 1, max: 18 }), fc.integer({ min: 16 * 60, max: 19 * 60 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(placed, { minLength: 3, maxLength: 7, selector: ([day]) => day }),
        fc.infiniteStream(fc.nat()),
        (times, keys) => {
          const orders = times.map(([day, minute], index) =>
            bought(String(index), new Date(Date.UTC(2026, 5, day, 0, minute))),
          );
          const expected = hear(orders);
          const shuffled = orders
            .map((order) => ({ order, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ order }) => order);
          expect(hear(shuffled)).toEqual(expected);
          expect(hear([...shuffled, ...orders])).toEqual(expected);
        },
      ),
    );
  });

  it('keep the hour that an experiment gave them', () => {
    const orders = [bought('1', evening(1)), bought('2', evening(5)), bought('3', evening(9))];
    const [entry] = hear(orders).filter(({ kind, orderId }) => kind === 'relationship' && orderId === '3');
    const experiment = {
      id: 'e',
      kind: 'relationship' as const,
      arms: [{ id: 'late', weight: 1, sendHour: 15 }],
    };
    const invited = { ...entry!, experimentId: 'e', arm: 'late' };
    const [moved] = movedToHabit({
      ...{ invitations: [invited], orders, experiments: [experiment], timeZone: ZONE },
      policy: defaultPolicy,
    });
    expect(moved && localTime(moved.firstDueAt, ZONE).hour).toBe(15);
  });
});
