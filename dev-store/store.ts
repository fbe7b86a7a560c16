import { Journal } from './journal.ts';
import {
  idOf,
  isObject,
  isoSeconds,
  objectOf,
  objectsOf,
  textOf,
  type Json,
  type JsonObject,
} from './json.ts';
import { orderRecord } from './order-record.ts';
import { handleFor, productRecord, type ProductRecord } from './product-record.ts';
import {
  customerRecord,
  fulfillmentRecord,
  refundRecord,
  type CustomerRecord,
  type FulfillmentRecord,
  type OrderRecord,
  type RefundRecord,
} from './records.ts';

export interface DiscountRecord {
  id: string;
  title: string;
  code: string;
  startsAt: string;
  endsAt: string | null;
  createdAt: string;
  usageLimit: number | null;
  appliesOncePerCustomer: boolean;
  tags: string[];
  /** null = every customer may use it. */
  customerIds: string[] | null;
  value: { percentage: number } | { amount: string; appliesOnEachItem: boolean };
  minimumSubtotal: string | null;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
}

export interface MetafieldRecord {
  id: string;
  ownerId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: string;
  updatedAt: string;
}

export interface FlowTriggerRecord {
  handle: string;
  payload: Json;
  receivedAt: string;
}

interface Collections {
  customer: CustomerRecord;
  product: ProductRecord;
  order: OrderRecord;
  fulfillment: FulfillmentRecord;
  refund: RefundRecord;
  discount: DiscountRecord;
  metafield: MetafieldRecord;
}
type Kind = keyof Collections;
const KINDS: Kind[] = ['customer', 'product', 'order', 'fulfillment', 'refund', 'discount', 'metafield'];

/**
 * The shop's data in memory: fed with raw webhook bodies, read by Admin GraphQL, the storefront
 * and the thank-you page. A body replaces what is stored only if it is not older.
 */
