import { expect, test } from 'vitest';
import { type ScorePoint, shouldWriteHistory } from './history.ts';

const LAST: ScorePoint = {
  csi: 70,
  segment: 'satisfied',
  health: 60.1,
  band: 'healthy',
  version: 'default-1',
};

test.each<[string, Partial<ScorePoint>, boolean]>([
  ['the same', {}, false],
  ['less than a point', { health: 61, csi: 69.1 }, false],
  ['a point of health up', { health: 61.1 }, true],
  ['a point of health down, which binary fractions make 0.99…', { health: 59.1, band: 'healthy' }, true],
  ['a point of CSI', { csi: 71 }, true],
  ['another band', { health: 59.9, band: 'at_risk' }, true],
  ['no band any more', { band: null }, true],
  ['another segment', { segment: 'champion' }, true],
  ['another rule version', { version: 'default-2' }, true],
  ['health unknown now', { health: null }, true],
  ['CSI unknown now', { csi: null }, true],
])('%s', (_, change, expected) => {
  expect(shouldWriteHistory(LAST, { ...LAST, ...change })).toBe(expected);
});

test('the first score that says something is written, one that says nothing any more, and not again while it stays so', () => {
  const unknown: ScorePoint = { csi: null, segment: null, health: null, band: null, version: 'default-1' };
  expect(shouldWriteHistory(null, unknown)).toBe(false);
  expect(shouldWriteHistory(null, { ...unknown, csi: 0 })).toBe(true);
  expect(shouldWriteHistory(null, { ...unknown, health: 0 })).toBe(true);
  expect(shouldWriteHistory(LAST, unknown)).toBe(true);
  expect(shouldWriteHistory(unknown, { ...unknown })).toBe(false);
  expect(shouldWriteHistory(unknown, { ...unknown, health: 0 })).toBe(true);
});
