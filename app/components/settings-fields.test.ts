import { expect, it } from 'vitest';
import { errorSentence } from './settings-fields.tsx';

it.each([
  ['Too big: expected number to be <=1', 100, '%', 'Must be at most 100%.'],
  ['Too small: expected number to be >=0.005', 100, '%', 'Must be at least 0.5%.'],
  ['Too big: expected number to be <=500', 1, '', 'Must be at most 500.'],
  ['Invalid input: expected int, received number', 1, '', 'Must be a whole number.'],
  ['Invalid input: expected number, received null', 100, '%', 'Must be a number.'],
  ['No such time zone.', 1, '', 'No such time zone.'],
])('says in the unit of the field: %s', (message, scale, suffix, sentence) => {
  expect(errorSentence(message, scale, suffix)).toBe(sentence);
});

it('says nothing where nothing is wrong', () => {
  expect(errorSentence(undefined)).toBeUndefined();
});
