import { expect, test } from 'vitest';
import { play } from './player.ts';
import type { AnswerEvent, Script, ScriptEvent } from './script.ts';
import type { Worklist } from './settle.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

function webhook(at: number, subject: string): ScriptEvent {
  return {
    kind: 'webhook',
    at,
    subject,
    topic: 'orders/create',
    body: () => '{}',
    webhookId: subject,
    triggeredAt: at,
    copies: 0,
  };
}

function script(events: ScriptEvent[]): Script {
  const shop = {
    domain: 'a.myshopify.com',
    name: 'A',
    email: 'a@a.example',
    currency: 'EUR',
    timeZone: 'UTC',
  };
  const counts = { orders: 1, customers: 1, webhooks: events.length };
  return {
    key: 'k',
    title: 'A play',
    shop,
    startAt: new Date(START),
    events,
    mailAnswers: new Map(),
    runOnDays: 14,
    staffed: false,
    products: [],
    counts,
  };
}

/** An app that is always done, and has one row due at each of the given times. */
function stage(dues: number[]) {
  const log: string[] = [];
  let now = START;
  const worklist: Worklist = {
    look: async () => {
      const next = dues.filter((due) => due > now).sort((a, b) => a - b)[0];
      return { busy: false, due: false, nextDue: next === undefined ? null : new Date(next) };
    },
    nudge: async () => undefined,
    describe: async () => [],
  };
  const hours = (at: number) => (at - START) / HOUR;
  return {
    log,
    parts: {
      worklist,
      moveClock: async (to: Date) => {
        expect(to.getTime()).toBeGreaterThanOrEqual(now);
        now = to.getTime();
        log.push(`clock ${hours(now)}`);
      },
      deliver: async (events: ScriptEvent[]) =>
        void log.push(...events.map((event) => `${event.kind} ${event.subject} at ${hours(now)}`)),
      readNews: null as ((at: Date) => Promise<ScriptEvent[]>) | null,
    },
  };
}

test('moves to events and due rows in turn, and on until 14 days after the last event', async () => {
  const { log, parts } = stage([START + 3 * HOUR]);
  const { endAt } = await play(
    script([webhook(START + HOUR, 'a'), webhook(START + 5 * HOUR, 'b')]),
    parts,
    (instant) => instant,
  );
  expect(log.slice(0, 5)).toEqual(['clock 1', 'webhook a at 1', 'clock 3', 'clock 5', 'webhook b at 5']);
  expect(endAt).toEqual(new Date(START + 5 * HOUR + 14 * 24 * HOUR));
  expect(log).toHaveLength(5 + 28);
});

test('an answer to a mail is given at its own time', async () => {
  const { log, parts } = stage([]);
  let mailed = false;
  parts.readNews = async (now) => {
    if (mailed) return [];
    mailed = true;
    const door = { kind: 'mail', email: 'a@a.example', actionId: '1', customerId: null } as const;
    const answer: AnswerEvent = {
      kind: 'answer',
      at: now.getTime() + 2 * HOUR,
      subject: 'a',
      orderId: 'a',
      survey: 'usage',
      door,
      answer: { rating: 5, comment: null },
    };
    return [answer];
  };
  await play(script([webhook(START + HOUR, 'a')]), parts, (instant) => instant);
  expect(log.slice(0, 4)).toEqual(['clock 1', 'webhook a at 1', 'clock 3', 'answer a at 3']);
});
