import { hasEscalated } from '../domain/cases/escalated.ts';
import {
  escalationModelSchema,
  type EscalationPrediction,
  mayEscalate,
  predictEscalation,
} from '../domain/prediction/escalation.ts';
import type { Deps } from './deps.ts';

/** An open case that may take more than one contact, and has not yet. */
export interface EscalationForecast extends Pick<
  EscalationPrediction,
  'probability' | 'low' | 'high' | 'reasons'
> {
  caseId: string;
  /** Share of all cases that take more than one. */
  usualShare: number;
}

/** Those of the cases that may escalate, from what was known when they were opened; none while no model passes its test. */
export async function showEscalations(
  deps: Pick<Deps, 'admin'>,
  { shopId, caseIds }: { shopId: string; caseIds: readonly string[] },
): Promise<EscalationForecast[]> {
  const open = await deps.admin.openCases(shopId, caseIds);
  const model = escalationModelSchema.safeParse(open?.parameters).data;
  if (!open || !model) return [];
  return open.cases.flatMap(({ id, facts, course }) => {
    const { probability, low, high, reasons } = predictEscalation(model, facts);
    if (hasEscalated(course) || !mayEscalate(probability, model.rate)) return [];
    return [{ caseId: id, probability, low, high, reasons, usualShare: model.rate }];
  });
}
