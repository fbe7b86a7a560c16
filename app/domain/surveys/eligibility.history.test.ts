import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base as contactBase } from '#tests/factories/contacts.ts';
import { DAY_MS, isQuiet } from '../core/calendar.ts';
import type { MessageSurveyKind } from './contract.ts';
import type { LedgerEntry } from './contact-caps.ts';
import type { DueInvitation } from './eligibility.ts';
import { decideContact } from './eligibility.ts';

/** A healthy customer of whom the history below is played, without an order. */
const base = { ...contactBase, orders: [] };
const kinds = fc.constantFrom<MessageSurveyKind>('delivery', 'usage', 'relationship');

it('over a whole history: caps hold, nights are quiet, nobody waits longer than 7 days, everything ends', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Europe/Berlin');
  // Days since the start; the year has both changes of the clocks in most zones.
  const due = fc.record({ kind: kinds, day: fc.double({ min: 0, max: 330, noNaN: true }) });
  const caseSpan = fc.tuple(
    fc.double({ min: 0, max: 330, noNaN: true }),
    fc.double({ min: 0, max: 12, noNaN: true }),
  );
  fc.assert(
    fc.property(
      zone,
      fc.array(due, { maxLength: 25 }),
      fc.array(caseSpan, { maxLength: 3 }),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      (timeZone, dues, cases, lag) => {
        const start = Date.UTC(2026, 0, 1);
        const waiting = new Map(
          dues.map(({ kind, day }, index) => {
            const firstDueAt = new Date(start + day * DAY_MS);
            const one: DueInvitation = {
              invitationId: `i${index}`,
              orderId: String(index),
              kind,
              firstDueAt,
              sendHour: 10,
              answered: false,
              deferredFor: null,
            };
            return [one.invitationId, { one, at: firstDueAt.getTime() }] as const;
          }),
        );
        const ledger: LedgerEntry[] = [];
        for (let turns = 0; waiting.size > 0; turns += 1) {
          expect(turns).toBeLessThan(2000);
          const wake = Math.min(...[...waiting.values()].map(({ at }) => at));
          // The tick comes a little late, as it does in life.
          const now = new Date(wake + lag * 3_600_000);
          const hasOpenCase = cases.some(
            ([from, days]) =>
              now.getTime() >= start + from * DAY_MS && now.getTime() < start + (from + days) * DAY_MS,
          );
          const invitations = [...waiting.values()]
            .filter(({ at }) => at <= now.getTime())
            .map(({ one }) => one);
          for (const decision of decideContact({
            ...base,
            customer: { ...base.customer, hasOpenCase },
            timeZone,
            now,
            invitations,
            ledger: [...ledger],
          })) {
            const kept = waiting.get(decision.invitationId);
            if (!kept) throw new Error('A decision about an invitation that nobody asked about.');
            const limit = kept.one.firstDueAt.getTime() + 7 * DAY_MS;
            if (decision.outcome === 'defer') {
              expect(decision.until.getTime()).toBeGreaterThan(now.getTime());
              expect(decision.until.getTime()).toBeLessThanOrEqual(limit);
              waiting.set(decision.invitationId, {
                one: { ...kept.one, deferredFor: decision.reason },
                at: decision.until.getTime(),
              });
              continue;
            }
            waiting.delete(decision.invitationId);
            if (decision.outcome !== 'send') continue;
            expect(now.getTime()).toBeLessThanOrEqual(limit);
            expect(isQuiet(now, timeZone, base.policy.quietHours)).toBe(false);
            expect(hasOpenCase).toBe(false);
            ledger.push({
              sentAt: now,
              topic: 'survey',
              surveyKind: kept.one.kind,
              metric: kept.one.kind === 'relationship' ? 'nps' : 'csat',
            });
          }
        }
        const gaps = (entries: LedgerEntry[]) =>
          entries
            .slice(1)
            .map((entry, index) => entry.sentAt.getTime() - (entries[index]?.sentAt.getTime() ?? 0));
        for (const gap of gaps(ledger)) expect(gap).toBeGreaterThanOrEqual(14 * DAY_MS);
        for (const gap of gaps(ledger.filter((entry) => entry.metric === 'nps')))
          expect(gap).toBeGreaterThanOrEqual(90 * DAY_MS);
        if (dues.length > 0 && cases.length === 0 && lag < 0.001) expect(ledger.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 150 },
  );
});
