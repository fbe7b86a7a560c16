/**
 * The request for a public review goes to everyone who answered, in the same words and with the same link; the score
 * decides only when: whoever complained is asked once the case is closed (domain.md section 2).
 */
import type { CustomerState, ResponseState } from '../core/state.ts';
import { isVisitKind } from './contract.ts';
import type { Route } from './contract.ts';
import type { ContactPolicy } from './eligibility.ts';
import type { ContactReason } from './reasons.ts';

/**
 * When somebody who has just answered is asked: right there, or by mail after their case.
 * @param mailedLater the door proves who answers, so that a low answer opens a case, and nothing keeps mail from them: who
 *   is not asked at once would else not be asked at all
 */
export function reviewAskedAt(route: Route, mailedLater: boolean): 'at_once' | 'after_case' {
  return route === 'low' && mailedLater ? 'after_case' : 'at_once';
}

/**
 * What was asked on the page, whatever the answer, is not asked again by mail. Nobody is proven to be anybody at
 * checkout, and of a visit it is not known whether its visitor ever bought anything.
 */
export function wasAskedOnPage({ kind, surface }: Pick<ResponseState, 'kind' | 'surface'>): boolean {
  return surface === 'checkout' || isVisitKind(kind);
}

/** A reason of reasons.ts. */
type ReviewObstacle = Extract<
  ContactReason,
  | 'shop_uninstalled'
  | 'redacted'
  | 'no_email'
  | 'invalid_email'
  | 'unsubscribed'
  | 'surveys_stopped'
  | 'consent_missing'
  | 'open_case'
>;

/**
 * What keeps the request back; null = it may go. It asks for something as a survey does, so the same wishes and the
 * same consent count; nor does it go to somebody whose case was opened again, or who has another.
 */
export function reviewObstacle(about: {
  shopStatus: string;
  customer: Pick<
    CustomerState,
    'email' | 'consent' | 'redactedAt' | 'unsubscribedAt' | 'surveysOffAt' | 'countryCode'
  > | null;
  hasOpenCase: boolean;
  policy: Pick<ContactPolicy, 'surveyConsent' | 'strictConsentCountries'>;
}): ReviewObstacle | null {
  const { shopStatus, customer, hasOpenCase, policy } = about;
  if (shopStatus !== 'installed') return 'shop_uninstalled';
  const consent = customer?.consent?.state;
  if (!customer || customer.redactedAt || consent === 'redacted') return 'redacted';
  if (!customer.email) return 'no_email';
  if (consent === 'invalid') return 'invalid_email';
  if (customer.unsubscribedAt || consent === 'unsubscribed') return 'unsubscribed';
  if (customer.surveysOffAt) return 'surveys_stopped';
  if (policy.surveyConsent === 'subscribed_in_strict_countries' && consent !== 'subscribed') {
    const country = (customer.countryCode ?? '').toUpperCase();
    if (policy.strictConsentCountries.includes(country)) return 'consent_missing';
  }
  return hasOpenCase ? 'open_case' : null;
}

/**
 * Whether the request could be mailed after a case, by what is known while somebody answers: a case that is open then may be
 * closed later, a wish not to be mailed stays.
 * @param customer null: nobody is proven to be anybody
 */
export function reviewReaches(
  customer: Parameters<typeof reviewObstacle>[0]['customer'],
  policy: Parameters<typeof reviewObstacle>[0]['policy'],
): boolean {
  // Only installed shops ask.
  return reviewObstacle({ shopStatus: 'installed', customer, hasOpenCase: false, policy }) === null;
}
