/** What an experiment on surveys may be: one thing that differs between arms, and a control without the change. */
import { z } from 'zod';
import type { SurveyKind } from '../core/state.ts';

export const DIMENSIONS = ['timing', 'channel', 'wording', 'incentive'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const CONTROL = 'control';
const ARM_IDS = [CONTROL, 'a', 'b', 'c'] as const;
export const MOST_ARMS = ARM_IDS.length;

const MAILED = ['delivery', 'usage', 'relationship', 'support', 'return', 'milestone'] as const;

/**
 * The surveys whose dimension can be varied. Support is timed in hours after a case and a milestone by its day, so
 * neither is here for timing; pages offer the first three to everybody who comes by.
 */
export const KINDS: Record<Dimension, readonly SurveyKind[]> = {
  timing: ['delivery', 'usage', 'relationship', 'return'],
  channel: ['delivery', 'usage', 'relationship'],
  wording: MAILED,
  incentive: MAILED,
};

/** In so many days after the delivery an answer counts: a reminder goes out on day 7 at the latest, and has 3 more. */
export const ANSWER_DAYS = 10;

const edition = z.strictObject({ surveyId: z.uuid().nullable(), version: z.number().int().min(1) });

const arm = z.strictObject({
  id: z.enum(ARM_IDS),
  name: z.string().trim().min(1, 'Give each variant a name.').max(60, 'A name has at most 60 characters.'),
  weight: z.number().int().min(1).max(100).default(1),
  delayDays: z
    .number('Days are a whole number from 0 to 60.')
    .int('Days are a whole number from 0 to 60.')
    .min(0, 'Days are a whole number from 0 to 60.')
    .max(60, 'Days are a whole number from 0 to 60.')
    .optional(),
  sendHour: z.number().int().min(0).max(23).optional(),
  channel: z.literal('on_site').optional(),
  edition: edition.optional(),
});
export type Arm = z.infer<typeof arm>;

export const experimentSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, 'Give the experiment a name.')
      .max(80, 'A name has at most 80 characters.'),
    kind: z.enum(MAILED, 'Choose the survey.'),
    dimension: z.enum(DIMENSIONS, 'Choose what differs between the arms.'),
    /** The control first. */
    arms: z
      .array(arm)
      .min(2, 'An experiment needs at least one variant beside the control.')
      .max(MOST_ARMS, `An experiment has at most ${MOST_ARMS - 1} variants.`),
    /** The smallest difference that matters, as a share 0-1. */
    minimumEffect: z
      .number('The difference is a number of points from 1 to 50.')
      .min(0.01, 'The difference is a number of points from 1 to 50.')
      .max(0.5, 'The difference is a number of points from 1 to 50.'),
  })
  .superRefine(({ kind, dimension, arms }, { addIssue }) => {
    const fault = (message: string) => addIssue({ code: 'custom', message });
    if (!KINDS[dimension].includes(kind)) fault('This survey has nothing of the kind that could be varied.');
    if (arms.some(({ id }, index) => id !== ARM_IDS[index])) fault('The arms are not in their order.');
    const treatments = arms.map((one) => JSON.stringify(treatmentOf(one)));
    if (new Set(treatments).size < treatments.length)
      fault('Two arms do the same: change one of them, or leave it out.');
    if (arms.some((one) => !fits(dimension, one)))
      fault('An arm changes something else than the experiment is about.');
  });
export type Experiment = z.infer<typeof experimentSchema>;

/** What is done to the people of an arm, in an order that can be compared. */
function treatmentOf({ delayDays, sendHour, channel, edition: asked }: Arm) {
  return [delayDays, sendHour, channel, asked?.surveyId, asked?.version].map((part) => part ?? null);
}

/** One thing differs, or nobody could tell which of them it was. */
function fits(dimension: Dimension, one: Arm): boolean {
  const timed = one.delayDays !== undefined || one.sendHour !== undefined;
  switch (dimension) {
    case 'timing':
      return one.delayDays !== undefined && !one.channel && !one.edition;
    case 'channel':
      return !timed && !one.edition && (one.id === CONTROL) === (one.channel === undefined);
    case 'wording':
    case 'incentive':
      return !timed && !one.channel && one.edition !== undefined;
  }
}
