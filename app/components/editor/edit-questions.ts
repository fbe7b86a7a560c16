/** Changes to the questions of a definition; each gives a new one. */
import type { Metric, QuestionType } from '../../domain/surveys/contract.ts';
import { METRICS } from '../../domain/surveys/contract.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import type { DefinitionQuestion, RatingType } from '../../domain/surveys/question-types.ts';
import { MAX_LONG_TEXT, MAX_SHORT_TEXT, RATING_SCALES } from '../../domain/surveys/question-types.ts';
import { SCALE_OF_METRIC } from '../../domain/surveys/routing.ts';
import { ownId, textPlaces } from './text-places.ts';

/** Makes a new id each time; never one that was used before, since old answers are kept by it. */
export type NewId = () => string;

/** A question of the type, still without words. */
export function newQuestion(type: QuestionType, newId: NewId): DefinitionQuestion {
  const id = `q-${newId()}`;
  const any = { id, text: `own.${id}.text`, required: false, rules: [] };
  const ends = (scale: string) => ({ least: `${scale}.least`, most: `${scale}.most` });
  const options = () => [newOption(id, newId), newOption(id, newId)];
  switch (type) {
    case 'nps':
      return { ...any, type, metric: 'nps', ends: ends('nps') };
    case 'csat':
    case 'ces':
    case 'stars':
    case 'smileys':
    case 'line_rating':
      return { ...any, type, ends: ends(RATING_SCALES[type]) };
    case 'choice':
    case 'multiple_choice':
    case 'ranking':
      return { ...any, type, options: options() };
    case 'short_text':
      return { ...any, type, maxLength: MAX_SHORT_TEXT };
    case 'long_text':
      return { ...any, type, maxLength: MAX_LONG_TEXT };
    case 'consent':
      return { ...any, type };
    case 'contact':
      return { ...any, type, asks: ['email'] };
    case 'image_upload':
      return { ...any, type, maxFiles: 1 };
    case 'voice_note':
      return { ...any, type, maxSeconds: 60 };
  }
}

export function newOption(questionId: string, newId: NewId): { id: string; text: string } {
  const id = `o-${newId()}`;
  return { id, text: `own.${questionId}.${id}` };
}

/** What a rating of a type may be reported as. */
export function metricsFor(type: RatingType): Metric[] {
  if (type === 'line_rating') return ['csat_product'];
  return METRICS.filter((metric) => SCALE_OF_METRIC[metric] === RATING_SCALES[type]);
}

export function insertQuestion(
  definition: Definition,
  question: DefinitionQuestion,
  index: number,
): Definition {
  return { ...definition, questions: definition.questions.toSpliced(index, 0, question) };
}

export function removeQuestion(definition: Definition, id: string): Definition {
  return { ...definition, questions: definition.questions.filter((question) => question.id !== id) };
}

/** Puts back a question that was removed from `before`, with the texts that went with it. */
export function restoreQuestion(definition: Definition, before: Definition, id: string): Definition {
  const index = before.questions.findIndex((question) => question.id === id);
  const question = before.questions[index];
  if (!question) return definition;
  const ids = textPlaces(before).flatMap((place) => (place.questionId === id ? [place.textId] : []));
  const texts = { ...definition.texts };
  for (const [language, table] of Object.entries(before.texts)) {
    const lost = Object.entries(table).filter(([textId]) => ids.includes(textId));
    if (lost.length > 0) texts[language] = { ...Object.fromEntries(lost), ...texts[language] };
  }
  return { ...insertQuestion(definition, question, index), texts };
}

/** By one place; at the end of the list it stays. */
export function moveQuestion(definition: Definition, id: string, by: -1 | 1): Definition {
  const from = definition.questions.findIndex((question) => question.id === id);
  const question = definition.questions[from];
  if (!question || from + by < 0 || from + by >= definition.questions.length) return definition;
  return insertQuestion(removeQuestion(definition, id), question, from + by);
}

/** Fields that are undefined are taken away. */
export function changeQuestion(definition: Definition, id: string, fields: object): Definition {
  const questions = definition.questions.map((question) =>
    question.id === id ? (defined({ ...question, ...fields }) as DefinitionQuestion) : question,
  );
  return { ...definition, questions };
}

/** Fields of the survey as a whole; those that are undefined are taken away. */
export function changeSurvey(definition: Definition, fields: Partial<Definition>): Definition {
  return defined({ ...definition, ...fields }) as Definition;
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Switches a line of explanation, the words at the ends or the option for own words on or off. */
export function switchPart(
  definition: Definition,
  id: string,
  part: 'help' | 'ends' | 'other',
  on: boolean,
): Definition {
  const index = definition.questions.findIndex((question) => question.id === id);
  const question = definition.questions[index];
  if (!question) return definition;
  if (!on) return changeQuestion(definition, id, { [part]: undefined });
  const scale = question.type in RATING_SCALES ? RATING_SCALES[question.type as RatingType] : '';
  const values = {
    help: ownId(definition, `questions.${index}.help`),
    ends: { least: `${scale}.least`, most: `${scale}.most` },
    other: { text: 'choice.other' },
  };
  return changeQuestion(definition, id, { [part]: values[part] });
}
