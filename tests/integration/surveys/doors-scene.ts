/** One customer, one order and one survey, before every door through which it can be answered. */
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { storedAnswers } from '#app/domain/surveys/stored-answers.ts';
import { readAnswers } from '#app/domain/surveys/read-answers/read-answers.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { answerContinuation, openContinuation } from '#app/services/continue-survey.ts';
import { offerAtCheckout, offerToCustomer } from '#app/services/offer-survey.ts';
import { openLink } from '#app/services/open-survey.ts';
import { submitAtCheckout, submitByCustomer, submitByLink } from '#app/services/submit-answer.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { facts, survey } from '#tests/factories/surveys.ts';
import { aLink, anOrder, aShop, NOW, surveyDeps } from './survey-shop.ts';

const HOUR_MS = 3_600_000;
const KIND = 'delivery';
const ORDER = '1001';
/** The version that every page shows, and that is live. */
const SHOWN = 2;
const definition = (version: number) =>
  survey(
    [
      { id: 'rating', type: 'csat', metric: 'csat_delivery', required: true },
      { id: 'more', type: 'long_text' },
    ],
    { kind: KIND, version },
  );

/** What there is before somebody answers. `counted`: steps that were taken for the answer when nothing more came. */
export type Before = 'none' | 'unfinished' | 'counted' | 'finished' | 'held';

export async function doorsScene(pool: Pool) {
  const deps = surveyDeps(pool);
  const { shopId, domain, customerId: id, shopifyCustomerId: customerId } = await aShop(pool);
  await anOrder(pool, shopId, id, ORDER, { placed: '2026-03-04', delivered: '2026-03-05' });
  const surveyId = await publish(pool, shopId, definition(1));
  await publish(pool, shopId, definition(SHOWN), { id: surveyId });
  const edition = `${surveyId}.${SHOWN}`;
  const about = { shopId, customerId: id, orderId: ORDER, kind: KIND, edition } as const;
  const { token, invitationId } = await aLink(pool, deps, about);
  const rows = async (sql: string) => (await pool.query(sql)).rows;

  /** Answers as the version 1 or 2 asked, at no door in particular. */
  async function before(state: Before, version: number): Promise<void> {
    if (state === 'none') return;
    const isStep = state === 'unfinished' || state === 'counted';
    const asked = definition(version);
    const read = readAnswers(resolveSurvey(asked, facts({}), {}), { answers: { rating: 2, more: 'Late.' } });
    if (read.outcome === 'invalid') throw new Error('The answer of before is not accepted.');
    const customer = { kind: KIND, orderId: ORDER, shopifyCustomerId: customerId, page: null } as const;
    await deps.answers.storeForCustomer(shopId, customer, {
      ...{
        responseId: uuidv7(),
        eventId: uuidv7(),
        surface: 'storefront',
        metric: 'csat_delivery',
        rating: 2,
      },
      ...{ route: 'low', answers: storedAnswers(asked, read, null), comment: 'Late.' },
      ...{ edition: { surveyId, version }, stepCountsAfterMinutes: isStep ? 15 : null },
      ...{ identity: 'identified', incentive: false },
    });
    if (state === 'counted') await pool.query(`UPDATE timer SET status = 'fired', firings = 1`);
    if (state === 'held')
      await pool.query(`UPDATE survey_response SET status = 'quarantined', held_reason = 'scanned'`);
    // As if nobody had noted it there.
    await pool.query('UPDATE survey_invitation SET answered_at = NULL');
  }

  const page = { shopDomain: domain, customerId, kind: KIND, orderId: ORDER, locale: null } as const;
  const expiresAt = new Date(NOW.getTime() + HOUR_MS);
  const claims = { shopId, customerId, orderId: ORDER, kind: KIND, edition };
  const pageToken = deps.tokens.issuePageToken(claims, expiresAt);
  const continued = { ...page, edition, locale: 'en', pageToken };
  const continuation = { shopId, token: deps.tokens.issueContinuation(shopId, continued), client: null };
  const link = { shopId, token, client: null };
  const checkout = { shopDomain: domain, customerId, orderId: ORDER, locale: null, client: null };
  const inAccount = { ...page, surface: 'customer_account' } as const;
  const sent = (answers: object, isStep = false) => ({ edition, submission: { answers }, isStep });
  type Answer = { answers: object; isStep?: boolean; pageToken?: string };

  /** Each door: what it shows, and what becomes of answers from a page that was opened before. */
  const doors = {
    link: {
      show: () => openLink(deps, link),
      send: ({ answers, isStep }: Answer) => submitByLink(deps, { ...link, ...sent(answers, isStep) }),
    },
    store: {
      show: () => offerToCustomer(deps, page),
      send: ({ answers, isStep, pageToken: token = pageToken }: Answer) =>
        submitByCustomer(deps, { ...page, pageToken: token, ...sent(answers, isStep) }),
    },
    account: {
      show: () => offerToCustomer(deps, inAccount),
      send: ({ answers, isStep }: Answer) =>
        submitByCustomer(deps, { ...inAccount, pageToken, ...sent(answers, isStep) }),
    },
    checkout: {
      show: () => offerAtCheckout(deps, { ...checkout, page: 'order_status' }),
      send: ({ answers, isStep, pageToken: token }: Answer) =>
        submitAtCheckout(deps, { ...checkout, kind: KIND, pageToken: token, ...sent(answers, isStep) }),
    },
    continuation: {
      show: () => openContinuation(deps, continuation),
      send: ({ answers, isStep }: Answer) =>
        answerContinuation(deps, { ...continuation, ...sent(answers, isStep) }),
    },
  };
  return { deps, shopId, domain, customerId, surveyId, invitationId, before, doors, rows };
}
export type DoorsScene = Awaited<ReturnType<typeof doorsScene>>;
export type Door = keyof DoorsScene['doors'];
