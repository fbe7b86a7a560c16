/** Checks what a surface sent against the survey it answers. Nothing here trusts the sender. */
import type { FieldError, Metric, Question, Route, Scale, SurveyDefinition } from './contract.ts';
import { answerSubmissionSchema } from './contract.ts';
import { normalise } from './normalise.ts';
import { isOnScale, routeOf, SCALE_RANGE } from './routing.ts';
import { translate } from './texts.ts';
import { MAX_TEXT_LENGTH, scaleOf } from './view.ts';

export interface AcceptedRating {
  questionId: string;
  metric: Metric;
  scale: Scale;
  value: number;
  /** 0-100, higher is better. */
  normalised: number;
}

export type AnswersOutcome =
  | {
      outcome: 'accepted';
      /** Where the first answer leads. */
      route: Route;
      /** The rating that routed, also the first of `ratings`. */
      first: AcceptedRating;
      ratings: AcceptedRating[];
      choices: { questionId: string; values: string[] }[];
      texts: { questionId: string; text: string }[];
      /** The first text, the shopper's own words; null when there are none. */
      comment: string | null;
    }
  | { outcome: 'invalid'; errors: FieldError[] };

type Raw = number | string | string[] | undefined;
type Say = (id: string, params?: Record<string, string | number>) => string;

/** Takes NUL and lone surrogates out (PostgreSQL and JSON refuse them), trims, keeps at most 2,000 characters. */
export function cleanText(text: string): string {
  const storable = text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '');
  const trimmed = storable.trim();
  if (trimmed.length <= MAX_TEXT_LENGTH) return trimmed;
  return Array.from(trimmed).slice(0, MAX_TEXT_LENGTH).join('').trimEnd();
}

/**
 * `submission` (any JSON) against `definition`: every fault is named with its field, in the shopper's language.
 * Questions of another route are not expected; a comment written under one of them is kept under the
 * route's own (a page without scripts shows all three).
 */
export function validateAnswers(
  definition: SurveyDefinition,
  submission: unknown,
  locale: string | null = null,
): AnswersOutcome {
  const say: Say = (id, params) => translate(locale, id, params);
  const parsed = answerSubmissionSchema.safeParse(submission);
  if (!parsed.success) {
    return { outcome: 'invalid', errors: [fault('answers', 'unreadable', say('error.unreadable'))] };
  }
  const answers = new Map<string, Raw>(Object.entries(parsed.data.answers));
  const errors = unknownFields(definition, answers, say);
  const first = definition.questions[0];
  const rating = first ? readRating(first, answers.get(first.id), say) : null;
  if (!first || !rating || 'code' in rating) {
    const missing = fault(first?.id ?? 'answers', 'required', say('error.required'));
    return { outcome: 'invalid', errors: [...errors, rating && 'code' in rating ? rating : missing] };
  }
  const route = routeOf(rating.scale, rating.value);
  const shown = definition.questions.filter((question) => !question.showWhen || question.showWhen === route);
  const accepted = { route, first: rating, ratings: [rating], choices: [], texts: [] } as Collected;
  for (const question of shown.slice(1)) {
    const error = collect(accepted, question, answers.get(question.id), say);
    if (error) errors.push(error);
  }
  rescueHiddenComment(accepted, definition, shown, answers);
  if (errors.length > 0) return { outcome: 'invalid', errors };
  return { outcome: 'accepted', ...accepted, comment: accepted.texts[0]?.text ?? null };
}

type Collected = Omit<Extract<AnswersOutcome, { outcome: 'accepted' }>, 'outcome' | 'comment'>;

function fault(field: string, code: FieldError['code'], message: string): FieldError {
  return { field, code, message };
}

function unknownFields(definition: SurveyDefinition, answers: Map<string, Raw>, say: Say): FieldError[] {
  const known = new Set(definition.questions.map((question) => question.id));
  return [...answers.keys()]
    .filter((field) => !known.has(field))
    .slice(0, 5)
    .map((field) => fault(field, 'unknown_question', say('error.unknown_question')));
}

function collect(into: Collected, question: Question, raw: Raw, say: Say): FieldError | null {
  if (question.type === 'text') {
    const read = readText(question, raw, say);
    if (read && typeof read !== 'string') return read;
    if (read) into.texts.push({ questionId: question.id, text: read });
    return null;
  }
  if (question.type === 'choice') {
    const read = readChoice(question, raw, say);
    if (!Array.isArray(read)) return read;
    if (read.length > 0) into.choices.push({ questionId: question.id, values: read });
    return null;
  }
  const read = readRating(question, raw, say);
  if (read && 'code' in read) return read;
  if (read) into.ratings.push(read);
  return null;
}

function readRating(question: Question, raw: Raw, say: Say): AcceptedRating | FieldError | null {
  const scale = scaleOf(question);
  if (!scale || !question.metric) return fault(question.id, 'wrong_type', say('error.wrong_type'));
  if (raw === undefined || (typeof raw === 'string' && raw.trim() === '')) {
    return question.required ? fault(question.id, 'required', say('error.required')) : null;
  }
  if (Array.isArray(raw)) return fault(question.id, 'wrong_type', say('error.wrong_type'));
  const value = typeof raw === 'number' ? raw : /^\d{1,2}$/.test(raw.trim()) ? Number(raw) : Number.NaN;
  if (!isOnScale(scale, value)) {
    return fault(question.id, 'out_of_range', say('error.out_of_range', SCALE_RANGE[scale]));
  }
  return {
    questionId: question.id,
    metric: question.metric,
    scale,
    value,
    normalised: normalise(scale, value),
  };
}

function readText(question: Question, raw: Raw, say: Say): string | FieldError | null {
  if (raw !== undefined && typeof raw !== 'string') {
    return fault(question.id, 'wrong_type', say('error.wrong_type'));
  }
  const text = cleanText(raw ?? '');
  if (text === '' && question.required) return fault(question.id, 'required', say('error.required'));
  return text === '' ? null : text;
}

function readChoice(question: Question, raw: Raw, say: Say): string[] | FieldError {
  const given = raw === undefined || raw === '' ? [] : Array.isArray(raw) ? [...new Set(raw)] : [raw];
  if (given.length === 0 && question.required) return fault(question.id, 'required', say('error.required'));
  if (given.length > 1 && !question.multiple)
    return fault(question.id, 'wrong_type', say('error.wrong_type'));
  const offered = new Set(question.options?.map((option) => option.value));
  const values = given.filter((value): value is string => typeof value === 'string' && offered.has(value));
  if (values.length < given.length) return fault(question.id, 'out_of_range', say('error.unknown_choice'));
  return values;
}

/** The shopper's words must not be lost because they stand in the wrong box. */
function rescueHiddenComment(
  into: Collected,
  definition: SurveyDefinition,
  shown: Question[],
  answers: Map<string, Raw>,
): void {
  if (into.texts.length > 0) return;
  const target = shown.find((question) => question.type === 'text');
  if (!target) return;
  for (const question of definition.questions) {
    const raw = answers.get(question.id);
    if (question.type !== 'text' || shown.includes(question) || typeof raw !== 'string') continue;
    const text = cleanText(raw);
    if (text === '') continue;
    into.texts.push({ questionId: target.id, text });
    return;
  }
}
