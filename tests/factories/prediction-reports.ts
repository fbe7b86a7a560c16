import { backtestPurchases } from '#app/domain/prediction/purchase-backtest.ts';
import type { PurchaseReport } from '#app/domain/prediction/purchase-report.ts';
import type { PurchaseHistory } from '#app/domain/prediction/purchase-summary.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';

const DAY_ONE = 20_000;

/** Buyers of whom some come back every few weeks until they stop; the same for the same seed. */
export function someHistories(buyers: number, days: number, seed = 7): PurchaseHistory[] {
  const random = seededRandom(seed);
  return Array.from({ length: buyers }, (_, index) => {
    const orders = [];
    const gap = 15 + 60 * random();
    for (
      let day = DAY_ONE + Math.floor(random() * days);
      day < DAY_ONE + days;
      day += Math.ceil(gap * (0.4 + 1.2 * random()))
    ) {
      orders.push({ day, valueMinor: Math.round(2_000 + 8_000 * random()) });
      if (random() < 0.35) break;
    }
    return { id: `b${index}`, orders };
  });
}

/** A real back-test of a made-up shop, or a part of it replaced. */
export function aPurchaseReport(more: Partial<PurchaseReport> = {}): PurchaseReport {
  cached ??= backtestPurchases(someHistories(600, 540), { endDay: DAY_ONE + 420, horizonDays: 90, seed: 1 });
  return { ...cached, ...more };
}
let cached: PurchaseReport | null = null;
