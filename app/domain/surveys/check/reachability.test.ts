import { describe, expect, it } from 'vitest';
import { all, any, asks, fact, not } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { checkDefinition } from '../check-definition.ts';

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true, text: 'usage.rating' };
const low = { id: 'wrong', type: 'long_text', text: 'usage.low' };
const high = { id: 'best', type: 'long_text', text: 'usage.high' };
const reason = { id: 'reason', type: 'choice', options: options('size', 'colour') };

/** "code question" of each finding. */
const codes = (questions: object[], over: object = {}) =>
  checkDefinition(survey(questions as Record<string, unknown>[], over as Record<string, unknown>)).map(
    ({ code, questionId }) => `${code} ${questionId}`,
  );

describe('what can be reached', () => {
  it.each<[string, object[], string[]]>([
    [
      'a rating that is 1 and 5',
      [rating, { ...low, showWhen: all(asks('rating', 'is', 1), asks('rating', 'is', 5)) }],
      ['unreachable_question wrong'],
    ],
    [
      'two options of a single choice',
      [
        rating,
        reason,
        { ...low, showWhen: all(asks('reason', 'is', 'size'), asks('reason', 'is', 'colour')) },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'a required answer left out',
      [rating, { ...low, showWhen: asks('rating', 'not_answered') }],
      ['unreachable_question wrong'],
    ],
    [
      'every rating excluded',
      [rating, { ...low, showWhen: all(not(asks('rating', 'route', 'low')), asks('rating', 'at_most', 2)) }],
      ['unreachable_question wrong'],
    ],
    [
      'an end for everybody',
      [
        { ...rating, rules: [{ do: 'end' }] },
        { ...low, required: true },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'ends for every rating',
      [
        {
          ...rating,
          rules: [
            { do: 'end', when: asks('rating', 'at_least', 3) },
            { do: 'end', when: asks('rating', 'at_most', 2) },
          ],
        },
        low,
      ],
      ['unreachable_question wrong'],
    ],
    [
      'what only shows after what is never shown',
      [
        rating,
        { ...low, showWhen: all(asks('rating', 'is', 1), asks('rating', 'is', 2)) },
        { ...high, showWhen: asks('wrong', 'answered') },
      ],
      ['unreachable_question wrong', 'unreachable_question best'],
    ],
    [
      'a hidden follow-up that is asked about',
      [
        rating,
        { ...low, showWhen: asks('rating', 'route', 'low') },
        { ...high, showWhen: all(asks('wrong', 'answered'), asks('rating', 'is', 5)) },
      ],
      ['unreachable_question best'],
    ],
    [
      'first and fifth order at once',
      [rating, { ...low, askOnOrder: { from: 5 }, showWhen: fact('first_order', 'is', true) }],
      ['unreachable_question wrong'],
    ],
    [
      'an order of 2 to 3 that is above 4',
      [
        rating,
        { ...low, showWhen: all(fact('order_count', 'at_least', 5), fact('order_count', 'at_most', 4)) },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'two tiers',
      [rating, { ...low, showWhen: all(fact('tier', 'is', 'vip'), fact('tier', 'is_not', 'vip')) }],
      ['unreachable_question wrong'],
    ],
    [
      'more picks than may be taken',
      [
        rating,
        { id: 'many', type: 'multiple_choice', atMost: 1, options: options('a', 'b', 'c') },
        { ...low, showWhen: all(asks('many', 'contains', 'a'), asks('many', 'contains', 'b')) },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'nothing picked of what is required',
      [
        rating,
        { id: 'many', type: 'multiple_choice', required: true, options: options('a', 'b') },
        {
          ...low,
          showWhen: not(any(asks('many', 'contains', 'a'), asks('many', 'contains', 'b'))),
        },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'a first place that is not ranked',
      [
        rating,
        { id: 'order', type: 'ranking', options: options('a', 'b') },
        { ...low, showWhen: all(asks('order', 'is', 'a'), not(asks('order', 'contains', 'a'))) },
      ],
      ['unreachable_question wrong'],
    ],
    [
      'a rule after an end',
      [{ ...rating, rules: [{ do: 'end' }, { do: 'jump', to: 'wrong' }] }, low],
      ['unreachable_question wrong', 'rule_never_fires rating'],
    ],
    [
      'a rule that is never met',
      [
        { ...rating, rules: [{ do: 'end', when: all(asks('rating', 'is', 1), asks('rating', 'is', 2)) }] },
        low,
      ],
      ['rule_never_fires rating'],
    ],
  ])('finds %s', (_name, questions, expected) => {
    expect(codes(questions)).toEqual(expected);
  });

  it.each<[string, object[]]>([
    [
      'ranges that meet',
      [rating, { ...low, showWhen: all(asks('rating', 'at_most', 3), asks('rating', 'at_least', 3)) }],
    ],
    [
      'several picks',
      [
        rating,
        { id: 'many', type: 'multiple_choice', options: options('a', 'b') },
        { ...low, showWhen: all(asks('many', 'contains', 'a'), asks('many', 'contains', 'b')) },
      ],
    ],
    [
      'two words in one text',
      [
        rating,
        low,
        { ...high, showWhen: all(asks('wrong', 'contains', 'late'), asks('wrong', 'contains', 'broken')) },
      ],
    ],
    [
      'two products in one order',
      [
        rating,
        { ...low, showWhen: all(fact('product_ids', 'contains', '1'), fact('product_ids', 'contains', '2')) },
      ],
    ],
    [
      'a language and its region',
      [rating, { ...low, showWhen: all(fact('locale', 'is', 'de'), not(fact('locale', 'is', 'de-AT'))) }],
    ],
    [
      'an unknown fact',
      [
        rating,
        { ...low, showWhen: all(not(fact('refunded', 'is', true)), not(fact('refunded', 'is', false))) },
      ],
    ],
    [
      'a jump that one answer takes',
      [{ ...rating, rules: [{ do: 'jump', to: 'best', when: asks('rating', 'is', 5) }] }, low, high],
    ],
    [
      'different questions on the first and the fifth order',
      [rating, { ...low, askOnOrder: { to: 1 } }, { ...high, askOnOrder: { from: 5, to: 5 } }],
    ],
    [
      'a line rated high and one rated low',
      [
        rating,
        { id: 'lines', type: 'line_rating' },
        { ...low, showWhen: all(asks('lines', 'is', 1), asks('lines', 'is', 5)) },
      ],
    ],
  ])('lets pass %s', (_name, questions) => {
    expect(codes(questions)).toEqual([]);
  });

  it.each<[string, object[], object, string[]]>([
    ['a rating that is optional', [{ ...rating, required: false }, low], {}, ['ends_without_rating rating']],
    [
      'a rating that is jumped over',
      [{ ...low, rules: [{ do: 'end', when: asks('wrong', 'contains', 'never') }] }, rating],
      {},
      ['ends_without_rating rating'],
    ],
    [
      'a rating for some orders',
      [low, { ...rating, showWhen: fact('refunded', 'is', true) }],
      {},
      ['ends_without_rating rating'],
    ],
    [
      'a rating that measures nothing',
      [{ id: 'stars', type: 'stars', required: true }],
      {},
      ['ends_without_rating null'],
    ],
    [
      'one or the other rating',
      [
        { ...rating, showWhen: fact('first_order', 'is', true) },
        { id: 'nps', type: 'nps', required: true, showWhen: not(fact('first_order', 'is', true)) },
      ],
      {},
      [],
    ],
    ['no rating, where none is needed', [low], { needsRating: false }, []],
    ['nothing at all for some', [{ ...rating, askOnOrder: { from: 2 } }], {}, ['nothing_to_ask null']],
  ])('follows each way to its end: %s', (_name, questions, over, expected) => {
    expect(codes(questions, over)).toEqual(expected);
  });

  it('gives up on a tangle, says so, and is done soon', () => {
    // Twelve ratings of eleven values, no two the same.
    const many = Array.from({ length: 12 }, (_, at) => ({ id: `q${at}`, type: 'nps', required: true }));
    const values = Array.from({ length: 11 }, (_, value) => value);
    const same = (a: string, b: string) =>
      any(...values.map((at) => all(asks(a, 'is', at), asks(b, 'is', at))));
    const pairs = many.flatMap((a, at) => many.slice(at + 1).map((b) => not(same(a.id, b.id))));
    const definition = survey([...many, low]);
    const questions = definition.questions.map((each) =>
      each.id === low.id ? { ...each, showWhen: all(...pairs) } : each,
    );
    const started = process.hrtime.bigint();
    const found = checkDefinition({ ...definition, questions });
    expect(found).toEqual([expect.objectContaining({ severity: 'warning', code: 'too_complex' })]);
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });
});
