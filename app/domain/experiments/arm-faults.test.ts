import { expect, it } from 'vitest';
import { armFaults } from './arm-faults.ts';
import type { Arm } from './experiment.ts';

const night = { startHour: 21, endHour: 8 };
const plain = { surveyId: null, version: 1, incentive: false };
const paid = { surveyId: '00000000-0000-4000-8000-000000000001', version: 2, incentive: true };
const arm = (id: Arm['id'], more: Partial<Arm> = {}): Arm => ({ id, name: id, weight: 1, ...more });
const asks = ({ surveyId, version }: typeof plain | typeof paid) => ({ edition: { surveyId, version } });

it.each<[string, 'timing' | 'incentive', Arm[], RegExp | null]>([
  ['no hour', 'timing', [arm('control'), arm('a', { delayDays: 3 })], null],
  ['an hour of the day', 'timing', [arm('control'), arm('a', { sendHour: 20 })], null],
  [
    'the first quiet hour',
    'timing',
    [arm('control'), arm('a', { sendHour: 21 })],
    /^"a" falls into the quiet/,
  ],
  ['the last quiet hour', 'timing', [arm('control'), arm('a', { sendHour: 7 })], /quiet hours/],
  ['with against without', 'incentive', [arm('control', asks(plain)), arm('a', asks(paid))], null],
  [
    'with on both sides',
    'incentive',
    [arm('control', asks(paid)), arm('a', asks(paid))],
    /another one a survey without/,
  ],
  [
    'without on both sides',
    'incentive',
    [arm('control', asks(plain)), arm('a', asks(plain))],
    /with an incentive/,
  ],
  [
    'another version than the one that promises',
    'incentive',
    [arm('control', asks(plain)), arm('a', { edition: { surveyId: paid.surveyId, version: 1 } })],
    /with an incentive/,
  ],
])('%s', (_what, dimension, arms, fault) => {
  const faults = armFaults({ dimension, arms }, { editions: [plain, paid], quietHours: night });
  if (fault === null) expect(faults).toEqual([]);
  else expect(faults.join()).toMatch(fault);
});

it('knows no night where the quiet hours are switched off', () => {
  const experiment = { dimension: 'timing' as const, arms: [arm('control'), arm('a', { sendHour: 3 })] };
  expect(armFaults(experiment, { editions: [], quietHours: { startHour: 9, endHour: 9 } })).toEqual([]);
});
