import type { Metric, SurveyKind } from './contract.ts';
import { PRESETS } from './presets.ts';

const MAIN = new Map<SurveyKind, Metric | undefined>(
  Object.values(PRESETS).map(({ kind, questions }) => [
    kind,
    questions.flatMap((question) => ('metric' in question && question.metric ? [question.metric] : []))[0],
  ]),
);

/** What the surveys of a kind measure first; null: nothing. Caps on a measure go by it. */
export function metricOf(kind: SurveyKind): Metric | null {
  return MAIN.get(kind) ?? null;
}
