/** Which treatment an invitation was given: what every capability that treats it needs to know of experiments. */
import type { InvitationState, LiveArm, LiveExperiment, ShopState, SurveyKind } from './state.ts';

/** Where a new invitation takes part; null: in no experiment. */
export type Assign = (kind: SurveyKind) => { experimentId: string; arm: LiveArm } | null;

/** The arm of an invitation; null: it takes part in nothing, or the experiment ended so long ago that nobody is treated any more. */
export function armOf(
  experiments: readonly LiveExperiment[],
  invitation: Pick<InvitationState, 'experimentId' | 'arm'>,
): LiveArm | null {
  const experiment = experiments.find(({ id }) => id === invitation.experimentId);
  return experiment?.arms.find(({ id }) => id === invitation.arm) ?? null;
}

/** The survey that its arm asks; null: what everybody is asked, also where the shop asks the arm's survey no more. */
export function editionInArm(
  { liveExperiments, liveSurveys }: Pick<ShopState, 'liveExperiments' | 'liveSurveys'>,
  invitation: Pick<InvitationState, 'experimentId' | 'arm'>,
): NonNullable<LiveArm['edition']> | null {
  const { edition = null } = armOf(liveExperiments, invitation) ?? {};
  if (edition === null || edition.surveyId === null) return edition;
  const live = liveSurveys.find(({ id }) => id === edition.surveyId);
  return live && !live.paused ? edition : null;
}
