import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asks, fact } from '#tests/factories/survey-conditions.ts';
import { anyAnswers, anyFacts, anyKnown, anySurvey, options, survey } from '#tests/factories/surveys.ts';
import { QUESTION_TYPES } from './contract.ts';
import { dropOff } from './drop-off.ts';
import type { StartedAnswer } from './drop-off.ts';
import { resolveSurvey } from './logic.ts';
import { PRESETS } from './presets.ts';
import { readAnswers } from './read-answers/read-answers.ts';
import { storedAnswers } from './stored-answers.ts';
import { shownQuestions } from './visibility.ts';

const finished = (answers: StartedAnswer['answers'], surface = 'hosted_page'): StartedAnswer => ({
  ...{ answers, surface },
  finished: true,
});
const left = (answers: StartedAnswer['answers'], surface = 'hosted_page'): StartedAnswer => ({
  ...{ answers, surface },
  finished: false,
});
/** "reached/answered/skipped/stopped" by question. */
const table = ({ questions }: ReturnType<typeof dropOff>) =>
  Object.fromEntries(
    questions.map(({ id, reached, answered, skipped, stopped }) => [
      id,
      [reached, answered, skipped, stopped].join('/'),
    ]),
  );

describe('where people stop', () => {
  it('counts for each question who came to it, answered it, passed it by, and went away there', () => {
    const found = dropOff(PRESETS.delivery, [
      finished({ ratings: { rating: 1 }, texts: { comment_low: 'Late' } }),
      finished({ ratings: { rating: 1 } }),
      left({ ratings: { rating: 2 } }),
      left({ ratings: { rating: 2 }, texts: { comment_low: 'It was' } }),
      finished({ ratings: { rating: 5 }, texts: { comment_high: 'Fine' } }),
    ]);
    expect(found).toMatchObject({ finished: 3, abandoned: 2, stoppedAtEnd: 1 });
    // The other two comments were not shown to who rated low, so nobody dropped there.
    expect(table(found)).toEqual({
      rating: '5/5/0/0',
      comment_low: '4/2/1/1',
      comment_middle: '0/0/0/0',
      comment_high: '1/1/0/0',
    });
  });

  it('who went away stopped at the first open question after the last answered one, and saw none behind it', () => {
    const four = survey(['a', 'b', 'c', 'd'].map((id) => ({ id, type: 'stars' })));
    const found = dropOff(four, [left({ ratings: { a: 3, c: 4 } }), left({ ratings: { a: 3 } })]);
    expect(table(found)).toEqual({ a: '2/2/0/0', b: '2/0/1/1', c: '1/1/0/0', d: '1/0/0/1' });
  });

  it('reads every kind of answer', () => {
    const types = {
      ...{ r: 'csat', l: 'line_rating', c: 'choice', k: 'ranking', t: 'short_text', s: 'consent' },
      ...{ m: 'multiple_choice', p: 'contact', i: 'image_upload' },
    };
    const extra = { options: options('a', 'b') };
    const every = survey(
      Object.entries(types).map(([id, type]) => ({
        ...{ id, type },
        ...(/choice|ranking/.test(type) && extra),
        ...(type === 'contact' && { asks: ['email'] }),
      })),
    );
    const found = dropOff(every, [
      finished({
        ratings: { r: 3 },
        lines: { l: { 11: 4 } },
        choices: { c: ['a'], m: ['a', 'b'] },
        rankings: { k: ['b', 'a'] },
        texts: { t: 'x' },
        consents: { s: false },
        contacts: { p: { email: 'ada@example.com' } },
        uploads: { i: ['1'] },
      }),
    ]);
    expect(new Set(Object.values(table(found)))).toEqual(new Set(['1/1/0/0']));
  });

  it('what is shown for certain orders only, or not asked twice, counts where it was answered', () => {
    const definition = survey([
      { id: 'rating', type: 'csat' },
      { id: 'late', type: 'short_text', showWhen: fact('refunded', 'is', true) },
      { id: 'first', type: 'short_text', askOnOrder: { to: 1 } },
      { id: 'pet', type: 'short_text', profileKey: 'pet' },
      { id: 'name', type: 'short_text', showWhen: asks('pet', 'answered') },
      { id: 'last', type: 'short_text' },
    ]);
    const found = dropOff(definition, [
      finished({ ratings: { rating: 4 } }),
      finished({ ratings: { rating: 4 }, texts: { late: 'Yes', pet: 'A cat', name: 'Tom' } }),
      left({ ratings: { rating: 4 } }),
    ]);
    expect(table(found)).toEqual({
      rating: '3/3/0/0',
      late: '1/1/0/0',
      first: '0/0/0/0',
      pet: '1/1/0/0',
      name: '1/1/0/0',
      last: '3/0/2/1',
    });
    const unsure = found.questions.filter(({ onlyWhereAnswered }) => onlyWhereAnswered);
    expect(unsure.map(({ id }) => id)).toEqual(['late', 'first', 'pet', 'name']);
  });

  it('so does what hangs on whether such a question was shown', () => {
    const definition = survey([
      { id: 'rating', type: 'csat' },
      {
        id: 'late',
        type: 'stars',
        showWhen: fact('refunded', 'is', true),
        rules: [{ do: 'jump', to: 'end' }],
      },
      { id: 'between', type: 'stars' },
      { id: 'end', type: 'stars' },
    ]);
    const found = dropOff(definition, [
      finished({ ratings: { rating: 4 } }),
      left({ ratings: { rating: 4 } }),
    ]);
    expect(table(found)).toMatchObject({ between: '0/0/0/0', end: '2/0/1/1' });
  });

  it('so does what a surface cannot show', () => {
    const definition = survey([
      { id: 'rating', type: 'csat' },
      { id: 'voice', type: 'voice_note' },
    ]);
    const half = { ratings: { rating: 4 } };
    const found = dropOff(definition, [finished(half), finished(half, 'checkout'), left(half, 'checkout')]);
    expect(table(found)).toEqual({ rating: '3/3/0/0', voice: '1/0/1/0' });
    expect(found.stoppedAtEnd).toBe(1);
  });

  it('of nothing is nothing', () => {
    expect(dropOff(PRESETS.usage, [])).toMatchObject({ finished: 0, abandoned: 0, stoppedAtEnd: 0 });
  });
});

