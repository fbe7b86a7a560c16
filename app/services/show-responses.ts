import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { ROUTES, type Route } from '../domain/surveys/contract.ts';
import type { PageCursor } from '../infra/db/reads/customers.read.server.ts';
import type { ResponseFilter, ResponseRow } from '../infra/db/reads/response-views.ts';
import type { Page } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

const PAGE_SIZE = 25;

export interface ResponseMix {
  /** Answers that the filter finds. */
  n: number;
  /** Of these, how many are in no score. */
  notCounted: number;
  /** Low, middle, high, with the share (0-1) of each; empty where the filter asks for one of them only. */
  parts: { route: Route; count: number; share: Estimate }[];
}

/** A page of answers, and what the whole filtered set looks like. */
export async function showResponses(
  deps: Pick<Deps, 'admin'>,
  input: { shopId: string; filter: ResponseFilter; cursor: PageCursor },
): Promise<{ page: Page<ResponseRow>; mix: ResponseMix }> {
  const { shopId, filter, cursor } = input;
  const [page, counts] = await Promise.all([
    deps.admin.responses(shopId, filter, cursor, PAGE_SIZE),
    deps.admin.responseCounts(shopId, filter),
  ]);
  const oneRoute = filter.route !== null || filter.view === 'low';
  const parts = ROUTES.map((route) => ({
    route,
    count: counts[route],
    share: shareEstimate(counts[route], counts.n),
  }));
  return { page, mix: { n: counts.n, notCounted: counts.notCounted, parts: oneRoute ? [] : parts } };
}
