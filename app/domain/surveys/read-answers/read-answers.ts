/** Checks what a surface sent against a survey as it was resolved for this person. Nothing here trusts the sender. */
import { calculateValues } from '../calculated-values.ts';
import { cleanText } from '../clean-text.ts';
import type { AnswerTest, AnswerValue, FieldError, Metric, Route, ShowCondition } from '../contract.ts';
import { testsIn } from '../formula.ts';
import type { ResolvedQuestion, ResolvedSurvey } from '../logic.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { routeOf } from '../routing.ts';
import { holds } from '../visibility.ts';
import { readChoice, readRanking } from './choices.ts';
import { readUploads } from './files.ts';
import { readLines, readRating } from './ratings.ts';
import type { Complaints, RawAnswer, Read, ReadAnswer, ReadRating } from './reader.ts';
import { complaintsOf, isEmpty } from './reader.ts';
import type { Submission } from './submission.ts';
import { parseSubmission } from './submission.ts';
import { readConsent, readContact, readText } from './words.ts';

export interface ReadOptions {
  /** Language of the error messages. */
  locale?: string | null;
  /** One step of several was sent: what is still missing is no fault. */
  partial?: boolean;
  /** The page showed every question: words written under one that does not apply go to the one that does. */
  pageWithoutScript?: boolean;
}

/** The first rating given, which decides the route; of a line rating the worst line. */
export interface MainRating extends ReadRating {
  questionId: string;
  metric: Metric;
}

export type AcceptedAnswers = Extract<ReadOutcome, { outcome: 'accepted' }>;

export type ReadOutcome =
  | {
      outcome: 'accepted';
      /** In the order of the questions, hidden ones left out. */
      answers: ReadAnswer[];
      /** null: no rating with a metric was given. */
      first: MainRating | null;
      route: Route | null;
      /** The shopper's own words, of the first long text if there is one; null when there are none. */
      comment: string | null;
      /** The calculated values by id. */
      values: Record<string, number | null>;
      /** Ids of the questions that were shown, as far as it was sent, and not answered. */
      leftOpen: string[];
    }
  | { outcome: 'invalid'; errors: FieldError[] };

const MAX_UNKNOWN_FIELDS = 5;

/**
 * `submission` (any JSON) against `survey`: every fault is named with its field, in the shopper's language. Answers to
 * questions that are hidden, by order facts or by other answers, are dropped.
 */
export function readAnswers(
  survey: ResolvedSurvey,
  submission: unknown,
  options: ReadOptions = {},
): ReadOutcome {
  const locale = options.locale ?? 'en';
  const sent = parseSubmission(survey.definition, submission);
  if (!sent) {
    const unreadable = complaintsOf('answers', locale).fault('unreadable', 'error.unreadable');
    return { outcome: 'invalid', errors: [unreadable] };
  }
  const errors = sent.unknown
    .slice(0, MAX_UNKNOWN_FIELDS)
    .map((field) => complaintsOf(field, locale).fault('unknown_question', 'error.unknown_question'));
  const found = walk(survey, sent, locale, options.partial ?? false);
  if (options.pageWithoutScript) rescueHiddenWords(survey, sent, found);
  errors.push(...found.errors);
  const first = mainRating(found.answers);
  // Nobody can be asked for a rating that was not shown to them.
  const shown = ({ id, question, silent }: ResolvedQuestion) =>
    !silent && 'metric' in question && question.metric !== undefined && found.counted.has(id);
  const needed = survey.definition.needsRating && !options.partial && survey.questions.some(shown);
  if (errors.length === 0 && needed && !first) errors.push(missingRating(survey, found.counted, locale));
  if (errors.length > 0) return { outcome: 'invalid', errors };
  return {
    outcome: 'accepted',
    answers: found.answers,
    first,
    route: first && routeOf(first.scale, first.value),
    comment: commentOf(survey, found.answers),
    values: calculateValues(survey, found.counted),
    leftOpen: survey.questions.flatMap(({ id, silent }) =>
      !silent && found.counted.get(id) === null ? [id] : [],
    ),
  };
}

interface Found {
  answers: ReadAnswer[];
  counted: Map<string, AnswerValue | null>;
  errors: FieldError[];
}

