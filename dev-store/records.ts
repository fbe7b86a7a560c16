import { addAmounts } from './amounts.ts';
import { idOf, isoSeconds, objectOf, objectsOf, textOf, type JsonObject } from './json.ts';

/**
 * Compact records of the store. A raw order body of 10 kB would cost three times that in
 * memory, and a play holds thousands, so only what GraphQL and the pages show is kept.
 * Times are ISO text in UTC, money is decimal text as the body says it.
 */
export interface MoneyPair {
  shop: string;
  presentment: string;
}

export interface AddressRecord {
  name: string | null;
  address1: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  countryCode: string | null;
  zip: string | null;
}

export interface LineRecord {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  currentQuantity: number;
  requiresShipping: boolean;
  unitPrice: MoneyPair;
  /** Line discounts only; what of the order's discounts falls on the line is in the allocations. */
  discount: MoneyPair;
  discountAllocations: MoneyPair[];
  taxLines: { title: string; rate: number | null; price: MoneyPair }[];
}

export interface FulfillmentRecord {
  id: string;
  orderId: string;
  name: string | null;
  status: string;
  displayStatus: string | null;
  createdAt: string;
  updatedAt: string;
  deliveredAt: string | null;
  estimatedDeliveryAt: string | null;
  trackingCompany: string | null;
  trackingNumber: string | null;
  lines: { id: string; quantity: number }[];
}

export interface RefundRecord {
  id: string;
  orderId: string;
  createdAt: string;
  note: string | null;
  /** What went back to the shopper in all, goodwill included; null while no transaction is known. */
  total: MoneyPair | null;
  lines: {
    id: string;
    lineId: string;
    quantity: number;
    /** RETURN, CANCEL, NO_RESTOCK or LEGACY_RESTOCK. */
    restockType: string;
    subtotal: MoneyPair;
    tax: MoneyPair;
  }[];
}

export interface OrderRecord {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  currency: string;
  presentmentCurrency: string;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  customerId: string | null;
  test: boolean;
  taxesIncluded: boolean | null;
  sourceName: string | null;
  note: string | null;
  confirmationNumber: string | null;
  tags: string[];
  discountCodes: string[];
  money: Record<OrderMoney, MoneyPair | null>;
  shippingAddress: AddressRecord | null;
  billingAddress: AddressRecord | null;
  lines: LineRecord[];
}
export type OrderMoney =
  | 'subtotal'
  | 'discounts'
  | 'tax'
  | 'shipping'
  | 'total'
  | 'currentSubtotal'
  | 'currentTotal'
  | 'currentDiscounts'
  | 'currentTax';

export interface CustomerRecord {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  state: string | null;
  note: string | null;
  tags: string[];
  verifiedEmail: boolean | null;
  totalSpent: string | null;
  currency: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  consent: { state: string; optInLevel: string | null; updatedAt: string | null } | null;
  address: AddressRecord | null;
}

export const NOTHING: MoneyPair = { shop: '0.00', presentment: '0.00' };

/** `<key>_set` of a body, or the plain amount under `key` for both currencies; null if neither is there. */
export function moneyOf(body: JsonObject, key: string): MoneyPair | null {
  const set = objectOf(body, key.endsWith('_set') ? key : `${key}_set`);
  const plain = textOf(body, key);
  const shop = set === null ? null : objectOf(set, 'shop_money');
  const presentment = set === null ? null : objectOf(set, 'presentment_money');
  const amount = (shop === null ? null : textOf(shop, 'amount')) ?? plain;
  if (amount === null) return null;
  return {
    shop: amount,
    presentment: (presentment === null ? null : textOf(presentment, 'amount')) ?? amount,
  };
}

