import { describe, expect, it } from 'vitest';
import { judge, type ArmCounts, type Gap } from './judge.ts';
import { scoreShift, type ShiftEvidence } from './score-shift.ts';

const gapOf = (difference: number, margin: number): Gap => ({
  difference,
  low: difference - margin,
  high: difference + margin,
});
const arm = (id: string, counted: number, answered: number, more: Partial<ArmCounts> = {}): ArmCounts => ({
  ...{ id, weight: 1, assigned: counted, ended: counted, delivered: counted, counted, answered, gap: null },
  ...more,
});
const running = { status: 'running', planned: 1_000, minimumEffect: 0.05 } as const;
const better = { gap: gapOf(0.06, 0.035) };

describe('what an experiment says', () => {
  it('nothing before the planned number, however good it looks, and how many more it needs', () => {
    const found = judge(running, [arm('control', 600, 60), arm('a', 580, 200, { gap: gapOf(0.24, 0.05) })]);
    expect(found).toMatchObject({ stage: 'interim', verdicts: {}, winner: null, more: 420, effect: 0.05 });
  });

  it('nothing while the last who were asked still have time', () => {
    const waiting = { delivered: 1_050 };
    const found = judge(running, [arm('control', 1_000, 200), arm('a', 990, 260, { ...better, ...waiting })]);
    expect(found).toMatchObject({ stage: 'interim', winner: null, more: 0 });
  });

  it('then a winner', () => {
    const found = judge(running, [arm('control', 1_000, 200), arm('a', 1_000, 260, better)]);
    expect(found).toMatchObject({ stage: 'final', verdicts: { a: 'better' }, winner: 'a' });
  });

  it.each([
    [{ gap: gapOf(-0.06, 0.035) }, 140, 'worse'],
    [{ gap: gapOf(0.02, 0.035) }, 220, 'no_difference'],
    [{ gap: null }, 200, 'no_difference'],
  ])('or none: %j', (more, answered, verdict) => {
    const found = judge(running, [arm('control', 1_000, 200), arm('a', 1_000, answered, more)]);
    expect(found).toMatchObject({ stage: 'final', verdicts: { a: verdict }, winner: null });
  });

  it('that it was stopped too early', () => {
    const found = judge({ ...running, status: 'stopped' }, [
      arm('control', 900, 90),
      arm('a', 999, 300, better),
    ]);
    expect(found).toMatchObject({ stage: 'ended_early', verdicts: {}, winner: null });
  });

  it('what was stopped after the planned number is final', () => {
    const arms = [arm('control', 1_000, 200), arm('a', 1_000, 260, better)];
    expect(judge({ ...running, status: 'stopped' }, arms).winner).toBe('a');
  });

  it('nothing where the split of people is no accident', () => {
    const arms = [
      arm('control', 1_000, 200, { assigned: 1_400 }),
      arm('a', 1_000, 260, { ...better, assigned: 1_200 }),
    ];
    expect(judge(running, arms)).toMatchObject({
      split: { outcome: 'mismatch' },
      verdicts: {},
      winner: null,
    });
  });

  it('nothing where the arms reached different shares of their people', () => {
    const arms = [
      arm('control', 1_000, 200, { assigned: 1_100, ended: 1_100 }),
      arm('a', 1_000, 260, { ...better, assigned: 1_100, ended: 1_005 }),
    ];
    expect(judge(running, arms)).toMatchObject({
      ...{ split: { outcome: 'fine' }, reached: { outcome: 'mismatch' } },
      ...{ verdicts: {}, winner: null },
    });
  });

  it('with two variants each has to pass half of the 5%', () => {
    // 200 and 237 of 1,000: z = 2.00, p = 0.0455.
    const close = { gap: gapOf(0.037, 0.0365) };
    const arms = [
      arm('control', 1_000, 200),
      arm('a', 1_000, 237, close),
      arm('b', 1_000, 275, { gap: gapOf(0.075, 0.037) }),
    ];
    expect(judge(running, arms.slice(0, 2)).verdicts).toEqual({ a: 'better' });
    expect(judge(running, arms)).toMatchObject({
      verdicts: { a: 'no_difference', b: 'better' },
      winner: 'b',
    });
  });

  it('how many more the difference that matters would need, whatever was seen', () => {
    // 10% against 11% needs 14,751 per arm by the formula: more than the 1,000 there are.
    const found = judge({ ...running, minimumEffect: 0.01 }, [
      arm('control', 1_000, 100),
      arm('a', 1_000, 125, { gap: gapOf(0.025, 0.03) }),
    ]);
    expect(found.effect).toBe(0.01);
    expect(found.more).toBe(13_751);
  });
});

describe('a score that moves', () => {
  const none = { first_order: null, higher_tier: null, earlier_score: null, earlier_health: null };
  const evidence = (over: Partial<ShiftEvidence>): ShiftEvidence => ({
    ...{ score: gapOf(6, 3), rate: gapOf(0.01, 0.05), traits: none, change: null },
    ...over,
  });
  const happierBefore = { ...none, earlier_score: gapOf(8, 4) };

  it('because other people answer is named', () => {
    expect(scoreShift(evidence({ traits: happierBefore, change: gapOf(0.5, 3) }))).toEqual({
      ...{ direction: 'higher', score: gapOf(6, 3), traits: ['earlier_score'] },
      ...{ rate: null, change: gapOf(0.5, 3) },
    });
  });

  it('because more answer, too; also downwards', () => {
    expect(scoreShift(evidence({ rate: gapOf(0.1, 0.02), score: gapOf(-6, 3) }))).toMatchObject({
      ...{ direction: 'lower', rate: 'higher', traits: [] },
    });
  });

  it.each([
    ['is within chance', { score: gapOf(2, 3), traits: happierBefore }],
    ['has too few answers', { score: null, traits: happierBefore }],
    ['has the same people behind it', {}],
    ['is true of those who answered before as well', { traits: happierBefore, change: gapOf(5, 3) }],
  ])('and %s is not', (_, over) => {
    expect(scoreShift(evidence(over))).toBeNull();
  });
});
