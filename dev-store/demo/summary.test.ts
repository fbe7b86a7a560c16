import { expect, test } from 'vitest';
import { judge, summaryTable, type Findings, type Summary } from './summary.ts';

const GOOD: Summary = {
  events: { received: 12, processed: 9, duplicate: 2, ignored: 1, failed: 0 },
  surveys: { eligible: 5, suppressed: 2, deferred: 1, sent: 2, answered: 1 },
  feedback: { unsolicited: 1 },
  scores: {
    customers: 3,
    byBand: { thriving: 1, healthy: 1, at_risk: 0, critical: 0, lost: 0, not_enough_data: 1 },
  },
  cases: { opened: 1 },
  actions: { done: 4, failed: 0, unknown: 1 },
  points: { posted: 120 },
  referrals: { issued: 1 },
  durationMs: 61_000,
};
const FOUND: Findings = { webhooksStored: 8, stillOpen: 0, csat: 4.2, nps: 35, failures: [] };
const SENT = { webhooks: 8, problems: [] };

test('a play in which nothing failed is good; unknown messages are for staff to judge', () => {
  expect(judge(GOOD, FOUND, SENT)).toEqual([]);
});

test.each<[string, Partial<Summary>, Partial<Findings>, { webhooks: number; problems: string[] }, RegExp]>([
  ['a failed event', { events: { ...GOOD.events, processed: 8, failed: 1 } }, {}, SENT, /1 events failed/],
  ['a failed action', { actions: { ...GOOD.actions, failed: 2 } }, {}, SENT, /2 actions failed/],
  ['a lost webhook', {}, { webhooksStored: 7 }, SENT, /8 webhooks were sent, but 7 are stored/],
  ['open work', {}, { stillOpen: 3 }, SENT, /3 events or scores are still open/],
  ['counts that do not add up', { events: { ...GOOD.events, received: 13 } }, {}, SENT, /do not add up/],
  [
    'a refused answer',
    {},
    {},
    { webhooks: 8, problems: ['The answer was refused.'] },
    /The answer was refused/,
  ],
])('%s is wrong', (_, change, found, sent, sentence) => {
  const wrong = judge({ ...GOOD, ...change }, { ...FOUND, ...found }, sent);
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toMatch(sentence);
});

test('the table says every figure', () => {
  const table = summaryTable(GOOD, FOUND);
  for (const words of [
    '12 received',
    '2 sent, 2 suppressed, 1 deferred',
    'CSAT 4.20',
    'NPS 35',
    '120 points',
    '1 referral',
    '61.0 s',
    '1 unknown',
  ]) {
    expect(table).toContain(words);
  }
});
