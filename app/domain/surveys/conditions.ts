/**
 * Conditions as merchants write them: on answers and on order facts, in all / any / not groups. Every test is false
 * of what is not answered or not known; "is not" and "not answered" are plain negations, so they are true of it.
 */
import { z } from 'zod';
import type { CustomerState } from '../core/state.ts';
import { ROUTES } from './contract.ts';

export const TIERS = ['starter', 'regular', 'vip'] as const satisfies readonly CustomerState['tier'][];
/** Health bands (domain.md section 3). */
export const HEALTH_BANDS = ['thriving', 'healthy', 'at_risk', 'critical', 'lost'] as const;

/** Groups may stand in groups so deep, and hold so many conditions each. */
const MAX_DEPTH = 4;
export const MAX_PARTS = 20;
const MAX_VALUES = 50;

/** Ids of questions, options, calculated values and profile keys. */
export const idSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,39}$/,
    'must be 1 to 40 lower-case letters, digits, _ or -, beginning with a letter',
  );
const shopifyId = z.string().regex(/^\d{1,20}$/, 'must be the number of a Shopify id');
const word = z.string().trim().min(1).max(200);
const count = z.number().int().min(0).max(1_000_000_000);
const choice = z.union([z.string().max(200), z.number().int()], {
  error: 'must be a word or a whole number',
});

const answer = { if: z.literal('answer'), question: idSchema };

const answerCondition = z.discriminatedUnion('op', [
  z.strictObject({ ...answer, op: z.enum(['answered', 'not_answered']) }),
  z.strictObject({
    ...answer,
    op: z.enum(['is', 'is_not']),
    value: z.union([choice, z.boolean()], { error: 'must be a word, a whole number, true or false' }),
  }),
  z.strictObject({ ...answer, op: z.literal('one_of'), values: z.array(choice).min(1).max(MAX_VALUES) }),
  z.strictObject({ ...answer, op: z.literal('contains'), value: word }),
  z.strictObject({ ...answer, op: z.enum(['at_least', 'at_most']), value: z.number().int() }),
  z.strictObject({ ...answer, op: z.literal('between'), min: z.number().int(), max: z.number().int() }),
  z.strictObject({ ...answer, op: z.literal('route'), value: z.enum(ROUTES) }),
]);

const fact = { if: z.literal('fact') };
const numbers = { ...fact, fact: z.enum(['days_late', 'order_count', 'order_value_minor']) };
const lists = { ...fact, fact: z.enum(['product_ids', 'collection_ids']) };
const places = { ...fact, fact: z.enum(['locale', 'country']) };

/** is, is_not and one_of of a fact that is one word. */
function words<Head extends z.core.$ZodLooseShape, Value extends z.ZodType>(head: Head, value: Value) {
  return z.discriminatedUnion('op', [
    z.strictObject({ ...head, op: z.enum(['is', 'is_not']), value }),
    z.strictObject({ ...head, op: z.literal('one_of'), values: z.array(value).min(1).max(MAX_VALUES) }),
  ]);
}

const factCondition = z.discriminatedUnion('fact', [
  z.discriminatedUnion('op', [
    z.strictObject({ ...numbers, op: z.enum(['is', 'is_not', 'at_least', 'at_most']), value: count }),
    z.strictObject({ ...numbers, op: z.literal('between'), min: count, max: count }),
  ]),
  z.strictObject({
    ...fact,
    fact: z.enum(['refunded', 'first_order']),
    op: z.literal('is'),
    value: z.boolean(),
  }),
  z.discriminatedUnion('op', [
    z.strictObject({ ...lists, op: z.literal('contains'), value: shopifyId }),
    z.strictObject({ ...lists, op: z.literal('one_of'), values: z.array(shopifyId).min(1).max(MAX_VALUES) }),
  ]),
  words({ ...fact, fact: z.literal('tier') }, z.enum(TIERS)),
  words({ ...fact, fact: z.literal('health_band') }, z.enum(HEALTH_BANDS)),
  words(places, z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a code such as de or DE')),
]);

/**
 * A test of one answer. Of a line rating and a multiple choice some entry passes; of a ranking `is` and `one_of` ask
 * for the first place, `contains` whether it is ranked at all; texts ignore case; `route` is low, middle or high.
 */
export type AnswerCondition = z.infer<typeof answerCondition>;

/** A test of what is known when the survey is shown. A locale matches its base language too: de-AT is `de`. */
export type FactCondition = z.infer<typeof factCondition>;

export type Condition =
  | AnswerCondition
  | FactCondition
  | { if: 'all'; of: Condition[] }
  | { if: 'any'; of: Condition[] }
  | { if: 'not'; of: Condition };

function conditionOfDepth(depth: number): z.ZodDiscriminatedUnion {
  if (depth === 0) return z.discriminatedUnion('if', [answerCondition, factCondition]);
  const inner = conditionOfDepth(depth - 1);
  return z.discriminatedUnion('if', [
    answerCondition,
    factCondition,
    z.strictObject({ if: z.enum(['all', 'any']), of: z.array(inner).min(1).max(MAX_PARTS) }),
    z.strictObject({ if: z.literal('not'), of: inner }),
  ]);
}

export const conditionSchema = conditionOfDepth(MAX_DEPTH) as unknown as z.ZodType<Condition, Condition>;

/** The single tests of a condition, in reading order. */
export function testsOf(condition: Condition): (AnswerCondition | FactCondition)[] {
  if (condition.if === 'all' || condition.if === 'any') return condition.of.flatMap(testsOf);
  return condition.if === 'not' ? testsOf(condition.of) : [condition];
}
