/**
 * What surveys, their pages and their answers look like as JSON. The only file of the domain
 * that extensions may name, and only with `import type`: nothing here may need a bundler.
 */
import { z } from 'zod';

/** What shoppers are asked about (domain.md section 2; docs/decisions/034 says what of it there is not). */
export const SURVEY_KINDS = [
  'post_purchase',
  'delivery',
  'usage',
  'relationship',
  'support',
  'return',
  'milestone',
  'website',
  'storefront',
] as const;
export type SurveyKind = (typeof SURVEY_KINDS)[number];

/** Asked of whoever is there, in the online store or in front of a kiosk: about a visit, never about an order. */
export const VISIT_KINDS = ['website', 'storefront'] as const satisfies SurveyKind[];
export type VisitSurveyKind = (typeof VISIT_KINDS)[number];

/** Of the kinds that are mailed those whose subject is the order; the others ask about the shop or about a case. */
export const ORDER_KINDS: readonly SurveyKind[] = ['delivery', 'usage', 'return'];

/** Kinds that reach the shopper by a message; the others are offered on a page only. */
export type MessageSurveyKind = Exclude<SurveyKind, 'post_purchase' | VisitSurveyKind>;

export function isMessageKind(kind: SurveyKind): kind is MessageSurveyKind {
  return kind !== 'post_purchase' && !isVisitKind(kind);
}

export function isVisitKind(kind: SurveyKind): kind is VisitSurveyKind {
  return (VISIT_KINDS as readonly SurveyKind[]).includes(kind);
}

/**
 * Who is behind an answer, as far as it is stored. identified: the person; pseudonymous: a keyed hash of the person and
 * one of the order, so that a later answer updates the first; anonymous: neither, and it cannot be changed.
 */
export const IDENTITIES = ['identified', 'pseudonymous', 'anonymous'] as const;
export type Identity = (typeof IDENTITIES)[number];

/** Rating scales: nps 0-10, csat 1-5, ces 1-7 (1 = very easy). */
export const SCALES = ['nps', 'csat', 'ces'] as const;
export type Scale = (typeof SCALES)[number];

/** Types of question (question-types.ts says what each is made of). */
export const QUESTION_TYPES = [
  'nps',
  'csat',
  'ces',
  'stars',
  'smileys',
  'line_rating',
  'choice',
  'multiple_choice',
  'ranking',
  'short_text',
  'long_text',
  'consent',
  'contact',
  'image_upload',
  'voice_note',
] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

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
  'csat_website',
  'csat_store',
] as const;
export type Metric = (typeof METRICS)[number];

/** Where the first answer leads: low = apology and case, high = good news (domain.md section 2). */
export const ROUTES = ['low', 'middle', 'high'] as const;
export type Route = (typeof ROUTES)[number];

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

/** A question as a surface renders it, all words in the shopper's language. */
export interface SurveyViewQuestion {
  id: string;
  type: QuestionType;
  required: boolean;
  text: string;
  /** A line of explanation. */
  help?: string;
  /** Absent: always shown. */
  showWhen?: ShowCondition;
  /** Not shown: its answer is known already. It stands here because conditions may ask whether it was passed. */
  silent?: true;
  /** Ratings, of lines too: every value in order, with the words for the two ends. */
  values?: number[];
  ends?: { least: string; most: string };
  /** Smileys: what each value means, for those who do not see the face. */
  valueNames?: string[];
  /** Line ratings: what is rated. The answer to a line is the field `<question>.<line>`. */
  lines?: { id: string; title: string }[];
  /** Choices and rankings. */
  options?: { value: string; text: string }[];
  /** The option of this value asks for words, in the field `<question>.other`. */
  other?: 'other';
  /** Multiple choices: how many may be taken. */
  atMost?: number;
  /** Texts, and the words beside "other": characters kept. */
  maxLength?: number;
  /** Contact: the parts to ask for, each the field `<question>.<part>`. */
  asks?: { part: 'name' | 'email' | 'phone'; label: string }[];
  /** Pictures: how many. Voice notes: how long. */
  maxFiles?: number;
  maxSeconds?: number;
}

/** Everything a surface needs to render a survey, already in the shopper's language. */
export interface SurveyView {
  kind: SurveyKind;
  /** Which version of which survey this is; sent back with the answers, so that they are read as they were asked. */
  edition: string;
  locale: string;
  dir: 'ltr' | 'rtl';
  title: string;
  intro: string;
  questions: SurveyViewQuestion[];
  thanks: Record<Route, { title: string; text: string }>;
  /** Where the answers are not stored with the person: said before the first question. */
  identity?: Exclude<Identity, 'identified'>;
  /** What completing is rewarded with, said before the first question. */
  promise?: string;
  /** How the reward comes, said after the last answer. */
  reward?: string;
  /** Asks everyone who answered for a public review, whatever the answer. */
  review?: {
    text: string;
    url: string;
    /** Whoever is not satisfied is asked too, by mail once their case is closed. */
    lowAfterCase?: true;
  };
  labels: SurveyLabels;
}

/** Words around the questions. */
export interface SurveyLabels {
  submit: string;
  next: string;
  back: string;
  optional: string;
  /** Said at a question that was left out and must be answered. */
  required: string;
  sending: string;
  error: string;
  /** Has `{now}` and `{all}` in it. */
  progress: string;
  /** Of the box beside "other". */
  other: string;
  /** Of the box of a consent. */
  agree: string;
  /** How to rank: tap in the order of preference. */
  ranking: string;
  /** Of the button that takes a ranking back. */
  startAgain: string;
  /** Only where a picture or a voice note is asked for. */
  files?: FileLabels;
}

/** Words around pictures and voice notes. */
export interface FileLabels {
  addPicture: string;
  /** A recording that was made before. */
  addAudio: string;
  record: string;
  stop: string;
  play: string;
  remove: string;
  tryAgain: string;
  /** Has `{percent}` in it. */
  uploading: string;
  added: string;
  /** Has `{time}` in it: what is left. */
  recording: string;
  microphoneRefused: string;
  needsScript: string;
  /** Has `{max}` in it: megabytes. */
  tooLarge: string;
  failed: string;
  /** Whoever goes on meanwhile is told so. */
  pending: string;
  /** On the storefront: where files go, without the question, and how large they may be. */
  address?: string;
  megabytes?: Readonly<Record<'image' | 'voice', number>>;
}

const part = z.union([z.number(), z.string().max(20_000)]);
const few = (most: number) => (entries: object) => Object.keys(entries).length <= most;

/** What a surface sends (see AnswerValue). Values of a form arrive as text; "4" counts as 4 for a rating. */
export const answerSubmissionSchema = z.object({
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
  | {
      outcome: 'stored';
      route: Route;
      thanks: { title: string; text: string };
      /** How the promised reward comes. */
      reward?: string;
      /** The request for a review, where it is made at once. */
      review?: { text: string; url: string };
    }
  | { outcome: 'invalid'; errors: FieldError[] }
  | {
      outcome: 'already_answered';
      message: string;
      /** Said in place of the thanks for an answer. */
      thanks: { title: string; text: string };
    }
  | { outcome: 'expired' | 'not_found' | 'too_many_requests' | 'unavailable'; message: string };
