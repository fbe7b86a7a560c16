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
    [{ surveyId: null, version: 3, kind: 'delivery' as const }, 'delivery.3'],
    [{ surveyId: ID, version: 12 }, `${ID}.12`],
    [{ surveyId: ID, version: 12, promised: true as const }, `${ID}.12p`],
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
    ['gossip.1'],
    [`${ID}`],
    [`x${ID}.1`],
    [`${ID}.-1`],
    ['preset.9999999999'],
    [`${ID}.1pp`],
  ])('%j is none', (text) => expect(parseEdition(text)).toBeNull());
});

describe('what may be asked', () => {
  it.each<[string, LiveSurvey[], string[]]>([
    ['the preset, without surveys of its own', [live('a', { kind: 'delivery' })], ['preset.7']],
    ['its own, by position', [live('b', { position: 2 }), live('a', { version: 4 })], ['a.4', 'b.1']],
    ['not what is paused', [live('a', { paused: true }), live('b', { position: 2 })], ['b.1']],
    ['nothing, where all are paused', [live('a', { paused: true })], []],
    ['the preset before its time', [live('a', { from: '2026-03-11T00:00:00Z' })], ['preset.7']],
    ['its own from the first moment', [live('a', { from: '2026-03-10T12:00:00Z' })], ['a.1']],
    ['its own until the last', [live('a', { until: '2026-03-10T12:00:00.001Z' })], ['a.1']],
    ['the preset after its time', [live('a', { until: '2026-03-10T12:00:00Z' })], ['preset.7']],
    [
      'what is always asked, beside what is over',
      [live('a', { until: '2026-03-01T00:00:00Z' }), live('b', { position: 2 })],
      ['b.1'],
    ],
    [
      'the preset, where one is over and was paused',
      [live('a', { paused: true, until: '2026-03-01T00:00:00Z' })],
      ['preset.7'],
    ],
    [
      'nothing, where one is paused in its time',
      [live('a', { paused: true, from: '2026-03-01T00:00:00Z' })],
      [],
    ],
  ])('%s', (_name, surveys, expected) => {
    const now = new Date('2026-03-10T12:00:00Z');
    expect(editionsOf(surveys, 'usage', 7, now).map(editionText)).toEqual(expected);
  });

  it('is anything live for a link that was mailed, whatever the time', () => {
    const over = live('a', { until: '2020-01-01T00:00:00Z' });
    expect(editionsOf([over], 'usage', 7, null).map(editionText)).toEqual(['a.1']);
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
