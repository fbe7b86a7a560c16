import type { CustomerFilter, CustomerSlice } from '../infra/db/reads/customers.read.server.ts';
import { BANDS } from './words.ts';

/** The saved views of the customer list, in the order of their tabs. */
export const CUSTOMER_VIEWS: readonly { id: CustomerSlice; label: string }[] = [
  { id: 'at_risk', label: 'At risk' },
  { id: 'critical', label: 'Critical' },
  { id: 'vip', label: 'VIP' },
  { id: 'all', label: 'All' },
];

const BAND_VALUES: readonly string[] = [...BANDS, 'unknown'];

/** Reads the filter of an address; what it doesn't know counts as not given. */
export function customerFilter(params: URLSearchParams): CustomerFilter {
  const view = CUSTOMER_VIEWS.find((entry) => entry.id === params.get('view'))?.id ?? 'at_risk';
  const band = params.get('band');
  const reason = params.get('reason');
  return {
    view,
    band: band !== null && BAND_VALUES.includes(band) ? band : null,
    reason: reason !== null && /^[a-z_]{1,40}$/.test(reason) ? reason : null,
  };
}

/** The filter as search parameters; leaves cursors out, so that a changed filter begins at its first page. */
export function filterParams(filter: CustomerFilter): URLSearchParams {
  const params = new URLSearchParams({ view: filter.view });
  if (filter.band) params.set('band', filter.band);
  if (filter.reason) params.set('reason', filter.reason);
  return params;
}
