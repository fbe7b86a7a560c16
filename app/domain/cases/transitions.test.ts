import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseAct, CaseState, CaseStatus } from './transitions.ts';
import { allowedActs, applyAct, CASE_STATUSES } from './transitions.ts';

const now = new Date('2026-06-10T12:00:00Z');
const state = (status: CaseStatus, over: Partial<CaseState> = {}): CaseState => ({
  status,
  dueAt: new Date('2026-06-10T14:00:00Z'),
  acknowledgedAt: null,
  resolvedAt: null,
  closedAt: null,
  resolution: null,
  rootCause: null,
  reopened: 0,
  ...over,
});
const acts: Record<CaseAct['act'], CaseAct> = {
  acknowledge: { act: 'acknowledge' },
  resolve: { act: 'resolve', resolution: 'Sent a new one.' },
  close: { act: 'close', rootCause: 'packaging' },
  reopen: { act: 'reopen', targetHours: 4 },
};

describe('every act in every status', () => {
  const table: Record<CaseStatus, Partial<Record<CaseAct['act'], CaseStatus>>> = {
    open: { acknowledge: 'acknowledged' },
    acknowledged: { resolve: 'resolved' },
    resolved: { close: 'closed', reopen: 'open' },
    closed: { reopen: 'open' },
  };
  const pairs = CASE_STATUSES.flatMap((status) =>
    Object.values(acts).map((act) => [status, act.act] as const),
  );
  it.each(pairs)('%s, %s', (status, name) => {
    const wanted = table[status][name];
    const result = applyAct(state(status), acts[name], now);
    if (wanted) expect(result).toMatchObject({ outcome: 'changed', case: { status: wanted } });
    else
      expect(result).toMatchObject({
        outcome: 'refused',
        reason: 'wrong_status',
        sentence: expect.stringMatching(`this one is ${status}\\.$`),
      });
    expect(allowedActs(status).includes(name)).toBe(wanted !== undefined);
  });
});

describe('what an act writes', () => {
  it('keeps times and words', () => {
    expect(applyAct(state('open'), acts.acknowledge, now)).toMatchObject({
      case: { acknowledgedAt: now, resolvedAt: null },
    });
    expect(
      applyAct(state('acknowledged'), { act: 'resolve', resolution: ' sent a new one ' }, now),
    ).toMatchObject({ case: { resolvedAt: now, resolution: 'sent a new one' } });
    expect(applyAct(state('resolved'), acts.close, now)).toMatchObject({
      case: { closedAt: now, rootCause: 'packaging' },
    });
  });

  it('needs a root cause to close and a resolution to resolve', () => {
    expect(applyAct(state('resolved'), { act: 'close', rootCause: ' \n' }, now)).toMatchObject({
      outcome: 'refused',
      reason: 'root_cause_missing',
    });
    expect(applyAct(state('acknowledged'), { act: 'resolve', resolution: '' }, now)).toMatchObject({
      outcome: 'refused',
      reason: 'resolution_missing',
    });
  });

  it('starts a new clock when opened again', () => {
    const closed = state('closed', {
      acknowledgedAt: now,
      resolvedAt: now,
      closedAt: now,
      resolution: 'x',
      rootCause: 'y',
      reopened: 1,
    });
    expect(applyAct(closed, { act: 'reopen', targetHours: 24 }, now)).toEqual({
      outcome: 'changed',
      case: {
        ...closed,
        status: 'open',
        dueAt: new Date('2026-06-11T12:00:00Z'),
        acknowledgedAt: null,
        resolvedAt: null,
        closedAt: null,
        reopened: 2,
      },
    });
  });

  it('is never closed without a root cause, whatever is tried, and never changes its input', () => {
    const any = fc.oneof(
      fc.constantFrom(...Object.values(acts)),
      fc.string({ maxLength: 3 }).map((rootCause): CaseAct => ({ act: 'close', rootCause })),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (list) => {
        let current = state('open');
        for (const act of list) {
          const before = structuredClone(current);
          const result = applyAct(current, act, now);
          expect(current).toEqual(before);
          if (result.outcome === 'changed') current = result.case;
          if (current.status === 'closed') {
            expect(current.rootCause?.trim()).toBeTruthy();
            expect(current.acknowledgedAt && current.resolvedAt && current.closedAt).toBeTruthy();
          }
        }
      }),
    );
  });
});
