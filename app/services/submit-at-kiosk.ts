import { acceptAnswer } from './accept-answer.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import { limitAnswers } from './limit-answers.ts';
import { kioskShop } from './open-kiosk.ts';
import type { KioskLink } from './open-kiosk.ts';
import { limitVisits } from './submit-visit.ts';
import type { Deps } from './deps.ts';

/**
 * An answer from a kiosk, by nobody who is known. It may have waited for a connection, so a visit that was stored
 * before is stored again without harm.
 * @param input.visitId made by the kiosk for each person in front of it
 */
export async function submitAtKiosk(
  deps: Pick<Deps, 'answers' | 'openSurveys' | 'surveys' | 'tokens' | 'producer' | 'rateLimit' | 'newId'>,
  input: SentAnswers & KioskLink & { visitId: string; locale: string | null },
): Promise<SubmitAnswerOutcome> {
  const { visitId, locale, client } = input;
  const found = await kioskShop(deps, input);
  if (found.outcome === 'rate_limited') return found;
  // A link that has ended is no fault of the answer: it waits on the device until there is a new one.
  if (found.outcome !== 'found') return { outcome: 'shop_uninstalled', brand: found.brand, locale };
  const { shop } = found;
  const kind = 'storefront';
  const limited =
    (await limitVisits(deps, shop.id)) ??
    (await limitAnswers(deps, `visit:${shop.id}:${visitId}`, client, input.isStep));
  if (limited) return limited;
  return acceptAnswer(
    deps,
    { ...input, shop, kind, orderId: '', person: null, now: shop.now, surface: 'kiosk' },
    {
      save: (answer) => deps.answers.storeVisit(shop.id, { kind, visitId, shopifyCustomerId: null }, answer),
    },
  );
}
