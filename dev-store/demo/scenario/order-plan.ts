import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import type { LineSpec } from '#tests/factories/shopify-payloads.ts';
import { PRODUCTS, TAX_RATE, type Product } from './catalogue.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** Everything that will happen to one order, before it is written down as webhooks. Times are milliseconds. */
export interface OrderPlan {
  id: string;
  name: string;
  person: Person;
  /** How many orders the person placed before. */
  nth: number;
  at: number;
  channel: 'web' | 'pos';
  test: boolean;
  lines: LineSpec[];
  discountCode: string | null;
  shippingMinor: number;
  paidAt: number;
  cancelledAt: number | null;
  edit: { at: number; lineId: string } | null;
  shipments: Shipment[];
  refunds: PlannedRefund[];
  returned: PlannedReturn | null;
}

export interface Shipment {
  id: string;
  lineIds: string[];
  at: number;
  scannedAt: number;
  estimatedAt: number;
  /** null: no scan ever says so. */
  deliveredAt: number | null;
  /** Told by a carrier's scan, or only by the merchant's mark on the fulfillment. */
  told: 'scan' | 'mark';
}

export interface PlannedRefund {
  id: string;
  at: number;
  /** Lines that go back; none = goodwill. */
  lineIds: string[];
  amountMinor: number;
}

export interface PlannedReturn {
  id: string;
  lineIds: string[];
  reason: string;
  requestedAt: number;
  approvedAt: number;
  processedAt: number;
  closedAt: number;
}

/** Ids of a kind of thing, in steps as Shopify hands them out. */
export function createIds() {
  const next = {
    order: 6_200_000_000_001,
    line: 15_400_000_000_001,
    fulfillment: 5_300_000_000_001,
    event: 31_000_000_000_001,
    refund: 980_000_000_001,
    return: 21_000_000_001,
  };
  return (kind: keyof typeof next): string => String((next[kind] += 7));
}
export type NewId = ReturnType<typeof createIds>;

const CODES: [code: string, percent: number][] = [
  ['WELCOME10', 10],
  ['AUTUMN15', 15],
  ['NEWSLETTER5', 5],
];
const FREE_SHIPPING_FROM = 3900;

/** What an order holds and what becomes of it. */
export function planOrder(
  random: Random,
  newId: NewId,
  person: Person,
  at: number,
  nth: number,
  number: number,
): OrderPlan {
  const { persona } = person;
  const code = random.chance(persona.discountShare) ? random.pick(CODES) : null;
  const lines = chooseLines(random, newId, code?.[1] ?? 0);
  const digital = lines.every((line) => line.requiresShipping === false);
  const channel = persona.leaves > 0.8 && !digital && random.chance(0.04) ? 'pos' : 'web';
  const goods = lines.reduce((sum, line) => sum + grossOf(line), 0);
  const plan: OrderPlan = {
    id: newId('order'),
    name: `#${number}`,
    person,
    nth,
    at,
    channel,
    test: false,
    lines,
    discountCode: code?.[0] ?? null,
    shippingMinor:
      channel === 'pos' || digital || goods >= FREE_SHIPPING_FROM ? 0 : person.country === 'DE' ? 490 : 890,
    // Most pay by card at once; some by bank transfer.
    paidAt: at + (random.chance(0.92) ? random.whole(8, 50) * 1000 : random.between(0.8, 3) * DAY_MS),
    cancelledAt: null,
    edit: null,
    shipments: [],
    refunds: [],
    returned: null,
  };
  if (channel === 'pos' || digital) return plan;
  if (random.chance(0.022)) {
    plan.cancelledAt = Math.max(at, plan.paidAt) + random.between(0.5, 9) * HOUR_MS;
    return plan;
  }
  if (random.chance(0.015))
    plan.edit = { at: Math.max(at, plan.paidAt) + random.between(0.3, 3) * HOUR_MS, lineId: lines[0]!.id };
  plan.shipments = ship(random, newId, plan);
  addTroubles(random, newId, plan);
  return plan;
}

/** What a shopper pays for a line, with tax, after discounts. */
export const grossOf = (line: LineSpec): number =>
  line.unitPriceMinor * (line.quantity ?? 1) - (line.discountMinor ?? 0);

export function lineOf(newId: NewId, product: Product, quantity: number, percentOff: number): LineSpec {
  const gross = product.priceMinor * quantity;
  const discountMinor = Math.round((gross * percentOff) / 100);
  const taxRate = TAX_RATE[product.type];
  return {
    id: newId('line'),
    productId: product.id,
    variantId: String(Number(product.id) + 1),
    sku: product.sku,
    title: product.title,
    quantity,
    unitPriceMinor: product.priceMinor,
    discountMinor,
    taxRate,
    taxMinor: Math.round(((gross - discountMinor) * taxRate) / (1 + taxRate)),
    requiresShipping: product.ships,
  };
}

