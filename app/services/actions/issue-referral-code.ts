import { parseSettings } from '../../domain/shop-settings/settings.ts';
import { decidePromoter, referralCode } from '../../domain/referral/promoter.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { readPresentModel } from '../predict-customer.ts';
import { scoreRow } from '../score-row.ts';
import { failureOf } from './shopify-failure.ts';

/** How many friends one code may bring. */
const USAGE_LIMIT = 100;

/**
 * A referral code for a promoter. Health is computed here and now, so that the decision
 * does not depend on whether the score of the same answer was stored already.
 */
export async function issueReferralCode(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  const { customer, response, hasOpenCase } = await deps.actionContext.load(shop.id, {
    actionId: action.id,
    customerId: action.customerId,
    orderId: action.orderId,
    responseId: action.payload['responseId'] ?? null,
    invitationId: null,
  });
  if (!customer || customer.redactedAt) return { status: 'skipped', reason: 'The customer was erased.' };
  const known = await deps.grants.referralCode(shop.id, customer.id);
  if (known) return { status: 'done', result: { code: known } };
  const loaded = await deps.scores.load(shop.id, [customer.id]);
  const source = loaded?.sources[0];
  const score = loaded && source ? await scoreNow(deps, loaded, source) : null;
  const decision = decidePromoter({
    nps: response?.metric === 'nps' ? response.rating : null,
    hasOpenCase,
    health: score?.band ? score.health : null,
  });
  if (!decision.promoter) return { status: 'skipped', reason: decision.sentence };

  // From the customer, not the action: two answers at once make one code.
  const code = referralCode(customer.id);
  const { referral } = parseSettings(shop.settings);
  const created = await deps.shopify.createReferralDiscount(shop.domain, {
    code,
    title: `Referral ${code}`,
    share: referral.percent / 100,
    usageLimit: USAGE_LIMIT,
    startsAt: now,
    endsAt: null,
  });
  if (created.kind !== 'done') return failureOf(created);
  await deps.grants.saveReferralCode(shop.id, {
    id: action.id,
    customerId: customer.id,
    code,
    nodeId: created.discountId,
    now,
  });
  return { status: 'done', result: { code } };
}

type Loaded = NonNullable<Awaited<ReturnType<Deps['scores']['load']>>>;

async function scoreNow(deps: Deps, loaded: Loaded, source: Loaded['sources'][number]) {
  const known = { ...loaded, settings: parseSettings(loaded.shop.settings) };
  return scoreRow(source, { ...known, present: await readPresentModel(deps, known) });
}
