/** Answers of two pages that are open beside each other, and of one survey that became another. */
import { describe, expect, it } from 'vitest';
import { fitting, merged } from '../src/given.ts';
import { asking } from './harness.ts';

describe('answers here, with those of another page', () => {
  it.each([
    ['what was stored from here and changed there', { a: 4 }, { a: 4 }, { a: 2 }, { a: 2 }],
    ['what was changed here', { a: 5 }, { a: 4 }, { a: 2 }, { a: 5 }],
    ['what was taken back here', { a: '' }, { a: 'x' }, { a: 'x' }, { a: '' }],
    ['what was only given there', {}, {}, { a: 'x' }, { a: 'x' }],
    ['lines that were only rated there', { a: {} }, {}, { a: { 11: 3 } }, { a: { 11: 3 } }],
    ['what was only given here', { a: 4, b: 'x' }, { a: 4 }, { a: 4 }, { a: 4, b: 'x' }],
  ])('%s', (_name, here, stored, there, expected) => {
    expect(merged(here, stored, there)).toEqual(expected);
  });
});

describe('answers that fit another version', () => {
  const words = { id: 'words', type: 'short_text' };
  const answers = { words: 'Fine.', 'words.other': 'More.' };
  it.each([
    ['the same question', words, answers],
    ['the same question, now required', { ...words, required: true }, answers],
    ['in other words', { ...words, text: 'ask.else' }, {}],
    ['of another type', { ...words, type: 'long_text' }, {}],
    ['of another name', { ...words, id: 'more' }, {}],
  ])('%s', (_name, question, expected) => {
    expect(fitting(answers, asking(words), asking(question))).toEqual(expected);
  });
});
