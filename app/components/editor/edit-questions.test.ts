import { describe, expect, it } from 'vitest';
import { QUESTION_TYPES } from '../../domain/surveys/contract.ts';
import { parseDefinition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { resolveSurvey } from '../../domain/surveys/logic.ts';
import { surveyView } from '../../domain/surveys/view.ts';
import { addLanguage, addableLanguages, removeIncomplete, removeLanguage } from './edit-languages.ts';
import {
  changeQuestion,
  insertQuestion,
  metricsFor,
  moveQuestion,
  newQuestion,
  removeQuestion,
  restoreQuestion,
  switchPart,
} from './edit-questions.ts';
import { SAMPLE_ORDERS } from '../../domain/surveys/sample-orders.ts';
import { reword, withPlaceholders } from './text-places.ts';

const preset = PRESETS.usage;
const counter = () => {
  let count = 0;
  return () => `0${(count += 1)}`;
};
const ids = (definition: typeof preset) => definition.questions.map(({ id }) => id);

describe('a new question', () => {
  it.each(QUESTION_TYPES)('of type %s can be saved and shown before it has any word', (type) => {
    const definition = insertQuestion(preset, newQuestion(type, counter()), 1);
    const parsed = parseDefinition(definition);
    expect(parsed).toMatchObject({ outcome: 'ok' });
    // The schema would fill in what is missing: the editor must not differ from what is stored.
    if (parsed.outcome === 'ok') expect(parsed.definition).toEqual(definition);
    const resolved = resolveSurvey(withPlaceholders(definition), SAMPLE_ORDERS[0]!.facts, {});
    const context = { locale: 'en', brandName: 'Nord', targetHours: 4, edition: 'preview' };
    expect(surveyView(resolved, context).questions[1]?.text).toBe('Question 2');
  });
});

describe('the list', () => {
  it('moves by one place and stops at both ends', () => {
    const moved = moveQuestion(preset, 'comment_low', -1);
    expect(ids(moved)).toEqual(['comment_low', 'rating', 'comment_middle', 'comment_high']);
    expect(moveQuestion(moved, 'comment_low', -1)).toBe(moved);
    expect(ids(moveQuestion(moved, 'comment_low', 1))).toEqual(ids(preset));
    expect(moveQuestion(preset, 'comment_high', 1)).toBe(preset);
  });

  it('gives back a deleted question where it was, with its texts, and keeps what was changed since', () => {
    const before = reword(preset, 'questions.1.text', 'en', 'Why?');
    const deleted = { ...removeQuestion(before, 'comment_low'), texts: {} };
    const since = reword(deleted, 'title', 'en', 'Later');
    const restored = restoreQuestion(since, before, 'comment_low');
    expect(ids(restored)).toEqual(ids(preset));
    expect(restored.texts).toEqual({ en: { 'usage.title': 'Later', 'usage.low': 'Why?' } });
  });
});

describe('parts of a question', () => {
  it.each(['help', 'ends'] as const)('%s can be switched on and off without a trace', (part) => {
    const off = switchPart(preset, 'rating', part, false);
    const on = switchPart(off, 'rating', part, true);
    expect(on.questions[0]).toHaveProperty(part);
    expect(parseDefinition(on).outcome).toBe('ok');
    expect(Object.keys(off.questions[0]!)).not.toContain(part);
  });

  it('fields that are undefined are taken away', () => {
    const once = changeQuestion(preset, 'comment_low', { profileKey: 'x' });
    expect(changeQuestion(once, 'comment_low', { profileKey: undefined })).toEqual(preset);
  });

  it('a rating counts as what is measured on its scale', () => {
    expect(metricsFor('ces')).toEqual(['ces_support', 'ces_return']);
    expect(metricsFor('stars')).toContain('csat_product');
    expect(metricsFor('stars')).not.toContain('nps');
    expect(metricsFor('line_rating')).toEqual(['csat_product']);
  });
});

describe('languages', () => {
  it('are added and removed; the default one stays', () => {
    const added = addLanguage(preset, 'sv');
    expect(added.languages.at(-1)).toBe('sv');
    expect(addableLanguages(added)).not.toContain('sv');
    expect(removeLanguage(added, 'sv')).toEqual(preset);
    expect(removeLanguage(preset, 'en')).toBe(preset);
  });

  it('that miss a text are removed together', () => {
    const changed = reword(reword(preset, 'title', 'en', 'Hello'), 'title', 'de', 'Hallo');
    expect(removeIncomplete(addLanguage(changed, 'sv')).languages).toEqual(['en', 'de']);
    expect(removeIncomplete(preset)).toEqual(preset);
  });
});
