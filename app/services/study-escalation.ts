import { ESCALATION_SETTLED_DAYS, hasEscalated } from '../domain/cases/escalated.ts';
import { MIN_ESCALATION_CASES, MIN_ESCALATION_OF_EACH } from '../domain/prediction/escalation.ts';
import {
  type EscalationReport,
  MIN_JUDGED,
  MIN_JUDGED_OF_EACH,
} from '../domain/prediction/escalation-backtest.ts';
import type { ShopState } from '../domain/core/state.ts';
import type { ClaimedRun, FinishedRun } from '../infra/db/model-runs.repo.server.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';

/** The latest settled cases that are read: more would move a probability by less than a point. */
const CASES = 10_000;

/** Learns which cases take more than one interaction from how they were opened, and judges that on newer ones. */
export async function studyEscalation(
  deps: Pick<Deps, 'modelData'> & { compute: Compute },
  shop: ShopState,
  run: ClaimedRun,
): Promise<FinishedRun> {
  const cases = await deps.modelData.settledCases(shop.id, run.asOf, {
    closedDays: ESCALATION_SETTLED_DAYS,
    limit: CASES,
  });
  const rows = cases.map(({ facts, openedAt, settledAt, course }) => ({
    ...{ facts, openedAt, settledAt },
    escalated: hasEscalated(course),
  }));
  const { model, report } = await deps.compute('escalation', rows);
  const data = { cases: model.n, escalated: model.escalated };
  return report.verdict.shown && model.basis === 'fit'
    ? { status: 'kept', data, parameters: model, report, reason: null }
    : { status: 'hidden', data, parameters: null, report, reason: sentenceOf(report, data) };
}

function sentenceOf({ verdict, n }: EscalationReport, data: { cases: number; escalated: number }): string {
  switch (verdict.reason) {
    case 'few_cases':
      return `Not enough data: ${data.cases} closed cases are known from their opening to a week after their closing, and ${data.escalated} of them took more than one contact. It takes ${MIN_ESCALATION_CASES} to learn from, ${MIN_ESCALATION_OF_EACH} of either outcome, and ${MIN_JUDGED} newer ones to test on, ${MIN_JUDGED_OF_EACH} of either.`;
    case 'no_better':
      return `On ${n} newer cases the predicted chances were not surely better than one share for all.`;
    case 'not_calibrated':
      return `On ${n} newer cases the predicted chances lay too far off what came.`;
    case 'better':
      return 'The model passed its test on newer cases, but could not be fitted on all of them together.';
  }
}
