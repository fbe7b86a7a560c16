import { describe, expect, it } from 'vitest';
import { all, asks, fact, not } from '#tests/factories/survey-conditions.ts';
import { facts, options, survey } from '#tests/factories/surveys.ts';
import { calculateValues } from './calculated-values.ts';
import type { AnswerValue } from './contract.ts';
import { resolveSurvey } from './logic.ts';
import { NO_FACTS } from './order-facts.ts';
import { PRESETS } from './presets.ts';
import { countedAnswers, shownQuestions } from './visibility.ts';

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true };
const wrong = { id: 'wrong', type: 'long_text' };
const best = { id: 'best', type: 'long_text' };

/** Id and condition of each question that is left, after "silent" where it is passed in silence. */
const left = (questions: object[], over = NO_FACTS, known: Record<string, AnswerValue> = {}) =>
  resolveSurvey(survey(questions as Record<string, unknown>[]), over, known).questions.map(
    ({ id, showWhen, silent }) => [...(silent ? ['silent'] : []), id, ...(showWhen ? [showWhen] : [])],
  );

describe('what rules compile to', () => {
  const lowRatings = { q: 'rating', in: ['1', '2'] };
  it.each<[string, object[], unknown[][]]>([
    [
      'a jump hides what lies between',
      [{ ...rating, rules: [{ do: 'jump', to: 'best', when: asks('rating', 'is', 5) }] }, wrong, best],
      [['rating'], ['wrong', { not: { q: 'rating', in: ['5'] } }], ['best']],
    ],
    [
      'an end hides everything after',
      [{ ...rating, rules: [{ do: 'end', when: asks('rating', 'route', 'low') }] }, wrong, best],
      [['rating'], ['wrong', { not: lowRatings }], ['best', { not: lowRatings }]],
    ],
    [
      'a skip hides one question',
      [
        { ...rating, rules: [{ do: 'skip', question: 'best', when: asks('rating', 'at_most', 2) }] },
        wrong,
        best,
      ],
      [['rating'], ['wrong'], ['best', { not: lowRatings }]],
    ],
    [
      'a jump that always fires leaves nothing between',
      [{ ...rating, rules: [{ do: 'jump', to: 'best' }] }, wrong, best],
      [['rating'], ['best']],
    ],
    [
      'the first jump that fires counts',
      [
        { ...rating, rules: [{ do: 'jump', to: 'best', when: asks('rating', 'is', 5) }, { do: 'end' }] },
        wrong,
        best,
      ],
      [['rating'], ['best', { q: 'rating', in: ['5'] }]],
    ],
    [
      'what is asked without its own answer needs to know that it was shown',
      [
        rating,
        {
          ...wrong,
          showWhen: asks('rating', 'route', 'low'),
          rules: [{ do: 'end', when: asks('wrong', 'not_answered') }],
        },
        best,
      ],
      [
        ['rating'],
        ['wrong', lowRatings],
        ['best', { not: { all: [{ q: 'wrong', shown: true }, { not: { q: 'wrong' } }] } }],
      ],
    ],
    [
      'a refund that did not happen leaves no trace',
      [
        rating,
        { ...wrong, showWhen: all(fact('refunded', 'is', true), asks('rating', 'is', 1)) },
        { ...best, showWhen: not(fact('refunded', 'is', true)) },
      ],
      [['rating'], ['best']],
    ],
    [
      'what asks for a question that is never shown is settled too',
      [
        rating,
        { ...wrong, showWhen: fact('refunded', 'is', true) },
        { ...best, showWhen: asks('wrong', 'not_answered') },
      ],
      [['rating'], ['best']],
    ],
  ])('%s', (_name, questions, expected) => {
    expect(left(questions)).toEqual(expected);
  });

  it('sends the presets with two words per follow-up', () => {
    const { questions } = resolveSurvey(PRESETS.usage, NO_FACTS, {});
    expect(questions.map(({ showWhen }) => showWhen)).toEqual([
      undefined,
      { q: 'rating', in: ['1', '2'] },
      { q: 'rating', in: ['3', '4'] },
      { q: 'rating', in: ['5'] },
    ]);
  });

  it('stays in proportion: thirty questions that lean on one another are no avalanche', () => {
    const chain = Array.from({ length: 30 }, (_, at) => ({
      id: `q${at}`,
      type: 'consent',
      profileKey: `k${at}`,
      ...(at > 1 && { showWhen: all(asks(`q${at - 1}`, 'is', true), not(asks(`q${at - 2}`, 'is', false))) }),
      rules: at < 28 ? [{ do: 'skip', question: `q${at + 2}`, when: asks(`q${at}`, 'not_answered') }] : [],
    }));
    const known = Object.fromEntries(
      chain.flatMap(({ profileKey }, at) => (at % 3 === 0 ? [[profileKey, true]] : [])),
    );
    const { questions } = resolveSurvey(survey(chain), NO_FACTS, known);
    expect(JSON.stringify(questions.map(({ id, showWhen }) => ({ id, showWhen }))).length).toBeLessThan(8000);
  });
});

