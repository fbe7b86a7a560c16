import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswers, anyFacts, anySurvey, facts, options, survey } from '#tests/factories/surveys.ts';
import { QUESTION_TYPES } from './contract.ts';
import { knownAnswer } from './known-answers.ts';
import { resolveSurvey } from './logic.ts';
import { readAnswers } from './read-answers/read-answers.ts';
import { fieldsOf, ratingsIn, storedAnswers } from './stored-answers.ts';

const definition = survey(
  [
    { id: 'nps', type: 'nps' },
    { id: 'plain', type: 'csat' },
    { id: 'lines', type: 'line_rating', metric: 'csat_product' },
    { id: 'one', type: 'choice', options: options('a', 'b'), other: { text: 'x' }, profileKey: 'one' },
    { id: 'many', type: 'multiple_choice', options: options('a', 'b'), profileKey: 'many' },
    { id: 'rank', type: 'ranking', options: options('a', 'b') },
    { id: 'words', type: 'long_text' },
    { id: 'agree', type: 'consent', profileKey: 'agree' },
    { id: 'reach', type: 'contact', asks: ['email', 'phone'], profileKey: 'reach' },
  ],
  { values: [{ id: 'mean', kind: 'mean', of: ['nps', 'plain'] }] },
);
const resolved = resolveSurvey(definition, facts({ lineIds: ['11', '12'] }), {});
const SENT = {
  nps: 9,
  plain: 2,
  'lines.11': 5,
  'lines.12': 1,
  one: 'other',
  'one.other': 'Mine',
  many: ['b'],
  rank: ['b', 'a'],
  words: 'Good.',
  agree: true,
  'reach.email': 'ada@example.com',
};

function store(sent: object) {
  const read = readAnswers(resolved, { answers: sent });
  if (read.outcome === 'invalid') throw new Error(JSON.stringify(read.errors));
  return storedAnswers(definition, read, null);
}

describe('stored answers', () => {
  it('hold every type by question, what was learned, and the values', () => {
    expect(store(SENT)).toEqual({
      ratings: { nps: 9, plain: 2 },
      metrics: { nps: 'nps', lines: 'csat_product' },
      lines: { lines: { 11: 5, 12: 1 } },
      choices: { one: ['other'], many: ['b'] },
      others: { one: 'Mine' },
      rankings: { rank: ['b', 'a'] },
      texts: { words: 'Good.' },
      consents: { agree: true },
      contacts: { reach: { email: 'ada@example.com' } },
      profile: { one: 'other', many: ['b'], agree: true, reach: { email: 'ada@example.com' } },
      values: { mean: 5.5 },
    });
  });

  it('name what would be learned, was asked and left open: once all is sent, and where it was asked', () => {
    const read = readAnswers(resolved, { answers: { nps: 9 } });
    if (read.outcome === 'invalid') throw new Error(JSON.stringify(read.errors));
    const passedOn = (surface: string | null) => storedAnswers(definition, read, surface).passed;
    expect(passedOn(null)).toBeUndefined();
    expect(passedOn('hosted_page')).toEqual(['one', 'many', 'agree', 'reach']);
    expect(store({ ...SENT, one: '' }).passed).toBeUndefined();
  });

  it('give each rating that measures something, those of lines by line', () => {
    expect(ratingsIn(store(SENT))).toEqual([
      { questionId: 'nps', lineId: null, metric: 'nps', value: 9 },
      { questionId: 'lines', lineId: '11', metric: 'csat_product', value: 5 },
      { questionId: 'lines', lineId: '12', metric: 'csat_product', value: 1 },
    ]);
    expect(ratingsIn({})).toEqual([]);
  });

  it('teach what the same question would accept, except where more is asked for', () => {
    const { profile = {} } = store(SENT);
    const known = definition.questions.map((question) => [question.id, knownAnswer(question, profile)]);
    expect(known.filter(([, answer]) => answer !== null)).toEqual([
      ['one', 'other'],
      ['many', ['b']],
      ['agree', true],
    ]);
  });

  it('sent again as fields are the same answers', () => {
    const any = anySurvey({ types: QUESTION_TYPES, questions: 6, faulty: false }).chain((each) =>
      fc.record({ each: fc.constant(each), order: anyFacts, sent: anyAnswers(each) }),
    );
    fc.assert(
      fc.property(any, ({ each, order, sent }) => {
        const asked = resolveSurvey(each, order, {});
        const options = { partial: true };
        const first = readAnswers(asked, { answers: sent }, options);
        if (first.outcome === 'invalid') return;
        const fields = fieldsOf(storedAnswers(each, first, null));
        const again = readAnswers(asked, { answers: fields }, options);
        expect(again).toEqual(first);
      }),
    );
  });
});