export function tagsOf(body: JsonObject): string[] {
  const tags = body['tags'];
  const list = Array.isArray(tags) ? tags.map(String) : (textOf(body, 'tags') ?? '').split(',');
  return [...new Set(list.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

export function addressOf(body: JsonObject | null): AddressRecord | null {
  if (body === null) return null;
  return {
    name: textOf(body, 'name') || null,
    address1: textOf(body, 'address1'),
    city: textOf(body, 'city'),
    province: textOf(body, 'province'),
    provinceCode: textOf(body, 'province_code'),
    country: textOf(body, 'country'),
    countryCode: textOf(body, 'country_code'),
    zip: textOf(body, 'zip'),
  };
}

/** A customer body of any webhook; null without an id. */
export function customerRecord(body: JsonObject): CustomerRecord | null {
  const id = idOf(body);
  if (id === null) return null;
  const consent = objectOf(body, 'email_marketing_consent');
  const verified = body['verified_email'];
  return {
    id,
    email: textOf(body, 'email'),
    firstName: textOf(body, 'first_name'),
    lastName: textOf(body, 'last_name'),
    phone: textOf(body, 'phone'),
    state: textOf(body, 'state'),
    note: textOf(body, 'note'),
    tags: tagsOf(body),
    verifiedEmail: typeof verified === 'boolean' ? verified : null,
    totalSpent: textOf(body, 'total_spent'),
    currency: textOf(body, 'currency'),
    createdAt: isoSeconds(textOf(body, 'created_at')),
    updatedAt: isoSeconds(textOf(body, 'updated_at')),
    consent:
      consent === null
        ? null
        : {
            state: textOf(consent, 'state') ?? 'not_subscribed',
            optInLevel: textOf(consent, 'opt_in_level'),
            updatedAt: isoSeconds(textOf(consent, 'consent_updated_at')),
          },
    address: addressOf(objectOf(body, 'default_address')),
  };
}

/** A fulfillment body; null without an id or its order's id. */
export function fulfillmentRecord(body: JsonObject): FulfillmentRecord | null {
  const id = idOf(body);
  const orderId = idOf(body, 'order_id');
  const createdAt = isoSeconds(textOf(body, 'created_at'));
  if (id === null || orderId === null || createdAt === null) return null;
  const updatedAt = isoSeconds(textOf(body, 'updated_at')) ?? createdAt;
  const shipment = textOf(body, 'shipment_status');
  return {
    id,
    orderId,
    name: textOf(body, 'name'),
    status: (textOf(body, 'status') ?? 'success').toUpperCase(),
    displayStatus: shipment === null ? null : shipment.toUpperCase(),
    createdAt,
    updatedAt,
    deliveredAt: shipment === 'delivered' ? updatedAt : null,
    estimatedDeliveryAt: null,
    trackingCompany: textOf(body, 'tracking_company'),
    trackingNumber: textOf(body, 'tracking_number'),
    lines: objectsOf(body, 'line_items').map((line) => ({
      id: idOf(line) ?? '0',
      quantity: Number(line['quantity'] ?? 0),
    })),
  };
}

/** A refund body; null without an id or its order's id. */
export function refundRecord(body: JsonObject): RefundRecord | null {
  const id = idOf(body);
  const orderId = idOf(body, 'order_id');
  if (id === null || orderId === null) return null;
  return {
    id,
    orderId,
    createdAt: isoSeconds(textOf(body, 'created_at')) ?? new Date(0).toISOString(),
    note: textOf(body, 'note'),
    lines: objectsOf(body, 'refund_line_items').map((line) => ({
      id: idOf(line) ?? '0',
      lineId: idOf(line, 'line_item_id') ?? '0',
      quantity: Number(line['quantity'] ?? 0),
      restockType: (textOf(line, 'restock_type') ?? 'no_restock').toUpperCase(),
      subtotal: moneyOf(line, 'subtotal') ?? NOTHING,
      tax: moneyOf(line, 'total_tax') ?? NOTHING,
    })),
    total: refundedTotal(objectsOf(body, 'transactions')),
  };
}

function refundedTotal(transactions: JsonObject[]): MoneyPair | null {
  const paid = transactions.filter((one) => one['kind'] === 'refund' && one['status'] === 'success');
  const amounts = paid.flatMap((one) => moneyOf(one, 'amount') ?? []);
  if (amounts.length === 0) return null;
  return {
    shop: addAmounts(amounts.map((one) => one.shop)),
    presentment: addAmounts(amounts.map((one) => one.presentment)),
  };
}
