import type { ResponseFilter, ResponseRow } from '../infra/db/reads/response-views.ts';
import { inWords } from './show-responses.ts';
import { csvFile, type CsvCell } from './csv.ts';
import type { Deps } from './deps.ts';

const PAGE_SIZE = 500;

const COLUMNS = [
  'Answered (UTC)',
  'Survey',
  'Metric',
  'Rating',
  'Route',
  'Comment',
  'Other answers',
  'Status',
  'Answered on',
  'Reward promised',
  'First name',
  'Last name',
  'E-mail',
  'Order',
  'Case',
  'Response id',
];

/** The answers of a filter as CSV text, page by page. */
export function exportResponses(
  deps: Pick<Deps, 'admin' | 'surveys'>,
  { shopId, filter }: { shopId: string; filter: ResponseFilter },
): AsyncGenerator<string> {
  const pageAfter = async (after: string | null) => {
    const page = await deps.admin.responses(shopId, filter, { after }, PAGE_SIZE);
    return { ...page, rows: await Promise.all(page.rows.map((row) => inWords(deps, shopId, row))) };
  };
  return csvFile(COLUMNS, pageAfter, cellsOf);
}

function cellsOf(row: ResponseRow): CsvCell[] {
  return [
    (row.identity ?? 'identified') === 'identified' ? row.answeredAt : row.answeredAt.slice(0, 7),
    row.kind,
    row.metric ?? '',
    row.rating ?? '',
    row.route,
    row.comment ?? '',
    row.more.map(({ question, answer }) => `${question} ${answer}`).join(' | '),
    row.status,
    row.surface,
    row.rewarded ? 'yes' : 'no',
    row.customer?.firstName ?? '',
    row.customer?.lastName ?? '',
    row.customer?.email ?? '',
    row.order?.name ?? '',
    row.case ? `#${row.case.number}` : '',
    row.id,
  ];
}