/** A survey as it was shown to somebody, and what was stored of their answers. */
const anyShown = anySurvey({ types: QUESTION_TYPES, questions: 5, faulty: false }).chain((definition) =>
  fc
    .record({ facts: anyFacts, known: anyKnown(definition), answers: anyAnswers(definition) })
    .map(({ facts, known, answers }) => {
      const survey = resolveSurvey(definition, facts, known);
      const read = readAnswers(survey, { answers }, { partial: true });
      const accepted = read.outcome === 'accepted' ? read : null;
      const given = Object.fromEntries(
        (accepted?.answers ?? []).map(({ questionId }) => [questionId, answers[questionId]]),
      );
      return {
        definition,
        isReadable: accepted !== null,
        stored: storedAnswers(
          definition,
          { answers: accepted?.answers ?? [], values: {}, leftOpen: [] },
          null,
        ),
        given: Object.keys(given),
        shown: shownQuestions(survey.questions, given),
      };
    }),
);

describe('whatever the survey', () => {
  it('a finished answer reached what it was shown, as far as that can be known, and nothing else', () => {
    fc.assert(
      fc.property(anyShown, ({ definition, isReadable, stored, given, shown }) => {
        fc.pre(isReadable);
        const { questions } = dropOff(definition, [finished(stored, 'hosted_page')]);
        for (const { id, reached, answered, onlyWhereAnswered } of questions) {
          expect([id, answered]).toEqual([id, given.includes(id) ? 1 : 0]);
          const isCounted = onlyWhereAnswered ? given.includes(id) : shown.includes(id);
          expect([id, reached]).toEqual([id, isCounted ? 1 : 0]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('the parts add up, and an abandoned answer stopped in one place', () => {
    fc.assert(
      fc.property(anyShown, ({ definition, stored }) => {
        const found = dropOff(definition, [left(stored), left(stored), finished(stored)]);
        for (const { reached, answered, skipped, stopped } of found.questions)
          expect(reached).toBe(answered + skipped + stopped);
        const stopped = found.questions.reduce((sum, question) => sum + question.stopped, 0);
        expect(stopped + found.stoppedAtEnd).toBe(found.abandoned);
      }),
    );
  });
});
