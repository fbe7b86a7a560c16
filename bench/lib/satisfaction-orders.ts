/** Orders with delivery dates and scores as analysts keep them; what is wrong is said with its row. */
import type { RatedDelivery } from '#app/domain/prediction/satisfaction-record.ts';
import { parseCsv, type CsvRecord } from '#app/domain/surveys/import/csv.ts';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { minorFromDecimal } from '#app/domain/core/money.ts';
import { isUsualDay, rowsOf, UNUSUAL } from './transactions.ts';

export type OrdersOutcome =
  | {
      outcome: 'read';
      deliveries: RatedDelivery[];
      /** What was read, for people. */
      remarks: string[];
    }
  /** `sentence` may have several lines, one for each row at fault. */
  | { outcome: 'refused'; sentence: string };

export const ORDER_COLUMNS = [
  'order_id',
  'ordered_at',
  'promised_at',
  'shipped_at',
  'delivered_at',
  'items',
  'value',
  'freight',
  'category',
  'seller',
  'state',
  'score',
] as const;
type Column = (typeof ORDER_COLUMNS)[number];

/** Between the sellers of one order, the one of the most expensive line first. */
export const SELLER_SEPARATOR = '|';
const FAULTS_SHOWN = 10;
const MOST_LOW_SCORE = 2;

/** A row is at fault; its message says why. */
class RowFault extends Error {}

/**
 * Orders from CSV with a header (comma, semicolon or tab). Dates are YYYY-MM-DD, or with a time behind them, read as UTC
 * where no zone is given; an empty one is unknown. Scores are 1-5, 1 and 2 low, empty = nobody answered. Several sellers
 * of one order stand in one cell with "|" between them. Any row at fault refuses the file.
 */
export function parseOrders(text: string): OrdersOutcome {
  const parsed = parseCsv(text.replace(/^\uFEFF/, ''), { maxRows: Infinity });
  if (parsed.outcome === 'malformed') return refused(`Row ${parsed.line}: ${parsed.sentence}`);
  if (parsed.outcome !== 'parsed')
    return refused(`The file is empty: it needs the columns ${ORDER_COLUMNS.join(', ')}.`);
  const header = parsed.header.map((name) => name.toLowerCase());
  const missing = ORDER_COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    return refused(
      `Missing in the first row: ${missing.join(', ')}. It must name ${ORDER_COLUMNS.join(', ')}; it names ${parsed.header.join(', ')}.`,
    );
  }
  const twice = ORDER_COLUMNS.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice) return refused(`The first row names ${twice} twice: which one counts? Take the other out.`);
  if (parsed.records.length === 0) return refused('The file has a header and no rows.');
  const deliveries: RatedDelivery[] = [];
  const faults: string[] = [];
  const rowOf = new Map<string, number>();
  for (const record of parsed.records) {
    try {
      const delivery = readRow(record, header);
      const { id } = delivery.record;
      const first = rowOf.get(id);
      if (first !== undefined)
        throw new RowFault(`the order ${id} stands in row ${first} already. Keep one of the two.`);
      rowOf.set(id, record.line);
      deliveries.push(delivery);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      faults.push(`Row ${record.line}: ${error.message}`);
    }
  }
  if (faults.length > 0) return refused(faultsOf(faults));
  return { outcome: 'read', deliveries, remarks: remarksOn(deliveries) };
}

function remarksOn(deliveries: readonly RatedDelivery[]): string[] {
  const count = (of: (delivery: RatedDelivery) => boolean) => deliveries.filter(of).length;
  const unrated = count(({ low }) => low === null);
  const undelivered = count(({ record }) => record.deliveredAt === null);
  return [
    `${rowsOf(deliveries.length)} read.`,
    ...(unrated > 0
      ? [`${rowsOf(unrated)} without a score: they count as deliveries and are not judged.`]
      : []),
    ...(undelivered > 0
      ? [`${rowsOf(undelivered)} without delivered_at: not judged, and nothing is learned from their scores.`]
      : []),
  ];
}

function readRow({ cells }: CsvRecord, header: readonly string[]): RatedDelivery {
  if (cells.length !== header.length)
    throw new RowFault(
      `it has ${cells.length} cells, not ${header.length}. Quote cells that hold separators.`,
    );
  const cell = (name: Column) => cells[header.indexOf(name)]!.trim();
  const id = cell('order_id');
  if (id === '') throw new RowFault('the order_id is missing.');
  const date = (name: Column) => dateOf(cell(name), name);
  const orderedAt = date('ordered_at');
  if (orderedAt === null) throw new RowFault('ordered_at is missing.');
  const deliveredAt = date('delivered_at');
  if (deliveredAt !== null && deliveredAt < orderedAt)
    throw new RowFault(`delivered_at ${cell('delivered_at')} lies before ordered_at ${cell('ordered_at')}.`);
  const sellers = cell('seller')
    .split(SELLER_SEPARATOR)
    .map((seller) => seller.trim());
  const score = scoreOf(cell('score'));
  return {
    record: {
      id,
      orderedAt,
      promisedAt: date('promised_at'),
      shippedAt: date('shipped_at'),
      deliveredAt,
      items: itemsOf(cell('items')),
      valueMinor: minorOf(cell('value'), 'value'),
      freightMinor: minorOf(cell('freight'), 'freight'),
      category: cell('category') || null,
      seller: sellers[0] || null,
      region: cell('state') || null,
      // Who sends it is known with the order.
      parcels: Array.from(new Set(sellers), () => orderedAt),
    },
    low: score === null ? null : score <= MOST_LOW_SCORE,
  };
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

function dateOf(text: string, column: Column): Date | null {
  if (text === '') return null;
  const [, day, time = '00:00', zone = 'Z'] = DATE.exec(text) ?? [];
  const date = new Date(`${day}T${time}${zone}`);
  // A day that no month has (30 February) would roll over into the next one.
  const midnight = new Date(`${day}T00:00Z`);
  const exists = !Number.isNaN(+date) && !Number.isNaN(+midnight) && midnight.toISOString().startsWith(day!);
  if (!exists)
    throw new RowFault(`"${text}" in ${column} is no date. Write it as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS.`);
  if (!isUsualDay(Math.floor(+midnight / DAY_MS))) throw new RowFault(`${column} ${text} ${UNUSUAL}`);
  return date;
}

function itemsOf(text: string): number {
  const items = Number(text);
  if (text === '' || !Number.isInteger(items) || items < 1)
    throw new RowFault(`items is "${text}", but must be a whole number from 1.`);
  return items;
}

function minorOf(text: string, column: Column): number | null {
  if (text === '') return null;
  const minor = minorFromDecimal(text, '');
  if (minor === null || minor < 0)
    throw new RowFault(
      `"${text}" in ${column} is no amount from 0. Write it with a decimal point, without currency or thousands separators.`,
    );
  return minor;
}

function scoreOf(text: string): number | null {
  if (text === '') return null;
  const score = Number(text);
  if (!(score >= 1 && score <= 5))
    throw new RowFault(`score is "${text}", but must be from 1 to 5, or empty where nobody answered.`);
  return score;
}

const refused = (sentence: string) => ({ outcome: 'refused' as const, sentence });

function faultsOf(faults: readonly string[]): string {
  if (faults.length === 1) return faults[0]!;
  const more = faults.length - FAULTS_SHOWN;
  return [
    `${rowsOf(faults.length)} are at fault.`,
    ...faults.slice(0, FAULTS_SHOWN).map((fault) => `  ${fault}`),
    ...(more > 0 ? [`  … and ${more} more.`] : []),
  ].join('\n');
}
