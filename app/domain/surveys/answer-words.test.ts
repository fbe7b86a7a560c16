import { describe, expect, it } from 'vitest';
import { options, survey } from '#tests/factories/surveys.ts';
import { otherAnswers } from './answer-words.ts';

const texts = {
  en: { usage_q: 'Which?', 'text.a': 'Apples', 'text.b': 'Pears', 'text.other': 'Something else' },
};
const named = [
  { id: 'a', text: 'text.a' },
  { id: 'b', text: 'text.b' },
];
const definition = survey(
  [
    { id: 'rating', type: 'csat', metric: 'csat_product' },
    { id: 'second', type: 'csat', metric: 'csat_delivery' },
    { id: 'one', type: 'choice', text: 'usage_q', options: named, other: { text: 'text.other' } },
    { id: 'rank', type: 'ranking', text: 'usage_q', options: named },
    { id: 'lines', type: 'line_rating', text: 'usage_q' },
    { id: 'words', type: 'long_text', text: 'usage_q' },
    { id: 'agree', type: 'consent', text: 'usage_q' },
    { id: 'reach', type: 'contact', text: 'usage_q', asks: ['email'] },
    { id: 'many', type: 'multiple_choice', text: 'usage_q', options: options('x', 'y') },
    { id: 'photo', type: 'image_upload', text: 'usage_q' },
    { id: 'voice', type: 'voice_note', text: 'usage_q' },
  ],
  { texts },
);
const one = { ratings: { rating: 4 }, metrics: { rating: 'csat_product' as const } };

describe('otherAnswers', () => {
  it.each<[string, Parameters<typeof otherAnswers>[1], string]>([
    ['an option', { choices: { one: ['b'] } }, 'Pears'],
    [
      'words beside "other"',
      { choices: { one: ['other'] }, others: { one: 'Plums' } },
      'Something else: Plums',
    ],
    ['an option that is gone', { choices: { one: ['gone'] } }, 'gone'],
    [
      'several options',
      { choices: { many: ['x', 'y'] } },
      'What went wrong with the product?, What went wrong with the product?',
    ],
    ['a ranking', { rankings: { rank: ['b', 'a'] } }, '1. Pears, 2. Apples'],
    ['lines by their titles', { lines: { lines: { 11: 5, 12: 1 } } }, 'Mug: 5, 12: 1'],
    ['words', { texts: { words: 'Good.' } }, 'Good.'],
    ['consent', { consents: { agree: true } }, 'I agree'],
    ['no consent', { consents: { agree: false } }, 'No'],
    ['contact', { contacts: { reach: { email: 'ada@example.com' } } }, 'ada@example.com'],
    ['a picture', { uploads: { photo: ['1'] } }, '1 picture'],
    ['pictures', { uploads: { photo: ['1', '2'] } }, '2 pictures'],
    ['a voice note', { uploads: { voice: ['1'] } }, 'Voice note'],
  ])('%s', (_name, stored, answer) => {
    expect(otherAnswers(definition, { ...one, ...stored }, null, { 11: 'Mug' })).toMatchObject([{ answer }]);
  });

  it('leaves out the one rating and the comment, which stand by themselves', () => {
    expect(otherAnswers(definition, { ...one, texts: { words: 'Good.' } }, 'Good.')).toEqual([]);
  });

  it('shows all ratings where there are several', () => {
    const two = {
      ratings: { rating: 4, second: 2 },
      metrics: { ...one.metrics, second: 'csat_delivery' as const },
    };
    expect(otherAnswers(definition, two, null).map(({ answer }) => answer)).toEqual(['4', '2']);
  });

  it('has nothing to say of an erased answer', () => {
    expect(otherAnswers(definition, {}, null)).toEqual([]);
  });
});
