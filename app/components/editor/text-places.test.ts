import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../domain/surveys/check-definition.ts';
import { parseDefinition } from '../../domain/surveys/definition.ts';
import { textOf } from '../../domain/surveys/definition-texts.ts';
import { PRESET_LIBRARY } from '../../domain/surveys/preset-library.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { newQuestion, insertQuestion } from './edit-questions.ts';
import {
  cleaned,
  gapsIn,
  isReworded,
  reword,
  textPlaces,
  withoutRewording,
  withPlaceholders,
  wordsAt,
} from './text-places.ts';

const preset = PRESETS.delivery;
const two = (() => {
  const question = { ...newQuestion('csat', () => '1'), text: 'delivery.rating' };
  return insertQuestion(preset, question, 1);
})();

describe('places', () => {
  it.each([...Object.values(PRESETS), ...PRESET_LIBRARY.map(({ definition }) => definition)])(
    'of $name are all that the check before publishing looks at',
    (definition) => {
      // Each language loses every text: the check then names as many things as there are places.
      const bare = { ...definition, languages: ['xx'], defaultLanguage: 'xx' };
      const named = checkDefinition(bare).flatMap(({ code, message }) =>
        code === 'untranslated' ? message.split(/, | and /).filter((part) => /^the /.test(part)) : [],
      );
      expect(textPlaces(definition)).toHaveLength(named.length);
      expect(textPlaces(definition).every(({ textId }) => typeof textId === 'string')).toBe(true);
    },
  );
});

describe('rewording', () => {
  it('changes the words in one language, and leaves the place its text', () => {
    const changed = reword(preset, 'questions.0.text', 'en', 'How was it?');
    expect(changed.questions[0]?.text).toBe('delivery.rating');
    expect(wordsAt(changed, 'questions.0.text', 'en')).toBe('How was it?');
    expect(wordsAt(changed, 'questions.0.text', 'de')).toBe('');
    expect(isReworded(changed, 'delivery.rating')).toBe(true);
    expect(withoutRewording(changed, 'delivery.rating').texts).toEqual({ en: {} });
  });

  it('of a text that two places share leaves the other as it was', () => {
    const changed = reword(two, 'questions.0.text', 'en', 'How was it?');
    expect(wordsAt(changed, 'questions.0.text', 'en')).toBe('How was it?');
    expect(wordsAt(changed, 'questions.1.text', 'en')).toBe(textOf(preset, 'en', 'delivery.rating'));
    const ends = reword(two, 'questions.1.ends.least', 'en', 'Awful');
    expect(wordsAt(ends, 'questions.0.ends.least', 'en')).toBe('Very dissatisfied');
    expect(parseDefinition(ends).outcome).toBe('ok');
  });

  it('keeps what a shared text says in other languages, also where that is blank', () => {
    const shared = reword(reword(two, 'title', 'de', 'Titel'), 'questions.0.text', 'en', 'One');
    const german = {
      ...shared,
      texts: { ...shared.texts, de: { ...shared.texts['de'], 'delivery.rating': 'Zwei' } },
    };
    const changed = reword(german, 'questions.1.text', 'fr', 'Trois');
    expect(wordsAt(changed, 'questions.1.text', 'de')).toBe('Zwei');
    expect(wordsAt(changed, 'questions.1.text', 'fr')).toBe('Trois');
    expect(wordsAt(changed, 'title', 'de')).toBe('Titel');
  });

  it('to nothing stays empty while it is edited, and is the preset again once it is stored', () => {
    const empty = reword(preset, 'title', 'en', '');
    expect(wordsAt(empty, 'title', 'en')).toBe('');
    expect(cleaned(empty)).toEqual(preset);
  });
});

describe('what is stored', () => {
  it('has no text that is blank, of no use, or in a language that was removed', () => {
    const texts = {
      en: { title: 'x', 'delivery.title': 'Parcel', 'delivery.intro': '  ' },
      xx: { 'delivery.title': 'Pakko' },
    };
    expect(cleaned({ ...preset, texts }).texts).toEqual({ en: { 'delivery.title': 'Parcel' } });
  });
});

describe('gaps', () => {
  it('are the texts of which a language has none', () => {
    expect(gapsIn(preset, 'de')).toEqual([]);
    const changed = reword(preset, 'questions.0.text', 'en', 'How was it?');
    expect(gapsIn(changed, 'de')).toMatchObject([{ path: 'questions.0.text' }]);
    expect(gapsIn(changed, 'en')).toEqual([]);
  });

  it('are filled in for lists and the preview only', () => {
    const blank = insertQuestion(preset, newQuestion('choice', idsFrom('a', 'b', 'c')), 4);
    const named = withPlaceholders(blank);
    expect(wordsAt(named, 'questions.4.text', 'en')).toBe('Question 5');
    expect(wordsAt(named, 'questions.4.options.1.text', 'en')).toBe('Option 2');
    expect(wordsAt(blank, 'questions.4.text', 'en')).toBe('');
    expect(wordsAt(named, 'title', 'en')).toBe(wordsAt(preset, 'title', 'en'));
  });
});

function idsFrom(...ids: string[]) {
  return () => ids.shift() ?? 'z';
}
