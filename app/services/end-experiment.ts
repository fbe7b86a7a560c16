import { z } from 'zod';
import type { Arm } from '../domain/experiments/experiment.ts';
import { MAX_OWN_SURVEYS } from '../domain/surveys/live-surveys.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import type { ExperimentRow } from '../infra/db/reads/experiment-views.ts';
import type { Deps } from './deps.ts';
import { saveSettings } from './save-settings.ts';
import { showExperiment } from './show-experiment.ts';

const commandSchema = z.object({ act: z.enum(['stop', 'adopt', 'discard']), id: z.uuid() });

export type EndExperimentOutcome =
  | { outcome: 'stopped' | 'adopted' | 'discarded'; sentence: string }
  | { outcome: 'refused'; sentence: string };

/** Stops an experiment, does for everybody what its winner did, or deletes a draft. */
export async function endExperiment(
  deps: Pick<Deps, 'admin' | 'acts' | 'surveyDrafts' | 'experiments' | 'clock'>,
  input: { shopId: string; command: unknown },
): Promise<EndExperimentOutcome> {
  const command = commandSchema.safeParse(input.command);
  if (!command.success) return refuse('This act is not known. Reload the page and try again.');
  const { act, id } = command.data;
  const { shopId } = input;
  if (act === 'discard')
    return (await deps.experiments.discard(shopId, id))
      ? { outcome: 'discarded', sentence: 'Experiment deleted' }
      : refuse('Only a draft can be deleted. Reload the page.');
  const at = await deps.clock.now();
  if (act === 'stop')
    return (await deps.experiments.stop(shopId, id, at))
      ? { outcome: 'stopped', sentence: 'Experiment stopped' }
      : refuse('This experiment does not run any more. Reload the page.');

  const shown = await showExperiment(deps, { shopId, experimentId: id });
  const winner = shown?.experiment.arms.find((arm) => arm.id === shown.judgement.winner);
  if (!shown || !winner || shown.experiment.adoptedArm !== null)
    return refuse('There is no winner to adopt. Reload the page.');
  const problem = await adopt(deps, shopId, shown.experiment, winner);
  if (problem !== null) return refuse(problem);
  await deps.experiments.stop(shopId, id, at);
  await deps.experiments.noteAdopted(shopId, id, winner.id);
  return { outcome: 'adopted', sentence: `“${winner.name}” is now done for everybody` };
}

/** May be run again where it broke off half-way. @returns why it could not be done; null: it was */
async function adopt(
  deps: Pick<Deps, 'acts' | 'surveyDrafts' | 'admin' | 'clock'>,
  shopId: string,
  { kind, dimension }: ExperimentRow,
  { delayDays, sendHour, edition }: Arm,
): Promise<string | null> {
  switch (dimension) {
    case 'timing': {
      const patch = { surveys: { [kind]: { delayDays } }, ...(sendHour !== undefined && { sendHour }) };
      const saved = await saveSettings(deps, { shopId, json: JSON.stringify(patch) });
      return saved.outcome === 'saved'
        ? null
        : 'The settings could not be saved. Look at them, then try again.';
    }
    case 'channel':
      return 'A survey that is switched on is mailed to everybody; there is nothing that could be adopted.';
    case 'wording':
    case 'incentive':
      return edition ? askInstead(deps, shopId, kind, edition) : CHANGED;
  }
}

const CHANGED =
  'The winning survey was changed after it was tested: what is live now is not what won. Test it again, or choose on the page Surveys what is asked.';

/** The survey becomes the first of its kind; the preset is asked where there is none of the shop's own. */
async function askInstead(
  deps: Pick<Deps, 'surveyDrafts' | 'admin' | 'clock'>,
  shopId: string,
  kind: ExperimentRow['kind'],
  { surveyId, version }: NonNullable<Arm['edition']>,
): Promise<string | null> {
  const at = await deps.clock.now();
  if (surveyId !== null) {
    const stored = await deps.surveyDrafts.load(shopId, surveyId);
    if (stored?.status !== 'live')
      return 'The winning survey is not live any more. Publish it or resume it, then try again.';
    if (stored.liveVersion !== version) return CHANGED;
    while (await deps.surveyDrafts.move(shopId, surveyId, 'up'));
    return null;
  }
  if (PRESETS[kind].version !== version) return CHANGED;
  const own = await deps.admin.ownSurveys(shopId, at);
  for (const { id } of own.filter((row) => row.kind === kind))
    await deps.surveyDrafts.setStatus(
      shopId,
      id,
      { from: ['live', 'paused'], to: 'archived', at },
      MAX_OWN_SURVEYS,
    );
  return null;
}

const refuse = (sentence: string): EndExperimentOutcome => ({ outcome: 'refused', sentence });
