import { brandOf } from './survey-context.ts';
import type { SurveyBrand } from './survey-context.ts';
import { isUuid } from './open-survey.ts';
import type { Deps } from './deps.ts';

export type UnsubscribeOutcome =
  /** The page with its button. */
  { outcome: 'ask' | 'done'; brand: SurveyBrand; locale: string | null } | { outcome: 'not_found' };

/** What an unsubscribe link shows. Reads only. The link is good for ever, also after an uninstall. */
export async function showUnsubscribe(
  deps: Pick<Deps, 'links' | 'tokens'>,
  input: { shopId: string; token: string },
): Promise<UnsubscribeOutcome> {
  const customerId = isUuid(input.shopId)
    ? deps.tokens.readUnsubscribeToken(input.shopId, input.token)
    : null;
  const found = customerId && (await deps.links.subscriber(input.shopId, customerId));
  if (!found) return { outcome: 'not_found' };
  return { outcome: found.unsubscribed ? 'done' : 'ask', brand: brandOf(found.shop), locale: found.locale };
}

/** Ends all survey and marketing mail to the customer; also what a mail client's one click does (RFC 8058). */
export async function unsubscribe(
  deps: Pick<Deps, 'links' | 'tokens'>,
  input: { shopId: string; token: string },
): Promise<UnsubscribeOutcome> {
  const shown = await showUnsubscribe(deps, input);
  if (shown.outcome !== 'ask') return shown;
  const customerId = deps.tokens.readUnsubscribeToken(input.shopId, input.token) as string;
  await deps.links.unsubscribe(input.shopId, customerId);
  return { ...shown, outcome: 'done' };
}
