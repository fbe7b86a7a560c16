/** Where the texts of a definition stand, and changing them. */
import type { Definition } from '../../domain/surveys/definition.ts';
import { isTranslated, textOf } from '../../domain/surveys/definition-texts.ts';
import { en } from '../../domain/surveys/locales/en.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { valueAt, withValue } from '../use-settings-form.ts';

export interface TextPlace {
  /** Of the text's id, e.g. "questions.2.options.0.text". */
  path: string;
  textId: string;
  /** What the text is, e.g. "Option 1". */
  label: string;
  /** null: of the survey as a whole. */
  questionId: string | null;
}

const ROUTE_THANKS = { low: 'a low rating', middle: 'a middling or no rating', high: 'a high rating' };

/** Every text that a shopper may read, in reading order. */
export function textPlaces(definition: Definition): TextPlace[] {
  const whole = [
    ['title', 'Title'],
    ['intro', 'Introduction'],
    ...Object.entries(ROUTE_THANKS).flatMap(([route, after]) => [
      [`thanks.${route}.title`, `Thanks after ${after}: title`],
      [`thanks.${route}.text`, `Thanks after ${after}: text`],
    ]),
    ...(definition.reviewAsk ? [['reviewAsk.text', 'Review request']] : []),
    ...(definition.incentive ? [['incentive.text', 'Incentive']] : []),
  ] as [path: string, label: string][];
  const place = (questionId: string | null, path: string, label: string): TextPlace => ({
    path,
    textId: valueAt(definition, path) as string,
    label,
    questionId,
  });
  return [
    ...whole.map(([path, label]) => place(null, path, label)),
    ...definition.questions.flatMap((question, index) =>
      textsIn(question).map(([path, label]) => place(question.id, `questions.${index}.${path}`, label)),
    ),
  ];
}

function textsIn(question: DefinitionQuestion): [path: string, label: string][] {
  const ends = 'ends' in question && question.ends;
  const options = 'options' in question ? question.options : [];
  return [
    ['text', 'Question'],
    ...(question.help === undefined ? [] : [['help', 'Explanation'] as [string, string]]),
    ...(ends
      ? ([
          ['ends.least', 'Low end'],
          ['ends.most', 'High end'],
        ] as [string, string][])
      : []),
    ...options.map((_, index): [string, string] => [`options.${index}.text`, `Option ${index + 1}`]),
    ...('other' in question && question.other
      ? [['other.text', 'Option for own words'] as [string, string]]
      : []),
  ];
}

/** The words at a place in a language, placeholders and all; '' where there are none. */
export function wordsAt(definition: Definition, path: string, language: string): string {
  const id = valueAt(definition, path) as string;
  return isTranslated(definition, language, id) ? textOf(definition, language, id) : '';
}

/**
 * Rewords one place. A text that other places share becomes one of its own first, so that they keep theirs. An empty
 * text stays in the draft while it is edited; `cleaned` drops it.
 */
export function reword(definition: Definition, path: string, language: string, words: string): Definition {
  const id = valueAt(definition, path) as string;
  const shared = textPlaces(definition).filter(({ textId }) => textId === id).length > 1;
  const key = shared ? ownId(definition, path) : id;
  const texts = { ...definition.texts };
  if (shared) {
    for (const [each, { [key]: _, ...table }] of Object.entries(texts)) {
      texts[each] = Object.hasOwn(table, id) ? { ...table, [key]: table[id] ?? '' } : table;
    }
  }
  texts[language] = { ...texts[language], [key]: words };
  return { ...(shared ? withValue(definition, path, key) : definition), texts };
}

/** "questions.2.ends.least" of the question `why` as "own.why.ends.least", made unlike every other. */
export function ownId(definition: Definition, path: string): string {
  const [, index, rest] = /^questions\.(\d+)\.(.+)$/.exec(path) ?? [];
  const question = index === undefined ? undefined : definition.questions[Number(index)];
  const wanted = (question ? `own.${question.id}.${rest}` : `own.${path}`).toLowerCase();
  const taken = new Set(textPlaces(definition).map(({ textId }) => textId));
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}.${count}`;
    if (!taken.has(id)) return id;
  }
}

/** Whether the text comes with the app and was reworded, so that its translations no longer say the same. */
export function isReworded(definition: Definition, textId: string): boolean {
  return Object.hasOwn(en, textId) && Object.values(definition.texts).some((table) => table[textId]);
}

/** A preset text as it came, in all languages again. */
export function withoutRewording(definition: Definition, textId: string): Definition {
  const texts = Object.entries(definition.texts).map(([language, { [textId]: _, ...rest }]) => [
    language,
    rest,
  ]);
  return { ...definition, texts: Object.fromEntries(texts) };
}

/** As it is stored: without empty texts, and without those that nothing shows any more. */
export function cleaned(definition: Definition): Definition {
  const used = new Set(textPlaces(definition).map(({ textId }) => textId));
  const tables = Object.entries(definition.texts).flatMap(([language, table]) => {
    if (!definition.languages.includes(language)) return [];
    const left = Object.entries(table).filter(([id, words]) => used.has(id) && words.trim() !== '');
    return left.length > 0 ? [[language, Object.fromEntries(left)]] : [];
  });
  return { ...definition, texts: Object.fromEntries(tables) };
}

/** With words in the default language wherever there are none, for lists and the preview. */
export function withPlaceholders(definition: Definition): Definition {
  const { defaultLanguage, questions } = definition;
  const table = { ...definition.texts[defaultLanguage] };
  for (const { path, textId, label, questionId } of textPlaces(definition)) {
    if (isTranslated(definition, defaultLanguage, textId)) continue;
    const index = questions.findIndex(({ id }) => id === questionId);
    table[textId] = /\.text$/.test(path) && label === 'Question' ? `Question ${index + 1}` : label;
  }
  return { ...definition, texts: { ...definition.texts, [defaultLanguage]: table } };
}

/** Places that shoppers of a language would read in another one. */
export function gapsIn(definition: Definition, language: string): TextPlace[] {
  return textPlaces(definition).filter(({ textId }) => !isTranslated(definition, language, textId));
}
