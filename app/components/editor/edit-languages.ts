/** The languages of a survey. */
import { LOCALES } from '../../domain/core/locales.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { cleaned, gapsIn } from './text-places.ts';

/** Offered beyond those the app speaks itself: there its own words (Next, Back, …) are English. */
const MORE = [
  'cs',
  'da',
  'el',
  'fi',
  'he',
  'hu',
  'nb',
  'pl',
  'pt-PT',
  'ro',
  'sv',
  'tr',
  'uk',
  'zh-Hans',
  'zh-Hant',
];

export function addableLanguages({ languages }: Definition): string[] {
  return [...LOCALES, ...MORE].filter((tag) => !languages.includes(tag));
}

export const isSpoken = (tag: string): boolean => (LOCALES as readonly string[]).includes(tag);

export function addLanguage(definition: Definition, tag: string): Definition {
  return { ...definition, languages: [...definition.languages, tag] };
}

/** The default language stays: it stands in for every other. Texts of the language are kept until the draft is saved. */
export function removeLanguage(definition: Definition, tag: string): Definition {
  if (tag === definition.defaultLanguage) return definition;
  return { ...definition, languages: definition.languages.filter((each) => each !== tag) };
}

/** Without the languages in which something is missing; the default language stays. */
export function removeIncomplete(definition: Definition): Definition {
  const known = cleaned(definition);
  const left = definition.languages.filter(
    (tag) => tag === definition.defaultLanguage || gapsIn(known, tag).length === 0,
  );
  return { ...definition, languages: left };
}
