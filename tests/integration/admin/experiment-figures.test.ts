import { uuidv7 } from 'uuidv7';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '#app/domain/experiments/experiment.ts';
import { METRICS } from '#app/domain/surveys/contract.ts';
import { normalise } from '#app/domain/surveys/normalise.ts';
import { SCALE_OF_METRIC } from '#app/domain/surveys/routing.ts';
import { normalised } from '#app/infra/db/reads/experiments.read.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { experimentLab } from './experiment-lab.ts';
import { anAnswer, anInvitation, anOrder, aShop, daysAgo, insert, setClock } from './seed.ts';

const database = useTestDatabase();
let shopId: string;
let lab: ReturnType<typeof experimentLab>;
beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool);
  lab = experimentLab(database.pool, shopId);
});

describe('the figures', () => {
  const arms = [
    { id: 'control', name: 'As now', weight: 1, delayDays: 1 },
    { id: 'a', name: 'After 3 days', weight: 1, delayDays: 3 },
  ] satisfies Experiment['arms'];
  const running = async (planned = 100) => {
    const id = uuidv7();
    const plan = { baseRate: 0.2, planned, at: daysAgo(30) };
    const about = {
      name: 'Later',
      kind: 'delivery',
      dimension: 'timing',
      arms,
      minimumEffect: 0.05,
    } as const;
    await lab.deps.experiments.create(shopId, { ...about, id, ...plan });
    await lab.deps.experiments.start(shopId, id, plan);
    return id;
  };

  it('count people once, those asked, those whose time is over, and their answers', async () => {
    const id = await running();
    await lab.answers(await lab.person(id, 'a'));
    // Held back by a rule or by staff.
    await lab.answers(await lab.person(id, 'a'), { status: 'quarantined' });
    // In time, and changed after it.
    const changed = { answered_at: daysAgo(14) };
    await lab.answers(await lab.person(id, 'a', changed), { answered_at: daysAgo(2), revision: 2 });
    // After the time to answer.
    await lab.answers(await lab.person(id, 'a'), { answered_at: daysAgo(2) });
    // Perhaps never sent.
    await lab.person(id, 'a', { reason: 'unknown' });
    // Perhaps, but somebody was on its page.
    await lab.person(id, 'a', { reason: 'unknown', seen_at: daysAgo(14) });
    // Held back, and answered elsewhere before.
    await lab.answers(
      await lab.person(id, 'a', { status: 'suppressed', reason: 'already_answered', sent_at: null }),
    );
    // Asked too lately, and not decided about yet.
    await lab.person(id, 'a', { sent_at: daysAgo(3), decided_at: daysAgo(3) });
    await lab.person(id, 'a', { status: 'scheduled', sent_at: null, decided_at: null });
    // The same person again.
    const twice = await lab.person(id, 'a');
    await anInvitation(database.pool, shopId, twice, { experiment_id: id, arm: 'a', sent_at: daysAgo(12) });
    // In no experiment.
    await anInvitation(database.pool, shopId, twice);
    await lab.person(id, 'control', { status: 'suppressed', reason: 'on_site', sent_at: null });
    const [control, a] = (await lab.show(id))!.arms;
    expect(control).toMatchObject({ assigned: 1, delivered: 1, counted: 1, answered: 0 });
    expect(a).toMatchObject({ assigned: 10, delivered: 7, counted: 6, answered: 2 });
    // Of eight about whom it is decided and whose time is over, three answered, one of them unasked.
    expect(a!.everyone).toMatchObject({ n: 8, value: 3 / 8 });
    expect(a!.rate).toMatchObject({ n: 6, value: 1 / 3 });
  });

  it('stay as they are once the planned number is reached', async () => {
    const id = await running(2);
    for (const days of [20, 19, 18]) await lab.person(id, 'control', { sent_at: daysAgo(days) });
    const late = await lab.person(id, 'control', { sent_at: daysAgo(17) });
    await lab.answers(late);
    for (const days of [20, 19]) await lab.person(id, 'a', { sent_at: daysAgo(days) });
    const report = (await lab.show(id))!;
    expect(report.arms.map(({ delivered, counted, answered }) => [delivered, counted, answered])).toEqual([
      [4, 2, 0],
      [2, 2, 0],
    ]);
    expect(report.judgement.stage).toBe('final');
  });

  it('know who answered: first orders, tiers, earlier scores and health, rewards', async () => {
    const id = await running();
    const regular = await lab.person(id, 'a');
    await database.pool.query(`UPDATE customer SET tier = 'regular' WHERE id = $1`, [regular]);
    await anOrder(database.pool, shopId, 'old', { customer_id: regular, placed_at: daysAgo(200) });
    await anOrder(database.pool, shopId, regular, { customer_id: regular, placed_at: daysAgo(20) });
    await anAnswer(database.pool, shopId, {
      customer_id: regular,
      metric: 'nps',
      rating: 9,
      answered_at: daysAgo(100),
    });
    // What came after is no earlier score.
    await anAnswer(database.pool, shopId, {
      customer_id: regular,
      metric: 'nps',
      rating: 0,
      answered_at: daysAgo(1),
    });
    const health = {
      shop_id: shopId,
      customer_id: regular,
      csi_coverage: 1,
      health_coverage: 1,
      reasons: {},
      version: '1',
    };
    await insert(database.pool, 'score_history', { ...health, at: daysAgo(40), health: 70 });
    await insert(database.pool, 'score_history', { ...health, at: daysAgo(2), health: 20 });
    await lab.answers(regular, { rating: 5, incentive: true });
    const fresh = await lab.person(id, 'a');
    await anOrder(database.pool, shopId, fresh, { customer_id: fresh });
    await lab.answers(fresh, { rating: 3 });
    const [numbers] = await lab.deps.admin.armNumbers(shopId, { id, planned: 100 }, 10);
    expect(numbers).toMatchObject({
      ...{ arm: 'a', answered: 2, rewarded: 1, firstOrder: 1, higherTier: 1 },
      score: { n: 2, sum: 150, sumOfSquares: 12_500 },
      change: { n: 1, sum: 10, sumOfSquares: 100 },
      earlierScore: { n: 1, sum: 90 },
      earlierHealth: { n: 1, sum: 70 },
    });
  });

  it.each(METRICS)('normalise %s as the domain does', async (metric) => {
    for (const rating of SCALE_OF_METRIC[metric] === 'nps' ? [0, 3, 10] : [1, 3, 5]) {
      const text = `SELECT ${normalised('r')} AS score FROM (SELECT $1::text AS metric, $2::int AS rating) r`;
      const { rows } = await database.pool.query(text, [metric, rating]);
      expect(Number(rows[0].score)).toBeCloseTo(normalise(SCALE_OF_METRIC[metric], rating), 10);
    }
  });

  describe('that name a winner', () => {
    const decided = async () => {
      const id = await running(60);
      for (let index = 0; index < 60; index += 1) {
        const control = await lab.person(id, 'control');
        const variant = await lab.person(id, 'a');
        if (index < 6) await lab.answers(control);
        if (index < 30) await lab.answers(variant);
      }
      return id;
    };

    it('let it be adopted once: the settings change, and it ends', async () => {
      const id = await decided();
      expect((await lab.show(id))!.judgement).toMatchObject({
        stage: 'final',
        winner: 'a',
        verdicts: { a: 'better' },
      });
      expect(await lab.end('adopt', id)).toMatchObject({
        outcome: 'adopted',
        sentence: expect.stringMatching(/After 3 days/),
      });
      expect((await lab.shop()).settings).toMatchObject({
        surveys: { delivery: { delayDays: 3, enabled: true } },
      });
      expect((await lab.show(id))!.experiment).toMatchObject({ status: 'stopped', adoptedArm: 'a' });
      expect(await lab.live()).toMatchObject([{ id, ended: true }]);
    });

    it('let it not be adopted twice, before the end, or where the split is off', async () => {
      const id = await decided();
      await lab.end('adopt', id);
      expect(await lab.end('adopt', id)).toMatchObject({ outcome: 'refused' });
      const early = await running(60);
      expect(await lab.end('adopt', early)).toMatchObject({ outcome: 'refused' });
      await lab.end('stop', early);
      const off = await decided();
      for (let index = 0; index < 80; index += 1)
        await lab.person(off, 'a', { status: 'scheduled', sent_at: null, decided_at: null });
      expect((await lab.show(off))!.judgement).toMatchObject({
        split: { outcome: 'mismatch' },
        winner: null,
      });
      expect(await lab.end('adopt', off)).toMatchObject({ outcome: 'refused' });
    });
  });
});
