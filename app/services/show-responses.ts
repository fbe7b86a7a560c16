import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { otherAnswers } from '../domain/surveys/answer-words.ts';
import { ROUTES, SURVEY_KINDS, type Route } from '../domain/surveys/contract.ts';
import type { PageCursor } from '../infra/db/reads/customers.read.server.ts';
import type { ResponseFilter, ResponseRow, StoredResponseRow } from '../infra/db/reads/response-views.ts';
import type { Page } from '../infra/db/reads/views.ts';
import { definitionOf } from './survey-context.ts';
import type { Deps } from './deps.ts';

const PAGE_SIZE = 25;

export interface ResponseMix {
  /** Answers that the filter finds. */
  n: number;
  /** Of these, how many are in no score. */
  notCounted: number;
  /** Held back; they meet the filter, and are in a view of their own. */
  quarantined: number;
  /** Low, middle, high, with the share (0-1) of each; empty where the filter asks for one of them only. */
  parts: { route: Route; count: number; share: Estimate }[];
}

/** A page of answers, and what the whole filtered set looks like. */
export async function showResponses(
  deps: Pick<Deps, 'admin' | 'surveys'>,
  input: { shopId: string; filter: ResponseFilter; cursor: PageCursor },
): Promise<{ page: Page<ResponseRow>; mix: ResponseMix }> {
  const { shopId, filter, cursor } = input;
  const [page, counts] = await Promise.all([
    deps.admin.responses(shopId, filter, cursor, PAGE_SIZE),
    deps.admin.responseCounts(shopId, filter),
  ]);
  const { n, notCounted, quarantined } = counts;
  const oneRoute = filter.route !== null || filter.view === 'low';
  const parts = ROUTES.map((route) => ({
    route,
    count: counts[route],
    share: shareEstimate(counts[route], n),
  }));
  const rows = await Promise.all(page.rows.map((row) => inWords(deps, shopId, row)));
  return {
    page: { ...page, rows },
    mix: { n, notCounted, quarantined, parts: oneRoute ? [] : parts },
  };
}

/** A row with everything that was answered, read by the version of the survey that asked. */
export async function inWords(
  deps: Pick<Deps, 'surveys'>,
  shopId: string,
  { answers, edition, lineTitles, ...row }: StoredResponseRow,
): Promise<ResponseRow> {
  // What was imported was asked by another tool: there is the rating and the comment.
  const kind = SURVEY_KINDS.find((each) => each === row.kind);
  const definition = kind ? await definitionOf(deps, shopId, kind, edition) : null;
  const more = definition ? otherAnswers(definition, answers, row.comment, lineTitles) : [];
  return { ...row, more };
}
