import { expect, it } from 'vitest';
import { awaitsRating } from './awaits-rating.ts';

const now = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

it.each([
  ['on its way for 60 days', 60, null, [], true],
  ['on its way for longer', 60.01, null, [], false],
  ['delivered 21 days ago, however old', 100, 21, [], true],
  ['delivered before that', 30, 21.01, [], false],
  ['to be delivered tomorrow', 5, -1, [], true],
  ['rated', 5, 2, ['an answer'], false],
] as const)('an order %s', (_name, placed, delivered, answers, awaits) => {
  const deliveredAt = delivered === null ? null : daysAgo(delivered);
  expect(awaitsRating({ answers, placedAt: daysAgo(placed), deliveredAt }, now)).toBe(awaits);
});
