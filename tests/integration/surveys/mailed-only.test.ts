import { expect, it } from 'vitest';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { submitAtCheckout, submitByCustomer } from '#app/services/submit-answer.ts';
import { takeUploadOfCustomer } from '#app/services/take-upload.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { anOrder, aShop, NOW, surveyDeps } from './survey-shop.ts';

const database = useTestDatabase();

it.each(['support', 'return', 'milestone', 'website', 'storefront'] as const)(
  'no door about an order offers or takes what no page about one asks: %s',
  async (kind) => {
    const { pool } = database;
    const deps = surveyDeps(pool);
    const { shopId, domain: shopDomain, shopifyCustomerId: customerId, ...shop } = await aShop(pool);
    const orderId = '1001';
    await anOrder(pool, shopId, shop.customerId, orderId, { placed: '2026-03-01', delivered: '2026-03-05' });
    const surveys = { [kind]: { enabled: true } };
    await pool.query('UPDATE shop SET settings = $1', [JSON.stringify({ surveys })]);

    const about = { shopDomain, customerId, kind, orderId, locale: null };
    expect(await offerToCustomer(deps, about)).toEqual({ outcome: 'none', reason: 'nothing_due' });
    const edition = `${kind}.1`;
    const claims = { shopId, customerId, orderId, kind, edition };
    const pageToken = deps.tokens.issuePageToken(claims, new Date(NOW.getTime() + 60_000));
    const sent = { ...about, edition, pageToken, submission: { answers: { rating: 5 } } };
    const file = { questionId: 'rating', read: async () => new Uint8Array() };
    for (const refused of [
      await submitByCustomer(deps, sent),
      await submitByCustomer(deps, { ...sent, surface: 'customer_account' }),
      await submitAtCheckout(deps, { ...sent, client: null }),
      await takeUploadOfCustomer(deps, { ...about, ...file, edition, pageToken }),
    ])
      expect(refused).toMatchObject({ outcome: 'survey_off' });
    expect((await pool.query('SELECT id FROM survey_response')).rows).toEqual([]);
  },
);
