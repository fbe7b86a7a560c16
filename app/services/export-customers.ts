import { decimalFromMinor } from '../domain/core/money.ts';
import type { CustomerFilter } from '../infra/db/reads/customers.read.server.ts';
import type { CustomerRow } from '../infra/db/reads/views.ts';
import { csvFile, type CsvCell } from './csv.ts';
import type { Deps } from './deps.ts';

const PAGE_SIZE = 500;

const COLUMNS = [
  'First name',
  'Last name',
  'E-mail',
  'Health',
  'Health band',
  'Main reason',
  'Value at risk',
  'Currency',
  'Tier',
  'Orders',
  'Last order',
  'Open case',
];

/** The customers of a filter as CSV text, page by page. */
export function exportCustomers(
  deps: Pick<Deps, 'admin'>,
  { shopId, currency, filter }: { shopId: string; currency: string; filter: CustomerFilter },
): AsyncGenerator<string> {
  return csvFile(
    COLUMNS,
    (after) => deps.admin.customers(shopId, filter, { after }, PAGE_SIZE),
    (row) => cellsOf(row, currency),
  );
}

function cellsOf(row: CustomerRow, currency: string): CsvCell[] {
  return [
    row.firstName ?? '',
    row.lastName ?? '',
    row.email ?? '',
    row.band === null ? '' : (row.health ?? ''),
    row.band ?? 'not enough data',
    row.mainReason ?? '',
    row.valueAtRiskMinor === null ? '' : Number(decimalFromMinor(row.valueAtRiskMinor, currency)),
    currency,
    row.tier,
    row.orderCount,
    row.lastOrderAt ?? '',
    row.openCase ? `#${row.openCase.number}` : '',
  ];
}
