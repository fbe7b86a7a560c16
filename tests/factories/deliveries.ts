import type { DeliveryRecord, RatedDelivery } from '#app/domain/prediction/satisfaction-record.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);

/** A day of a test's calendar, counted from 1 January 2026; parts of days are times. */
export const onDay = (day: number): Date => new Date(FIRST + day * DAY_MS);

/** An order placed on day 0, promised for day 10, shipped on day 2, delivered on day 7. */
export const deliveryRecord = (changes: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  id: 'order-1',
  orderedAt: onDay(0),
  promisedAt: onDay(10),
  shippedAt: onDay(2),
  deliveredAt: onDay(7),
  items: 1,
  valueMinor: 5_000,
  freightMinor: 500,
  category: 'shoes',
  seller: 'north',
  region: 'BE',
  ...changes,
});

export interface SimulatedShop {
  orders: number;
  seed: number;
  /** 1: late parcels, parts of an order and one bad seller make customers unhappy; 0: nothing does. */
  strength: number;
  /** Share of the orders that are answered. */
  answered?: number;
  promised?: boolean;
}

/** Orders of a shop over a year, with four sellers of whom "west" disappoints, in the order they were placed. */
export function simulatedDeliveries(shop: SimulatedShop): RatedDelivery[] {
  const random = seededRandom(shop.seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  return Array.from({ length: shop.orders }, (_, i) => {
    const day = (360 * i) / shop.orders;
    const lateDays = random() < 0.12 ? 12 * random() : -8 * random();
    const parcels = random() < 0.1 ? 2 : 1;
    const seller = pick(['north', 'east', 'south', 'west']);
    const wrong =
      (lateDays > 1 ? 1.2 + 0.15 * lateDays : 0) + (parcels > 1 ? 1 : 0) + (seller === 'west' ? 1 : 0);
    const logOdds = -2.5 + shop.strength * wrong;
    const low = random() < 1 / (1 + Math.exp(-logOdds));
    const asked = random();
    return {
      record: deliveryRecord({
        id: `order-${i}`,
        orderedAt: onDay(day),
        promisedAt: (shop.promised ?? true) ? onDay(day + 10) : null,
        shippedAt: onDay(day + 1 + random()),
        deliveredAt: onDay(day + 10 + lateDays),
        items: parcels > 1 ? 2 : 1,
        valueMinor: 1_000 + Math.floor(9_000 * random()),
        parcels: Array.from({ length: parcels }, () => onDay(day)),
        seller,
        category: pick(['shoes', 'bags']),
        region: pick(['BE', 'NW', 'BY']),
      }),
      low: asked < (shop.answered ?? 1) ? low : null,
    };
  });
}
