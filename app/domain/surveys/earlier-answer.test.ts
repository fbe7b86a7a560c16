import { describe, expect, it } from 'vitest';
import { isKept, stepsTaken } from './earlier-answer.ts';
import type { EarlierAnswer } from './earlier-answer.ts';

const ID = '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a';
const SAME = { surveyId: ID, version: 2 };
const OTHER = { surveyId: ID, version: 1 };
const answer = (more: Partial<EarlierAnswer>): EarlierAnswer => ({
  ...{ answers: { ratings: { rating: 2 } }, to: SAME, finished: false, counted: false },
  ...{ revision: 3, page: 'a' },
  ...more,
});
const SENT_OFF = { finished: true, counted: true };
const COUNTED = { counted: true };

describe('isKept', () => {
  const sender = { mark: 'a', seen: 0 };
  const after = { mark: 'b', seen: 3 };
  const before = { mark: 'b', seen: 0 };
  const between = { mark: 'b', seen: 2 };
  it.each([
    ['steps, by the same questions', {}, SAME, null, false],
    ['steps, by other questions', {}, OTHER, null, false],
    ['steps that counted, by the same questions', COUNTED, SAME, null, false],
    ['steps that counted, by other questions', COUNTED, OTHER, after, true],
    ['steps that counted, where nothing is asked any more', COUNTED, undefined, null, false],
    ['sent off, on the page that sent it', SENT_OFF, SAME, sender, false],
    ['sent off, on a page that was opened afterwards', SENT_OFF, SAME, after, false],
    ['sent off, on a page that was open before', SENT_OFF, SAME, before, true],
    ['sent off, on a page that was opened before it was changed', SENT_OFF, SAME, between, true],
    ['sent off, where it may not be changed', SENT_OFF, SAME, null, true],
    ['sent off without a page, where it may not be changed', { ...SENT_OFF, page: null }, SAME, null, true],
    ['sent off, by other questions', SENT_OFF, OTHER, after, true],
    ['sent off, where nothing is asked any more', SENT_OFF, undefined, null, true],
    ['sent off, whatever was promised', SENT_OFF, { ...SAME, promised: true as const }, after, false],
  ])('%s', (_name, more, asked, page, expected) => {
    expect(isKept(answer(more), asked, page)).toBe(expected);
  });
  it('nothing', () => expect(isKept(null, SAME, null)).toBe(false));
});

describe('stepsTaken', () => {
  it.each([
    ['steps to the same questions', answer({}), SAME, { rating: '2' }],
    ['steps that counted', answer(COUNTED), SAME, { rating: '2' }],
    ['steps to other questions', answer({}), OTHER, {}],
    ['what was sent off', answer(SENT_OFF), SAME, {}],
    ['nothing', null, SAME, {}],
  ])('%s', (_name, earlier, asked, expected) => {
    expect(stepsTaken(earlier, asked)).toEqual(expected);
  });
});
