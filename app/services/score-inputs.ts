import type { ShopState } from '../domain/core/state.ts';
import { refundedNetMinor } from '../domain/core/kept.ts';
import type { AnswerInput, OrderInput, RatingInput, ScoreInputs } from '../domain/scoring/inputs.ts';
import { ratingsIn } from '../domain/surveys/stored-answers.ts';
import type { ScoreSource, StoredOrder, StoredResponse } from '../infra/db/score-sources.ts';

/** An order with when it was given back what of it, so that the past can be seen as it was. */
export interface DatedOrder extends OrderInput {
  refundsNet: readonly { at: Date; netMinor: number }[];
}

/** What is stored about one customer in the words of the scoring rules. */
export function scoreInputsOf(
  source: ScoreSource,
  shop: ShopState,
): ScoreInputs & { orders: readonly DatedOrder[] } {
  return {
    answers: source.answers.flatMap(ratingsOf),
    orders: source.orders.map(datedOrder),
    emailEngagement: source.emailEngagement,
    lastSeenAt: source.lastSeenAt,
    pixelOnSince: shop.pixelOnSince,
    // No source of public reviews is connected: unknown, so that the rest is weighted up.
    reviews: [],
    resolutions: source.answers.flatMap(resolutionsOf),
    shopTypicalGapDays: shop.typicalGapDays,
    // Made of these, see score-row.ts.
    predictedClv: null,
  };
}

function datedOrder(order: StoredOrder): DatedOrder {
  const { netMinor, totalMinor, refunds } = order;
  const refundsNet = (refunds ?? []).map((refund) => ({
    at: new Date(refund.createdAt),
    netMinor: refundedNetMinor({ subtotalMinor: netMinor, totalMinor, refunds: [refund] }),
  }));
  return {
    ...order,
    refundsNet,
    refundedNetMinor: refundsNet.reduce((sum, refund) => sum + refund.netMinor, 0),
  };
}

/** Every rating inside one answer; the first has the response's id, the others the question's behind it. */
export function ratingsOf(source: StoredResponse): AnswerInput[] {
  const { id, answers, answeredAt, orderId } = source;
  return ratingsIn(answers).map(({ questionId, lineId, metric, value }, index) => ({
    id: index === 0 ? id : [id, questionId, lineId].filter((part) => part !== null).join('/'),
    metric,
    rating: value,
    answeredAt,
    orderId,
    lineId,
  }));
}

/** Surveys about a case, and what helpdesks' answers were imported as. Others that rate support are about no case. */
const ABOUT_CASES: readonly string[] = ['support', 'import'];

/** How a case was resolved, as the customer rated it. */
function resolutionsOf({ kind, answers, answeredAt }: StoredResponse): RatingInput[] {
  if (!ABOUT_CASES.includes(kind)) return [];
  return ratingsIn(answers)
    .filter(({ metric }) => metric === 'csat_support')
    .map(({ value }) => ({ rating: value, at: answeredAt }));
}
