import { z } from 'zod';
import { METRICS, type Metric } from '../contract.ts';
import { DATE_ORDERS } from './dates.ts';

/** Tools whose exports are known by their column names; `other` is mapped by hand. */
export const IMPORT_TOOLS = ['delighted', 'retently', 'knocommerce', 'fairing', 'zigpoll', 'other'] as const;
export type ImportTool = (typeof IMPORT_TOOLS)[number];

/** What a column of the file can tell. */
export const IMPORT_FIELDS = [
  'email',
  'order',
  'rating',
  'metric',
  'comment',
  'answeredAt',
  'responseId',
  'question',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** What an imported rating measures; `other` is kept and never scored. */
export type ImportMetric = Metric | 'other';

const CSAT = [
  'csat_purchase',
  'csat_delivery',
  'csat_product',
  'csat_support',
  'confidence_purchase',
] as const;
const CES = ['ces_support', 'ces_return'] as const;
export const CSAT_CHOICES = [...CSAT, 'other'] as const;
export const CES_CHOICES = [...CES, 'other'] as const;

const column = z.int().min(0).max(199).nullable();

/** How the file is to be read: which column tells what, counted from 0, and what its ratings and dates mean. */
export const importMappingSchema = z.strictObject({
  tool: z.enum(IMPORT_TOOLS),
  columns: z.strictObject({
    email: column,
    order: column,
    rating: column,
    metric: column,
    comment: column,
    answeredAt: column,
    responseId: column,
    question: column,
  } satisfies Record<ImportField, unknown>),
  /** The same for every row, or told by the metric column. */
  measures: z.enum([...METRICS, 'other', 'column']),
  /** What plain "CSAT" and "CES" in the metric column stand for. */
  csatAs: z.enum(CSAT_CHOICES),
  cesAs: z.enum(CES_CHOICES),
  /** The end of the effort scale (1-7) that means "very easy" in the file; here it is 1. */
  easyIs: z.enum(['low', 'high']),
  /** null: found from the dates, which fails where both are possible. */
  dateOrder: z.enum(DATE_ORDERS).nullable(),
  /** Only rows of this question; null = all. */
  question: z.string().max(500).nullable(),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** What is missing or wrong in a mapping, as sentences; empty = it can be used on a file with so many columns. */
export function mappingProblems(mapping: ImportMapping, columnCount: number): string[] {
  const { columns, measures } = mapping;
  const problems: string[] = [];
  if (columns.rating === null) problems.push('Choose the column that holds the rating.');
  if (columns.answeredAt === null) problems.push('Choose the column that says when the answer was given.');
  if (columns.email === null && columns.order === null)
    problems.push('Choose the column with the e-mail address, the one with the order, or both.');
  if (measures === 'column' && columns.metric === null)
    problems.push('Choose the column that says what is measured, or one measure for all rows.');
  if (mapping.question !== null && columns.question === null)
    problems.push('Choose the column with the question, or import the answers to every question.');
  if (Object.values(columns).some((index) => index !== null && index >= columnCount))
    problems.push('A chosen column is not in this file. Choose the columns again.');
  return problems;
}