/** Reads what is shown, in order. What hangs on a faulty answer is not judged: the shopper will see it, or not, later. */
function walk(survey: ResolvedSurvey, sent: Submission, locale: string, partial: boolean): Found {
  const found: Found = { answers: [], counted: new Map(), errors: [] };
  const uncertain = new Set<string>();
  for (const { id, question, showWhen, silent } of survey.questions) {
    if (showWhen && mentions(showWhen, uncertain)) uncertain.add(id);
    else if (!showWhen || holds(showWhen, found.counted)) {
      const complain = complaintsOf(id, locale);
      const raw = sent.given.get(id) ?? { value: undefined, parts: new Map() };
      const read = silent || isEmpty(raw) ? null : readOne(question, raw, survey, complain);
      if (read && 'faults' in read) {
        found.errors.push(...read.faults);
        uncertain.add(id);
        continue;
      }
      found.counted.set(id, read?.value ?? null);
      if (read) found.answers.push(read.answer);
      else if (question.required && !silent && !partial) {
        found.errors.push(complain.fault('required', 'error.required'));
        uncertain.add(id);
      }
    }
  }
  return found;
}

const mentions = (condition: ShowCondition, ids: ReadonlySet<string>): boolean =>
  [...testsIn<AnswerTest>(condition)].some(({ q }) => ids.has(q));

function readOne(
  question: DefinitionQuestion,
  raw: RawAnswer,
  survey: ResolvedSurvey,
  complain: Complaints,
): Read {
  switch (question.type) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'stars':
    case 'smileys':
      return readRating(question, raw, complain);
    case 'line_rating':
      return readLines(question, raw, survey.lineIds, complain);
    case 'choice':
    case 'multiple_choice':
      return readChoice(question, raw, complain);
    case 'ranking':
      return readRanking(question, raw, complain);
    case 'short_text':
    case 'long_text':
      return readText(question, raw, complain);
    case 'consent':
      return readConsent(question, raw, complain);
    case 'contact':
      return readContact(question, raw, complain);
    case 'image_upload':
    case 'voice_note':
      return readUploads(question, raw, complain);
  }
}

function mainRating(answers: readonly ReadAnswer[]): MainRating | null {
  for (const answer of answers) {
    if (answer.kind !== 'rating' && answer.kind !== 'lines') continue;
    const { questionId, metric } = answer;
    const worst =
      answer.kind === 'rating' ? answer : answer.ratings.toSorted((a, b) => a.normalised - b.normalised)[0];
    if (!metric || !worst) continue;
    const { scale, value, normalised } = worst;
    return { questionId, metric, scale, value, normalised };
  }
  return null;
}

function missingRating(survey: ResolvedSurvey, counted: Found['counted'], locale: string): FieldError {
  const rating = survey.questions.find(({ id, question }) => 'metric' in question && counted.has(id));
  return complaintsOf(rating?.id ?? 'answers', locale).fault('required', 'error.required');
}

/** Facts about the person, such as a pet's name, are no comment. */
function commentOf(survey: ResolvedSurvey, answers: readonly ReadAnswer[]): string | null {
  const typeOf = new Map(
    survey.questions
      .filter(({ question }) => !('profileKey' in question && question.profileKey))
      .map(({ id, question }) => [id, question.type]),
  );
  const texts = answers.filter((answer) => answer.kind === 'text' && typeOf.has(answer.questionId));
  const comment = texts.find(({ questionId }) => typeOf.get(questionId) === 'long_text') ?? texts[0];
  return comment?.kind === 'text' ? comment.text : null;
}

const isText = ({ type }: DefinitionQuestion) => type === 'short_text' || type === 'long_text';

/** The shopper's words must not be lost because they stand in the wrong box. */
function rescueHiddenWords(survey: ResolvedSurvey, sent: Submission, found: Found): void {
  if (found.answers.some(({ kind }) => kind === 'text')) return;
  const shown = ({ id, question, silent }: ResolvedQuestion) =>
    isText(question) && !silent && found.counted.has(id);
  const target = survey.questions.find(shown)?.question;
  if (target?.type !== 'short_text' && target?.type !== 'long_text') return;
  for (const { id, type } of survey.definition.questions) {
    const raw = sent.given.get(id)?.value;
    const hiddenText = (type === 'short_text' || type === 'long_text') && !found.counted.has(id);
    const text = hiddenText && typeof raw === 'string' ? cleanText(raw, target.maxLength) : '';
    if (text === '') continue;
    found.answers.push({ kind: 'text', questionId: target.id, text });
    found.counted.set(target.id, text);
    return;
  }
}
