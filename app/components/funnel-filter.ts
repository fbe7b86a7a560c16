import { SURVEY_KINDS } from '../domain/surveys/contract.ts';
import type { FunnelFilter } from '../infra/db/reads/funnel-views.ts';
import { isUsualPeriod, periodValue, responseFilter } from './response-filter.ts';

/** Reads the filter of an address, its period as that of the responses; what it doesn't know counts as not given. */
export function funnelFilter(params: URLSearchParams): FunnelFilter {
  const { days } = responseFilter(params);
  return { kind: SURVEY_KINDS.find((kind) => kind === params.get('survey')) ?? null, days };
}

/** The page of the filter; `.csv` for its file. */
export function funnelUrl({ kind, days }: FunnelFilter, ending: '' | '.csv' = ''): string {
  const params = new URLSearchParams();
  if (kind) params.set('survey', kind);
  if (!isUsualPeriod(days)) params.set('period', periodValue(days));
  return `/app/surveys/funnel${ending}${params.size > 0 ? `?${params}` : ''}`;
}
