import { describe, expect, it } from 'vitest';
import { emptyOrder } from '../core/apply-order-fact.ts';
import type { RefundFact } from '../core/facts.ts';
import type { InvitationState, OrderState, ReturnState } from '../core/state.ts';
import { withChanges } from './plan-invitations.ts';
import { planReturns } from './plan-returns.ts';

const at = (text: string) => new Date(`${text}Z`);
const NOW = at('2026-03-10T13:00:00');

const refund = (id: string, lineId: string, createdAt = at('2026-03-10T12:00:00')): RefundFact => ({
  ...{ refundId: id, orderId: '1', createdAt, amountMinor: 100 },
  lines: [{ refundLineId: `${id}.1`, lineId, quantity: 1, netMinor: 100, returned: true }],
});
const returned = (id: string, lines: string, shownAt: Date | null): ReturnState => ({
  ...{ returnId: id, orderId: '1', status: 'approved', shownAt, sourceUpdatedAt: at('2026-03-08T12:00:00') },
  lines: [...lines].map((lineId) => ({ lineId, quantity: 1, reason: null })),
});

/** Plans on top of what is stored. @returns all return surveys then, by sequence */
function planned(
  stored: InvitationState[],
  known: { refunds?: RefundFact[]; returns?: ReturnState[]; order?: Partial<OrderState>; off?: true },
): InvitationState[] {
  let made = stored.length;
  const changes = planReturns({
    order: { ...emptyOrder('1'), known: true, refunds: known.refunds ?? [], ...known.order },
    returns: known.returns ?? [],
    ...{ customerId: 'c1', stored, orders: [], medianTransitDays: null, experiments: [], assign: () => null },
    policy: {
      sendHour: 10,
      sendAtHabit: false,
      quietHours: { startHour: 21, endHour: 8 },
      surveys: {
        post_purchase: { enabled: true },
        delivery: { enabled: true, delayDays: 1 },
        usage: { enabled: true, delayDays: 10 },
        relationship: { enabled: true, delayDays: 45, repeatDays: 90 },
        support: { enabled: true, delayHours: 1 },
        return: { enabled: !known.off, delayDays: 2 },
        milestone: { enabled: true, anniversaries: true },
        website: { enabled: true },
        storefront: { enabled: true },
      },
    },
    ...{ timeZone: 'UTC', now: NOW, newId: () => `i${(made += 1)}` },
  });
  return withChanges(stored, changes).toSorted((a, b) => a.sequence - b.sequence);
}

const brief = (entries: InvitationState[]) =>
  entries.map(({ subjectId, status, reason }) => [subjectId, status, reason].filter(Boolean).join(' '));

describe('planReturns', () => {
  const one = planned([], { refunds: [refund('9', 'A')] });
  const sent = one.map((entry) => ({ ...entry, status: 'sent' as const, sentAt: NOW }));

  it('plans for the send hour, so many days after the return was shown', () => {
    expect(one).toMatchObject([
      { kind: 'return', subjectId: 'refund:9', sequence: 0, dueAt: at('2026-03-13T10:00:00') },
    ]);
    expect(planned(one, { refunds: [refund('9', 'A')] })).toEqual(one);
  });

  it.each<[string, InvitationState[], Parameters<typeof planned>[1], string[]]>([
    [
      'takes the name of the return once it is known',
      one,
      { refunds: [refund('9', 'A')], returns: [returned('7', 'A', NOW)] },
      ['return:7 scheduled'],
    ],
    [
      'leaves what was sent as it is, but for the name',
      sent,
      { refunds: [refund('9', 'A')], returns: [returned('7', 'A', NOW)] },
      ['return:7 sent'],
    ],
    [
      'asks about a second return of the order',
      sent,
      { refunds: [refund('9', 'A'), refund('8', 'B')] },
      ['refund:9 sent', 'refund:8 scheduled'],
    ],
    [
      'gives the second up when both were one',
      planned(sent, { refunds: [refund('9', 'A'), refund('8', 'B')] }),
      { refunds: [refund('9', 'A'), refund('8', 'B')], returns: [returned('7', 'AB', NOW)] },
      ['return:7 sent', 'refund:8 suppressed same_return'],
    ],
    [
      'is withdrawn when it is switched off',
      one,
      { refunds: [refund('9', 'A')], off: true },
      ['refund:9 suppressed survey_off'],
    ],
    [
      'comes back when it is switched on',
      planned(one, { refunds: [refund('9', 'A')], off: true }),
      { refunds: [refund('9', 'A')] },
      ['refund:9 scheduled'],
    ],
    ['asks nobody of a test order', [], { refunds: [refund('9', 'A')], order: { test: true } }, []],
    [
      'asks of a cancelled order',
      [],
      { refunds: [refund('9', 'A')], order: { cancelledAt: NOW } },
      ['refund:9 scheduled'],
    ],
    ['waits for what is only announced', [], { returns: [returned('7', 'A', null)] }, []],
  ])('%s', (_what, stored, known, expected) => {
    expect(brief(planned(stored, known))).toEqual(expected);
  });

  describe('two refunds that one return turns out to hold', () => {
    const known = {
      refunds: [refund('9', 'A'), refund('8', 'B')],
      returns: [returned('7', 'AB', NOW)],
    };
    const both = planned([], { refunds: known.refunds });
    const asked = (index: number) =>
      both.map((entry, at) =>
        at === index ? { ...entry, status: 'sent' as const, sentAt: NOW } : { ...entry },
      );

    it.each<[string, InvitationState[], string[]]>([
      ['neither was sent', both, ['return:7 scheduled', 'refund:9 suppressed same_return']],
      ['the first was sent', asked(0), ['return:7 sent', 'refund:9 suppressed same_return']],
      ['the second was sent', asked(1), ['refund:8 suppressed same_return', 'return:7 sent']],
    ])('are asked about once, however often it is looked at: %s', (_what, stored, expected) => {
      const once = planned(stored, known);
      expect(brief(once)).toEqual(expected);
      expect(planned(once, known)).toEqual(once);
    });

    it('are not asked about after all where the one that stood for both was held back', () => {
      const held = planned(both, known).map((entry) =>
        entry.status === 'scheduled'
          ? { ...entry, status: 'suppressed' as const, reason: 'survey_cap' }
          : entry,
      );
      expect(planned(held, known)).toEqual(held);
    });

    it('are asked about each when they turn out to be two again', () => {
      const apart = { ...known, returns: [returned('7', 'B', NOW)] };
      expect(brief(planned(planned(asked(0), known), apart))).toEqual([
        'return:7 sent',
        'refund:9 scheduled',
      ]);
    });
  });

  it('moves to the earlier showing that is heard of later', () => {
    const late = { refunds: [refund('9', 'A')], returns: [returned('7', 'A', at('2026-03-08T18:00:00'))] };
    expect(planned(one, late)).toMatchObject([{ dueAt: at('2026-03-11T10:00:00') }]);
  });
});