describe('orders and lines', () => {
  const queue = [
    { ...rating, askOnOrder: { to: 1 } },
    { ...wrong, askOnOrder: { from: 2, to: 4 } },
    { ...best, askOnOrder: { from: 5 } },
  ];
  it.each([
    [1, ['rating']],
    [2, ['wrong']],
    [4, ['wrong']],
    [5, ['best']],
    [60, ['best']],
    [null, []],
  ])('order %s is asked %j', (orderCount, expected) => {
    expect(left(queue, facts({ orderCount })).flat()).toEqual(expected);
  });

  it('asks for a rating by line only where there are lines', () => {
    const questions = [rating, { id: 'lines', type: 'line_rating', required: true }];
    expect(left(questions)).toEqual([['rating']]);
    expect(left(questions, facts({ lineIds: ['11'] }))).toEqual([['rating'], ['lines']]);
  });
});

describe('what is known is not asked again', () => {
  const skin = { id: 'skin', type: 'choice', profileKey: 'skin', options: options('dry', 'oily') };
  const tips = { id: 'tips', type: 'consent', showWhen: asks('skin', 'is', 'dry') };
  it.each<[string, Record<string, AnswerValue>, unknown[][]]>([
    ['nothing', {}, [['skin'], ['tips', { q: 'skin', in: ['dry'] }]]],
    ['dry', { skin: 'dry' }, [['tips']]],
    ['oily', { skin: 'oily' }, []],
    [
      'an option that is no longer offered',
      { skin: 'green' },
      [['skin'], ['tips', { q: 'skin', in: ['dry'] }]],
    ],
    ['an answer of another type', { skin: ['dry'] }, [['skin'], ['tips', { q: 'skin', in: ['dry'] }]]],
    ['something else', { hair: 'dry' }, [['skin'], ['tips', { q: 'skin', in: ['dry'] }]]],
  ])('knowing %s', (_name, known, expected) => {
    expect(left([skin, tips], NO_FACTS, known)).toEqual(expected);
  });

  it('fires the rules of a question that it passes in silence', () => {
    const ends = { ...skin, rules: [{ do: 'end', when: asks('skin', 'is', 'oily') }] };
    expect(left([ends, wrong], NO_FACTS, { skin: 'oily' })).toEqual([]);
    expect(left([ends, wrong], NO_FACTS, { skin: 'dry' })).toEqual([['wrong']]);
  });

  it.each<[object, AnswerValue, boolean]>([
    [{ type: 'multiple_choice', options: options('a', 'b') }, ['a'], true],
    [{ type: 'multiple_choice', options: options('a', 'b') }, [], false],
    [{ type: 'ranking', options: options('a', 'b') }, ['b', 'a'], true],
    [{ type: 'short_text' }, 'Rex', true],
    [{ type: 'short_text' }, ' ', false],
    // Who has not agreed may be asked another time.
    [{ type: 'consent' }, false, false],
    [{ type: 'consent' }, true, true],
    [{ type: 'contact', asks: ['email'] }, { email: 'ada@example.com' }, true],
    [{ type: 'contact', asks: ['email', 'phone'] }, { email: 'ada@example.com' }, false],
  ])('%j knowing %j: %s', (question, answer, isKnown) => {
    expect(left([{ id: 'q', profileKey: 'k', ...question }], NO_FACTS, { k: answer })).toEqual(
      isKnown ? [] : [['q']],
    );
  });
});

describe('calculated values', () => {
  const values = [
    { id: 'points', kind: 'number', start: 10 },
    { id: 'mean', kind: 'mean', of: ['rating', 'nps'] },
  ];
  const rules = [
    { do: 'add', value: 'points', amount: 5, when: asks('rating', 'route', 'high') },
    { do: 'add', value: 'points', amount: { answer: 'rating' } },
    { do: 'set', value: 'points', to: 0, when: asks('rating', 'is', 1) },
    { do: 'end', when: asks('rating', 'is', 2) },
    { do: 'add', value: 'points', amount: 100 },
  ];
  const definition = survey(
    [
      { ...rating, rules },
      { id: 'nps', type: 'nps', showWhen: not(asks('rating', 'is', 3)) },
    ],
    { values },
  );
  const resolved = resolveSurvey(definition, NO_FACTS, {});
  it.each<[Record<string, number>, number, number | null]>([
    [{}, 110, null],
    [{ rating: 1, nps: 4 }, 100, 2.5],
    [{ rating: 2, nps: 4 }, 12, 2],
    [{ rating: 3, nps: 4 }, 113, 3],
    [{ rating: 5, nps: 10 }, 120, 7.5],
  ])('%j: %d points, a mean of %s', (answers, points, mean) => {
    const counted = countedAnswers(resolved.questions, answers);
    expect(calculateValues(resolved, counted)).toEqual({ points, mean });
    expect(shownQuestions(resolved.questions, answers)).toContain('rating');
  });
});

describe('review request and incentive', () => {
  const said = { text: 'usage.high' };
  const url = 'https://reviews.example.com/shop';
  const promise = { ...said, reward: { kind: 'percent_off', percent: 10 }, budget: 5 };
  it.each([
    [{}, false, false],
    [{ reviewAsk: { ...said, url } }, true, false],
    [{ incentive: { ...promise, when: fact('first_order', 'is', true) } }, false, true],
    [{ incentive: { ...promise, when: fact('first_order', 'is', false) } }, false, false],
    // Refused before publishing; a draft shows neither.
    [{ reviewAsk: { ...said, url, when: asks('rating', 'route', 'high') } }, false, false],
  ])('%j', (over, reviewAsk, incentive) => {
    const resolved = resolveSurvey(survey([rating], over), facts({ orderCount: 1 }), {});
    expect({ reviewAsk: resolved.reviewAsk, incentive: resolved.incentive }).toEqual({
      reviewAsk,
      incentive,
    });
  });
});
