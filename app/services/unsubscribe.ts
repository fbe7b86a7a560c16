import type { MailList } from '../infra/db/subscriptions.repo.server.ts';
import { brandOf } from './survey-context.ts';
import type { SurveyBrand } from './survey-context.ts';
import { isUuid } from './open-survey.ts';
import type { Deps } from './deps.ts';

export type UnsubscribeOutcome =
  /** `stopped` is what the customer gets no more; null: everything still comes. */
  | {
      outcome: 'shown';
      stopped: MailList | null;
      resumed: boolean;
      brand: SurveyBrand;
      locale: string | null;
    }
  | { outcome: 'not_found' };

type Input = { shopId: string; token: string };
type UnsubscribeDeps = Pick<Deps, 'subscriptions' | 'tokens'>;

/** What an unsubscribe link shows. Reads only. The link is good for ever, also after an uninstall. */
export async function showUnsubscribe(deps: UnsubscribeDeps, input: Input): Promise<UnsubscribeOutcome> {
  const customerId = customerOf(deps, input);
  const found = customerId && (await deps.subscriptions.find(input.shopId, customerId));
  if (!found) return { outcome: 'not_found' };
  const { shop, stopped, locale } = found;
  return { outcome: 'shown', stopped, resumed: false, brand: brandOf(shop), locale };
}

/** Ends the surveys, or all mail but that about a complaint; also what a mail client's one click does (RFC 8058). */
export async function unsubscribe(
  deps: UnsubscribeDeps,
  input: Input & { list: MailList },
): Promise<UnsubscribeOutcome> {
  const shown = await showUnsubscribe(deps, input);
  if (shown.outcome !== 'shown' || shown.stopped === 'all' || shown.stopped === input.list) return shown;
  await deps.subscriptions.stop(input.shopId, customerOf(deps, input) as string, input.list);
  return { ...shown, stopped: input.list };
}

/** Takes it back: whoever tapped by mistake gets everything again. */
export async function resubscribe(deps: UnsubscribeDeps, input: Input): Promise<UnsubscribeOutcome> {
  const shown = await showUnsubscribe(deps, input);
  if (shown.outcome !== 'shown' || shown.stopped === null) return shown;
  await deps.subscriptions.resume(input.shopId, customerOf(deps, input) as string);
  return { ...shown, stopped: null, resumed: true };
}

function customerOf({ tokens }: Pick<Deps, 'tokens'>, { shopId, token }: Input): string | null {
  return isUuid(shopId) ? tokens.readUnsubscribeToken(shopId, token) : null;
}
