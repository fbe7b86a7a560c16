import { expect, test } from 'vitest';
import { behaviourInputs } from './behaviour.ts';
import type { EmailEngagementInput } from './inputs.ts';
import { knownFacts } from './known.ts';
import { DAY_MS } from './numbers.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const NOTHING = {
  ...{ answers: [], orders: [], reviews: [], resolutions: [] },
  ...{ lastSeenAt: null, pixelOnSince: null, shopTypicalGapDays: null, predictedClv: null },
};

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

const engagement = (emailEngagement: EmailEngagementInput | null) =>
  behaviourInputs(knownFacts({ ...NOTHING, emailEngagement }, NOW)).engagement;

/** So many clicks in the last 30 days and in the 30 before; a mail of 8 days ago was passed by. */
function mails(sentTotal: number, last30Days: number, previous30Days: number): EmailEngagementInput {
  const clicked = (count: number, days: number) =>
    Array.from({ length: count }, () => ({ sentAt: daysAgo(days + 2), clickedAt: daysAgo(days) }));
  const surveys = [...clicked(last30Days, 10), ...clicked(previous30Days, 45)];
  return { sentTotal, surveys: [...surveys, { sentAt: daysAgo(8), clickedAt: null }] };
}

test.each([
  [3, 5, 5, null],
  [4, 5, 5, 100],
  [4, 2, 8, 25],
  [9, 8, 2, 100],
  [9, 3, 0, 100],
  [9, 0, 3, 0],
  [9, 0, 0, null],
])(
  'engagement: %d mails, %d clicks after %d is %s',
  (sentTotal, clicksLast30Days, clicksPrevious30Days, points) => {
    const emailEngagement = mails(sentTotal, clicksLast30Days, clicksPrevious30Days);
    expect(engagement(emailEngagement)).toBe(points);
  },
);

test.each<[string, (number | null)[][], number | null]>([
  ['a mail 30 days ago is none of the last 30 days', [[30, 0]], null],
  ['nor is one whose click came within them', [[40, 28]], null],
  [
    'a mail within them that nobody opened',
    [
      [29.9, null],
      [50, 49],
    ],
    0,
  ],
  [
    'a click of exactly 30 days ago is one of the 30 before',
    [
      [7, null],
      [40, 30],
    ],
    0,
  ],
  [
    'a click of exactly 60 days ago is none',
    [
      [7, null],
      [70, 60],
    ],
    null,
  ],
  [
    'a mail that only just came is not passed by',
    [
      [6.9, null],
      [50, 49],
    ],
    null,
  ],
  [
    'nor is a click in it fewer than the two before',
    [
      [1, 0],
      [50, 49],
      [51, 50],
    ],
    null,
  ],
  [
    'but as many as before it may be at once',
    [
      [1, 0],
      [50, 49],
    ],
    100,
  ],
  [
    'and it counts at once beside a mail that was passed by',
    [
      [1, 0],
      [7, null],
      [50, 49],
      [51, 50],
    ],
    50,
  ],
  [
    'a mail that only just came takes nothing from what the ones before say',
    [
      [1, null],
      [20, 19],
      [50, 49],
    ],
    100,
  ],
  [
    'what is still to come',
    [
      [-1, -2],
      [50, 49],
    ],
    null,
  ],
])('engagement: %s', (_, surveys, points) => {
  const at = (days: number | null | undefined) => (days == null ? null : daysAgo(days));
  const emailEngagement = {
    sentTotal: 4,
    surveys: surveys.map(([sent, clicked]) => ({ sentAt: at(sent)!, clickedAt: at(clicked) })),
  };
  expect(engagement(emailEngagement)).toBe(points);
});

test('is unknown without a mail channel', () => {
  expect(engagement(null)).toBeNull();
});
