import { describe, expect, test } from 'vitest';
import type { AnswerInput, ScoreMetric } from './inputs.ts';
import { knownAnswers } from './known.ts';
import { DAY_MS } from './numbers.ts';
import { trendPoints } from './satisfaction.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
let counter = 0;

function answer(metric: ScoreMetric, rating: number, ageDays: number): AnswerInput {
  counter += 1;
  const answeredAt = new Date(NOW.getTime() - ageDays * DAY_MS);
  return { id: `answer-${counter}`, metric, rating, answeredAt, orderId: null, lineId: null };
}

const trend = (...answers: AnswerInput[]) => trendPoints(knownAnswers(answers, NOW));

describe('trend', () => {
  test('2.5 points per slope point, any measure', () => {
    // 75, 80, 85 points at steps of 30 days: slope 5 per 30 days.
    const close = trend(answer('csat_delivery', 4, 60), answer('nps', 8, 30), answer('nps', 8.5, 0));
    expect(close).toBeCloseTo(62.5, 8);
    expect(trend(answer('nps', 7, 60), answer('nps', 7, 30), answer('nps', 7, 0))).toBeCloseTo(50, 8);
  });

  test('is held within 0-100', () => {
    expect(trend(answer('nps', 10, 20), answer('nps', 5, 10), answer('nps', 0, 0))).toBe(0);
    expect(trend(answer('nps', 0, 20), answer('nps', 5, 10), answer('nps', 10, 0))).toBe(100);
  });

  test('is unknown below 3 answers and within one day', () => {
    expect(trend(answer('nps', 10, 60), answer('nps', 5, 0))).toBeNull();
    expect(trend(answer('nps', 2, 5), answer('nps', 9, 5), answer('nps', 9, 5))).toBeNull();
    expect(trend(answer('nps', 2, 5.9), answer('nps', 9, 5.5), answer('nps', 9, 5))).toBeNull();
    expect(trend(answer('nps', 2, 6), answer('nps', 9, 5.5), answer('nps', 9, 5))).toBe(100);
  });

  test('takes the ratings of one response as one answer', () => {
    const twice = (id: string, rating: number, daysAgo: number) => [
      { ...answer('csat_purchase', rating, daysAgo), id },
      { ...answer('confidence_purchase', rating, daysAgo), id: `${id}/confidence` },
    ];
    const two = [...twice('r1', 5, 10), ...twice('r2', 4, 5)];
    expect(trend(...two)).toBeNull();
    const single = [
      answer('csat_purchase', 5, 10),
      answer('csat_purchase', 4, 5),
      answer('csat_purchase', 3, 0),
    ];
    expect(trend(...two, ...twice('r3', 3, 0))).toBe(trend(...single));
  });

  test('leaves out answers older than 24 months', () => {
    expect(trend(answer('nps', 2, 731), answer('nps', 9, 5), answer('nps', 9, 1))).toBeNull();
  });
});
