import { acknowledgementObstacle } from '../../domain/cases/acknowledgement.ts';
import { currencyExponent } from '../../domain/core/money.ts';
import { DAY_MS } from '../../domain/core/calendar.ts';
import {
  budgetPeriod,
  decideCompensation,
  NO_OFFER_REASONS,
  recoveryCode,
  turnWaitMs,
} from '../../domain/flows/compensation.ts';
import { unheardReason } from '../../domain/flows/unheard.ts';
import { severityOf } from '../../domain/cases/open-case.ts';
import { ratingOf } from '../../domain/surveys/routing.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { failureOf } from './shopify-failure.ts';

/**
 * A single-use code for an unhappy customer, within the month's budget: the amount is
 * reserved and committed before Shopify is asked, then confirmed or released. The code
 * comes from the action's id, so a second try meets its own code and counts as done.
 */
export async function createRecoveryDiscount(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const context = await deps.actionContext.load(shop.id, {
    actionId: action.id,
    customerId: action.customerId,
    orderId: action.orderId,
    responseId: action.payload['responseId'] ?? null,
    invitationId: null,
  });
  const { customer, order, response, lastOfferAt, openCase, acknowledged } = context;
  const reserved = await deps.grants.ofAction(shop.id, action.id);
  /** What an earlier try reserved is given back: the month's budget, and the customer's turn. */
  const skip = async (reason: string): Promise<Performed> => {
    if (reserved?.status === 'reserved') await deps.grants.release(shop.id, action.id);
    return { status: 'skipped', reason };
  };
  if (!response || !customer || customer.redactedAt) return skip('The customer was erased.');
  if (!customer.shopifyId) return skip('A guest has no account that a code could be bound to.');
  if (reserved?.status === 'confirmed') return created(reserved);
  const rating = ratingOf(response);
  const severity = rating && severityOf(rating);
  if (!severity) return skip('The answer is no longer low.');

  const period = budgetPeriod(now, shop.timeZone);
  const obstacle = acknowledgementObstacle({
    shopStatus: shop.status,
    customer,
    hasCase: openCase !== null,
  });
  const unheard = unheardReason({ customer, reachable: obstacle === null, acknowledged });
  if (reserved && unheard) return skip(NO_OFFER_REASONS[unheard]);
  if (!reserved && !unheard) {
    const before = await deps.grants.before(shop.id, action.id);
    const waitedMs = now.getTime() - action.createdAt.getTime();
    const waitMs = turnWaitMs(before, deps.config.simulatedClock ? null : waitedMs);
    if (waitMs !== null) return { status: 'wait', reason: 'An earlier answer comes first.', waitMs };
  }
  const revenue = await deps.grants.revenue(shop.id, period);
  const policy = parseSettings(shop.settings).compensation;
  const decision = decideCompensation({
    severity,
    orderTotalMinor: order?.known ? order.totalMinor : null,
    orderRefundedMinor: order?.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0) ?? 0,
    verified: response.status === 'verified' || response.status === 'unsolicited',
    unheard,
    lastOfferAt,
    // What this action reserved on an earlier try is its own, not somebody else's.
    committedMinor: revenue.committedMinor - (reserved?.amountMinor ?? 0),
    lastMonthRevenueMinor: revenue.lastMonthMinor,
    thisMonthRevenueMinor: revenue.thisMonthMinor,
    currencyExponent: currencyExponent(shop.currency),
    shopTimeZone: shop.timeZone,
    policy,
    now,
  });
  if (decision.outcome === 'none' && !reserved) return { status: 'skipped', reason: decision.sentence };

  const grant =
    reserved ?? (decision.outcome === 'offer' ? { ...decision, code: recoveryCode(action.id) } : null);
  if (!grant) return { status: 'skipped', reason: 'No offer is due.' };
  if (!reserved && decision.outcome === 'offer') {
    const kept = await deps.grants.reserve(shop.id, {
      actionId: action.id,
      customerId: customer.id,
      orderId: action.orderId,
      code: grant.code,
      amountMinor: decision.amountMinor,
      currency: shop.currency,
      period: decision.budgetPeriod,
      limitMinor: decision.budgetMinor,
      issuedAt: now,
      expiresAt: decision.expiresAt,
      notSince: new Date(now.getTime() - policy.cooldownDays * DAY_MS),
    });
    if (kept !== 'reserved') return { status: 'skipped', reason: NO_OFFER_REASONS[kept] };
  }
  const answer = await deps.shopify.createDiscountCode(shop.domain, {
    code: grant.code,
    title: `Recovery ${grant.code}`,
    customerId: customer.shopifyId,
    amountMinor: grant.amountMinor,
    currency: shop.currency,
    startsAt: now,
    endsAt: grant.expiresAt,
  });
  if (answer.kind === 'done') {
    await deps.grants.confirm(shop.id, action.id, answer.discountId);
    return created({ ...grant, currency: shop.currency });
  }
  const failure = failureOf(answer);
  if (failure.status === 'failed') await deps.grants.release(shop.id, action.id);
  return failure;
}

const created = ({
  code,
  amountMinor,
  currency,
}: {
  code: string;
  amountMinor: number;
  currency: string;
}): Performed => ({
  status: 'done',
  result: { code, amountMinor, currency },
});
