import { describe, expect, it } from 'vitest';
import { all, any, asks, fact, not } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import type { Condition } from './conditions.ts';
import { describeCondition, describeLogic } from './describe-rules.ts';
import { PRESETS } from './presets.ts';

const texts = { en: { kettle: 'How loud is the kettle?', size: 'Size', long: 'x'.repeat(80) } };
const scene = survey(
  [
    { id: 'rating', type: 'csat', text: 'usage.rating' },
    { id: 'nps', type: 'nps', text: 'kettle' },
    { id: 'lines', type: 'line_rating', text: 'kettle' },
    {
      id: 'why',
      type: 'choice',
      text: 'usage.low',
      options: [...options('colour'), { id: 'size', text: 'size' }],
    },
    {
      id: 'many',
      type: 'multiple_choice',
      text: 'usage.low',
      options: [...options('a'), { id: 'size', text: 'size' }],
    },
    {
      id: 'order',
      type: 'ranking',
      text: 'usage.low',
      options: [...options('a'), { id: 'size', text: 'size' }],
    },
    { id: 'words', type: 'long_text', text: 'kettle' },
    { id: 'ok', type: 'consent', text: 'long' },
  ],
  { texts },
);
const labels = { product: (id: string) => `Kettle ${id}`, money: (minor: number) => `${minor / 100} EUR` };

describe('describeCondition', () => {
  it.each<[Condition, string]>([
    [asks('rating', 'at_most', 2), 'the rating is 1 or 2'],
    [asks('rating', 'at_least', 5), 'the rating is 5'],
    [asks('rating', 'at_most', 3), 'the rating is 3 or less'],
    [asks('rating', 'is_not', 3), 'the rating is not 3'],
    [asks('rating', 'one_of', [1, 3, 5]), 'the rating is 1, 3 or 5'],
    [asks('rating', 'route', 'low'), 'the rating is low (1 or 2)'],
    [asks('rating', 'not_answered'), 'this question was not answered'],
    [asks('nps', 'route', 'low'), 'the rating of "How loud is the kettle?" is low (0 to 6)'],
    [
      { if: 'answer', question: 'nps', op: 'between', min: 3, max: 5 },
      'the rating of "How loud is the kettle?" is from 3 to 5',
    ],
    [asks('lines', 'at_most', 2), 'an item\'s rating of "How loud is the kettle?" is 1 or 2'],
    [asks('lines', 'is_not', 1), 'no item\'s rating of "How loud is the kettle?" is 1'],
    [asks('why', 'is', 'size'), 'the answer to "What went wrong with the product?" is "Size"'],
    [asks('why', 'is', 'gone'), 'the answer to "What went wrong with the product?" is "gone"'],
    [asks('many', 'contains', 'size'), '"Size" was chosen at "What went wrong with the product?"'],
    [asks('order', 'is', 'size'), '"Size" is in first place of "What went wrong with the product?"'],
    [asks('order', 'contains', 'size'), '"Size" was ranked at "What went wrong with the product?"'],
    [asks('words', 'contains', 'late'), 'the answer to "How loud is the kettle?" contains "late"'],
    [asks('ok', 'is', false), `consent was not given at "${'x'.repeat(59)}…"`],
    [asks('gone', 'answered'), '"gone" was answered'],
    [fact('days_late', 'at_least', 3), 'the delay is 3 days or more'],
    [fact('days_late', 'is', 1), 'the delay is 1 day'],
    [fact('order_count', 'at_most', 4), 'the number of orders is 4 or less'],
    [
      { if: 'fact', fact: 'order_value_minor', op: 'between', min: 5000, max: 9900 },
      'the order value is from 50 EUR to 99 EUR',
    ],
    [fact('refunded', 'is', true), 'the order was refunded'],
    [fact('first_order', 'is', false), 'it is not the first order'],
    [fact('product_ids', 'one_of', ['1', '2']), 'the order has the product Kettle 1 or Kettle 2'],
    [fact('collection_ids', 'contains', '7'), 'the order has a product of the collection "7"'],
    [fact('tier', 'is', 'vip'), 'the tier is VIP'],
    [fact('health_band', 'one_of', ['at_risk', 'lost']), 'the health band is At-risk or Lost'],
    [fact('locale', 'is_not', 'de'), 'the language is not de'],
    [fact('country', 'is', 'de'), 'the country is DE'],
    [
      all(fact('refunded', 'is', true), any(asks('rating', 'is', 1), asks('rating', 'is', 2))),
      'the order was refunded and (the rating is 1 or the rating is 2)',
    ],
    [any(all(asks('rating', 'is', 1)), asks('rating', 'is', 2)), 'the rating is 1 or the rating is 2'],
    [
      not(any(asks('rating', 'is', 1), asks('rating', 'is', 2))),
      'it is not so that (the rating is 1 or the rating is 2)',
    ],
  ])('%j: %s', (condition, words) => {
    expect(describeCondition(scene, condition, 'rating', labels)).toBe(words);
  });
});

describe('describeLogic', () => {
  it('has a sentence for each rule and condition', () => {
    const rules = [
      { do: 'jump', to: 'words', when: asks('rating', 'at_most', 2) },
      { do: 'skip', question: 'words', when: fact('refunded', 'is', true) },
      { do: 'set', value: 'points', to: 5 },
      { do: 'add', value: 'points', amount: { answer: 'rating' } },
      { do: 'add', value: 'points', amount: -2 },
      { do: 'end' },
    ];
    const definition = survey(
      [
        { id: 'rating', type: 'csat', rules },
        { id: 'skin', type: 'short_text', profileKey: 'skin', askOnOrder: { from: 2, to: 3 } },
        {
          id: 'words',
          type: 'long_text',
          text: 'usage.low',
          showWhen: asks('rating', 'route', 'low'),
          askOnOrder: { from: 11 },
        },
        { id: 'last', type: 'consent', askOnOrder: { from: 1, to: 1 } },
      ],
      { values: [{ id: 'points', kind: 'number' }] },
    );
    const aFew = { ...definition, profileQuestionsPerOrder: 2 };
    expect(describeLogic(aFew).find(({ about }) => about === 'profile')?.sentence).toBe(
      'Asked once: whoever has answered it in any survey is not asked again. Of such questions 2 are asked at a time.',
    );
    expect(describeLogic(definition).map(({ questionId, sentence }) => `${questionId}: ${sentence}`)).toEqual(
      [
        'rating: If the rating is 1 or 2, go to "What went wrong with the product?".',
        'rating: If the order was refunded, leave out "What went wrong with the product?".',
        'rating: After this question, set "points" to 5.',
        'rating: After this question, add the rating to "points".',
        'rating: After this question, take 2 from "points".',
        'rating: After this question, end the survey.',
        'skin: Asked from the 2nd to the 3rd order.',
        'skin: Asked once: whoever has answered it in any survey is not asked again.',
        'words: Asked if the rating of "How satisfied are you with the product?" is low (1 or 2).',
        'words: Asked from the 11th order on.',
        'last: Asked on the 1st order.',
      ],
    );
  });

  it('reads the presets', () => {
    const [low] = describeLogic(PRESETS.relationship);
    expect(low).toEqual({
      questionId: 'comment_low',
      about: 'condition',
      index: 0,
      sentence:
        'Asked if the rating of "How likely are you to recommend {brand} to a friend?" is low (0 to 6).',
    });
  });
});
