import { describe, expect, it } from 'vitest';
import { survey } from '#tests/factories/surveys.ts';
import { directionOfLanguage, isTranslated, languageFor, textOf } from './definition-texts.ts';

const definition = survey([{ id: 'rating', type: 'csat' }], {
  defaultLanguage: 'fr',
  languages: ['fr', 'de', 'de-AT', 'pt-BR', 'en'],
  texts: {
    fr: { ask: 'Ça va, {brand} ?', only: 'Seulement' },
    de: { ask: 'Wie geht es?' },
    'de-AT': { ask: 'Wie gehts?' },
    'pt-BR': { ask: 'Tudo bem?' },
    en: { 'usage.high': 'What do you love?' },
  },
});

describe('languageFor', () => {
  it.each([
    ['de', 'de'],
    ['de-CH', 'de'],
    ['DE_at', 'de-AT'],
    ['pt_BR', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ja', 'fr'],
    ['constructor', 'fr'],
    ['', 'fr'],
    [null, 'fr'],
  ])('%s is answered in %s', (tag, expected) => {
    expect(languageFor(definition, tag)).toBe(expected);
  });
});

describe('textOf', () => {
  it.each([
    ['exactly that language', 'de-AT', 'ask', 'Wie gehts?'],
    ['its base language', 'de-CH', 'ask', 'Wie geht es?'],
    ['the default language, filled in', 'ja', 'ask', 'Ça va, Moss ?'],
    ['the default language where a text is missing', 'de-AT', 'only', 'Seulement'],
    ['the tables of the presets', 'de', 'usage.low', 'Was stimmt mit dem Produkt nicht?'],
    ['the tables, by base language', 'de-AT', 'usage.low', 'Was stimmt mit dem Produkt nicht?'],
    ['what the merchant reworded', 'en', 'usage.high', 'What do you love?'],
    ['no translation of what was reworded', 'de', 'usage.high', 'What do you like best about it?'],
    ['the id, where there is nothing', 'de', 'nothing', 'nothing'],
    ['the id, where there is nothing but a name of objects', 'de', 'constructor', 'constructor'],
  ])('takes %s', (_name, language, id, expected) => {
    expect(textOf(definition, language, id, { brand: 'Moss' })).toBe(expected);
  });

  it('says what is missing', () => {
    expect(isTranslated(definition, 'de-AT', 'ask')).toBe(true);
    expect(isTranslated(definition, 'de', 'only')).toBe(false);
    expect(isTranslated(definition, 'de', 'usage.high')).toBe(false);
    expect(isTranslated(definition, 'de', 'usage.low')).toBe(true);
  });

  it.each([
    ['ar-EG', 'rtl'],
    ['de-AT', 'ltr'],
  ])('%s runs %s', (language, direction) => {
    expect(directionOfLanguage(language)).toBe(direction);
  });
});
