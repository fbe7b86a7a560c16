import { z } from 'zod';
import {
  type CsiWeights,
  type LearnedCsiWeights,
  learnedCsiWeightsSchema,
} from '../domain/prediction/csi-weights.ts';
import { escalationReportSchema, type EscalationReport } from '../domain/prediction/escalation-backtest.ts';
import { purchaseReportSchema, type PurchaseReport } from '../domain/prediction/purchase-report.ts';
import {
  satisfactionReportSchema,
  type SatisfactionReport,
} from '../domain/prediction/satisfaction-backtest.ts';
import { verdictSchema } from '../domain/prediction/purchase-verdict.ts';
import { parseSettings, type ShopSettings } from '../domain/shop-settings/settings.ts';
import type { KindRuns, RunView } from '../infra/db/reads/prediction-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_CSI_WEIGHTS } from './fit-csi-weights.ts';
import { type CareView, showCare } from './show-care.ts';

const count = z.number().int().nonnegative().catch(0);

/** What a fit of orders says of its data; what a fit does not say counts as nothing. */
const purchaseDataSchema = z.object({
  /** All orders, those that were used, and what was left out by the reason that was met first. */
  orders: count,
  used: count,
  test: count,
  cancelled: count,
  unpaid: count,
  withoutCustomer: count,
  /** null: staff were not told apart. */
  staff: z.number().int().nonnegative().nullable().catch(null),
  /** YYYY-MM-DD from which on there may be predictions, where time is all that is missing. */
  startsOn: z.iso.date().nullable().catch(null),
  /** Why there is no model, or what became of it. */
  reason: verdictSchema.shape.reason.nullable().catch(null),
});
export type PurchaseData = z.infer<typeof purchaseDataSchema>;

/** Orders that were sent, those of them that were rated, and low. */
const satisfactionDataSchema = z.object({ orders: count, rated: count, low: count });
type SatisfactionData = z.infer<typeof satisfactionDataSchema>;

/** Settled cases, and those that took more than one contact. */
const escalationDataSchema = z.object({ cases: count, escalated: count });
type EscalationData = z.infer<typeof escalationDataSchema>;

/** What the merchant may hide. */
export type PredictionChoice = keyof ShopSettings['predictions'];

/** What is known about one kind of prediction. */
export interface PredictionPart<Report, Data> {
  /** A fit that is under way. */
  running: RunView | null;
  /** The newest that came to an end; `report` is null where nothing was tested, or its form is not known any more. */
  ended: { run: RunView; report: Report | null; data: Data } | null;
  /** A later one that failed: the one before stays. */
  failed: RunView | null;
  /** Staff chose not to see it. */
  hiddenByStaff: boolean;
}

export interface PredictionsView {
  /** Of every kind, newest first. */
  runs: RunView[];
  /** Days ahead for which the merchant wants orders predicted; a fit of before may be for others. */
  horizonDays: number;
  purchases: PredictionPart<PurchaseReport, PurchaseData>;
  /** null: it has never been fitted. */
  satisfaction: PredictionPart<SatisfactionReport, SatisfactionData> | null;
  /** What follows from predicted low ratings, and what came of it. */
  care: CareView;
  /** null: it has never been fitted. */
  escalation: PredictionPart<EscalationReport, EscalationData> | null;
  /** Learnt weights of the index, beside the default that every score is made with; null: never fitted. */
  csiWeights: { part: PredictionPart<LearnedCsiWeights, object>; defaults: CsiWeights } | null;
}

/** The predictions of a shop with their proof: may staff trust these numbers? */
export async function showPredictions(
  deps: Pick<Deps, 'admin'>,
  { shop }: { shop: Pick<ShopView, 'id' | 'settings'> },
): Promise<PredictionsView> {
  const runs = await deps.admin.modelRuns(shop.id);
  const { predictions, predictionHorizonDays } = parseSettings(shop.settings);
  const all = Object.values(runs).flatMap((kind) => kind.runs);
  return {
    runs: all.sort(newestFirst),
    horizonDays: predictionHorizonDays,
    care: await showCare(deps, { shop }),
    purchases: partOf(runs.purchases, predictions.purchases, {
      report: purchaseReportSchema,
      data: purchaseDataSchema,
    }),
    satisfaction:
      runs.satisfaction.runs.length === 0
        ? null
        : partOf(runs.satisfaction, predictions.satisfaction, {
            report: satisfactionReportSchema,
            data: satisfactionDataSchema,
          }),
    escalation:
      runs.escalation.runs.length === 0
        ? null
        : partOf(runs.escalation, true, { report: escalationReportSchema, data: escalationDataSchema }),
    csiWeights:
      runs.csi_weights.runs.length === 0
        ? null
        : {
            part: partOf(runs.csi_weights, true, { report: learnedCsiWeightsSchema, data: z.object({}) }),
            defaults: DEFAULT_CSI_WEIGHTS,
          },
  };
}

/** Ids tell fits of one moment apart: they rise with machine time. */
function newestFirst(one: RunView, other: RunView): number {
  return Date.parse(other.startedAt) - Date.parse(one.startedAt) || (other.id < one.id ? -1 : 1);
}

function partOf<Report, Data>(
  { runs, fitted }: KindRuns,
  shown: boolean,
  schemas: { report: z.ZodType<Report>; data: z.ZodType<Data> },
): PredictionPart<Report, Data> {
  const newest = runs.find(({ status }) => status !== 'running');
  return {
    running: runs.find(({ status }) => status === 'running') ?? null,
    ended: fitted && {
      run: fitted.run,
      report: schemas.report.safeParse(fitted.report).data ?? null,
      data: schemas.data.parse(fitted.run.data),
    },
    failed: newest?.status === 'failed' ? newest : null,
    hiddenByStaff: !shown,
  };
}
