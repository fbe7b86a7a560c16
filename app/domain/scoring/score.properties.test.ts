import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputs, NOW, shuffle } from '#tests/factories/score-inputs.ts';
import type { ScoreInputs } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { scoreCustomer, scoreIsStaticUntil, shownScore, shownScoreIsStaticUntil } from './score.ts';

/** Old, present and future-dated entries together. */
const anyInputs = inputs(800, -30);
/** Everything at least a day old. */
const pastInputs = inputs(800, 1);

describe('for any inputs', () => {
  test('scores and reasons lie within 0-100, coverage within 0-1, nothing is NaN', () => {
    fc.assert(
      fc.property(anyInputs, (any) => {
        const score = scoreCustomer(any, NOW);
        const points = [score.csi, score.health, ...score.reasons.map((reason) => reason.value)];
        for (const value of points) expect(value === null || (value >= 0 && value <= 100)).toBe(true);
        for (const share of [score.csiCoverage, score.healthCoverage])
          expect(share >= 0 && share <= 1).toBe(true);
        expect(score.csi === null).toBe(score.csiCoverage === 0);
        expect(score.health === null).toBe(score.healthCoverage === 0);
        expect(score.band === null).toBe(score.healthCoverage < 0.35);
        expect(score.flagged).toBe(score.band !== null && (score.health as number) < 60);
        expect(score.mainReason === null).toBe(score.band !== null && !score.flagged);
      }),
      { numRuns: 500 },
    );
  });

  test('the reasons add up: 50 + contributions is the score', () => {
    fc.assert(
      fc.property(anyInputs, (any) => {
        const { health, reasons } = scoreCustomer(any, NOW);
        const sum = reasons.reduce((total, reason) => total + reason.contribution, 50);
        if (health === null) expect(reasons).toEqual([]);
        else expect(Math.abs(sum - health)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of arrival is irrelevant, and a replay gives the same', () => {
    const shuffled = anyInputs.chain((any) =>
      fc.record({
        any: fc.constant(any),
        again: fc.record({
          answers: shuffle(any.answers),
          orders: shuffle(any.orders),
          reviews: shuffle(any.reviews),
          resolutions: shuffle(any.resolutions),
          emailEngagement: any.emailEngagement
            ? fc.record({
                sentTotal: fc.constant(any.emailEngagement.sentTotal),
                surveys: shuffle(any.emailEngagement.surveys),
              })
            : fc.constant(null),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ any, again }) => {
        const score = scoreCustomer(any, NOW);
        expect(scoreCustomer({ ...any, ...again }, NOW)).toEqual(score);
        expect(scoreCustomer(structuredClone(any), NOW)).toEqual(score);
      }),
      { numRuns: 500 },
    );
  });

  test('what is dated after now changes nothing', () => {
    fc.assert(
      fc.property(pastInputs, inputs(-1 / 24, -30), (past, future) => {
        const both: ScoreInputs = {
          ...past,
          answers: [...future.answers, ...past.answers],
          orders: [...future.orders, ...past.orders],
          reviews: [...future.reviews, ...past.reviews],
          resolutions: [...future.resolutions, ...past.resolutions],
          emailEngagement: past.emailEngagement && {
            ...past.emailEngagement,
            surveys: [...(future.emailEngagement?.surveys ?? []), ...past.emailEngagement.surveys],
          },
        };
        expect(scoreCustomer(both, NOW)).toEqual(scoreCustomer(past, NOW));
      }),
    );
  });

  const shown = (any: ScoreInputs, at: Date) => shownScore(scoreCustomer(any, at));
  test.each([
    ['the score', scoreIsStaticUntil, scoreCustomer],
    [
      'what is shown',
      (any: ScoreInputs, now: Date) => shownScoreIsStaticUntil(any, now, scoreCustomer(any, now)),
      shown,
    ],
  ])('until it says, %s stays what it is, whenever one looks', (_, staticUntil, look) => {
    fc.assert(
      fc.property(anyInputs, fc.double({ min: 0, max: 1, noNaN: true }), (any, fraction) => {
        const spanMs = Math.min((staticUntil(any, NOW) ?? NOW).getTime() - NOW.getTime() - 1, 2_000 * DAY_MS);
        for (const share of spanMs > 0 ? [fraction, 1] : []) {
          const later = new Date(NOW.getTime() + Math.floor(spanMs * share));
          expect(look(any, later)).toEqual(look(any, NOW));
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
