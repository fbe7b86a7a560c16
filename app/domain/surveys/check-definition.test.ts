import { describe, expect, it } from 'vitest';
import { asks, fact, not } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { checkDefinition } from './check-definition.ts';
import type { Condition } from './conditions.ts';
import { SURVEY_KINDS } from './contract.ts';
import { PRESETS } from './presets.ts';

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true, text: 'usage.rating' };
const high = { id: 'best', type: 'long_text', text: 'usage.high' };
const reason = { id: 'reason', type: 'choice', options: options('size', 'colour') };

/** "code question" of each finding. */
const codes = (questions: object[], over: object = {}) =>
  checkDefinition(survey(questions as Record<string, unknown>[], over as Record<string, unknown>)).map(
    ({ code, questionId }) => `${code} ${questionId}`,
  );

it.each(SURVEY_KINDS)('finds nothing in the preset %s', (kind) => {
  expect(checkDefinition(PRESETS[kind])).toEqual([]);
});

it('puts errors first', () => {
  const questions = [
    { ...reason, options: options('size', 'other') },
    { ...rating, required: false },
  ];
  expect(checkDefinition(survey(questions)).map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

describe('the schedule', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  it.each<[string, object, string[]]>([
    ['none', {}, []],
    ['still to come', { from: '2026-03-11T00:00:00Z', until: '2026-03-12T00:00:00Z' }, []],
    ['under way', { from: '2026-03-01T00:00:00Z', until: '2026-03-10T12:00:01Z' }, []],
    ['over now', { until: '2026-03-10T12:00:00Z' }, ['schedule_over null']],
    [
      'that ends before it begins',
      { from: '2026-03-12T00:00:00Z', until: '2026-03-11T00:00:00Z' },
      ['schedule_reversed null'],
    ],
    [
      'without any length',
      { from: '2026-03-12T00:00:00Z', until: '2026-03-12T00:00:00Z' },
      ['schedule_reversed null'],
    ],
  ])('%s', (_name, schedule, expected) => {
    const findings = checkDefinition(survey([rating], { schedule }), now);
    expect(findings.map(({ code, questionId }) => `${code} ${questionId}`)).toEqual(expected);
    expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('is not judged by a time that nobody gave', () => {
    expect(codes([rating], { schedule: { until: '2020-01-01T00:00:00Z' } })).toEqual([]);
  });
});

describe('languages', () => {
  it('misses what a declared language has no text for, question by question', () => {
    const questions = [
      { ...rating, text: 'ask', ends: { least: 'csat.least', most: 'csat.most' } },
      {
        ...reason,
        text: 'usage.low',
        options: [
          { id: 'size', text: 'o.size' },
          { id: 'colour', text: 'o.colour' },
        ],
      },
    ];
    const texts = {
      en: { ask: 'How loud is it?', 'o.size': 'Size', 'o.colour': 'Colour', 'usage.intro': 'Reworded.' },
      de: { ask: 'Wie laut ist er?', 'o.size': 'Größe' },
    };
    const findings = checkDefinition(survey(questions, { languages: ['en', 'de', 'pt-BR'], texts }));
    expect(findings.every(({ code, severity }) => code === 'untranslated' && severity === 'error')).toBe(
      true,
    );
    expect(findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^In German, the introduction has no text: translate it/),
        expect.stringMatching(
          /^In German, the option "colour" of "What went wrong with the product\?" has no text/,
        ),
        expect.stringMatching(/^In Brazilian Portuguese, .*the text.* of "How loud is it\?" ha/),
      ]),
    );
    expect(findings.filter(({ message }) => message.startsWith('In English'))).toEqual([]);
  });
});

describe('fairness', () => {
  const review = (when?: Condition) => ({
    reviewAsk: { text: 'usage.high', url: 'https://reviews.example/shop', when },
  });
  const incentive = (when?: Condition) => ({
    incentive: { text: 'usage.high', reward: { kind: 'percent_off', percent: 10 }, budget: 100, when },
  });
  it.each<[string, object, string | null]>([
    ['a review request for everyone', review(), null],
    ['a review request after delivery on time', review(fact('days_late', 'at_most', 2)), null],
    ['a review request for high scores', review(asks('rating', 'route', 'high')), 'review_gating'],
    ['a review request for who wrote what was best', review(asks('best', 'answered')), 'review_gating'],
    ['a review request for healthy customers', review(fact('health_band', 'is', 'healthy')), 'review_gating'],
    ['an incentive for everyone', incentive(), null],
    ['an incentive for first orders', incentive(fact('first_order', 'is', true)), null],
    ['an incentive for a high score', incentive(not(asks('rating', 'at_most', 4))), 'incentive_on_score'],
    [
      'a link for the happy',
      { texts: { en: { link: 'See https://reviews.example' } }, thanks: thanks('link') },
      'link_on_score',
    ],
    [
      'a link for all',
      { texts: { en: { link: 'See https://reviews.example' } }, thanks: thanks('link', 'link', 'link') },
      null,
    ],
  ])('%s', (_name, over, code) => {
    const questions = [rating, { ...high, showWhen: asks('rating', 'route', 'high') }];
    expect(codes(questions, over)).toEqual(code ? [`${code} null`] : []);
  });

  it('sees a link in a question that only some scores see', () => {
    const texts = { en: { link: 'Tell others: www.reviews.example' } };
    const question = { ...high, text: 'link', showWhen: asks('rating', 'route', 'high') };
    expect(codes([rating, question], { texts })).toEqual(['link_on_score best']);
  });

  function thanks(high: string, middle = 'usage.low', low = 'usage.low') {
    const words = (text: string) => ({ title: 'usage.title', text });
    return { low: words(low), middle: words(middle), high: words(high) };
  }
});