function chooseLines(random: Random, newId: NewId, percentOff: number): LineSpec[] {
  const count = random.weighted([
    [1, 52],
    [2, 31],
    [3, 12],
    [4, 5],
  ]);
  const chosen = new Set<Product>();
  while (chosen.size < count)
    chosen.add(random.weighted(PRODUCTS.map((product) => [product, product.weight] as const)));
  return [...chosen].map((product) => {
    const quantity =
      product.type === 'Coffee'
        ? random.weighted([
            [1, 6],
            [2, 3],
            [3, 1],
          ])
        : 1;
    return lineOf(newId, product, quantity, percentOff);
  });
}

function ship(random: Random, newId: NewId, plan: OrderPlan): Shipment[] {
  const goods = plan.lines.filter((line) => line.requiresShipping !== false).map((line) => line.id);
  const split = goods.length > 1 && random.chance(0.2);
  const parcels = split ? [goods.slice(0, 1), goods.slice(1)] : [goods];
  const ready = Math.max(plan.at, plan.paidAt, plan.edit?.at ?? 0);
  return parcels.map((lineIds, index) =>
    parcel(random, newId, plan, lineIds, ready + (index === 0 ? 0 : random.between(1, 3) * DAY_MS)),
  );
}

function parcel(random: Random, newId: NewId, plan: OrderPlan, lineIds: string[], ready: number): Shipment {
  const at = ready + random.between(5, 34) * HOUR_MS;
  const scannedAt = at + random.between(3, 14) * HOUR_MS;
  const abroad = plan.person.country === 'DE' ? 0 : 1.3;
  const estimatedAt = at + (2.5 + abroad) * DAY_MS;
  const late = random.chance(plan.person.persona.lateShare);
  const transitDays =
    random.between(1.1, 2.4) + abroad * random.between(0.6, 1) + (late ? random.between(3.5, 8) : 0);
  const fate = random.next();
  return {
    id: newId('fulfillment'),
    lineIds,
    at,
    scannedAt,
    estimatedAt,
    deliveredAt: fate < 0.015 ? null : atDoorstep(at + transitDays * DAY_MS),
    told: fate < 0.05 ? 'mark' : 'scan',
  };
}

/** Parcels arrive between 8 and 18 o'clock. */
function atDoorstep(instant: number): number {
  const midnight = Math.floor(instant / DAY_MS) * DAY_MS;
  return midnight + (8 + ((instant - midnight) / DAY_MS) * 10) * HOUR_MS;
}

/** The instant the whole order was there; null while a parcel never arrived. */
export function arrivedAt(plan: OrderPlan): number | null {
  if (plan.shipments.length === 0 || plan.shipments.some((parcel) => parcel.deliveredAt === null))
    return null;
  return Math.max(...plan.shipments.map((parcel) => parcel.deliveredAt ?? 0));
}

export const isLate = (plan: OrderPlan): boolean =>
  plan.shipments.some(
    (parcel) => parcel.deliveredAt === null || parcel.deliveredAt > parcel.estimatedAt + DAY_MS,
  );

function addTroubles(random: Random, newId: NewId, plan: OrderPlan): void {
  const arrived = arrivedAt(plan);
  const goods = plan.lines.filter((line) => line.requiresShipping !== false);
  if (arrived === null || goods.length === 0) return;
  const trouble = random.next();
  const unhappy = plan.person.persona.mood < -0.4 ? 2 : 1;
  if (trouble < 0.03 * unhappy)
    addReturn(random, newId, plan, [random.pick(goods)], arrived + random.between(1, 8) * DAY_MS);
  else if (trouble < 0.042 * unhappy)
    addRefund(newId, plan, [random.pick(goods)], arrived + random.between(0.5, 5) * DAY_MS);
  else if (trouble < 0.052 * unhappy)
    addRefund(newId, plan, plan.lines, arrived + random.between(1, 6) * DAY_MS);
  else if (isLate(plan) && random.chance(0.2))
    addRefund(newId, plan, [], arrived + random.between(0.2, 2) * DAY_MS);
}

const GOODWILL_MINOR = 500;

/** @param lines what is taken back; none = goodwill */
export function addRefund(newId: NewId, plan: OrderPlan, lines: LineSpec[], at: number): void {
  const amountMinor =
    lines.length === 0 ? GOODWILL_MINOR : lines.reduce((sum, line) => sum + grossOf(line), 0);
  plan.refunds.push({ id: newId('refund'), at, lineIds: lines.map((line) => line.id), amountMinor });
}

export function addReturn(
  random: Random,
  newId: NewId,
  plan: OrderPlan,
  lines: LineSpec[],
  requestedAt: number,
): void {
  const approvedAt = requestedAt + random.between(2, 20) * HOUR_MS;
  const processedAt = approvedAt + random.between(3, 7) * DAY_MS;
  plan.returned = {
    id: newId('return'),
    lineIds: lines.map((line) => line.id),
    reason: random.pick(['defective', 'not_as_described', 'unwanted', 'wrong_item']),
    requestedAt,
    approvedAt,
    processedAt,
    closedAt: processedAt + random.between(1, 10) * HOUR_MS,
  };
  addRefund(newId, plan, lines, processedAt + 20 * 60_000);
}
