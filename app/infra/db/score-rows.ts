/** By what scores are made: when they were read, and by which rules of the shop. */
export interface ScoreMoment {
  now: Date;
  /** The shop's `rules_seq`. */
  rulesSeq: number;
  /** The run by which is predicted; null: nothing is. */
  modelRunId: string | null;
}

/** What the shop's model says of a customer; all null: nothing. */
export interface PredictionRow {
  modelRunId: string | null;
  level: string | null;
  noneProbability: number | null;
  expectedPurchases: number | null;
  purchasesLow: number | null;
  purchasesHigh: number | null;
  clvMinor: number | null;
  clvLowMinor: number | null;
  clvHighMinor: number | null;
  /** A calendar day, YYYY-MM-DD. */
  nextOrderOn: string | null;
  typicalGapDays: number | null;
}

/** A computed score as it is stored, and the two ways in which rows of them reach the database. */
export interface ScoreRow extends PredictionRow {
  customerId: string;
  staleSeq: number;
  /** When the score before was made, as it was read: who stores another one meanwhile wins. */
  scoredBefore: string | null;
  csi: number | null;
  csiCoverage: number;
  segment: string | null;
  health: number | null;
  healthCoverage: number;
  band: string | null;
  flagged: boolean;
  highRisk: boolean;
  reasons: unknown;
  mainReason: string | null;
  mainReasonKey: string | null;
  version: string;
  /** 0 also where it is not known: with neither a band nor a predicted value. */
  valueAtRiskMinor: number;
  revenueYearMinor: number;
  orderCount: number;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  tier: string;
  /** Reached now; stored as events, each once per customer. */
  milestones: string[];
  /** null: time alone changes nothing any more. */
  nextScoreAt: Date | null;
  writeHistory: boolean;
}

/** Every field with its type in SQL; the column is the field in snake case. */
const TYPES: Record<keyof ScoreRow, string> = {
  customerId: 'uuid',
  staleSeq: 'bigint',
  scoredBefore: 'timestamptz',
  csi: 'numeric',
  csiCoverage: 'float8',
  segment: 'text',
  health: 'numeric',
  healthCoverage: 'float8',
  band: 'text',
  flagged: 'boolean',
  highRisk: 'boolean',
  reasons: 'jsonb',
  mainReason: 'text',
  mainReasonKey: 'text',
  version: 'text',
  valueAtRiskMinor: 'bigint',
  revenueYearMinor: 'bigint',
  orderCount: 'int',
  firstOrderAt: 'timestamptz',
  lastOrderAt: 'timestamptz',
  tier: 'text',
  milestones: 'jsonb',
  nextScoreAt: 'timestamptz',
  writeHistory: 'boolean',
  modelRunId: 'uuid',
  level: 'text',
  noneProbability: 'float8',
  expectedPurchases: 'float8',
  purchasesLow: 'int',
  purchasesHigh: 'int',
  clvMinor: 'bigint',
  clvLowMinor: 'bigint',
  clvHighMinor: 'bigint',
  nextOrderOn: 'date',
  typicalGapDays: 'float8',
};

const FIELDS = (Object.keys(TYPES) as (keyof ScoreRow)[]).map((field) => ({
  field,
  column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  type: TYPES[field],
}));

/** SQL: the columns with their types, for a set made of JSON and for a table to copy into. */
export const SCORE_COLUMNS = FIELDS.map(({ column, type }) => `${column} ${type}`).join(', ');

/** A JSON array of objects with those columns. */
export function scoresAsJson(rows: readonly ScoreRow[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(FIELDS.map(({ field, column }) => [column, row[field]]))),
  );
}

/** The rows in the text format of COPY, one line each, in the order of the columns. */
export function scoresAsCopy(rows: readonly ScoreRow[]): string {
  let text = '';
  for (const row of rows) {
    for (let index = 0; index < FIELDS.length; index += 1) {
      if (index > 0) text += '\t';
      text += copyValue(row[FIELDS[index]!.field]);
    }
    text += '\n';
  }
  return text;
}

/** One value of COPY's text format, where backslash, tab and line ends have to be escaped. */
function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => ESCAPED[found]!) : text;
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
