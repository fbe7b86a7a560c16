import { earnsReward, rewardCode, rewardExpiresAt } from '../../domain/surveys/incentives.ts';
import type { Reward } from '../../domain/surveys/definition.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { StoredReward } from '../../infra/db/rewards.repo.server.ts';
import type { RewardDiscountInput } from '../../infra/shopify/operations.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { failureOf } from './shopify-failure.ts';

const NONE_LEFT = 'All rewards of this survey have been given; the customer is told so.';

/**
 * Gives what was promised for completing a survey, whatever was answered: points at once, or a single-use code that is
 * reserved in the survey's budget and committed before Shopify is asked, then confirmed or released. The code comes from
 * the action's id, so a second try meets its own code and counts as done.
 */
export async function giveIncentive(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const { customer, response } = await deps.actionContext.load(shop.id, {
    actionId: action.id,
    customerId: action.customerId,
    orderId: action.orderId,
    responseId: action.payload['responseId'] ?? null,
    invitationId: null,
  });
  const stored = await deps.rewards.ofAction(shop.id, action.id);
  if (stored?.status === 'confirmed') return given(stored);
  /** What an earlier try reserved goes back to the budget. */
  const skip = async (reason: string): Promise<Performed> => {
    if (stored?.status === 'reserved') await deps.rewards.release(shop.id, action.id);
    return { status: 'skipped', reason };
  };
  if (!response || !customer || customer.redactedAt) return skip('The customer was erased.');
  if (!response.edition || !earnsReward(response)) return skip('The answer does not count any more.');
  const { surveyId, version } = response.edition;
  const incentive = (await deps.surveys.version(shop.id, surveyId, version))?.incentive;
  if (!incentive) return skip('The survey promises no reward.');
  const { reward, validDays } = incentive;
  const wanted = {
    kind: reward.kind,
    worth: worthOf(reward),
    currency: shop.currency,
    code: reward.kind === 'points' ? null : rewardCode(action.id),
    expiresAt: rewardExpiresAt(reward, validDays, now),
  };
  if (stored?.status !== 'reserved') {
    const kept = await deps.rewards.reserve(shop.id, {
      ...wanted,
      ...{ actionId: action.id, surveyId, responseId: response.id, customerId: customer.id },
      orderId: response.orderId || null,
      issuedAt: now,
      budget: (await liveBudget(deps, shop, surveyId, version)) ?? incentive.budget,
      entryId: deps.newId(),
    });
    if (kept === 'gone') return { status: 'skipped', reason: NONE_LEFT };
    if (kept === 'given') return { status: 'skipped', reason: 'This answer has its reward already.' };
  }
  // What was reserved first holds, whatever was answered since.
  const mine = stored?.status === 'reserved' ? stored : wanted;
  if (mine.code === null || mine.expiresAt === null) return given(mine);
  const answer = await deps.shopify.createRewardDiscount(shop.domain, {
    code: mine.code,
    title: `Survey ${mine.code}`,
    customerId: customer.shopifyId,
    worth: discountOf(mine),
    startsAt: now,
    endsAt: mine.expiresAt,
  });
  if (answer.kind === 'done') {
    await deps.rewards.confirm(shop.id, action.id, answer.discountId);
    return given(mine);
  }
  const failure = failureOf(answer);
  if (failure.status === 'failed') await deps.rewards.release(shop.id, action.id);
  return failure;
}

/**
 * How many rewards the survey may give by now: a newer version may have raised the number, or lowered it. The promise itself
 * stays that of the version which was answered.
 * @returns null: the version that was answered is the live one, or what is live says no number
 */
async function liveBudget(
  deps: Pick<Deps, 'surveys'>,
  shop: ClaimedAction['shop'],
  surveyId: string,
  answered: number,
): Promise<number | null> {
  const live = shop.liveSurveys.find(({ id }) => id === surveyId);
  if (!live || live.version === answered) return null;
  return (await deps.surveys.version(shop.id, surveyId, live.version))?.incentive?.budget ?? null;
}

/** Percent, minor units, or points. */
function worthOf(reward: Reward): number {
  switch (reward.kind) {
    case 'percent_off':
      return reward.percent;
    case 'amount_off':
      return reward.amountMinor;
    case 'points':
      return reward.points;
  }
}

function discountOf({ kind, worth, currency }: Omit<StoredReward, 'status'>): RewardDiscountInput['worth'] {
  return kind === 'percent_off' ? { share: worth / 100 } : { amountMinor: worth, currency };
}

const given = ({ kind, worth, currency, code }: Omit<StoredReward, 'status'>): Performed => ({
  status: 'done',
  result: { kind, worth, currency, code },
});
