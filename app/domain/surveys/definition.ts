/**
 * A survey as a merchant edits it: one document that every surface renders. A published version never changes, so that
 * old answers keep their questions. Texts are named by id and stand in `texts`, by language.
 */
import { z } from 'zod';
import { storable } from './clean-text.ts';
import { conditionSchema, idSchema } from './conditions.ts';
import type { Route } from './contract.ts';
import { IDENTITIES, SURVEY_KINDS } from './contract.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { optionIds, OTHER, questionSchema, textIdSchema } from './question-types.ts';
import { sentencesOf } from './schema-sentences.ts';

export const MAX_QUESTIONS = 30;
/** Characters of a survey's name. */
export const MAX_NAME = 120;
const MAX_RULES = 60;
const MAX_VALUES = 20;
const MAX_LANGUAGES = 40;
const MAX_TEXT = 1000;
const MAX_ERRORS = 20;

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'must be a language such as de or pt-BR');

const wording = (longest: number) => z.string().overwrite(storable).trim().min(1).max(longest);

const thanks = z.strictObject({ title: textIdSchema, text: textIdSchema });

/** A number kept beside the answers: one that rules count, or the mean of ratings, null when none was given. */
const value = z.discriminatedUnion('kind', [
  z.strictObject({
    id: idSchema,
    kind: z.literal('number'),
    start: z.number().int().min(-1_000_000).max(1_000_000).default(0),
  }),
  z.strictObject({ id: idSchema, kind: z.literal('mean'), of: z.array(idSchema).min(1).max(MAX_QUESTIONS) }),
]);

/** Made to whoever has answered; a condition on it may speak of the order, never of the score. */
const offer = { text: textIdSchema, when: conditionSchema.optional() };

/** What one completed answer is worth. */
const reward = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent_off'), percent: z.number().int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('amount_off'), amountMinor: z.number().int().min(1).max(100_000_000) }),
  z.strictObject({ kind: z.literal('points'), points: z.number().int().min(1).max(1_000_000) }),
]);
export type Reward = z.infer<typeof reward>;

const incentive = z.strictObject({
  ...offer,
  reward,
  /** How many are given in all; whoever completes after that is told so before answering. */
  budget: z.number().int().min(1).max(1_000_000),
  /** Codes only. */
  validDays: z.number().int().min(1).max(730).default(60),
});

const instant = z.iso.datetime({ message: 'must be a time such as 2026-11-23T09:00:00Z' });

export const definitionSchema = z
  .strictObject({
    kind: z.enum(SURVEY_KINDS),
    /** For the merchant's lists. */
    name: wording(MAX_NAME),
    version: z.number().int().min(1),
    defaultLanguage: language,
    /** The languages in which it may be answered; each needs all of its texts before it is published. */
    languages: z.array(language).min(1).max(MAX_LANGUAGES),
    title: textIdSchema,
    intro: textIdSchema,
    /** Whom it is for, by order facts; absent: everyone. Of a kind's live surveys the first that fits is asked. */
    target: conditionSchema.optional(),
    /** The words after the last answer, by where the rating led; `middle` where there was none. */
    thanks: z.strictObject({ low: thanks, middle: thanks, high: thanks } satisfies Record<Route, unknown>),
    /** Whether an answer without any rating would be of no use: the first rating given decides the route. */
    needsRating: z.boolean().default(true),
    questions: z.array(questionSchema).min(1).max(MAX_QUESTIONS),
    values: z.array(value).max(MAX_VALUES).default([]),
    /**
     * How many questions whose answer is learned once are asked at a time, the first that are still open; the others
     * wait for the next order. Absent: all of them.
     */
    profileQuestionsPerOrder: z.number().int().min(1).max(MAX_QUESTIONS).optional(),
    /** Asks for a public review. */
    reviewAsk: z
      .strictObject({ ...offer, url: z.url({ protocol: /^https$/, message: 'must start with https://' }) })
      .optional(),
    /** Promised for completing. */
    incentive: incentive.optional(),
    /** With whom the answers are stored. */
    identity: z.enum(IDENTITIES).default('identified'),
    /** Asked from then and until then only, in UTC; published before, it waits. */
    schedule: z.strictObject({ from: instant.optional(), until: instant.optional() }).optional(),
    texts: z.record(language, z.record(textIdSchema, wording(MAX_TEXT))).default({}),
  })
  .superRefine((definition, context) => {
    for (const { path, message } of clashes(definition)) context.addIssue({ code: 'custom', path, message });
  });

export type Definition = z.output<typeof definitionSchema>;

export type DefinitionOutcome =
  | { outcome: 'ok'; definition: Definition }
  /** `field` as a path, e.g. "questions.2.options.0.id"; `message` is a sentence that names it. */
  | { outcome: 'invalid'; errors: { field: string; message: string }[] };

/** Checks the shape of what an editor sends. Whether it makes sense is asked by `checkDefinition`. */
export function parseDefinition(input: unknown): DefinitionOutcome {
  const parsed = definitionSchema.safeParse(input, { reportInput: true });
  if (parsed.success) return { outcome: 'ok', definition: parsed.data };
  return { outcome: 'invalid', errors: sentencesOf(parsed.error.issues).slice(0, MAX_ERRORS) };
}

interface Clash {
  path: (string | number)[];
  message: string;
}

function clashes(definition: Definition): Clash[] {
  const { questions, values, languages, defaultLanguage } = definition;
  const profileKeys = questions.map((question) => ('profileKey' in question && question.profileKey) || null);
  const found = [
    ...repeated(questions.map(({ id }) => id)).map((at) => clash(['questions', at, 'id'], 'question')),
    ...repeated(values.map(({ id }) => id)).map((at) => clash(['values', at, 'id'], 'calculated value')),
    ...repeated(languages).map((at) => clash(['languages', at], 'language')),
    ...repeated(profileKeys).map((at) => clash(['questions', at, 'profileKey'], 'question')),
    ...questions.flatMap((question, index) => optionClashes(question, ['questions', index])),
  ];
  if (!languages.includes(defaultLanguage)) {
    found.push({ path: ['languages'], message: `must have the default language "${defaultLanguage}" in it` });
  }
  if (questions.flatMap(({ rules }) => rules).length > MAX_RULES) {
    found.push({ path: ['questions'], message: `must have at most ${MAX_RULES} rules in all` });
  }
  return found;
}

function optionClashes(question: DefinitionQuestion, path: Clash['path']): Clash[] {
  const ids = optionIds(question);
  const found = repeated(ids).map((at) =>
    at < ids.length - 1 || ids[at] !== OTHER
      ? clash([...path, 'options', at, 'id'], 'option')
      : { path: [...path, 'other'], message: 'must not stand beside an option with the id "other"' },
  );
  if (question.type === 'multiple_choice' && (question.atMost ?? 0) > ids.length) {
    found.push({ path: [...path, 'atMost'], message: `must be no more than the ${ids.length} options` });
  }
  return found;
}

const clash = (path: Clash['path'], what: string): Clash => ({
  path,
  message: `must differ from that of every other ${what}`,
});

/** Positions of what was there before; null counts as nothing. */
function repeated(ids: readonly (string | null)[]): number[] {
  return ids.flatMap((id, index) => (id !== null && ids.indexOf(id) < index ? [index] : []));
}
