import type { ResponseFilter, ResponseRow } from '../infra/db/reads/response-views.ts';
import type { Deps } from './deps.ts';
import { csvText } from './export-customers.ts';

const PAGE_SIZE = 500;

const COLUMNS = [
  'Answered (UTC)',
  'Survey',
  'Metric',
  'Rating',
  'Route',
  'Comment',
  'Status',
  'Answered on',
  'First name',
  'Last name',
  'E-mail',
  'Order',
  'Case',
  'Response id',
];

/** The answers of a filter as CSV text, page by page, so that all of them never stand in memory. */
export async function* exportResponses(
  deps: Pick<Deps, 'admin'>,
  input: { shopId: string; filter: ResponseFilter },
): AsyncGenerator<string> {
  // Excel takes a file for UTF-8 only with the mark in front.
  yield `\ufeff${csvText([COLUMNS])}`;
  let after: string | null = null;
  do {
    const page: { rows: ResponseRow[]; after: string | null } = await deps.admin.responses(
      input.shopId,
      input.filter,
      { after },
      PAGE_SIZE,
    );
    if (page.rows.length > 0) yield csvText(page.rows.map(cellsOf));
    after = page.after;
  } while (after);
}

function cellsOf(row: ResponseRow): (string | number)[] {
  return [
    row.answeredAt,
    row.kind,
    row.metric,
    row.rating,
    row.route,
    row.comment ?? '',
    row.status,
    row.surface,
    row.customer?.firstName ?? '',
    row.customer?.lastName ?? '',
    row.customer?.email ?? '',
    row.order?.name ?? '',
    row.case ? `#${row.case.number}` : '',
    row.id,
  ];
}
