import type { ResponseFilter, ResponseSlice } from '../infra/db/reads/response-views.ts';

/** The saved views of the responses, in the order of their tabs. */
export const RESPONSE_VIEWS: readonly { id: ResponseSlice; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'low', label: 'Low' },
  { id: 'comment', label: 'With comment' },
  { id: 'unverified', label: 'Unverified' },
  { id: 'quarantined', label: 'Quarantined' },
];

/** Periods to choose from, in days; null is for ever. */
export const PERIODS: readonly (number | null)[] = [7, 30, 90, null];
const USUAL_DAYS = 90;

export const ROUTE_CHOICES: readonly string[] = ['low', 'middle', 'high'];
const MAX_SEARCH = 100;

/** How the address says whether a reward was promised. */
const REWARDS: Record<string, boolean | undefined> = { with: true, without: false };

/** Reads the filter of an address; what it doesn't know counts as not given. */
export function responseFilter(params: URLSearchParams): ResponseFilter {
  const period = params.get('period');
  const route = params.get('route');
  return {
    view: RESPONSE_VIEWS.find((entry) => entry.id === params.get('view'))?.id ?? 'all',
    kind: code(params.get('survey')),
    surface: code(params.get('surface')),
    route: route !== null && ROUTE_CHOICES.includes(route) ? route : null,
    rewarded: REWARDS[params.get('reward') ?? ''] ?? null,
    days:
      period === 'all'
        ? null
        : (PERIODS.find((days) => days !== null && String(days) === period) ?? USUAL_DAYS),
    // PostgreSQL takes no NUL in a text.
    search: (params.get('search') ?? '').replaceAll('\0', '').trim().slice(0, MAX_SEARCH),
  };
}

const code = (text: string | null) => (text !== null && /^[a-z_]{1,40}$/.test(text) ? text : null);

/** The filter as search parameters; leaves cursors out, so that a changed filter begins at its first page. */
export function responseParams(filter: ResponseFilter): URLSearchParams {
  const params = new URLSearchParams({ view: filter.view });
  if (filter.kind) params.set('survey', filter.kind);
  if (filter.surface) params.set('surface', filter.surface);
  if (filter.route) params.set('route', filter.route);
  if (filter.rewarded !== null) params.set('reward', rewardValue(filter.rewarded));
  if (filter.days !== USUAL_DAYS) params.set('period', periodValue(filter.days));
  if (filter.search) params.set('search', filter.search);
  return params;
}

/** The view as it is without any filter. */
export const wholeView = (view: ResponseSlice): ResponseFilter => ({
  view,
  kind: null,
  surface: null,
  route: null,
  rewarded: null,
  days: USUAL_DAYS,
  search: '',
});

/** Whether somebody chose anything beyond the view. */
export const isNarrowed = (filter: ResponseFilter): boolean =>
  responseParams(filter).toString() !== responseParams(wholeView(filter.view)).toString();

export const rewardValue = (rewarded: boolean): string => (rewarded ? 'with' : 'without');
export const isUsualPeriod = (days: number | null): boolean => days === USUAL_DAYS;
export const periodValue = (days: number | null): string => (days === null ? 'all' : String(days));
export const periodLabel = (days: number | null): string =>
  days === null ? 'All time' : `Last ${days} days`;
