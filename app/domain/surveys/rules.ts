/** What may happen after a question: go on elsewhere, leave one out, end, or count something. */
import { z } from 'zod';
import { conditionSchema, idSchema } from './conditions.ts';

const MAX_RULES_PER_QUESTION = 20;

const when = { when: conditionSchema.optional() };
const amount = z.union(
  [z.number().int().min(-1_000_000).max(1_000_000), z.strictObject({ answer: idSchema })],
  {
    error: 'must be a whole number or the rating of a question',
  },
);

const ruleSchema = z.discriminatedUnion('do', [
  z.strictObject({ ...when, do: z.literal('jump'), to: idSchema }),
  z.strictObject({ ...when, do: z.literal('skip'), question: idSchema }),
  z.strictObject({ ...when, do: z.literal('end') }),
  z.strictObject({ ...when, do: z.literal('set'), value: idSchema, to: amount }),
  z.strictObject({ ...when, do: z.literal('add'), value: idSchema, amount }),
]);

export const rulesSchema = z.array(ruleSchema).max(MAX_RULES_PER_QUESTION).default([]);

/**
 * A rule fires after its question was shown, if `when` is met (always without one). Rules are looked at in their order,
 * up to the first jump or end that fires. Jumps and skips lead forward only.
 */
export type Rule = z.infer<typeof ruleSchema>;

/** A whole number, or the rating given to a question. */
export type Amount = z.infer<typeof amount>;
