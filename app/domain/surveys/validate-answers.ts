/** Checks what the present surfaces sent, for which a survey is a rating and what follows from it. */
import type { FieldError, Metric, Route, Scale, SurveyDefinition } from './contract.ts';
import { answerSubmissionSchema } from './contract.ts';
import { resolveSurvey } from './logic.ts';
import { NO_FACTS } from './order-facts.ts';
import { definitionOf } from './preset-definitions.ts';
import { readAnswers } from './read-answers/read-answers.ts';
import { translate } from './texts.ts';

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
  const parsed = answerSubmissionSchema.safeParse(submission);
  const refused = (field: string, code: 'unreadable' | 'required'): AnswersOutcome => ({
    outcome: 'invalid',
    errors: [{ field, code, message: translate(locale ?? 'en', `error.${code}`) }],
  });
  if (!parsed.success) return refused('answers', 'unreadable');
  const survey = resolveSurvey(definitionOf(definition), NO_FACTS, {});
  const read = readAnswers(survey, parsed.data, { locale, pageWithoutScript: true });
  if (read.outcome === 'invalid') return read;
  const { answers, first, route, comment } = read;
  if (!first || !route) return refused(definition.questions[0]?.id ?? 'answers', 'required');
  return {
    outcome: 'accepted',
    route,
    first,
    ratings: answers.flatMap((answer) => {
      if (answer.kind !== 'rating' || !answer.metric) return [];
      const { questionId, metric, scale, value, normalised } = answer;
      return [{ questionId, metric, scale, value, normalised }];
    }),
    choices: answers.flatMap((answer) =>
      answer.kind === 'choice' ? [{ questionId: answer.questionId, values: answer.values }] : [],
    ),
    texts: answers.flatMap((answer) =>
      answer.kind === 'text' ? [{ questionId: answer.questionId, text: answer.text }] : [],
    ),
    comment,
  };
}
