import { expect, it } from 'vitest';
import { decideRatedCare, type RatedCareRequest } from './rated-care.ts';

const about: RatedCareRequest = {
  ...{ rating: { scale: 'csat', value: 5 }, about: 'delivery survey', orderName: '#1001' },
  case: { status: 'open', ownerId: null, spoken: false },
};
const decided = (over: Partial<RatedCareRequest> = {}, ofCase: Partial<RatedCareRequest['case']> = {}) =>
  decideRatedCare({ ...about, ...over, case: { ...about.case, ...ofCase } });
const WHAT = 'The customer rated the order, and not low: CSAT 5 of 5 in the delivery survey, order #1001.';

it('closes a case that nobody has taken up, and says why', () => {
  expect(decided()).toEqual({
    outcome: 'close',
    sentence: `${WHAT} Nobody had taken up the case, so it is closed.`,
  });
});

it.each([
  ['acknowledged', '7'],
  ['acknowledged', null],
  ['open', '7'],
] as const)('leaves one that is %s, owned by %s, to who took it up, and tells them', (status, ownerId) => {
  expect(decided({}, { status, ownerId })).toEqual({
    outcome: 'keep',
    sentence: `${WHAT} The case stays with whoever took it up.`,
  });
});

it.each<[string, RatedCareRequest['rating'], string]>([
  ['the middle of a scale', { scale: 'csat', value: 3 }, 'close'],
  ['the lowest that is not low', { scale: 'nps', value: 7 }, 'close'],
  ['little effort', { scale: 'ces', value: 4 }, 'close'],
  ['a low CSAT', { scale: 'csat', value: 2 }, 'none'],
  ['a detractor', { scale: 'nps', value: 6 }, 'none'],
  ['much effort', { scale: 'ces', value: 5 }, 'none'],
  ['no rating', null, 'none'],
])('goes by the measure of low that opens cases: %s', (_name, rating, outcome) => {
  expect(decided({ rating })).toMatchObject({ outcome });
});

it.each<[string, Partial<RatedCareRequest['case']>]>([
  ['a low answer owns', { spoken: true }],
  ['was resolved', { status: 'resolved' }],
  ['was closed', { status: 'closed' }],
])('says nothing of a case that %s', (_name, ofCase) => {
  const { outcome, sentence } = decided({}, ofCase);
  expect(outcome).toBe('none');
  expect(sentence).toMatch(/^[A-Z].*\.$/);
});
