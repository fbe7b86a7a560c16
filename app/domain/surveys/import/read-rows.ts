import { METRICS } from '../contract.ts';
import { cleanText } from '../clean-text.ts';
import { isOnScale, routeOf, SCALE_OF_METRIC, SCALE_RANGE } from '../routing.ts';
import type { Metric, Route } from '../contract.ts';
import type { CsvRecord } from './csv.ts';
import { readMoment, type DateOrder } from './dates.ts';
import type { ImportField, ImportMapping, ImportMetric } from './mapping.ts';
import { plainName } from './tools.ts';

/** One answer of the file. */
export interface ImportRow {
  line: number;
  /** In small letters; null = the row names none. */
  email: string | null;
  /** Order name without "#", or order id, in small letters. */
  orderRef: string | null;
  metric: ImportMetric;
  /** On the metric's own scale (domain.md section 3). */
  rating: number;
  route: Route;
  comment: string | null;
  answeredAt: Date;
  /** The tool's own id of the answer. */
  responseId: string | null;
  question: string | null;
}

/** Why a row cannot be imported. The sentence quotes nothing of the row: it is kept longer than the row. */
export interface RowError {
  line: number;
  sentence: string;
}

export interface ReadRows {
  rows: ImportRow[];
  errors: RowError[];
  /** Rows of other questions than the chosen one. */
  leftOut: number;
}

const LONGEST_COMMENT = 5_000;
const LONGEST_ID = 200;
const OTHER_RANGE = { min: 0, max: 100 };

/** Every record in the words of the mapping, with an error for each that does not fit them. */
export function readRows(
  records: readonly CsvRecord[],
  mapping: ImportMapping,
  about: { columnCount: number; dateOrder: DateOrder; timeZone: string; now: Date },
): ReadRows {
  const read: ReadRows = { rows: [], errors: [], leftOut: 0 };
  for (const record of records) {
    const { line, cells } = record;
    const cell = (field: ImportField) => {
      const index = mapping.columns[field];
      return index === null ? '' : (cells[index] ?? '').trim();
    };
    const question = cell('question') || null;
    if (mapping.question !== null && question !== mapping.question) {
      read.leftOut += 1;
      continue;
    }
    const row = cells.slice(about.columnCount).some((extra) => extra.trim() !== '')
      ? 'The row has more cells than the file has columns.'
      : readRow(cell, mapping, about);
    if (typeof row === 'string') read.errors.push({ line, sentence: row });
    else read.rows.push({ ...row, line, question: question && cleanText(question, LONGEST_COMMENT) });
  }
  return read;
}

function readRow(
  cell: (field: ImportField) => string,
  mapping: ImportMapping,
  about: { dateOrder: DateOrder; timeZone: string; now: Date },
): Omit<ImportRow, 'line' | 'question'> | string {
  const email = cell('email').toLowerCase();
  if (email !== '' && !/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email)) return 'The e-mail address is not one.';
  const metric = metricOf(cell('metric'), mapping);
  const rating = ratingOf(cell('rating'), metric, mapping);
  if (typeof rating === 'string') return rating;
  const when = cell('answeredAt');
  if (when === '') return 'The date of the answer is empty.';
  const answeredAt = readMoment(when, about.dateOrder, about.timeZone);
  if (answeredAt === null) return 'The date of the answer is none that can be read.';
  if (answeredAt.getTime() > about.now.getTime()) return 'The date of the answer lies in the future.';
  return {
    email: email || null,
    orderRef: orderRefOf(cell('order')),
    metric,
    rating,
    route: metric === 'other' ? 'middle' : routeOf(SCALE_OF_METRIC[metric], rating),
    comment: cleanText(cell('comment'), LONGEST_COMMENT) || null,
    answeredAt,
    responseId: cell('responseId').slice(0, LONGEST_ID) || null,
  };
}

const NAMED_METRICS: Record<string, ImportMetric | 'csat' | 'ces'> = {
  ...Object.fromEntries(METRICS.map((metric) => [plainName(metric), metric])),
  nps: 'nps',
  'net promoter score': 'nps',
  csat: 'csat',
  'customer satisfaction': 'csat',
  'customer satisfaction score': 'csat',
  smileys: 'csat',
  'star rating': 'csat',
  'five star': 'csat',
  stars: 'csat',
  ces: 'ces',
  'customer effort': 'ces',
  'customer effort score': 'ces',
};

/** What a row measures: the mapping's one measure, or what its metric column says. */
export function metricOf(word: string, { measures, csatAs, cesAs }: ImportMapping): ImportMetric {
  if (measures !== 'column') return measures;
  const named = NAMED_METRICS[plainName(word)] ?? 'other';
  return named === 'csat' ? csatAs : named === 'ces' ? cesAs : named;
}

/** "9", "9.0" and "9/10" on the metric's scale; else the sentence. */
function ratingOf(text: string, metric: ImportMetric, { easyIs }: ImportMapping): number | string {
  if (text === '') return 'The rating is empty.';
  const { min, max } = metric === 'other' ? OTHER_RANGE : SCALE_RANGE[SCALE_OF_METRIC[metric]];
  const [, whole, top] = /^(-?\d{1,4})(?:[.,]0+)?(?:\s*(?:\/|out of|of)\s*(\d{1,3}))?$/i.exec(text) ?? [];
  const rating = Number(whole);
  const fits =
    metric === 'other' ? rating >= min && rating <= max : isOnScale(SCALE_OF_METRIC[metric], rating);
  const sameScale = top === undefined || metric === 'other' || Number(top) === max;
  if (whole === undefined || !fits || !sameScale)
    return `The rating is not a whole number from ${min} to ${max}.`;
  return easyIs === 'high' && isEffort(metric) ? min + max - rating : rating;
}

const isEffort = (metric: ImportMetric): boolean =>
  metric !== 'other' && SCALE_OF_METRIC[metric satisfies Metric] === 'ces';

/** "#1001" and "1001" name the same order, as do "gid://shopify/Order/5001" and "5001". */
function orderRefOf(text: string): string | null {
  const ref = text
    .replace(/^gid:\/\/shopify\/Order\//i, '')
    .replace(/^#+/, '')
    .trim()
    .toLowerCase();
  return ref === '' || ref.length > LONGEST_ID ? null : ref;
}
