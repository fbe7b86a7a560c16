/** What is stored of an answer: everything that was accepted, by question, in a form that outlives its survey. */
import type { AnswerValue, Metric } from './contract.ts';
import type { Definition } from './definition.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { AcceptedAnswers } from './read-answers/read-answers.ts';
import type { ReadAnswer } from './read-answers/reader.ts';
import { showsItself } from './surfaces.ts';

/** By question id throughout; parts that are empty are left out. */
export interface StoredAnswers {
  ratings?: Record<string, number>;
  /** Line ratings by order line. */
  lines?: Record<string, Record<string, number>>;
  /** What the ratings measure, as far as they enter an index. */
  metrics?: Record<string, Metric>;
  choices?: Record<string, string[]>;
  /** The words beside "other". */
  others?: Record<string, string>;
  rankings?: Record<string, string[]>;
  texts?: Record<string, string>;
  consents?: Record<string, boolean>;
  contacts?: Record<string, Record<string, string>>;
  uploads?: Record<string, string[]>;
  /** What was learned of the person, by profile key. */
  profile?: Record<string, AnswerValue>;
  /** Profile keys of what was asked and left open. */
  passed?: string[];
  /** Calculated values by id. */
  values?: Record<string, number | null>;
}

/**
 * What `readAnswers` accepted.
 * @param surface where it was finished, as it is stored: what was shown there and left open was passed by; null: more may come
 */
export function storedAnswers(
  definition: Definition,
  { answers, values, leftOpen }: Pick<AcceptedAnswers, 'answers' | 'values' | 'leftOpen'>,
  surface: string | null,
): StoredAnswers {
  const stored: StoredAnswers = {};
  const put = <Part extends Exclude<keyof StoredAnswers, 'passed'>>(
    part: Part,
    id: string,
    value: NonNullable<StoredAnswers[Part]>[string],
  ) => {
    const entries = (stored[part] ?? {}) as Record<string, unknown>;
    stored[part] = { ...entries, [id]: value } as StoredAnswers[Part];
  };
  for (const answer of answers) {
    const id = answer.questionId;
    switch (answer.kind) {
      case 'rating':
        put('ratings', id, answer.value);
        if (answer.metric) put('metrics', id, answer.metric);
        break;
      case 'lines':
        put('lines', id, Object.fromEntries(answer.ratings.map(({ lineId, value }) => [lineId, value])));
        if (answer.metric) put('metrics', id, answer.metric);
        break;
      case 'choice':
        put('choices', id, answer.values);
        if (answer.other !== null) put('others', id, answer.other);
        break;
      case 'ranking':
        put('rankings', id, answer.order);
        break;
      case 'text':
        put('texts', id, answer.text);
        break;
      case 'consent':
        put('consents', id, answer.given);
        break;
      case 'contact':
        put('contacts', id, partsOf(answer));
        break;
      default:
        put('uploads', id, answer.uploadIds);
    }
    const question = definition.questions.find((each) => each.id === id);
    const key = question && 'profileKey' in question ? question.profileKey : undefined;
    if (question && key !== undefined) put('profile', key, valueOf(question, answer));
  }
  const passed = definition.questions.flatMap((question) => {
    const wasShown =
      surface !== null && leftOpen.includes(question.id) && showsItself(question.type, surface);
    return wasShown && 'profileKey' in question && question.profileKey !== undefined
      ? [question.profileKey]
      : [];
  });
  if (passed.length > 0) stored.passed = passed;
  if (Object.keys(values).length > 0) stored.values = values;
  return stored;
}

/** As `knownAnswer` wants it back. Ratings and uploads are never known. */
function valueOf({ type }: DefinitionQuestion, answer: ReadAnswer): AnswerValue {
  switch (answer.kind) {
    case 'choice':
      return type === 'choice' ? (answer.values[0] ?? '') : answer.values;
    case 'ranking':
      return answer.order;
    case 'text':
      return answer.text;
    case 'consent':
      return answer.given;
    case 'contact':
      return partsOf(answer);
    default:
      return '';
  }
}

function partsOf(answer: Extract<ReadAnswer, { kind: 'contact' }>): Record<string, string> {
  const { name, email, phone } = answer;
  const parts = Object.entries({ name, email, phone });
  return Object.fromEntries(parts.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** One rating inside an answer that enters an index. */
export interface StoredRating {
  questionId: string;
  /** null: not of one line of the order. */
  lineId: string | null;
  metric: Metric;
  value: number;
}

/** Every rating that enters an index, those of lines each by itself. */
export function ratingsIn({ ratings = {}, lines = {}, metrics = {} }: StoredAnswers): StoredRating[] {
  return Object.entries(metrics).flatMap(([questionId, metric]): StoredRating[] => {
    const value = ratings[questionId];
    const ofLines = Object.entries(lines[questionId] ?? {}).map(([lineId, rated]) => ({
      questionId,
      lineId,
      metric,
      value: rated,
    }));
    return value === undefined ? ofLines : [{ questionId, lineId: null, metric, value }];
  });
}

/** Stored answers by field, as a form would send them again (see AnswerValue). */
export function fieldsOf(stored: StoredAnswers): Record<string, string | string[]> {
  const words = (part: Record<string, unknown> = {}) =>
    Object.entries(part).map(([id, value]): [string, string | string[]] => [
      id,
      Array.isArray(value) ? value.map(String) : String(value),
    ]);
  const parts = (part: Record<string, Record<string, unknown>> = {}) =>
    Object.entries(part).flatMap(([id, entries]) =>
      words(entries).map(([name, value]): [string, string | string[]] => [`${id}.${name}`, value]),
    );
  const others = words(stored.others).map(([id, value]): [string, string | string[]] => [
    `${id}.other`,
    value,
  ]);
  return Object.fromEntries([
    ...words(stored.ratings),
    ...parts(stored.lines),
    ...words(stored.choices),
    ...others,
    ...words(stored.rankings),
    ...words(stored.texts),
    ...words(stored.consents),
    ...parts(stored.contacts),
    ...words(stored.uploads),
  ]);
}
