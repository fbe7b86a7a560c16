import { isKept, stepsTaken } from '../domain/surveys/earlier-answer.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { RenderableSurvey, SurveyBrand, SurveyOccasion } from './survey-context.ts';
import type { LinkRecord } from '../infra/db/links.repo.server.ts';
import type { Deps } from './deps.ts';

export type ClosedLink = 'not_found' | 'expired' | 'already_answered' | 'redacted' | 'shop_uninstalled';

export type OpenLinkOutcome =
  | ({
      outcome: 'open';
      orderName: string;
      /** What earlier steps have stored, by field. */
      given: Record<string, string | string[]>;
    } & RenderableSurvey)
  | { outcome: ClosedLink; brand: SurveyBrand | null; locale: string | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/**
 * The survey behind a mailed link. Opening it changes no answer. Whoever opens the link that no person sees gets the
 * same page, and it is noted that somebody opens every link.
 * @param input.client address of the shopper, null where it can't be believed
 * @param input.tapped the values in the address
 */
export async function openLink(
  deps: Pick<Deps, 'links' | 'surveys' | 'tokens' | 'rateLimit'>,
  input: { shopId: string; token: string; client: string | null; tapped?: readonly string[] },
): Promise<OpenLinkOutcome> {
  const hash = isUuid(input.shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  // Before anything is counted: whoever opens every link is soon over the limit.
  if (hash && input.tapped?.includes(deps.tokens.unseenMark(input.token)))
    await deps.links.markScanned(input.shopId, hash);
  const limited = await limitReads(deps, { pageByAddress: input.client });
  if (limited) return limited;
  const link = hash && (await deps.links.find(input.shopId, hash));
  if (!link) {
    const guesses = await deps.rateLimit.consume({ guessByAddress: input.client });
    if (guesses.outcome === 'limited') return rateLimited(guesses.retryAfterSeconds);
    return { outcome: 'not_found', brand: null, locale: null };
  }
  const { shop, locale } = link;
  if (shop.status === 'redacted') return { outcome: 'redacted', brand: null, locale };
  const closed = (outcome: ClosedLink): OpenLinkOutcome => ({ outcome, brand: brandOf(shop), locale });
  if (link.state === 'redacted') return closed('redacted');
  if (shop.status !== 'installed') return closed('shop_uninstalled');
  const { orderName, earlier } = link;
  if (link.state === 'used') return closed('already_answered');
  const survey = await surveyFor(deps, shop, occasionOf(link), parseEdition(link.edition));
  // Nobody is shown an empty form in place of what they have sent off.
  if (isKept(earlier, survey?.edition, null)) return closed('already_answered');
  if (!survey || link.state === 'expired') return closed('expired');
  return { outcome: 'open', orderName, given: stepsTaken(earlier, survey.edition), ...survey };
}

/** What a mailed link is about. */
export function occasionOf(link: LinkRecord): SurveyOccasion {
  const { kind, orderId, invitationId, customerId, locale } = link;
  return { kind, orderId, invitationId, person: { id: customerId }, locale, now: null };
}

/** Whether text can be the id of one of our rows; anything else would be an error of the database. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
}

/** Counts a page that is read. */
export async function limitReads(
  deps: Pick<Deps, 'rateLimit'>,
  keys: { pageByAddress: string | null } | { pageBySubject: string },
) {
  const verdict = await deps.rateLimit.consume(keys);
  return verdict.outcome === 'allowed' ? null : rateLimited(verdict.retryAfterSeconds);
}

function rateLimited(retryAfterSeconds: number) {
  return { outcome: 'rate_limited', retryAfterSeconds } as const;
}
