import { DAY_MS, localDay } from '../domain/core/calendar.ts';
import { chunksOf } from '../domain/core/chunks.ts';
import { refundedNetMinor } from '../domain/core/kept.ts';
import type { ShopState } from '../domain/core/state.ts';
import { type NoModelReason, OWN_BUYERS } from '../domain/prediction/purchase-model-fit.ts';
import { purchaseModelSchema } from '../domain/prediction/purchase-model.ts';
import { poolPriors } from '../domain/prediction/purchase-prior.ts';
import type { PurchaseHistory } from '../domain/prediction/purchase-summary.ts';
import type { VerdictReason } from '../domain/prediction/purchase-verdict.ts';
import { OPENING_BUYERS } from '../domain/prediction/purchase-windows.ts';
import { verdictReason } from '../domain/prediction/purchase-verdict-words.ts';
import type { BuyerOrders } from '../infra/db/model-data.repo.server.ts';
import type { ClaimedRun, FinishedRun } from '../infra/db/model-runs.repo.server.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';
import { NEEDED_DAYS, type PurchaseFit, unfit } from './fit-purchases.ts';
import { purchaseRecord } from './purchase-records.ts';

/** Buyers that are read: some more than a fit uses. */
const BUYERS = 25_000;
const BUYERS_AT_ONCE = 2_500;
/** Shops from which is learnt what shops have in common. */
const POOLED_SHOPS = 200;

type StudyDeps = Pick<Deps, 'modelRuns' | 'modelData'> & { compute: Compute };

/** Reads what a shop's buyers did up to the run's moment, and fits and judges the model of purchases on it. */
export async function studyPurchases(
  deps: StudyDeps,
  shop: ShopState,
  run: ClaimedRun,
): Promise<FinishedRun> {
  // Of the present day only a part is known.
  const endDay = localDay(run.asOf, shop.timeZone) - 1;
  const { horizonDays, staffDomains } = run;
  if (horizonDays === null) throw new Error(`The fit ${run.id} of orders names no horizon to predict.`);
  const { openedAt, buyers, staff, ...counts } = await deps.modelData.orderCounts(shop.id, run.asOf, {
    openingBuyers: OPENING_BUYERS,
    staffDomains,
  });
  const openDays = openedAt && Math.max(0, endDay - localDay(openedAt, shop.timeZone));
  const missing = whatIsMissing(buyers, openDays);
  const fit: PurchaseFit = missing
    ? unfit(missing)
    : await deps.compute('purchases', {
        histories: await readHistories(deps, shop, run),
        endDay,
        seed: run.seed,
        prior: await readPrior(deps, shop.id, run.asOf),
        horizonDays,
      });
  const { model, report, verdict } = fit;
  const { shown, reason } = verdict;
  // Staff who are not told apart are not none.
  const data = {
    ...counts,
    staff: staffDomains.length > 0 ? staff : null,
    buyers,
    openDays,
    reason,
    startsOn: startOf(reason, endDay),
  };
  return shown && model
    ? { status: 'kept', data, parameters: model, report, reason: null }
    : { status: 'hidden', data, parameters: model, report, reason: verdictReason(verdict) };
}

/** Why no fit need be tried. */
function whatIsMissing(buyers: number, openDays: number | null): NoModelReason | null {
  if (openDays === null) return { code: 'too_few_buyers', buyers, needed: OWN_BUYERS };
  return openDays < NEEDED_DAYS
    ? { code: 'too_short_history', historyDays: openDays, needed: NEEDED_DAYS }
    : null;
}

/** The day from which on there may be predictions, where time is all that is missing. */
function startOf(reason: VerdictReason, endDay: number): string | null {
  if (reason.code !== 'too_short_history') return null;
  const days = endDay + 1 + Math.ceil(reason.needed - reason.historyDays);
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

async function readHistories(
  deps: StudyDeps,
  shop: ShopState,
  { asOf, seed, staffDomains }: ClaimedRun,
): Promise<PurchaseHistory[]> {
  const ids = await deps.modelData.drawBuyers(shop.id, asOf, { seed, limit: BUYERS, staffDomains });
  const histories: PurchaseHistory[] = [];
  for (const chunk of chunksOf(ids, BUYERS_AT_ONCE)) {
    const buyers = await deps.modelData.buyerOrders(shop.id, chunk, asOf);
    histories.push(...buyers.map((buyer) => historyOf(buyer, shop.timeZone)));
  }
  return histories;
}

/** What one buyer did, as scoring would tell it of the same orders. */
function historyOf({ customerId, orders }: BuyerOrders, timeZone: string): PurchaseHistory {
  return {
    id: customerId,
    orders: orders.map(({ createdAt, netMinor, totalMinor, refunds }) => {
      const refundedNet = refunds ? refundedNetMinor({ subtotalMinor: netMinor, totalMinor, refunds }) : 0;
      return purchaseRecord({ createdAt, netMinor, refundedNetMinor: refundedNet }, timeZone);
    }),
  };
}

/** What the fits of other shops say about any shop; figures of models only, no data of theirs. */
async function readPrior(deps: StudyDeps, shopId: string, until: Date) {
  const others = await deps.modelRuns.othersKept(shopId, 'purchases', { until, limit: POOLED_SHOPS });
  return poolPriors(others.flatMap((parameters) => purchaseModelSchema.safeParse(parameters).data ?? []));
}
