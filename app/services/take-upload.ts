import { parseSettings } from '../domain/shop-settings/settings.ts';
import { isAskedOnPages } from '../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { isKept } from '../domain/surveys/earlier-answer.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import { MAX_UPLOADS } from '../domain/surveys/uploads.ts';
import { acceptFile } from './accept-file.ts';
import type { SentFile, TakeUploadOutcome } from './accept-file.ts';
import { isUuid, occasionOf } from './open-survey.ts';
import { openPageDoor } from './page-door.ts';
import { closedNow } from './submit-answer.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { Deps } from './deps.ts';

type UploadDeps = Pick<
  Deps,
  'links' | 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'uploads' | 'newId'
>;

/** A picture or a voice note for an answer that is still to be sent, through a mailed link. */
export async function takeUpload(
  deps: UploadDeps,
  input: SentFile & { shopId: string; token: string; client: string | null },
): Promise<TakeUploadOutcome> {
  const { shopId } = input;
  const hash = isUuid(shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  const limited = await limitFiles(deps, hash && `link:${hash.toString('hex')}`, input.client);
  if (limited) return limited;
  const link = hash && (await deps.links.find(shopId, hash));
  if (!link || link.state !== 'open' || link.shop.status !== 'installed') return closedNow(deps, input);
  const { shop, locale } = link;
  const edition = parseEdition(link.edition ?? input.edition);
  const survey = await surveyFor(deps, shop, occasionOf(link), edition);
  if (!survey) return { outcome: 'expired', brand: brandOf(shop), locale };
  if (isKept(link.earlier, survey.edition, null)) return closedNow(deps, input);
  return acceptFile(deps, survey, input, {
    store: (file) => deps.uploads.storeByLink(shop.id, { tokenHash: hash, most: MAX_UPLOADS }, file),
    refused: () => closedNow(deps, input),
  });
}

/** The same by a customer whom Shopify names, with the token of a page in the store, or of one an account led to. */
export async function takeUploadOfCustomer(
  deps: UploadDeps,
  input: SentFile & {
    shopDomain: string;
    /** Shopify's. */
    customerId: string;
    kind: SurveyKind;
    orderId: string;
    pageToken: string;
    locale: string | null;
    /** A page of the store, unless said. */
    surface?: 'hosted_page';
    /** The shopper's address where it is known; behind the app proxy it is Shopify's. */
    client?: string | null;
  },
): Promise<TakeUploadOutcome> {
  const { customerId, kind, orderId, locale, edition, client = null } = input;
  const door = await openPageDoor(deps, input, (shopId) => ({ shopId, customerId, orderId, kind, edition }));
  if (door.outcome !== 'open') return door;
  const { shop, closed } = door;
  if (!isAskedOnPages(kind) || !parseSettings(shop.settings).surveys[kind].enabled)
    return closed('survey_off');
  const limited = await limitFiles(deps, `customer:${shop.id}:${customerId}`, client);
  if (limited) return limited;
  const occasion = { kind, orderId, person: { shopifyId: customerId }, locale, now: shop.now };
  const survey = await surveyFor(deps, shop, occasion, parseEdition(edition));
  if (!survey) return closed('expired');
  const customer = await deps.openSurveys.customerOrders(shop.id, customerId, orderId);
  const page = input.surface ? null : deps.tokens.pageOf(input.pageToken);
  if (isKept(customer?.orders[0]?.earlier[kind], survey.edition, page)) return closed('already_answered');
  const about = { shopifyCustomerId: customerId, kind, orderId, most: MAX_UPLOADS };
  return acceptFile(deps, survey, input, {
    store: (file) => deps.uploads.storeForCustomer(shop.id, about, file),
    refused: async () => closed('not_found'),
  });
}

async function limitFiles(
  { rateLimit }: Pick<Deps, 'rateLimit'>,
  uploadBySubject: string | null,
  uploadByAddress: string | null,
): Promise<Extract<TakeUploadOutcome, { outcome: 'rate_limited' }> | null> {
  const verdict = await rateLimit.consume({ uploadBySubject, uploadByAddress });
  if (verdict.outcome === 'allowed') return null;
  return { outcome: 'rate_limited', retryAfterSeconds: verdict.retryAfterSeconds };
}
