import { describe, expect, it } from 'vitest';
import { options, survey } from '#tests/factories/surveys.ts';
import type { Condition } from './conditions.ts';
import { SURVEY_KINDS } from './contract.ts';
import { parseDefinition } from './definition.ts';
import { PRESETS } from './presets.ts';

const words = { title: 't', text: 't' };
const base = {
  kind: 'usage',
  name: 'After use',
  version: 1,
  defaultLanguage: 'en',
  languages: ['en'],
  title: 't',
  intro: 't',
  thanks: { low: words, middle: words, high: words },
  questions: [{ type: 'csat', id: 'rating', text: 't', metric: 'csat_product' }],
};
const question = (over: object) => ({ questions: [{ id: 'q', text: 't', ...over }] });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const nested = (depth: number): Condition =>
  depth === 0 ? { if: 'answer', question: 'q', op: 'answered' } : { if: 'not', of: nested(depth - 1) };

describe('parseDefinition', () => {
  it('takes every type of question and fills in what was left out', () => {
    const definition = survey([
      ...['nps', 'csat', 'ces', 'stars', 'smileys', 'line_rating', 'short_text', 'long_text'].map((type) => ({
        type,
        id: type,
      })),
      ...['consent', 'image_upload', 'voice_note'].map((type) => ({ type, id: type })),
      ...['choice', 'multiple_choice', 'ranking'].map((type) => ({
        type,
        id: type,
        options: options('a', 'b'),
      })),
      { type: 'contact', id: 'contact', asks: ['email', 'phone'] },
    ]);
    const of = (id: string) => definition.questions.find((each) => each.id === id);
    expect(of('nps')).toMatchObject({ metric: 'nps', required: false, rules: [] });
    expect(of('csat')).not.toHaveProperty('metric');
    expect(of('long_text')).toMatchObject({ maxLength: 2000 });
    expect(of('image_upload')).toMatchObject({ maxFiles: 1 });
    expect(definition).toMatchObject({ needsRating: true, values: [], texts: {} });
  });

  it.each<[string, object, string, RegExp]>([
    ['no question', { questions: [] }, 'questions', /must not be empty/],
    [
      '31 questions',
      { questions: many(31, (at) => ({ type: 'csat', id: `q${at}`, text: 't' })) },
      'questions',
      /at most 30 entries/,
    ],
    ['an unknown type', question({ type: 'matrix' }), 'questions.0.type', /must be one of nps, csat/],
    [
      'an id with capitals',
      { questions: [{ type: 'csat', id: 'A b', text: 't' }] },
      'questions.0.id',
      /lower-case letters/,
    ],
    [
      'an id twice',
      { questions: many(2, () => ({ type: 'csat', id: 'q', text: 't' })) },
      'questions.1.id',
      /differ from that of every other question/,
    ],
    ['no text', { questions: [{ type: 'csat', id: 'q' }] }, 'questions.0.text', /is missing/],
    [
      'a field nobody knows',
      question({ type: 'csat', showwhen: 1 }),
      'questions.0',
      /nobody knows: showwhen/,
    ],
    [
      'a metric of another scale',
      question({ type: 'stars', metric: 'nps' }),
      'questions.0.metric',
      /csat_product/,
    ],
    [
      'one option',
      question({ type: 'choice', options: [{ id: 'a', text: 't' }] }),
      'questions.0.options',
      /at least 2 entries/,
    ],
    [
      '51 options',
      question({ type: 'ranking', options: many(51, (at) => ({ id: `o${at}`, text: 't' })) }),
      'questions.0.options',
      /at most 50 entries/,
    ],
    [
      'an option twice',
      question({ type: 'choice', options: options('a', 'a') }),
      'questions.0.options.1.id',
      /every other option/,
    ],
    [
      'two others',
      question({ type: 'choice', options: options('other', 'a'), other: { text: 't' } }),
      'questions.0.other',
      /beside an option with the id "other"/,
    ],
    [
      'more picks than options',
      question({ type: 'multiple_choice', options: options('a', 'b'), atMost: 3 }),
      'questions.0.atMost',
      /no more than the 2 options/,
    ],
    [
      'a text that keeps too much',
      question({ type: 'short_text', maxLength: 201 }),
      'questions.0.maxLength',
      /must be at most 200/,
    ],
    [
      'an empty range of orders',
      question({ type: 'csat', askOnOrder: { from: 5, to: 2 } }),
      'questions.0.askOnOrder',
      /must not end before it begins/,
    ],
    [
      'no range of orders',
      question({ type: 'csat', askOnOrder: {} }),
      'questions.0.askOnOrder',
      /must have "from" or "to"/,
    ],
    [
      'a part of a contact twice',
      question({ type: 'contact', asks: ['name', 'name'] }),
      'questions.0.asks',
      /each part once/,
    ],
    [
      'a profile key on a rating',
      question({ type: 'nps', profileKey: 'k' }),
      'questions.0',
      /nobody knows: profileKey/,
    ],
    [
      'a profile key twice',
      { questions: many(2, (at) => ({ type: 'consent', id: `q${at}`, text: 't', profileKey: 'k' })) },
      'questions.1.profileKey',
      /differ/,
    ],
    [
      'an operator nobody knows',
      question({ type: 'csat', showWhen: { if: 'answer', question: 'q', op: 'like' } }),
      'questions.0.showWhen.op',
      /must be one of answered/,
    ],
    [
      'a fact nobody knows',
      question({ type: 'csat', showWhen: { if: 'fact', fact: 'weather', op: 'is', value: 1 } }),
      'questions.0.showWhen.fact',
      /must be one of days_late/,
    ],
    [
      'a tier nobody knows',
      question({ type: 'csat', showWhen: { if: 'fact', fact: 'tier', op: 'is', value: 'gold' } }),
      'questions.0.showWhen.value',
      /starter, regular, vip/,
    ],
    [
      'conditions in conditions without end',
      question({ type: 'csat', showWhen: nested(9) }),
      'questions.0.showWhen.of.of.of.of.if',
      /must be one of answer, fact/,
    ],
    [
      'a rule without a goal',
      question({ type: 'csat', rules: [{ do: 'jump' }] }),
      'questions.0.rules.0.to',
      /is missing/,
    ],
    [
      'half a point',
      question({ type: 'csat', rules: [{ do: 'add', value: 'p', amount: 0.5 }] }),
      'questions.0.rules.0.amount',
      /whole number/,
    ],
    [
      '61 rules',
      {
        questions: many(4, (at) => ({
          type: 'csat',
          id: `q${at}`,
          text: 't',
          rules: many(16, () => ({ do: 'end' })),
        })),
      },
      'questions',
      /at most 60 rules in all/,
    ],
    [
      'a default language that is not declared',
      { defaultLanguage: 'de' },
      'languages',
      /default language "de"/,
    ],
    ['a language twice', { languages: ['en', 'en'] }, 'languages.1', /every other language/],
    ['no language', { texts: { 'd!': {} } }, 'texts.d!', /must be a language/],
    ['a text too long', { texts: { en: { t: 'x'.repeat(1001) } } }, 'texts.en.t', /at most 1000 characters/],
    ['an empty text', { texts: { en: { t: ' \0 ' } } }, 'texts.en.t', /must not be empty/],
    ['an unknown kind', { kind: 'party' }, 'kind', /must be one of post_purchase/],
    ['version 0', { version: 0 }, 'version', /must be at least 1/],
  ])('names %s', (_name, over, field, message) => {
    const result = parseDefinition({ ...base, ...over });
    const errors = result.outcome === 'invalid' ? result.errors : [];
    const error = errors.find((each) => each.field === field);
    expect(error?.message, JSON.stringify(errors)).toMatch(message);
    expect(error?.message).toMatch(new RegExp(`^${field.replaceAll(/[.!]/g, '\\$&')} .*\\.$`));
  });

  it.each([null, [], 'survey', 5])('refuses %j with a sentence', (input) => {
    expect(parseDefinition(input)).toEqual({
      outcome: 'invalid',
      errors: [{ field: '', message: 'The survey must be an object.' }],
    });
  });

  it('keeps texts storable', () => {
    const result = parseDefinition({ ...base, name: ' A\0b ', texts: { en: { t: ' x\ud83d ' } } });
    expect(result).toMatchObject({ outcome: 'ok', definition: { name: 'Ab', texts: { en: { t: 'x' } } } });
  });
});

describe('the presets as definitions', () => {
  it.each(SURVEY_KINDS)('%s is valid', (kind) => {
    const definition = PRESETS[kind];
    expect(parseDefinition(JSON.parse(JSON.stringify(definition)))).toEqual({ outcome: 'ok', definition });
  });
});
