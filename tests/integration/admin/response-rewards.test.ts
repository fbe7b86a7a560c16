import { describe, expect, it } from 'vitest';
import { wholeView } from '#app/components/response-filter.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import type { ResponseFilter } from '#app/infra/db/reads/response-views.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { showResponses } from '#app/services/show-responses.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { anAnswer, aShop } from './seed.ts';

const database = useTestDatabase();
const rated = { answers: { ratings: { rating: 4 }, metrics: { rating: 'csat_delivery' } } };
const everything: ResponseFilter = { ...wholeView('all'), days: null };

describe('answers given for a reward', () => {
  it('stand beside the others to surveys of the same kind, with n, intervals and the difference', async () => {
    const { pool } = database;
    const shopId = await aShop(pool);
    const many = async (count: number, more: Record<string, unknown>) => {
      for (let index = 0; index < count; index += 1) await anAnswer(pool, shopId, { ...rated, ...more });
    };
    const show = async (filter: ResponseFilter) =>
      (
        await showResponses(
          { admin: createAdminReads(pool), surveys: createSurveysRepo(pool) },
          { shopId, filter, cursor: {} },
        )
      ).mix.rewards;
    await many(6, { route: 'low' });
    await many(4, { route: 'high' });
    expect(await show(everything)).toBeNull();
    await many(2, { route: 'low', incentive: true });
    await many(8, { route: 'high', incentive: true });
    // Nobody was promised anything for these, so they say nothing about rewards.
    await many(9, { kind: 'usage', route: 'low' });
    expect(await show(everything)).toMatchObject({
      withN: 10,
      withoutN: 10,
      rows: [
        { route: 'low', with: { value: 0.2 }, without: { value: 0.6 } },
        { route: 'high', with: { value: 0.8 }, without: { value: 0.4 } },
      ],
    });
    const [low] = (await show(everything))!.rows;
    // By hand: Newcombe's interval of 2/10 - 6/10, from Wilson's (0.0567, 0.5098) and (0.3127, 0.8318).
    expect(low!.difference).toMatchObject({
      difference: expect.closeTo(-0.4, 4),
      low: expect.closeTo(-0.6726, 3),
      high: expect.closeTo(0.0226, 3),
      outcome: 'no_real_change',
    });
    expect(await show({ ...everything, route: 'low' })).toBeNull();
    expect(await show({ ...everything, rewarded: true })).toBeNull();
  });
});
