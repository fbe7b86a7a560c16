import { acceptAnswer } from './accept-answer.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import { limitAnswers } from './limit-answers.ts';
import { visitClaims } from './offer-visit.ts';
import type { Visitor } from './offer-visit.ts';
import { openPageDoor } from './page-door.ts';
import type { Deps } from './deps.ts';

/** An answer, or a step of one, by whoever is on the storefront, with the token of the page that asked. */
export async function submitByVisitor(
  deps: Pick<Deps, 'answers' | 'openSurveys' | 'surveys' | 'tokens' | 'producer' | 'rateLimit' | 'newId'>,
  input: SentAnswers & Visitor & { visitId: string; pageToken: string; locale: string | null },
): Promise<SubmitAnswerOutcome> {
  const { customerId, kind, visitId, address, edition = null } = input;
  const door = await openPageDoor(deps, input, (shopId) =>
    visitClaims(shopId, { customerId, kind, visitId, edition }),
  );
  if (door.outcome !== 'open') return door;
  const { shop } = door;
  const subject = `visit:${shop.id}:${visitId}`;
  const limited =
    (await limitVisits(deps, shop.id)) ??
    (await limitAnswers(deps, subject, address && `visitor:${address}`, input.isStep));
  if (limited) return limited;
  const person = customerId === null ? null : { shopifyId: customerId };
  return acceptAnswer(
    deps,
    { ...input, shop, orderId: '', person, now: shop.now, surface: 'storefront' },
    {
      save: (answer) =>
        deps.answers.storeVisit(shop.id, { kind, visitId, shopifyCustomerId: customerId }, answer),
    },
  );
}

/** Counts what visitors of one shop send together; null: it is allowed. */
export async function limitVisits(deps: Pick<Deps, 'rateLimit'>, shopId: string) {
  const verdict = await deps.rateLimit.consume({ visitByShop: shopId });
  if (verdict.outcome === 'allowed') return null;
  return { outcome: 'rate_limited', retryAfterSeconds: verdict.retryAfterSeconds } as const;
}