export class StoreState {
  readonly records: { [K in Kind]: Map<string, Collections[K]> } = {
    customer: new Map(),
    product: new Map(),
    order: new Map(),
    fulfillment: new Map(),
    refund: new Map(),
    discount: new Map(),
    metafield: new Map(),
  };
  readonly flowTriggers: FlowTriggerRecord[] = [];
  webPixel: { id: string; settings: Json } | null = null;
  readonly #orderIdsByCustomer = new Map<string, Set<string>>();
  readonly #idsByOrder = {
    fulfillment: new Map<string, Set<string>>(),
    refund: new Map<string, Set<string>>(),
  };
  readonly #discountIdByCode = new Map<string, string>();
  readonly #journal: Journal;
  #nextId = 9_100_000_000_001n;

  constructor(journalFile: string | null = null) {
    this.#journal = new Journal(journalFile);
    for (const { kind, value } of this.#journal.read()) {
      if ((KINDS as string[]).includes(kind)) this.#keep(kind as Kind, value as never);
      else if (kind === 'webPixel') this.webPixel = value as typeof this.webPixel;
      else if (kind === 'flowTrigger') this.flowTriggers.push(value as FlowTriggerRecord);
    }
    this.#journal.rewrite(this.#entries());
  }

  *#entries() {
    for (const kind of KINDS) {
      for (const value of this.records[kind].values()) yield { kind, value };
    }
    if (this.webPixel !== null) yield { kind: 'webPixel', value: this.webPixel };
    for (const value of this.flowTriggers) yield { kind: 'flowTrigger', value };
  }

  /** A new decimal id for something the store itself makes. */
  newId(): string {
    return String(this.#nextId++);
  }

  #keep<K extends Kind>(kind: K, record: Collections[K]): void {
    const map = this.records[kind] as Map<string, Collections[K]>;
    if (kind === 'order') this.#linkOrder(record as OrderRecord);
    if (kind === 'fulfillment' || kind === 'refund') {
      link(this.#idsByOrder[kind as 'fulfillment' | 'refund'], (record as RefundRecord).orderId, record.id);
    }
    if (kind === 'discount')
      this.#discountIdByCode.set((record as DiscountRecord).code.toLowerCase(), record.id);
    if ((kind === 'discount' || kind === 'metafield') && BigInt(record.id) >= this.#nextId) {
      this.#nextId = BigInt(record.id) + 1n;
    }
    map.set(kind === 'metafield' ? metafieldKey(record as MetafieldRecord) : record.id, record);
  }

  #linkOrder(order: OrderRecord): void {
    const before = this.records.order.get(order.id)?.customerId;
    if (before != null && before !== order.customerId) this.#orderIdsByCustomer.get(before)?.delete(order.id);
    if (order.customerId !== null) link(this.#orderIdsByCustomer, order.customerId, order.id);
  }

  /** Stores a record that the store itself decided on (a discount, a changed tag). */
  save<K extends Kind>(kind: K, record: Collections[K]): void {
    this.#keep(kind, record);
    this.#journal.append(kind, record);
  }

  upsertCustomer(body: JsonObject): void {
    const record = customerRecord(body);
    if (record === null) return;
    const stored = this.records.customer.get(record.id);
    if (stored !== undefined && isOlder(record.updatedAt, stored.updatedAt)) return;
    // An order carries a customer without some facts; what is already known stays.
    if (stored !== undefined) {
      record.consent ??= stored.consent;
      record.address ??= stored.address;
      record.totalSpent ??= stored.totalSpent;
      record.createdAt ??= stored.createdAt;
      record.updatedAt ??= stored.updatedAt;
      record.tags = [...new Set([...record.tags, ...stored.tags])];
    }
    this.save('customer', record);
  }

  /** A consent body names its customer apart; one of an unknown customer is ignored. */
  applyConsent(body: JsonObject): void {
    const stored = this.records.customer.get(idOf(body, 'customer_id') ?? '');
    const told = customerRecord({ ...body, id: stored?.id ?? null });
    if (stored !== undefined && told?.consent) this.save('customer', { ...stored, consent: told.consent });
  }

  upsertOrder(body: JsonObject): void {
    const customer = objectOf(body, 'customer');
    if (customer !== null) this.upsertCustomer(customer);
    const record = orderRecord(body);
    if (record === null) return;
    const stored = this.records.order.get(record.id);
    if (stored !== undefined && isOlder(record.updatedAt, stored.updatedAt)) return;
    if (stored !== undefined) record.tags = [...new Set([...record.tags, ...stored.tags])];
    this.save('order', record);
    for (const line of record.lines) {
      if (line.productId === null || this.records.product.has(line.productId)) continue;
      const { productId: id, title } = line;
      const bare = {
        id,
        title,
        handle: handleFor(title, id),
        description: null,
        vendor: null,
        productType: null,
      };
      this.save('product', {
        ...bare,
        price: line.unitPrice.shop,
        tags: [],
        createdAt: null,
        updatedAt: null,
      });
    }
    for (const fulfillment of objectsOf(body, 'fulfillments')) this.upsertFulfillment(fulfillment);
    for (const refund of objectsOf(body, 'refunds')) this.upsertRefund(refund);
  }

  upsertProduct(body: JsonObject): void {
    const record = productRecord(body);
    if (record !== null) this.save('product', record);
  }

  upsertRefund(body: JsonObject): void {
    const record = refundRecord(body);
    if (record !== null) this.save('refund', record);
  }

  upsertFulfillment(body: JsonObject): void {
    const record = fulfillmentRecord(body);
    if (record === null) return;
    const stored = this.records.fulfillment.get(record.id);
    if (stored !== undefined && isOlder(record.updatedAt, stored.updatedAt)) return;
    record.deliveredAt ??= stored?.deliveredAt ?? null;
    record.displayStatus ??= stored?.displayStatus ?? null;
    record.estimatedDeliveryAt ??= stored?.estimatedDeliveryAt ?? null;
    this.save('fulfillment', record);
  }

  /** A fulfillment event moves its fulfillment's display status; one of an unknown fulfillment is ignored. */
  applyFulfillmentEvent(body: JsonObject): void {
    const stored = this.records.fulfillment.get(idOf(body, 'fulfillment_id') ?? '');
    const status = textOf(body, 'status');
    if (stored === undefined || status === null) return;
    const happenedAt = isoSeconds(textOf(body, 'happened_at') ?? textOf(body, 'created_at'));
    this.save('fulfillment', {
      ...stored,
      displayStatus: stored.deliveredAt === null ? status.toUpperCase() : stored.displayStatus,
      deliveredAt: status === 'delivered' ? happenedAt : stored.deliveredAt,
      estimatedDeliveryAt: isoSeconds(textOf(body, 'estimated_delivery_at')) ?? stored.estimatedDeliveryAt,
    });
  }

  /** Applies what a webhook says, so that GraphQL and the pages agree with it. Other topics change nothing. */
  applyWebhook(topic: string, body: Json): void {
    if (!isObject(body)) return;
    if (topic.startsWith('orders/') && topic !== 'orders/edited' && topic !== 'orders/delete')
      this.upsertOrder(body);
    else if (topic === 'refunds/create') this.upsertRefund(body);
    else if (topic === 'fulfillments/create' || topic === 'fulfillments/update') this.upsertFulfillment(body);
    else if (topic === 'fulfillment_events/create') this.applyFulfillmentEvent(body);
    else if (topic === 'customers/create' || topic === 'customers/update') this.upsertCustomer(body);
    else if (topic === 'customers_email_marketing_consent/update') this.applyConsent(body);
    else if (topic === 'products/create' || topic === 'products/update') this.upsertProduct(body);
  }

  recordFlowTrigger(trigger: FlowTriggerRecord): void {
    this.flowTriggers.push(trigger);
    this.#journal.append('flowTrigger', trigger);
  }

  setWebPixel(pixel: { id: string; settings: Json }): void {
    this.webPixel = pixel;
    this.#journal.append('webPixel', pixel);
  }

  discountByCode(code: string): DiscountRecord | undefined {
    return this.records.discount.get(this.#discountIdByCode.get(code.toLowerCase()) ?? '');
  }

  ordersOf(customerId: string): OrderRecord[] {
    return pick(this.records.order, this.#orderIdsByCustomer.get(customerId));
  }

  fulfillmentsOf(orderId: string): FulfillmentRecord[] {
    return pick(this.records.fulfillment, this.#idsByOrder.fulfillment.get(orderId));
  }

  refundsOf(orderId: string): RefundRecord[] {
    return pick(this.records.refund, this.#idsByOrder.refund.get(orderId));
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

/** The key under which a metafield is unique: owner, namespace, key. */
export function metafieldKey(field: { ownerId: string; namespace: string; key: string }): string {
  return `${field.ownerId} ${field.namespace} ${field.key}`;
}

function link(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}

function pick<T>(records: Map<string, T>, ids: Set<string> | undefined): T[] {
  return [...(ids ?? [])].flatMap((id) => records.get(id) ?? []);
}

function isOlder(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Date.parse(a) < Date.parse(b);
}
