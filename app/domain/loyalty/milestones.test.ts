import { describe, expect, it } from 'vitest';
import { milestonesReached, nextAnniversary } from './milestones.ts';
import type { Standing } from './milestones.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const policy = { enabled: true, anniversaries: true };
const standing = (over: Partial<Standing> = {}): Standing => ({
  ...{
    tierBefore: 'starter',
    tier: 'starter',
    firstOrderAt: at('2024-03-10'),
    lastOrderAt: at('2026-01-05'),
  },
  ...over,
});

describe('milestonesReached', () => {
  it.each<[string, Partial<Standing>, string, string[]]>([
    ['an ordinary day', {}, '2026-02-01', []],
    ['a higher tier', { tier: 'regular' }, '2026-02-01', ['tier:regular']],
    ['two tiers at once', { tier: 'vip' }, '2026-02-01', ['tier:vip']],
    ['a lower tier', { tierBefore: 'vip', tier: 'regular' }, '2026-02-01', []],
    ['the day of an anniversary', {}, '2026-03-10', ['year:2']],
    ['the day before', {}, '2026-03-09', []],
    ['a week later', {}, '2026-03-17', ['year:2']],
    ['eight days later', {}, '2026-03-18', []],
    ['no order for a year', { lastOrderAt: at('2025-03-01') }, '2026-03-10', []],
    [
      'the first order alone',
      { firstOrderAt: at('2025-03-10'), lastOrderAt: at('2025-03-10') },
      '2026-03-10',
      [],
    ],
    ['both', { tier: 'vip' }, '2026-03-10', ['tier:vip', 'year:2']],
    ['a leap day, a year later', { firstOrderAt: at('2024-02-29') }, '2025-02-28', ['year:1']],
    ['nobody who bought', { firstOrderAt: null, lastOrderAt: null }, '2026-03-10', []],
  ])('%s', (_what, over, day, expected) => {
    const known = standing(over);
    const now = at(day);
    const lastOrderAt = known.lastOrderAt && known.lastOrderAt > now ? at('2025-01-05') : known.lastOrderAt;
    expect(milestonesReached({ ...known, lastOrderAt }, policy, now)).toEqual(expected);
  });

  it('is silent when it is switched off, and of anniversaries alone', () => {
    const vip = standing({ tier: 'vip' });
    const now = at('2026-03-10');
    expect(milestonesReached(vip, { enabled: false, anniversaries: true }, now)).toEqual([]);
    expect(milestonesReached(vip, { enabled: true, anniversaries: false }, now)).toEqual(['tier:vip']);
  });
});

it('looks again at the next anniversary', () => {
  const first = at('2024-03-10');
  expect(nextAnniversary(first, policy, at('2026-03-09'))).toEqual(at('2026-03-10'));
  expect(nextAnniversary(first, policy, at('2026-03-10'))).toEqual(at('2027-03-10'));
  expect(nextAnniversary(first, { ...policy, anniversaries: false }, at('2026-03-10'))).toBeNull();
});
