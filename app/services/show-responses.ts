import { differenceBetween, type Difference } from '../domain/reports/difference.ts';
import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { otherAnswers } from '../domain/surveys/answer-words.ts';
import { ROUTES, SURVEY_KINDS, type Route } from '../domain/surveys/contract.ts';
import type { PageCursor } from '../infra/db/reads/customers.read.server.ts';
import type {
  ResponseCounts,
  ResponseFilter,
  ResponseRow,
  StoredResponseRow,
} from '../infra/db/reads/response-views.ts';
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
  /** There are more, anonymous ones and too few to be shown. */
  smallCell?: boolean;
  /** Low, middle, high, with the share (0-1) of each; empty where the filter asks for one of them only. */
  parts: { route: Route; count: number; share: Estimate }[];
  /** Whether answers given for a reward are others; null: none was, or the filter asks for one side only. */
  rewards?: RewardEffect | null;
}

export interface RewardEffect {
  /** Answers with and without a promised reward, to surveys of the same kinds. */
  withN: number;
  withoutN: number;
  /** Shares (0-1) of low and of high answers; the difference is with - without. */
  rows: { route: Route; with: Estimate; without: Estimate; difference: Difference }[];
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
  const { n, notCounted, quarantined, smallCell } = counts;
  const oneRoute = filter.route !== null || filter.view === 'low';
  const parts = ROUTES.map((route) => ({
    route,
    count: counts[route],
    share: shareEstimate(counts[route], n),
  }));
  const rows = await Promise.all(page.rows.map((row) => inWords(deps, shopId, row)));
  return {
    page: { ...page, rows },
    mix: {
      n,
      notCounted,
      quarantined,
      smallCell,
      parts: oneRoute ? [] : parts,
      rewards: oneRoute ? null : effectOf(counts),
    },
  };
}

function effectOf({ withReward, withoutReward }: ResponseCounts): RewardEffect | null {
  if (withReward.n === 0 || withoutReward.n === 0) return null;
  const rows = (['low', 'high'] as const).map((route) => {
    const given = shareEstimate(withReward[route], withReward.n);
    const without = shareEstimate(withoutReward[route], withoutReward.n);
    return { route, with: given, without, difference: differenceBetween(without, given) };
  });
  return { withN: withReward.n, withoutN: withoutReward.n, rows };
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
