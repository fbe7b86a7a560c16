import { chooseOpenSurvey } from '../domain/surveys/choose-open-survey.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { isKept, stepsTaken } from '../domain/surveys/earlier-answer.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import type { Continuation } from '../infra/page-token.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import type { SentFile, TakeUploadOutcome } from './accept-file.ts';
import { isUuid, limitReads } from './open-survey.ts';
import type { OpenLinkOutcome } from './open-survey.ts';
import { openPageDoor } from './page-door.ts';
import type { ClosedDoor } from './page-door.ts';
import { submitByCustomer } from './submit-answer.ts';
import { surveyFor } from './survey-context.ts';
import { takeUploadOfCustomer } from './take-upload.ts';
import type { Deps } from './deps.ts';

/** The page that an account led to, and who is there. */
export interface ContinuationLink {
  shopId: string;
  token: string;
  /** Address of the shopper, null where it can't be believed. */
  client: string | null;
}

type NoContinuation = Extract<OpenLinkOutcome, { outcome: 'rate_limited' }> | ClosedDoor;

/** The survey that a customer began in their account, where it was left, with what accounts cannot ask. Reads only. */
export async function openContinuation(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit'>,
  link: ContinuationLink,
): Promise<Extract<OpenLinkOutcome, { outcome: 'open' }> | NoContinuation> {
  const limited = await limitReads(deps, { pageByAddress: link.client });
  if (limited) return limited;
  const claims = await claimsOf(deps, link);
  if ('outcome' in claims) return claims;
  const { customerId, orderId, kind, edition, locale } = claims;
  const door = await openPageDoor(deps, claims, (shopId) => ({ shopId, customerId, orderId, kind, edition }));
  if (door.outcome !== 'open') return door;
  const { shop, closed } = door;
  const customer = await deps.openSurveys.customerOrders(shop.id, customerId, orderId);
  if (customer?.redacted) return closed('redacted');
  const { surveys } = parseSettings(shop.settings);
  const choice = chooseOpenSurvey(customer?.orders ?? [], surveys, shop.now, { kind, named: true });
  if (choice.outcome === 'none') return closed(choice.reason === 'survey_off' ? 'survey_off' : 'expired');
  const { order } = choice;
  const earlier = order.earlier[kind];
  const occasion = { kind, orderId, person: { shopifyId: customerId }, locale, now: shop.now };
  const survey = await surveyFor(deps, shop, occasion, parseEdition(edition));
  // Nobody is shown an empty form in place of what they have sent off.
  if (isKept(earlier, survey?.edition, null)) return closed('already_answered');
  if (!survey) return closed('expired');
  return { outcome: 'open', orderName: order.name, given: stepsTaken(earlier, survey.edition), ...survey };
}

/** An answer, or a step of one, from that page; it is the one that was begun in the account. */
export async function answerContinuation(
  deps: Parameters<typeof submitByCustomer>[0],
  { submission, isStep, ...link }: ContinuationLink & Pick<SentAnswers, 'submission' | 'isStep'>,
): Promise<SubmitAnswerOutcome> {
  const claims = await claimsOf(deps, link);
  if ('outcome' in claims) return claims;
  const sent = { ...claims, submission, isStep, client: link.client };
  const result = await submitByCustomer(deps, { ...sent, surface: 'hosted_page' });
  // The link is whole; what it was about is not theirs any more, or erased.
  return result.outcome === 'not_found' ? { ...result, outcome: 'expired' } : result;
}

/** A picture or a voice note from that page. */
export async function takeUploadOfContinuation(
  deps: Parameters<typeof takeUploadOfCustomer>[0],
  { questionId, read, ...link }: ContinuationLink & Pick<SentFile, 'questionId' | 'read'>,
): Promise<TakeUploadOutcome> {
  const claims = await claimsOf(deps, link);
  if ('outcome' in claims) return claims;
  const file = { questionId, read, client: link.client };
  return takeUploadOfCustomer(deps, { ...claims, ...file, surface: 'hosted_page' });
}

/** What the token is good for; whoever tries tokens out is soon stopped. */
async function claimsOf(
  deps: Pick<Deps, 'tokens' | 'rateLimit'>,
  { shopId, token, client }: ContinuationLink,
): Promise<Continuation | NoContinuation> {
  const claims = isUuid(shopId) ? deps.tokens.readContinuation(shopId, token) : null;
  if (claims) return claims;
  const guesses = await deps.rateLimit.consume({ guessByAddress: client });
  if (guesses.outcome === 'allowed') return { outcome: 'not_found', brand: null, locale: null };
  return { outcome: 'rate_limited', retryAfterSeconds: guesses.retryAfterSeconds };
}
