/** The orders file of `backtest:satisfaction` from the CSV files of Olist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { notUtf8 } from './files.ts';
import { ORDER_COLUMNS, SELLER_SEPARATOR } from './satisfaction-orders.ts';

type Row = Record<string, string>;

/** Reads one of Olist's files; throws a sentence where it is missing or another. */
export type ReadTable = (file: string, columns: readonly string[]) => Row[];

/**
 * Delivered orders with a delivery date, as CSV. Category and seller are those of the most expensive item; several
 * sellers are named, the one of the most expensive item first. Of two reviews the one answered last counts: the
 * customer's last word. Times stay the local ones of the files.
 * @throws Error with a sentence
 */
export function ordersFromOlist(read: ReadTable): { csv: string; remarks: string[] } {
  const orders = read('olist_orders_dataset.csv', ['order_id', 'order_purchase_timestamp']);
  const states = keyed(read('olist_customers_dataset.csv', ['customer_id', 'customer_state']), 'customer_id');
  const english = keyed(
    read('product_category_name_translation.csv', ['product_category_name']),
    'product_category_name',
  );
  const products = keyed(
    read('olist_products_dataset.csv', ['product_id', 'product_category_name']),
    'product_id',
  );
  const items = grouped(
    read('olist_order_items_dataset.csv', ['order_id', 'seller_id', 'price', 'freight_value']),
  );
  const reviews = grouped(
    read('olist_order_reviews_dataset.csv', ['order_id', 'review_score', 'review_answer_timestamp']),
  );
  const delivered = orders.filter((row) => row['order_status'] === 'delivered');
  const dated = delivered.filter((row) => row['order_delivered_customer_date']);
  const complete = dated.filter((row) => items.has(row['order_id']!));
  const twice = complete.filter((row) => (reviews.get(row['order_id']!)?.length ?? 0) > 1).length;
  const lines = complete.map((row) => {
    const own = [...items.get(row['order_id']!)!].sort((a, b) => Number(b['price']) - Number(a['price']));
    const category = products.get(own[0]!['product_id']!)?.['product_category_name'] ?? '';
    const sum = (column: string) =>
      own.reduce((total, item) => total + Math.round(Number(item[column]) * 100), 0);
    const answers = [...(reviews.get(row['order_id']!) ?? [])].sort((a, b) =>
      a['review_answer_timestamp']! < b['review_answer_timestamp']! ? -1 : 1,
    );
    const cells: Record<(typeof ORDER_COLUMNS)[number], string | number> = {
      order_id: row['order_id']!,
      ordered_at: row['order_purchase_timestamp']!,
      promised_at: row['order_estimated_delivery_date'] ?? '',
      shipped_at: row['order_delivered_carrier_date'] ?? '',
      delivered_at: row['order_delivered_customer_date']!,
      items: own.length,
      value: (sum('price') / 100).toFixed(2),
      freight: (sum('freight_value') / 100).toFixed(2),
      category: english.get(category)?.['product_category_name_english'] ?? category,
      seller: [...new Set(own.map((item) => item['seller_id']))].join(SELLER_SEPARATOR),
      state: states.get(row['customer_id'] ?? '')?.['customer_state'] ?? '',
      score: answers.at(-1)?.['review_score'] ?? '',
    };
    return ORDER_COLUMNS.map((column) => cells[column]);
  });
  return {
    csv: stringify([[...ORDER_COLUMNS], ...lines]),
    remarks: [
      `Olist: ${orders.length} orders, ${delivered.length} of them delivered; ${delivered.length - complete.length} of these without a delivery date or items left out.`,
      `${twice === 1 ? '1 order has' : `${twice} orders have`} more than one review: the one answered last counts.`,
    ],
  };
}

/** Reads the files of a folder. */
export function olistFolder(folder: string): ReadTable {
  return (file, columns) => {
    const path = join(folder, file);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      throw new Error(`${path} cannot be read: give --olist the folder that holds the CSV files of Olist.`);
    }
    const problem = notUtf8(bytes);
    if (problem) throw new Error(`${path} cannot be read: ${problem}`);
    let rows: Row[];
    try {
      rows = parse(bytes, { columns: true, bom: true, skip_empty_lines: true }) as Row[];
    } catch (error) {
      throw new Error(`${path} is no CSV as Olist writes it.`, { cause: error });
    }
    const missing = columns.find((column) => rows[0] && !(column in rows[0]));
    if (missing) throw new Error(`${path} has no column "${missing}", so it is not Olist's.`);
    return rows;
  };
}

const keyed = (rows: readonly Row[], column: string): Map<string, Row> =>
  new Map(rows.map((row) => [row[column] ?? '', row]));

function grouped(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row['order_id'] ?? '');
    if (group) group.push(row);
    else groups.set(row['order_id'] ?? '', [row]);
  }
  return groups;
}
