import { describe, expect, it } from 'vitest';
import type { AnswerValue, ShowCondition } from './contract.ts';
import { countedAnswers, holds, shownQuestions } from './visibility.ts';

describe('holds', () => {
  it.each<[ShowCondition, AnswerValue | null, boolean]>([
    [{ q: 'a', in: ['1', '2'] }, 2, true],
    [{ q: 'a', in: ['1', '2'] }, ' 2 ', true],
    [{ q: 'a', in: ['0'] }, 0, true],
    [{ q: 'a', in: ['1', '2'] }, 3, false],
    [{ q: 'a', in: ['x'] }, ['y', 'x'], true],
    [{ q: 'a', in: ['x'], top: 1 }, ['y', 'x'], false],
    [{ q: 'a', in: ['y'], top: 1 }, ['y', 'x'], true],
    [{ q: 'a', in: ['2'] }, { '11': 5, '12': 2 }, true],
    [{ q: 'a', in: ['true'] }, true, true],
    [{ q: 'a', in: ['true'] }, false, false],
    [{ q: 'a', has: 'late' }, 'It was LATE.', true],
    [{ q: 'a', has: 'late' }, 'On time', false],
    [{ q: 'a' }, 'x', true],
    [{ q: 'a' }, false, true],
    [{ q: 'a' }, ' ', false],
    [{ q: 'a' }, [], false],
    [{ q: 'a' }, { name: ' ' }, false],
    [{ q: 'a' }, null, false],
    [{ q: 'a', shown: true }, null, true],
    [{ not: { q: 'a', in: ['1'] } }, null, true],
    [{ all: [{ q: 'a' }, { q: 'a', in: ['1'] }] }, 1, true],
    [{ any: [{ q: 'b' }, { q: 'a', in: ['1'] }] }, 1, true],
    [{ any: [] }, 1, false],
    [{ all: [] }, null, true],
  ])('%j of %j is %s', (condition, answer, expected) => {
    expect(holds(condition, new Map([['a', answer]]))).toBe(expected);
  });

  it('is false of what is hidden', () => {
    expect(holds({ q: 'a' }, new Map())).toBe(false);
    expect(holds({ q: 'a', shown: true }, new Map())).toBe(false);
  });
});

describe('shownQuestions', () => {
  const questions = [
    { id: 'a' },
    { id: 'b', showWhen: { q: 'a', in: ['1'] } },
    { id: 'c', showWhen: { q: 'b', in: ['yes'] } },
    { id: 'd', showWhen: { not: { q: 'b', shown: true } } },
  ] satisfies Parameters<typeof shownQuestions>[0];

  it.each([
    [{}, ['a', 'd']],
    [{ a: 1 }, ['a', 'b']],
    [{ a: 1, b: 'yes' }, ['a', 'b', 'c']],
    // The answer to b was given before a was changed: it no longer counts.
    [{ a: 2, b: 'yes' }, ['a', 'd']],
  ])('%j shows %j', (answers, expected) => {
    expect(shownQuestions(questions, answers)).toEqual(expected);
  });

  it('counts answers that look like nothing, and none of hidden or unknown questions', () => {
    const counted = countedAnswers(questions, { a: 0, b: 'yes', zz: 1 });
    expect([...counted]).toEqual([
      ['a', 0],
      ['d', null],
    ]);
  });

  it('is not taken in by ids that are names of objects', () => {
    expect([...countedAnswers([{ id: 'constructor' }], {})]).toEqual([['constructor', null]]);
  });
});
