import type { CustomerFilter } from '../infra/db/reads/customers.read.server.ts';
import { filterParams } from './customer-filter.ts';
import { DownloadButton } from './download-button.tsx';

/** Downloads the customers of a filter as a file. */
export function CsvButton({
  filter,
  disabled,
  label,
}: {
  filter: CustomerFilter;
  disabled: boolean;
  label: string;
}) {
  return (
    <DownloadButton
      href={`/app/customers.csv?${filterParams(filter)}`}
      id="csv"
      fileName={`customers-${filter.view}.csv`}
      label={label}
      disabled={disabled}
    />
  );
}
