/** What is known of one order when its customer's satisfaction is predicted. */

/** One order on its way or delivered. A field whose source a shop does not have is null: unknown, never 0. */
export interface DeliveryRecord {
  id: string;
  orderedAt: Date;
  /** The first date that the customer was told; a date without a time is its midnight. */
  promisedAt: Date | null;
  /** When that date was told; absent = with the order. */
  promiseToldAt?: Date;
  shippedAt: Date | null;
  /** Of the last parcel. */
  deliveredAt: Date | null;
  /** Pieces, 1 or more. */
  items: number;
  valueMinor: number | null;
  freightMinor: number | null;
  /** Product type of the most expensive line. */
  category: string | null;
  /** Vendor or marketplace seller of the most expensive line. */
  seller: string | null;
  /** Where it goes: state or country. */
  region: string | null;
  /** When each parcel was known of: as it was shipped, or with the order where each party that sends one is named. */
  parcels?: readonly Date[] | null;
  /** Orders of the customer before this one. */
  earlierOrders?: number | null;
  /** Paid back before the moment of prediction, as a share of the order's value, 0-1. */
  refundedShare?: number | null;
  /** Ratings of the order's products by others that were known at the moment of prediction. */
  productAnswers?: { rated: number; low: number } | null;
  /** The customer's last answer about an earlier order, 0-100. */
  lastAnswer?: number | null;
  /** Contacts about this order before the moment of prediction. */
  contacts?: number | null;
}

/** An order with what its customer said, if anything. */
export interface RatedDelivery {
  record: DeliveryRecord;
  /** Low as domain.md section 2 defines it; null = nobody answered. */
  low: boolean | null;
  /** When the first answer was given; null = not recorded: then `answerLagDays` after delivery. */
  answeredAt?: Date | null;
  /** When the first low one was given; null = with the first. Until then the order is one that nobody rated low. */
  lowAt?: Date | null;
}

/**
 * How long after its delivery an answer counts as known where its date is not recorded. The receipt survey goes out a
 * day after delivery and is reminded of once; a week later most of those who answer have.
 */
export const ANSWER_LAG_DAYS = 7;

const DAY_MS = 86_400_000;

/** Days from one moment to another, negative when it is earlier; NaN where one is unknown. */
export const daysBetween = (from: Date | null, to: Date | null): number =>
  from === null || to === null ? NaN : (to.getTime() - from.getTime()) / DAY_MS;

/** The promise as it was known at a moment. */
export const promisedBy = ({ promisedAt, promiseToldAt }: DeliveryRecord, asOf: Date): Date | null =>
  promiseToldAt && promiseToldAt > asOf ? null : promisedAt;

/** Parcels that were known of at a moment; NaN = none yet, so that how many there will be is unknown. */
export function parcelsBy({ parcels }: DeliveryRecord, asOf: Date): number {
  const known = parcels?.filter((since) => since <= asOf).length ?? 0;
  return known > 0 ? known : NaN;
}

/** When the first answer was known, in ms since 1970; Infinity = never, as far as can be told. */
export function answerKnownAt({ record, low, answeredAt }: RatedDelivery, lagDays: number): number {
  if (low === null) return Infinity;
  if (answeredAt) return answeredAt.getTime();
  return record.deliveredAt ? record.deliveredAt.getTime() + lagDays * DAY_MS : Infinity;
}

/** When an order was first known to be rated low, in ms since 1970; Infinity = never. */
export function lowKnownAt(delivery: RatedDelivery, lagDays: number): number {
  if (delivery.low !== true) return Infinity;
  return delivery.lowAt?.getTime() ?? answerKnownAt(delivery, lagDays);
}

/** An order with what had been answered by a moment: nothing yet, or nothing low yet. */
export function ratedBy(delivery: RatedDelivery, asOf: Date, lagDays: number): RatedDelivery {
  if (answerKnownAt(delivery, lagDays) > asOf.getTime()) return { ...delivery, low: null };
  return { ...delivery, low: lowKnownAt(delivery, lagDays) <= asOf.getTime() };
}
