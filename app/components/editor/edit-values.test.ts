import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../domain/surveys/definition.ts';
import { checkDefinition } from '../../domain/surveys/check-definition.ts';
import { survey } from '#tests/factories/surveys.ts';
import { addValue, changeValue, nameProblem, removeValue, renameValue, restoreValue } from './edit-values.ts';

const rules = [
  { do: 'add', value: 'points', amount: 2 },
  { do: 'set', value: 'other', to: { answer: 'a' } },
  { do: 'add', value: 'points', amount: { answer: 'a' } },
];
const counted = survey(
  [
    { id: 'a', type: 'csat', rules },
    { id: 'b', type: 'stars' },
  ],
  {
    values: [
      { id: 'points', kind: 'number', start: 3 },
      { id: 'other', kind: 'number', start: 0 },
    ],
    needsRating: false,
  },
);
const counting = (definition: typeof counted) =>
  definition.questions[0]?.rules.map((rule) => ('value' in rule ? rule.value : rule.do));

describe('calculated values', () => {
  it('are added under names that no other has, ready to be published', () => {
    const made = addValue(addValue(addValue(counted, 'number'), 'number'), 'mean');
    expect(made.values.slice(2)).toEqual([
      { id: 'number-1', kind: 'number', start: 0 },
      { id: 'number-2', kind: 'number', start: 0 },
      { id: 'mean-1', kind: 'mean', of: ['a'] },
    ]);
    expect(parseDefinition(made).outcome).toBe('ok');
    expect(checkDefinition(made).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('are renamed with the rules that count them', () => {
    const renamed = renameValue(counted, 'points', 'score');
    expect(renamed.values[0]).toEqual({ id: 'score', kind: 'number', start: 3 });
    expect(counting(renamed)).toEqual(['score', 'other', 'score']);
  });

  it.each([
    ['points', null],
    ['a_new-1', null],
    ['other', 'Another value has this name.'],
    ['Score', /lower-case/],
    ['', /1 to 40/],
    ['1st', /beginning with a letter/],
  ])('may be called "%s"? %s', (name, problem) => {
    const found = nameProblem(counted, 'points', name);
    if (problem instanceof RegExp) expect(found).toMatch(problem);
    else expect(found).toBe(problem);
  });

  it('go with the rules that count them, and come back with them', () => {
    const removed = removeValue(counted, 'points');
    expect(removed.values.map(({ id }) => id)).toEqual(['other']);
    expect(counting(removed)).toEqual(['other']);
    const edited = changeValue(removed, 'other', { start: 9 });
    const back = restoreValue(edited, counted, 'points');
    expect(back.values).toEqual([counted.values[0], { id: 'other', kind: 'number', start: 9 }]);
    expect(counting(back)?.toSorted()).toEqual(['other', 'points', 'points']);
    expect(restoreValue(back, counted, 'points')).toEqual(back);
  });
});
