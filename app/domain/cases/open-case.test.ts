import { describe, expect, it } from 'vitest';
import type { CaseRating, CaseRequest } from './open-case.ts';
import { criticalReason, decideCase, severityOf } from './open-case.ts';

const answeredAt = new Date('2026-06-10T22:30:00Z');
const request = (over: Partial<CaseRequest> = {}): CaseRequest => ({
  rating: { scale: 'csat', value: 2 },
  about: 'delivery survey',
  orderName: '#1001',
  previousNps: null,
  tier: 'starter',
  openCaseId: null,
  ownCaseId: null,
  targetHours: 4,
  answeredAt,
  ...over,
});
const nps = (value: number): { rating: CaseRating } => ({ rating: { scale: 'nps', value } });

describe('severity', () => {
  it.each([
    ['nps', [3, 3, 3, 2, 2, 1, 1, null, null, null, null], 0],
    ['csat', [3, 2, null, null, null], 1],
    ['ces', [null, null, null, null, 1, 2, 3], 1],
  ] as const)('%s from %j', (scale, expected, first) => {
    expect(expected.map((_, index) => severityOf({ scale, value: first + index }))).toEqual(expected);
  });
});

describe('decideCase', () => {
  it('opens a case that is due in 4 hours, night or not', () => {
    expect(decideCase(request())).toEqual({
      outcome: 'open',
      severity: 2,
      critical: false,
      criticalBecause: null,
      title: 'CSAT 2 of 5 in the delivery survey, order #1001',
      dueAt: new Date('2026-06-11T02:30:00Z'),
    });
  });

  it.each<[string, Partial<CaseRequest>, object]>([
    ['middle', { rating: { scale: 'csat', value: 3 } }, { outcome: 'none', reason: 'not_low' }],
    ['high, though a VIP', { ...nps(9), tier: 'vip' }, { outcome: 'none' }],
    [
      'unsolicited',
      { ...nps(0), about: 'unsolicited feedback', orderName: null },
      { outcome: 'open', severity: 3, title: 'NPS 0 of 10 in the unsolicited feedback' },
    ],
    [
      'effort',
      { rating: { scale: 'ces', value: 7 } },
      { severity: 3, title: 'CES 7 of 7 in the delivery survey, order #1001' },
    ],
    ['own target', { targetHours: 24 }, { dueAt: new Date('2026-06-11T22:30:00Z') }],
    [
      'a case is open',
      { ...nps(1), openCaseId: 'c1', tier: 'vip' },
      { outcome: 'append', caseId: 'c1', severity: 3, critical: true },
    ],
    [
      'its own case is closed',
      { ownCaseId: 'c1' },
      { outcome: 'reopen', caseId: 'c1', severity: 2, dueAt: new Date('2026-06-11T02:30:00Z') },
    ],
    [
      'its own case is closed, another one open',
      { ownCaseId: 'c1', openCaseId: 'c2' },
      { outcome: 'append', caseId: 'c2' },
    ],
  ])('%s', (_name, over, expected) => {
    expect(decideCase(request(over))).toMatchObject(expected);
  });
});

describe('critical', () => {
  it.each<[string, Partial<CaseRequest>, string | null]>([
    ['NPS 6 after 9', { ...nps(6), previousNps: 9 }, 'promoter_lost'],
    ['NPS 0 after 10, a VIP', { ...nps(0), previousNps: 10, tier: 'vip' }, 'promoter_lost'],
    ['NPS 6 after 8', { ...nps(6), previousNps: 8 }, null],
    ['CSAT 1 after NPS 10', { rating: { scale: 'csat', value: 1 }, previousNps: 10 }, null],
    ['CSAT 1 of a VIP', { rating: { scale: 'csat', value: 1 }, tier: 'vip' }, 'vip'],
    ['CSAT 1 of a Regular', { rating: { scale: 'csat', value: 1 }, tier: 'regular' }, null],
  ])('%s', (_name, over, expected) => {
    const { rating, ...rest } = request(over);
    expect(rating && criticalReason({ ...rest, rating })).toBe(expected);
    expect(decideCase(request(over))).toMatchObject({
      critical: expected !== null,
      criticalBecause: expected,
    });
  });
});
