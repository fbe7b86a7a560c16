import { z } from 'zod';
import { armFaults } from '../domain/experiments/arm-faults.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import {
  CONTROL,
  experimentSchema,
  MOST_ARMS,
  type Arm,
  type Experiment,
} from '../domain/experiments/experiment.ts';
import { peoplePerArm } from '../domain/experiments/sample-size.ts';
import { storable } from '../domain/surveys/clean-text.ts';
import type { Deps } from './deps.ts';
import { experimentChoices, obstacleOf, type KindChoice } from './experiment-choices.ts';

/** As the form sends it. */
const commandSchema = z.object({
  name: z.string(),
  kind: z.string(),
  dimension: z.string(),
  /** The smallest difference that matters, in points of 100. */
  points: z.number(),
  variants: z
    .array(
      z.object({
        name: z.string(),
        delayDays: z.number().optional(),
        sendHour: z.number().optional(),
        /** The id of an own survey, or 'preset'. */
        survey: z.string().optional(),
      }),
    )
    .max(MOST_ARMS - 1),
});
type Command = z.infer<typeof commandSchema>;

export type CreateExperimentOutcome =
  { outcome: 'created'; experimentId: string; sentence: string } | { outcome: 'refused'; errors: string[] };

/**
 * Makes a draft: nobody is treated otherwise before it is started. The control is what is done now, written down, so that
 * a change of the settings meanwhile is no change of the experiment.
 */
export async function createExperiment(
  deps: Pick<Deps, 'admin' | 'surveys' | 'experiments' | 'clock' | 'newId'>,
  input: { shop: { id: string; settings: unknown }; json: string },
): Promise<CreateExperimentOutcome> {
  const command = commandSchema.safeParse(jsonOf(storable(input.json)));
  if (!command.success) return refuse(['The form could not be read. Reload the page and try again.']);
  const at = await deps.clock.now();
  const choices = await experimentChoices(deps, input.shop, at);
  const choice = choices.find(({ kind }) => kind === command.data.kind);
  const arms = choice && [controlOf(command.data, choice), ...variantsOf(command.data, choice)];
  const { name, kind, dimension, points } = command.data;
  const parsed = experimentSchema.safeParse({ name, kind, dimension, arms, minimumEffect: points / 100 });
  if (!parsed.success) return refuse(parsed.error.issues.map(({ message }) => message));
  const faults = choice ? faultsOf(parsed.data, choice, input.shop.settings) : ['Choose the survey.'];
  if (!choice || faults.length > 0) return refuse(faults);
  const id = deps.newId();
  const baseRate = choice.rate.rate;
  const planned = plannedFor(parsed.data, baseRate);
  await deps.experiments.create(input.shop.id, { ...parsed.data, id, baseRate, planned, at });
  return { outcome: 'created', experimentId: id, sentence: 'Experiment created' };
}

/** People to be asked per arm. */
export function plannedFor(
  { arms, minimumEffect }: Pick<Experiment, 'arms' | 'minimumEffect'>,
  baseRate: number,
) {
  return peoplePerArm({ baseRate, effect: minimumEffect, variants: arms.length - 1 });
}

/** What is done now, as far as the experiment is about it. */
export function controlOf({ dimension }: { dimension: string }, { delayDays, editions }: KindChoice): Arm {
  const arm = { id: CONTROL, name: 'As now', weight: 1 } as const;
  const [now] = editions;
  if (dimension === 'timing' && delayDays !== null) return { ...arm, delayDays };
  const asks = (dimension === 'wording' || dimension === 'incentive') && now;
  return asks ? { ...arm, edition: { surveyId: now.surveyId, version: now.version } } : arm;
}

/** As unchecked as they came; the schema looks at them. */
function variantsOf({ dimension, variants }: Command, { editions }: KindChoice) {
  return variants.map(({ name, delayDays, sendHour, survey }, index) => {
    const arm = { id: 'abc'[index], name, weight: 1 };
    switch (dimension) {
      case 'timing':
        return { ...arm, delayDays, ...(sendHour !== undefined && { sendHour }) };
      case 'channel':
        return { ...arm, channel: 'on_site' };
      default: {
        const chosen = editions.find(({ surveyId }) => (surveyId ?? 'preset') === survey);
        return { ...arm, edition: chosen && { surveyId: chosen.surveyId, version: chosen.version } };
      }
    }
  });
}

/** What only the shop tells. */
function faultsOf(experiment: Experiment, choice: KindChoice, settings: unknown): string[] {
  const obstacle = obstacleOf(choice);
  if (obstacle !== null) return [obstacle];
  const { quietHours } = parseSettings(settings);
  return armFaults(experiment, { editions: choice.editions, quietHours });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refuse = (errors: string[]): CreateExperimentOutcome => ({ outcome: 'refused', errors });
