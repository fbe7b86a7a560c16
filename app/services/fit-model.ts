import { FITTED_KINDS, type FittedKind } from '../domain/core/model-kinds.ts';
import { PURCHASE_MODEL_VERSION } from '../domain/prediction/purchase-model.ts';
import { SATISFACTION_MODEL_VERSION } from '../domain/prediction/satisfaction-model.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { staffDomainsOf } from '../domain/shop-settings/staff-domains.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';
import { studyCsiWeights } from './study-csi-weights.ts';
import { studyEscalation } from './study-escalation.ts';
import { studyPurchases } from './study-purchases.ts';
import { studySatisfaction } from './study-satisfaction.ts';

const VERSIONS: Record<FittedKind, string> = {
  purchases: PURCHASE_MODEL_VERSION,
  satisfaction: SATISFACTION_MODEL_VERSION,
  // As the models' own schemas have it.
  escalation: 'escalation-1',
  csi_weights: 'csi-weights-1',
};
const STUDIES = {
  purchases: studyPurchases,
  satisfaction: studySatisfaction,
  escalation: studyEscalation,
  csi_weights: studyCsiWeights,
};

/** Decides which buyers of a large shop are drawn: the same ones each week, so that figures move by what happened. */
const SEED = 1;
/** Machine time for which a run is its worker's; longer than any fit takes. */
const LEASE_SECONDS = 300;
/** Business time after which a model is fitted again, and by how much a shop may grow until then. */
const RENEWED = { days: 7, growth: 0.2 };

type PlanDeps = Pick<Deps, 'modelRuns' | 'shops' | 'producer' | 'newId'>;

/** The daily work of a shop's predictions: plans the fits that are due, and has open orders predicted anew. */
export async function planPredictions(
  deps: PlanDeps & Pick<Deps, 'sentOrders'>,
  { shopId }: { shopId: string },
): Promise<void> {
  if (await deps.sentOrders.presentRun(shopId))
    await deps.producer.enqueue([{ name: 'orders.predict', payload: { shopId } }]);
  for (const kind of FITTED_KINDS) await planIfDue(deps, { shopId, kind });
}

/** Has a model fitted where the last one is old, or not the one that is wanted now. */
export async function planIfDue(deps: PlanDeps, which: { shopId: string; kind: FittedKind }): Promise<void> {
  const wanted = await wantedFit(deps, which);
  if (await deps.modelRuns.isDue(which.shopId, which.kind, { ...RENEWED, ...wanted }))
    await requestFit(deps, which);
}

/** Which model is wanted of a kind: by the present method, and as the merchant chose it. */
async function wantedFit(deps: Pick<Deps, 'shops'>, { shopId, kind }: { shopId: string; kind: FittedKind }) {
  if (kind !== 'purchases') return { version: VERSIONS[kind], horizonDays: null, staffDomains: [] };
  const settings = parseSettings((await deps.shops.byId(shopId))?.settings);
  const staffDomains = staffDomainsOf(settings.staffEmailDomains);
  return { version: VERSIONS[kind], horizonDays: settings.predictionHorizonDays, staffDomains };
}

/** Has a model fitted now, e.g. because staff ask for it. */
export async function requestFit(
  deps: PlanDeps,
  { shopId, kind }: { shopId: string; kind: FittedKind },
): Promise<{ outcome: 'planned' | 'under_way' }> {
  const run = { id: deps.newId(), kind, seed: SEED, ...(await wantedFit(deps, { shopId, kind })) };
  const planned = await deps.modelRuns.plan(shopId, run);
  if (planned) await deps.producer.enqueue([{ name: 'model.fit', payload: { shopId, kind, runId: run.id } }]);
  return { outcome: planned ? 'planned' : 'under_way' };
}

/**
 * Fits a planned model on the shop's own data, judges it and stores both: kept, or hidden with the reason. Whoever goes
 * on with a run whose worker stopped reads the same data by the same seed, and comes to the same.
 * @returns 'nothing' where no fit is planned, or another worker is at it
 */
export async function fitModel(
  deps: PlanDeps & Pick<Deps, 'modelData' | 'sentOrders'> & { compute: Compute },
  { shopId, kind }: { shopId: string; kind: FittedKind },
): Promise<{ outcome: 'nothing' | 'kept' | 'hidden' }> {
  const shop = await deps.shops.byId(shopId);
  if (shop?.status !== 'installed') return { outcome: 'nothing' };
  const run = await deps.modelRuns.claim(shopId, kind, LEASE_SECONDS);
  if (!run) return { outcome: 'nothing' };
  try {
    const end = await STUDIES[kind](deps, shop, run);
    await deps.modelRuns.finish(shopId, kind, run.id, end);
    if (kind === 'satisfaction' && end.status === 'kept')
      await deps.producer.enqueue([{ name: 'orders.predict', payload: { shopId } }]);
    return { outcome: end.status };
  } catch (error) {
    await deps.modelRuns.release(shopId, run.id);
    throw error;
  } finally {
    // The merchant may have chosen another horizon meanwhile.
    await planIfDue(deps, { shopId, kind });
  }
}

/**
 * Ends the fit that a job could not make; the last one that was kept stays, and one that was planned since goes on. A job that
 * names no run ends none: reconcile finds the run, and its next job does.
 */
export async function giveUpFit(
  deps: Pick<Deps, 'modelRuns'>,
  { shopId, runId, error }: { shopId: string; runId?: string | undefined; error: string },
): Promise<void> {
  if (runId) await deps.modelRuns.fail(shopId, runId, `The model could not be fitted: ${error}`);
}
