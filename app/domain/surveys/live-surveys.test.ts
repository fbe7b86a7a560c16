import { describe, expect, it } from 'vitest';
import type { LiveSurvey } from '../core/state.ts';
import { asks, fact } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { SURVEY_KINDS } from './contract.ts';
import { editionsOf, editionText, factsNeeded, parseEdition } from './live-surveys.ts';
import { PRESETS } from './presets.ts';

const ID = '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a';
const live = (id: string, over: Partial<LiveSurvey> = {}): LiveSurvey => ({
  id,
  kind: 'usage',
  version: 1,
  position: 1,
  ...over,
});

describe('editions', () => {
  it.each([
    [{ surveyId: null, version: 1 }, 'preset.1'],
    [{ surveyId: ID, version: 12 }, `${ID}.12`],
  ])('%j is %s and back', (edition, text) => {
    expect(editionText(edition)).toBe(text);
    expect(parseEdition(text)).toEqual(edition);
  });

  it.each([
    [''],
    [null],
    [undefined],
    [5],
    ['preset'],
    ['preset.'],
    ['preset.1.1'],
    [`${ID}`],
    [`x${ID}.1`],
    [`${ID}.-1`],
    ['preset.9999999999'],
  ])('%j is none', (text) => expect(parseEdition(text)).toBeNull());
});

describe('what may be asked', () => {
  it.each<[string, LiveSurvey[], string[]]>([
    ['the preset, without surveys of its own', [live('a', { kind: 'delivery' })], ['preset.7']],
    ['its own, by position', [live('b', { position: 2 }), live('a', { version: 4 })], ['a.4', 'b.1']],
    ['not what is paused', [live('a', { paused: true }), live('b', { position: 2 })], ['b.1']],
    ['nothing, where all are paused', [live('a', { paused: true })], []],
  ])('%s', (_name, surveys, expected) => {
    expect(editionsOf(surveys, 'usage', 7).map(editionText)).toEqual(expected);
  });
});

describe('what has to be looked up', () => {
  it.each(SURVEY_KINDS)('nothing for the preset of %s', (kind) => {
    expect(factsNeeded(PRESETS[kind])).toEqual({ order: false, profileKeys: [] });
  });

  it.each<[string, Record<string, unknown>[], Record<string, unknown>, boolean]>([
    [
      'a condition on an answer',
      [
        { id: 'a', type: 'csat' },
        { id: 'b', type: 'csat', showWhen: asks('a', 'answered') },
      ],
      {},
      false,
    ],
    ['a target', [{ id: 'a', type: 'csat' }], { target: fact('refunded', 'is', true) }, true],
    ['a condition on a fact', [{ id: 'a', type: 'csat', showWhen: fact('tier', 'is', 'vip') }], {}, true],
    ['lines', [{ id: 'a', type: 'line_rating' }], {}, true],
    ['the number of the order', [{ id: 'a', type: 'csat', askOnOrder: { to: 1 } }], {}, true],
  ])('the order for %s: %#', (_name, questions, over, order) => {
    expect(factsNeeded(survey(questions, over)).order).toBe(order);
  });

  it('the person, for what is learned once', () => {
    const pet = { id: 'pet', type: 'choice', options: options('cat', 'dog'), profileKey: 'pet_kind' };
    expect(factsNeeded(survey([pet], { needsRating: false }))).toEqual({
      order: false,
      profileKeys: ['pet_kind'],
    });
  });
});
