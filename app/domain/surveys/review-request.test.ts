import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, survey } from '#tests/factories/surveys.ts';
import { ROUTES, SCALES } from './contract.ts';
import { resolveSurvey } from './logic.ts';
import { reviewAskedAt, reviewObstacle, wasAskedOnPage } from './review-request.ts';
import { routeOf, scaleValues } from './routing.ts';
import { afterAnswer, surveyView } from './view.ts';

const URL = 'https://reviews.example.com/shop';
const definition = survey([{ id: 'rating', type: 'stars' }], {
  reviewAsk: { text: 'review.text', url: URL },
  texts: { en: { 'review.text': 'Tell others about us.' } },
});
const ASK = { text: 'Tell others about us.', url: URL };
const view = (mailable: boolean, over: object = {}) =>
  surveyView(resolveSurvey({ ...definition, ...over }, facts({}), {}), {
    ...{ locale: 'en', brandName: 'Moss', targetHours: 4, edition: 'e', mailable },
  });

describe('the request for a review', () => {
  const scores = fc
    .constantFrom(...SCALES)
    .chain((scale) => fc.constantFrom(...scaleValues(scale).map((value) => routeOf(scale, value))));

  it('is the same for every score but for its time: at once, or after the case', () => {
    fc.assert(
      fc.property(scores, fc.boolean(), (route, mailable) => {
        const seen = view(mailable);
        const { text, url } = seen.review!;
        expect({ text, url }).toEqual(ASK);
        const now = afterAnswer(seen, route).review;
        const later = reviewAskedAt(route, seen.review!.lowAfterCase === true) === 'after_case';
        // Exactly one of the two, in the same words.
        expect(now).toEqual(later ? undefined : ASK);
        expect(later).toBe(mailable && route === 'low');
      }),
    );
  });

  it.each(ROUTES)('is made at once of whoever can have no case or no mail, %s or not', (route) => {
    expect(afterAnswer(view(false), route).review).toEqual(ASK);
    expect(afterAnswer(view(true, { identity: 'anonymous' }), route).review).toEqual(ASK);
  });

  it('is left out of orders that it is not meant for, for every score alike', () => {
    const seen = surveyView(resolveSurvey(definition, facts({}), {}), {
      ...{ locale: 'en', brandName: 'Moss', targetHours: 4, edition: 'e', withoutReview: true },
    });
    for (const route of ROUTES) expect(afterAnswer(seen, route)).toEqual({});
  });
});

describe('the mail that asks after the case', () => {
  const customer = {
    ...{ email: 'ada@example.com', consent: null, redactedAt: null, countryCode: 'DE' },
    ...{ unsubscribedAt: null, surveysOffAt: null },
  };
  const then = new Date(0);
  const strict = {
    surveyConsent: 'subscribed_in_strict_countries' as const,
    strictConsentCountries: ['DE'],
  };
  const said = (state: 'invalid' | 'unsubscribed' | 'subscribed') => ({ state, updatedAt: null });
  it.each<[string, string | null, object, object]>([
    ['goes', null, {}, {}],
    ['not after the app', 'shop_uninstalled', {}, { shopStatus: 'uninstalled' }],
    ['not to the erased', 'redacted', { redactedAt: then }, {}],
    ['not without an address', 'no_email', { email: null }, {}],
    ['not to a bad address', 'invalid_email', { consent: said('invalid') }, {}],
    ['not to who unsubscribed', 'unsubscribed', { unsubscribedAt: then }, {}],
    ['not to who unsubscribed in the shop', 'unsubscribed', { consent: said('unsubscribed') }, {}],
    ['not to who wants no surveys', 'surveys_stopped', { surveysOffAt: then }, {}],
    ['not without the consent that the country wants', 'consent_missing', {}, { policy: strict }],
    ['with that consent it goes', null, { consent: said('subscribed') }, { policy: strict }],
    ['not during another case', 'open_case', {}, { hasOpenCase: true }],
  ])('%s', (_name, obstacle, person, about) => {
    const policy = { surveyConsent: 'any' as const, strictConsentCountries: ['DE'] };
    expect(
      reviewObstacle({
        ...{ shopStatus: 'installed', hasOpenCase: false, policy, ...about },
        customer: { ...customer, ...person },
      }),
    ).toBe(obstacle);
  });

  it('is not needed where the page asked everybody at once', () => {
    expect(wasAskedOnPage({ kind: 'delivery', surface: 'checkout' })).toBe(true);
    expect(wasAskedOnPage({ kind: 'website', surface: 'storefront' })).toBe(true);
    expect(wasAskedOnPage({ kind: 'delivery', surface: 'storefront' })).toBe(false);
    expect(wasAskedOnPage({ kind: 'usage', surface: 'hosted_page' })).toBe(false);
  });
});
