import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { instantOf } from '#app/domain/core/calendar.ts';

/** The Olist files as rows, with times as instants. */

export const OLIST_TIME_ZONE = 'America/Sao_Paulo';

export interface OlistOrder {
  id: string;
  /** The person; the file's customer_id is another one for each order. */
  personId: string;
  city: string;
  status: string;
  purchasedAt: number;
  paidAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
  estimatedAt: number | null;
  items: OlistItem[];
  payments: { type: string; valueMinor: number }[];
  reviews: OlistReview[];
}

export interface OlistItem {
  number: string;
  productId: string;
  priceMinor: number;
  freightMinor: number;
}

export interface OlistReview {
  score: number;
  comment: string | null;
  answeredAt: number;
}

type Row = Record<string, string>;

/** Reads one folder of the data set. @throws Error with a sentence when a file is missing or not what it should be. */
export function readOlist(folder: string): { orders: OlistOrder[]; categories: Map<string, string> } {
  const people = byKey(read(folder, 'olist_customers_dataset.csv', 'customer_unique_id'), 'customer_id');
  const items = grouped(read(folder, 'olist_order_items_dataset.csv', 'freight_value'));
  const payments = grouped(read(folder, 'olist_order_payments_dataset.csv', 'payment_value'));
  const reviews = grouped(read(folder, 'olist_order_reviews_dataset.csv', 'review_answer_timestamp'));
  const english = byKey(
    read(folder, 'product_category_name_translation.csv', 'product_category_name_english'),
    'product_category_name',
  );
  const categories = new Map(
    read(folder, 'olist_products_dataset.csv', 'product_category_name').map((row) => {
      const name = row['product_category_name'] ?? '';
      return [row['product_id'] ?? '', english.get(name)?.['product_category_name_english'] ?? name];
    }),
  );
  const orders = read(folder, 'olist_orders_dataset.csv', 'order_purchase_timestamp').map(
    (row): OlistOrder => {
      const id = row['order_id'] ?? '';
      const person = people.get(row['customer_id'] ?? '');
      if (!person)
        throw new Error(`Order ${id} names a customer that olist_customers_dataset.csv does not hold.`);
      return {
        id,
        personId: person['customer_unique_id'] ?? '',
        city: person['customer_city'] ?? '',
        status: row['order_status'] ?? '',
        purchasedAt: instant(row, 'order_purchase_timestamp') ?? 0,
        paidAt: instant(row, 'order_approved_at'),
        shippedAt: instant(row, 'order_delivered_carrier_date'),
        deliveredAt: instant(row, 'order_delivered_customer_date'),
        estimatedAt: instant(row, 'order_estimated_delivery_date'),
        items: (items.get(id) ?? []).map((item) => ({
          number: item['order_item_id'] ?? '',
          productId: item['product_id'] ?? '',
          priceMinor: minor(item['price']),
          freightMinor: minor(item['freight_value']),
        })),
        payments: (payments.get(id) ?? []).map((payment) => ({
          type: payment['payment_type'] ?? '',
          valueMinor: minor(payment['payment_value']),
        })),
        reviews: (reviews.get(id) ?? []).map(toReview),
      };
    },
  );
  return { orders, categories };
}

function toReview(row: Row): OlistReview {
  const words = [row['review_comment_title'], row['review_comment_message']].map((text) => text?.trim());
  return {
    score: Number(row['review_score']),
    comment: words.filter(Boolean).join('\n') || null,
    answeredAt: instant(row, 'review_answer_timestamp') ?? 0,
  };
}

function read(folder: string, file: string, column: string): Row[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, file));
  } catch {
    throw new Error(
      `${join(folder, file)} cannot be read: give --olist the folder that holds the Olist CSV files.`,
    );
  }
  const rows = parse(bytes, { columns: true, bom: true, skip_empty_lines: true }) as Row[];
  if (rows[0] && !(column in rows[0]))
    throw new Error(`${join(folder, file)} has no column "${column}", so it is not Olist's.`);
  return rows;
}

function byKey(rows: Row[], key: string): Map<string, Row> {
  return new Map(rows.map((row) => [row[key] ?? '', row]));
}

function grouped(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row['order_id'] ?? '';
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

/** The files hold local wall-clock times ("2017-07-09 21:57:05"). */
function instant(row: Row, column: string): number | null {
  const text = row[column];
  if (!text) return null;
  const asUtc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : NaN;
  if (Number.isNaN(asUtc))
    throw new Error(`"${text}" in column ${column} is no time like 2017-07-09 21:57:05.`);
  return asUtc + offsetOf(text.slice(0, 10));
}

const offsets = new Map<string, number>();

/** Milliseconds from local to UTC. Brazil changed its clocks at midnight, so that a date has one offset. */
function offsetOf(date: string): number {
  const kept = offsets.get(date);
  if (kept !== undefined) return kept;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const noon = { year, month, day, hour: 12, minute: 0, second: 0 };
  const offset = instantOf(noon, OLIST_TIME_ZONE).getTime() - Date.UTC(year, month - 1, day, 12);
  offsets.set(date, offset);
  return offset;
}

const minor = (text: string | undefined): number => Math.round(Number(text ?? 0) * 100);
