import { CONTROL } from '../domain/experiments/experiment.ts';
import { controlOf, plannedFor } from './create-experiment.ts';
import type { Deps } from './deps.ts';
import { experimentChoices, obstacleOf } from './experiment-choices.ts';

export type StartExperimentOutcome =
  { outcome: 'started'; sentence: string } | { outcome: 'refused'; sentence: string };

/**
 * Starts a draft: every survey of its kind that is planned from now on takes part. How many count per arm is fixed here,
 * by the shop's own rate of today.
 */
export async function startExperiment(
  deps: Pick<Deps, 'admin' | 'surveys' | 'experiments' | 'clock'>,
  input: { shop: { id: string; settings: unknown }; experimentId: string },
): Promise<StartExperimentOutcome> {
  const { shop, experimentId } = input;
  const experiment = await deps.admin.experiment(shop.id, experimentId);
  if (experiment?.status !== 'draft') return refuse('This experiment is no draft any more. Reload the page.');
  const at = await deps.clock.now();
  const choices = await experimentChoices(deps, shop, at);
  const choice = choices.find(({ kind }) => kind === experiment.kind);
  if (!choice) return refuse('There are no experiments on this survey.');
  const obstacle = obstacleOf(choice);
  if (obstacle !== null) return refuse(obstacle);
  const gone = experiment.arms.find(
    ({ edition }) =>
      edition &&
      !choice.editions.some(
        ({ surveyId, version }) => surveyId === edition.surveyId && version === edition.version,
      ),
  );
  if (gone)
    return refuse(
      `The survey of “${gone.name}” was changed or is not asked of everybody any more: delete this draft and make a new one.`,
    );
  const control = experiment.arms.find(({ id }) => id === CONTROL);
  const { delayDays, edition } = controlOf(experiment, choice);
  // The shop changed its days, or which survey it asks first: compared would be with something that nobody does any more.
  if (
    control?.delayDays !== delayDays ||
    control?.edition?.surveyId !== edition?.surveyId ||
    control?.edition?.version !== edition?.version
  )
    return refuse(
      'What is done now was changed after this draft was made, so its control is out of date: delete this draft and make a new one.',
    );
  const baseRate = choice.rate.rate;
  const planned = plannedFor(experiment, baseRate);
  const started = await deps.experiments.start(shop.id, experimentId, { baseRate, planned, at });
  switch (started) {
    case 'started':
      return { outcome: 'started', sentence: 'Experiment started' };
    case 'taken':
      return refuse('Another experiment on this survey runs: stop it first, then start this one.');
    case 'gone':
      return refuse('This experiment is no draft any more. Reload the page.');
  }
}

const refuse = (sentence: string): StartExperimentOutcome => ({ outcome: 'refused', sentence });
