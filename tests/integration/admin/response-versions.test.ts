import { uuidv7 } from 'uuidv7';
import { beforeEach, describe, expect, it } from 'vitest';
import { wholeView } from '#app/components/response-filter.ts';
import { createAnswersRepo, type NewAnswer } from '#app/infra/db/answers.repo.server.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, anOrder, aShop, setClock } from './seed.ts';

/** What the admin says about how an answer came, after it came through the doors of shoppers. */
const database = useTestDatabase();
let shopId: string;
beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool);
});

const answer = (rating: number, isStep: boolean): NewAnswer => ({
  ...{ responseId: uuidv7(), eventId: uuidv7(), surface: 'customer_account', metric: 'csat_delivery' },
  ...{ rating, route: 'middle', comment: null, edition: { surveyId: null, version: 1 } },
  answers: { ratings: { rating }, metrics: { rating: 'csat_delivery' } },
  ...{ stepCountsAfterMinutes: isStep ? 15 : null, identity: 'identified', incentive: false },
});
const shown = async () => {
  const { rows } = await createAdminReads(database.pool).responses(
    shopId,
    { ...wholeView('all'), days: null },
    {},
    5,
  );
  expect(rows).toHaveLength(1);
  return { versions: rows[0]!.versions, steps: rows[0]!.steps };
};

describe('an answer about an order', () => {
  beforeEach(async () => {
    const customerId = await aCustomer(database.pool, shopId, { shopify_id: '7' });
    await anOrder(database.pool, shopId, '1001', { customer_id: customerId });
  });
  const gives = (rating: number, isStep = false) =>
    createAnswersRepo(database.pool).storeForCustomer(
      shopId,
      { kind: 'delivery', orderId: '1001', shopifyCustomerId: '7', page: { mark: 'page', seen: 0 } },
      answer(rating, isStep),
    );

  it('given at once has one version, also if the same comes again', async () => {
    await gives(4);
    await gives(4);
    expect(await shown()).toEqual({ versions: 1, steps: 1 });
  });

  it('tells steps from what was changed later', async () => {
    await gives(1, true);
    await gives(2, true);
    expect(await shown(), 'on the way').toEqual({ versions: 2, steps: 2 });
    await gives(3);
    expect(await shown(), 'sent').toEqual({ versions: 3, steps: 3 });
    await gives(4);
    await gives(5);
    expect(await shown(), 'changed twice').toEqual({ versions: 5, steps: 3 });
  });

  it('whose last step says nothing new has no more steps than were stored', async () => {
    await gives(1, true);
    await gives(2, true);
    await gives(2);
    await gives(5);
    expect(await shown()).toEqual({ versions: 3, steps: 2 });
  });
});

it('about a visit of a stranger does not pretend to know', async () => {
  const visit = { kind: 'website' as const, visitId: uuidv7(), shopifyCustomerId: null };
  const answers = createAnswersRepo(database.pool);
  await answers.storeVisit(shopId, visit, answer(2, true));
  await answers.storeVisit(shopId, visit, answer(3, false));
  await answers.storeVisit(shopId, visit, answer(4, false));
  expect(await shown()).toEqual({ versions: 3, steps: null });
});
