/**
 * What surveys, their pages and their answers look like as JSON. The only file of the domain
 * that extensions may name, and only with `import type`: nothing here may need a bundler.
 */
import { z } from 'zod';

export const SURVEY_KINDS = ['post_purchase', 'delivery', 'usage', 'relationship'] as const;
export type SurveyKind = (typeof SURVEY_KINDS)[number];

/** Kinds that reach the shopper by a message; post_purchase is offered on the page only. */
export type MessageSurveyKind = Exclude<SurveyKind, 'post_purchase'>;

/** Rating scales: nps 0-10, csat 1-5, ces 1-7 (1 = very easy). */
export const SCALES = ['nps', 'csat', 'ces'] as const;
export type Scale = (typeof SCALES)[number];
export type QuestionType = Scale | 'choice' | 'text';

/** What a rating measures (domain.md section 3). */
export const METRICS = [
  'nps',
  'csat_product',
  'csat_delivery',
  'csat_purchase',
  'csat_support',
  'confidence_purchase',
  'ces_support',
  'ces_return',
] as const;
export type Metric = (typeof METRICS)[number];

/** Where the first answer leads: low = apology and case, high = good news (domain.md section 2). */
export const ROUTES = ['low', 'middle', 'high'] as const;
export type Route = (typeof ROUTES)[number];

export interface Question {
  id: string;
  type: QuestionType;
  required: boolean;
  /** Id of the text, looked up in the table of the shopper's language. */
  text: string;
  /** Set on ratings. */
  metric?: Metric;
  /** Text ids of what the two ends of a rating mean. */
  ends?: { least: string; most: string };
  /** Set on choices; `text` is a text id. */
  options?: { value: string; text: string }[];
  /** A choice of which several may be taken. */
  multiple?: boolean;
  /** Shown only when the first answer leads here; absent = always shown. */
  showWhen?: Route;
}

/** One published version of a survey: immutable, so that old answers keep their question. The first question is the rating that routes. */
export interface SurveyDefinition {
  kind: SurveyKind;
  version: number;
  /** Text ids. */
  title: string;
  intro: string;
  questions: Question[];
}

/**
 * One answer as a surface holds and sends it, by type: ratings a number; choice an option id; multiple choice and
 * ranking option ids in order; line rating `{ lineId: number }`; texts a string; consent a boolean; contact
 * `{ name, email, phone }`; uploads and voice notes upload ids. What was written beside "other" travels as
 * the field `<question>.other`; a plain form may send every part like that (`<question>.<part>`).
 */
export type AnswerValue = number | boolean | string | string[] | Record<string, number | string>;

/**
 * Looks at the answer to question `q`. Words are compared trimmed and in lower case, numbers as text. A list or
 * `{ part: value }` passes when one of its entries does. Without an answer, or hidden, every test fails.
 */
export interface AnswerTest {
  q: string;
  /** One of these is the answer, or among the answers. None of `in`, `has`, `shown`: it is answered at all. */
  in?: string[];
  /** The text has this in it. */
  has?: string;
  /** Only the first entry of a list counts (first place of a ranking). */
  top?: 1;
  /** It is shown, answered or not. */
  shown?: true;
}

/** When a question is shown, in terms of answers to earlier questions only. */
export type ShowCondition =
  AnswerTest | { all: ShowCondition[] } | { any: ShowCondition[] } | { not: ShowCondition };

export interface SurveyViewQuestion {
  id: string;
  type: QuestionType;
  required: boolean;
  text: string;
  showWhen?: Route;
  /** Ratings: every value in order, with the words for the two ends. */
  values?: number[];
  ends?: { least: string; most: string };
  /** Choices. */
  options?: { value: string; text: string }[];
  multiple?: boolean;
  /** Texts: characters kept. */
  maxLength?: number;
}

/** Everything a surface needs to render a survey, already in the shopper's language. */
export interface SurveyView {
  kind: SurveyKind;
  version: number;
  locale: string;
  dir: 'ltr' | 'rtl';
  title: string;
  intro: string;
  questions: SurveyViewQuestion[];
  /** First answer (as text) -> route, so that a surface shows the right follow-up without a rule of its own. */
  routes: Record<string, Route>;
  thanks: Record<Route, { title: string; text: string }>;
  labels: { submit: string; optional: string; required: string; sending: string; error: string };
}

/** What a surface sends. Values of a form arrive as text; "4" counts as 4 for a rating. */
export const answerSubmissionSchema = z.object({
  answers: z.record(
    z.string().max(64),
    z.union([z.number(), z.string().max(20_000), z.array(z.string().max(200)).max(50)]),
  ),
});

const part = z.union([z.number(), z.string().max(20_000)]);
const few = (most: number) => (entries: object) => Object.keys(entries).length <= most;

/** The same for definitions, whose answers may have parts (see AnswerValue). */
export const definitionSubmissionSchema = z.object({
  answers: z
    .record(
      z.string().max(128),
      z.union([
        part,
        z.boolean(),
        z.array(z.string().max(200)).max(50),
        z.record(z.string().max(64), part).refine(few(100)),
      ]),
    )
    .refine(few(400)),
});

export interface FieldError {
  /** Question id, or 'answers' for the submission as a whole. */
  field: string;
  /** What of the question, where it has parts: 'other', 'email', the id of an order line. */
  part?: string;
  code: 'required' | 'out_of_range' | 'wrong_type' | 'unknown_question' | 'unreadable';
  message: string;
}

/** What a surface gets back. */
export type SubmitOutcome =
  | { outcome: 'stored'; route: Route; thanks: { title: string; text: string } }
  | { outcome: 'invalid'; errors: FieldError[] }
  | {
      outcome: 'already_answered' | 'expired' | 'not_found' | 'too_many_requests' | 'unavailable';
      message: string;
    };
