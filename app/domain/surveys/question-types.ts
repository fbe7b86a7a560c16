/** The types of question a merchant can choose from, and what each of them is made of. */
import { z } from 'zod';
import { conditionSchema, idSchema } from './conditions.ts';
import type { Metric, QuestionType, Scale } from './contract.ts';
import { METRICS } from './contract.ts';
import { SCALE_OF_METRIC } from './routing.ts';
import { rulesSchema } from './rules.ts';

export const MAX_OPTIONS = 50;
export const MAX_SHORT_TEXT = 200;
export const MAX_LONG_TEXT = 2000;
/** The option that asks for words of one's own. */
export const OTHER = 'other';

/** Names a text of the definition or of the presets. */
export const textIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,79}$/, 'must name a text: 1 to 80 lower-case letters, digits, _, . or -');

/** The scale of each type of rating. */
export const RATING_SCALES = {
  nps: 'nps',
  csat: 'csat',
  ces: 'ces',
  stars: 'csat',
  smileys: 'csat',
  line_rating: 'csat',
} as const satisfies Record<string, Scale>;
export type RatingType = keyof typeof RATING_SCALES;

const order = z.number().int().min(1).max(10_000);

const anyQuestion = {
  id: idSchema,
  text: textIdSchema,
  /** A line of explanation. */
  help: textIdSchema.optional(),
  required: z.boolean().default(false),
  /** Refers to earlier questions only. */
  showWhen: conditionSchema.optional(),
  /** Only from the person's `from`-th to their `to`-th order; never where the order's number is not known. */
  askOnOrder: z
    .strictObject({ from: order.optional(), to: order.optional() })
    .refine(({ from, to }) => from !== undefined || to !== undefined, 'must have "from" or "to"')
    .refine(({ from = 1, to = Infinity }) => from <= to, 'must not end before it begins')
    .optional(),
  rules: rulesSchema,
};

/** What is learned once: who has answered such a question, in any survey, is not asked again. */
const learned = { profileKey: idSchema.optional() };

const ends = z.strictObject({ least: textIdSchema, most: textIdSchema }).optional();
const metricOn = (scale: Scale) =>
  z
    .enum(METRICS)
    .refine(
      (metric: Metric) => SCALE_OF_METRIC[metric] === scale,
      `must be measured on the scale of this question (${METRICS.filter((metric) => SCALE_OF_METRIC[metric] === scale).join(', ')})`,
    );
/** Without a metric a rating is reported by itself and enters no index. */
const rating = (scale: Scale) => ({ ...anyQuestion, ends, metric: metricOn(scale).optional() });

const options = z
  .array(z.strictObject({ id: idSchema, text: textIdSchema }))
  .min(2)
  .max(MAX_OPTIONS);
const choice = {
  ...anyQuestion,
  ...learned,
  options,
  /** One more option, which asks for words. */
  other: z.strictObject({ text: textIdSchema }).optional(),
};
const text = (longest: number) => ({
  ...anyQuestion,
  ...learned,
  maxLength: z.number().int().min(1).max(longest).default(longest),
});

export const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('nps'), ...rating('nps'), metric: metricOn('nps').default('nps') }),
  z.strictObject({ type: z.literal('csat'), ...rating('csat') }),
  z.strictObject({ type: z.literal('ces'), ...rating('ces') }),
  z.strictObject({ type: z.literal('stars'), ...rating('csat') }),
  z.strictObject({ type: z.literal('smileys'), ...rating('csat') }),
  // Only products are rated line by line: the index takes their mean per order.
  z.strictObject({
    type: z.literal('line_rating'),
    ...rating('csat'),
    metric: z.literal('csat_product').optional(),
  }),
  z.strictObject({ type: z.literal('choice'), ...choice }),
  z.strictObject({
    type: z.literal('multiple_choice'),
    ...choice,
    /** How many may be taken. */
    atMost: z.number().int().min(1).max(MAX_OPTIONS).optional(),
  }),
  z.strictObject({ type: z.literal('ranking'), ...anyQuestion, ...learned, options }),
  z.strictObject({ type: z.literal('short_text'), ...text(MAX_SHORT_TEXT) }),
  z.strictObject({ type: z.literal('long_text'), ...text(MAX_LONG_TEXT) }),
  z.strictObject({ type: z.literal('consent'), ...anyQuestion, ...learned }),
  z.strictObject({
    type: z.literal('contact'),
    ...anyQuestion,
    ...learned,
    asks: z
      .array(z.enum(['name', 'email', 'phone']))
      .min(1)
      .max(3)
      .refine((parts) => new Set(parts).size === parts.length, 'must name each part once'),
  }),
  z.strictObject({
    type: z.literal('image_upload'),
    ...anyQuestion,
    maxFiles: z.number().int().min(1).max(5).default(1),
  }),
  z.strictObject({
    type: z.literal('voice_note'),
    ...anyQuestion,
    maxSeconds: z.number().int().min(5).max(300).default(60),
  }),
]);

export type DefinitionQuestion = z.output<typeof questionSchema>;
export type QuestionOf<Type extends QuestionType> = Extract<DefinitionQuestion, { type: Type }>;
export type RatingQuestion = QuestionOf<RatingType>;

export function isRating(question: DefinitionQuestion): question is RatingQuestion {
  return Object.hasOwn(RATING_SCALES, question.type);
}

/** Ids of what can be picked, "other" among them; empty where nothing is picked. */
export function optionIds(question: DefinitionQuestion): string[] {
  if (!('options' in question)) return [];
  const ids = question.options.map(({ id }) => id);
  return 'other' in question && question.other ? [...ids, OTHER] : ids;
}
