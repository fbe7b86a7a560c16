import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_STEP_MS } from '../clock.ts';
import { planStep, Timeline } from './plan-step.ts';
import type { ScriptEvent } from './script.ts';

const HOUR = 3_600_000;
const END = 1000 * HOUR;

function event(
  at: number,
  subject: string,
  kind: 'webhook' | 'answer' = 'webhook',
  topic = 'orders/create',
): ScriptEvent {
  const answer = {
    orderId: subject,
    survey: 'usage',
    door: { kind: 'storefront', customerId: '1' },
    answer: { rating: 5, comment: null },
  } as const;
  if (kind === 'answer') return { kind, at, subject, ...answer };
  return {
    kind,
    at,
    subject,
    topic,
    body: () => '{}',
    webhookId: `${subject}-${at}`,
    triggeredAt: at,
    copies: 0,
  };
}

describe('planStep', () => {
  test.each<[string, ScriptEvent[], number | null, { to: number; count: number } | null]>([
    [
      'to the last event before the due row',
      [event(1, 'a'), event(5, 'b'), event(9, 'c')],
      7,
      { to: 5, count: 2 },
    ],
    ['to the due row when nothing happens before', [event(9, 'a')], 7, { to: 7, count: 0 }],
    ['an event at the moment of a due row waits for it', [event(7, 'a')], 7, { to: 7, count: 0 }],
    [
      'at most 12 hours',
      [event(MAX_STEP_MS, 'a'), event(MAX_STEP_MS + 1, 'b')],
      null,
      { to: MAX_STEP_MS, count: 1 },
    ],
    ['12 hours when nothing is near', [event(30 * HOUR, 'a')], 20 * HOUR, { to: 12 * HOUR, count: 0 }],
    [
      'cut before an answer of an order in the step',
      [event(1, 'a'), event(2, 'b'), event(3, 'a', 'answer')],
      null,
      { to: 2, count: 2 },
    ],
    [
      'cut after an answer of an order in the step',
      [event(1, 'a', 'answer'), event(2, 'a')],
      null,
      { to: 1, count: 1 },
    ],
    [
      'two answers of one order never share a step',
      [event(1, 'a', 'answer'), event(2, 'a', 'answer')],
      null,
      { to: 1, count: 1 },
    ],
    [
      'answers of different orders do',
      [event(1, 'a', 'answer'), event(2, 'b', 'answer')],
      null,
      { to: 2, count: 2 },
    ],
    [
      'cut before and after a change of an order in the step',
      [event(1, 'a'), event(2, 'b'), event(3, 'a', 'webhook', 'refunds/create'), event(4, 'a')],
      null,
      { to: 2, count: 2 },
    ],
    [
      'cut after a change of an order',
      [event(3, 'a', 'webhook', 'orders/cancelled'), event(4, 'a')],
      null,
      { to: 3, count: 1 },
    ],
    ['an event of the past happens now', [event(-5, 'a')], 7, { to: 0, count: 1 }],
    ['not past the end', [event(END + 1, 'a')], null, { to: MAX_STEP_MS, count: 0 }],
  ])('%s', (_, events, due, expected) => {
    expect(planStep(new Timeline(events), 0, due, END)).toEqual(expected);
  });

  test('ends where the play ends, events behind it left out', () => {
    expect(planStep(new Timeline([event(END + 1, 'a')]), END, END + 5, END)).toBeNull();
    expect(planStep(new Timeline([]), END - HOUR, null, END)).toEqual({ to: END, count: 0 });
  });

  test('time never goes back, no step is longer than 12 hours, everything happens once and in order', () => {
    const events = fc.array(
      fc.record({
        at: fc.nat(100 * HOUR),
        subject: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom('webhook', 'answer'),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(events, fc.array(fc.nat(110 * HOUR), { maxLength: 20 }), (list, dues) => {
        const sorted = list
          .map(({ at, subject, kind }) => event(at, subject, kind as 'webhook'))
          .sort((x, y) => x.at - y.at);
        const end = 120 * HOUR;
        const timeline = new Timeline(sorted);
        const played: ScriptEvent[] = [];
        let now = 0;
        for (let steps = 0; ; steps += 1) {
          expect(steps).toBeLessThan(500);
          const open = dues.filter((due) => due > now);
          const due = open.length > 0 ? Math.min(...open) : null;
          const step = planStep(timeline, now, due, end);
          if (!step) break;
          expect(step.to).toBeGreaterThanOrEqual(now);
          expect(step.to - now).toBeLessThanOrEqual(MAX_STEP_MS);
          if (due !== null) expect(step.to).toBeLessThanOrEqual(due);
          const taken = timeline.take(step.count);
          for (const one of taken) expect(one.at).toBeLessThanOrEqual(step.to);
          for (const one of taken.filter(({ kind }) => kind === 'answer')) {
            expect(taken.filter(({ subject }) => subject === one.subject)).toHaveLength(1);
          }
          played.push(...taken);
          now = step.to;
        }
        expect(now).toBe(end);
        expect(played).toEqual(sorted);
      }),
    );
  });
});

test('an event that follows from another is put into its place', () => {
  const timeline = new Timeline([event(1, 'a'), event(3, 'b')]);
  timeline.take(1);
  timeline.add(event(2, 'c'));
  timeline.add(event(3, 'd'));
  expect(timeline.take(3).map(({ subject }) => subject)).toEqual(['c', 'b', 'd']);
});
