import { expect, it } from 'vitest';
import { options, survey } from '#tests/factories/surveys.ts';
import { resolveSurvey } from './logic.ts';
import { questionInMail } from './mail-question.ts';
import { NO_FACTS } from './order-facts.ts';
import { surveyView } from './view.ts';

function mailed(...questions: Record<string, unknown>[]) {
  const resolved = resolveSurvey(survey(questions, { needsRating: false }), NO_FACTS, { pet: 'cat' });
  const context = { locale: 'en', brandName: 'Moss', targetHours: 4, edition: 'preset.1' };
  return questionInMail(surveyView(resolved, context));
}

it('has a tap for each value of a rating, with the words for its ends', () => {
  const ends = { least: 'csat.least', most: 'csat.most' };
  expect(mailed({ id: 'rating', type: 'stars', ends })).toEqual({
    id: 'rating',
    text: 'How satisfied are you with the product?',
    choices: ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value })),
    ends: { least: 'Very dissatisfied', most: 'Very satisfied' },
  });
});

it('shows faces with their names', () => {
  expect(mailed({ id: 'face', type: 'smileys' })?.choices[0]).toEqual({
    value: '1',
    label: '😞',
    name: 'Very unhappy',
  });
});

it('offers the answers of a choice, but not the one that asks for words', () => {
  const choice = { id: 'why', type: 'choice', options: options('a', 'b'), other: { text: 'choice.other' } };
  expect(mailed(choice)?.choices.map(({ value }) => value)).toEqual(['a', 'b']);
});

it.each<[string, Record<string, unknown>]>([
  ['words', { id: 'a', type: 'long_text' }],
  ['several answers', { id: 'a', type: 'multiple_choice', options: options('a', 'b') }],
  [
    'too many answers',
    { id: 'a', type: 'choice', options: options('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i') },
  ],
])('has a button only where a tap is not enough: %s', (_name, question) => {
  expect(mailed(question, { id: 'rating', type: 'csat' })).toBeNull();
});

it('begins with the first question that is not known already', () => {
  const pet = { id: 'pet', type: 'choice', options: options('cat', 'dog'), profileKey: 'pet' };
  expect(mailed(pet, { id: 'rating', type: 'csat' })?.id).toBe('rating');
});
