import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { updateCase } from '#app/services/update-case.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aModel, anOrderOf, answerAbout, casesOf, chosen, foresee, type Said } from './care-scenes.ts';
import { START } from './scenes.ts';

/** From a prediction to a case before anybody complains. */

const database = useTestDatabase();
const NOW = START;
const daysAfter = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

const anOrder = (customerId?: string) => anOrderOf(line, customerId);
const answer = (orderId: string, more?: Said) => answerAbout(line, orderId, more);
const settings = (over: object) => chosen(line, over);
const cases = () => casesOf(line);
const caredFor = async () => (await cases()).map(({ order_id: orderId }) => orderId);
const reasons = async () =>
  (
    await line.rows<{ reason: string }>(
      `SELECT reason FROM event WHERE topic = 'unhappiness.predicted' AND status = 'ignored'
       UNION ALL SELECT reason FROM action WHERE kind = 'open_care_case' AND status = 'skipped'`,
    )
  ).map(({ reason }) => reason);
const admin = () => createAdminReads(database.pool);

describe('an order that is likely to disappoint', () => {
  it('has a case, with what was predicted, and its customer is sent nothing', async () => {
    const order = await anOrder();
    expect(await foresee(line, await aModel(line), { ...order, lowProbability: 0.62 })).toBe(1);
    await line.settle();
    const [opened, ...more] = await line.rows(
      `SELECT number, status, source_kind, source_id, customer_id, response_id, severity, critical, title, value_minor,
         opened_at, due_at, opened_severity FROM support_case`,
    );
    expect(more).toEqual([]);
    expect(opened).toEqual({
      ...{
        number: 1,
        status: 'open',
        source_kind: 'prediction',
        source_id: order.orderId,
        response_id: null,
      },
      ...{ customer_id: order.customerId, severity: 1, critical: false, value_minor: '2490' },
      title: `Order #${order.orderId} is likely to disappoint`,
      ...{ opened_at: NOW, due_at: new Date(NOW.getTime() + 24 * HOUR_MS), opened_severity: null },
    });
    const foreseen = {
      ...{ lowProbability: 0.62, stage: 'delivered', usualShare: 0.1, reasons: ['lateness'] },
    };
    const [{ id } = { id: '' }] = await cases();
    expect(await admin().case(line.shopId, id)).toMatchObject({ foreseen, answer: null, messages: [] });
    const list = await admin().cases(line.shopId, { view: 'open', staffId: '7', after: null }, 5);
    expect(list.rows).toMatchObject([{ id, foreseen }]);
    expect(line.mails).toEqual([]);
    expect(await line.rows(`SELECT kind FROM action WHERE kind <> 'open_care_case'`)).toEqual([]);
    // What was predicted then stays on the case, whatever becomes of the prediction.
    await line.rows('DELETE FROM order_prediction');
    expect(await admin().case(line.shopId, id)).toMatchObject({ foreseen });
  });

  it('becomes an event once a day, and none any more once it has its case', async () => {
    const [first, second] = [await anOrder(), await anOrder()];
    const model = await aModel(line);
    await settings({ proactiveCare: { casesPerDay: 1 } });
    const both = [
      { ...first, lowProbability: 0.55 },
      { ...second, lowProbability: 0.8 },
    ];
    expect(await foresee(line, model, ...both)).toBe(2);
    expect(await foresee(line, model, ...both)).toBe(0);
    await line.settle();
    // The likeliest first; the other one's turn comes the next day.
    expect(await caredFor()).toEqual([second.orderId]);
    expect(await reasons()).toEqual([
      'As many cases as the settings allow were opened for predictions today.',
    ]);
    await line.moveTo(daysAfter(1));
    expect(await foresee(line, model, ...both)).toBe(1);
    await line.settle();
    expect(await caredFor()).toEqual([second.orderId, first.orderId]);
    await line.moveTo(daysAfter(2));
    expect(await foresee(line, model, ...both)).toBe(0);
  });

  it('has its turn only as often as the settings allow, also where many are decided at once', async () => {
    const many = [];
    for (let n = 0; n < 12; n += 1) many.push(await anOrder());
    await foresee(line, await aModel(line), ...many);
    await line.settle(6);
    expect(await cases()).toHaveLength(5);
    expect(new Set(await caredFor()).size).toBe(5);
    expect(await reasons()).toHaveLength(7);
  });

  it('of a customer with several has one case', async () => {
    const one = await anOrder();
    const other = await anOrder(one.customerId);
    const model = await aModel(line);
    // One at a time; the other's event comes while the first is not decided yet.
    expect(await foresee(line, model, one, other)).toBe(1);
    expect(await foresee(line, model, one, other)).toBe(1);
    await line.settle(2);
    expect(await cases()).toHaveLength(1);
    const [{ id } = { id: '' }] = await cases();
    for (const command of [{ act: 'acknowledge' }, { act: 'resolve', resolution: 'Called.' }])
      await updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId: id, command });
    const again = async (days: number) => {
      await line.moveTo(daysAfter(days));
      // The weekly fit has found too little in this shop.
      const events = await foresee(line, await aModel(line), one, other);
      await line.settle();
      return { events, cases: (await cases()).length };
    };
    expect(await again(29)).toEqual({ events: 0, cases: 1 });
    expect(await again(31)).toEqual({ events: 1, cases: 2 });
  });

  it('becomes no event while its case would be refused anyhow, and takes no place of one that is not', async () => {
    const refused = [];
    for (let n = 0; n < 7; n += 1) refused.push({ ...(await anOrder()), lowProbability: 0.9 });
    const [answered, open, erased, cared] = refused;
    await answer(answered!.orderId);
    await line.rows('UPDATE customer SET redacted_at = business_now() WHERE id = $1', [erased!.customerId]);
    await line.rows(
      `INSERT INTO support_case (shop_id, id, number, source_kind, source_id, customer_id, status, severity, title,
         issue_type, opened_at, due_at, prediction)
       SELECT $1, gen_random_uuid(), 90 + n, 'prediction', 'x' || n, customer, status, 1, 't', 't', now - interval '29 days', now, prediction
       FROM business_now() AS now, (VALUES (1, $2::uuid, 'acknowledged', NULL::jsonb), (2, $3::uuid, 'closed', '{}')) AS v(n, customer, status, prediction)`,
      [line.shopId, open!.customerId, cared!.customerId],
    );
    await settings({ proactiveCare: { casesPerDay: 1 } });
    const model = await aModel(line);
    expect(await foresee(line, model, ...refused.slice(0, 4))).toBe(0);
    const less = { ...(await anOrder()), lowProbability: 0.51 };
    expect(await foresee(line, model, ...refused.slice(0, 4), less)).toBe(1);
    await line.settle();
    expect(await caredFor()).toContain(less.orderId);
    // The day has no room left.
    expect(await foresee(line, model, ...refused)).toBe(0);
  });

  it('becomes one of a few events for each case that the day has room for', async () => {
    await settings({ proactiveCare: { casesPerDay: 2 } });
    const many = [];
    for (let n = 0; n < 9; n += 1) many.push({ ...(await anOrder()), lowProbability: 0.6 + n / 100 });
    const model = await aModel(line);
    expect(await foresee(line, model, ...many)).toBe(6);
    await line.settle();
    expect(await caredFor()).toEqual([many[8]!.orderId, many[7]!.orderId]);
    await line.moveTo(daysAfter(1));
    expect(await foresee(line, model, ...many)).toBe(6);
  });

  it('is looked after from the chance on that was chosen, and only above what is usual of its stage', async () => {
    const model = await aModel(line);
    const events = async (chance: number, stage: 'delivered' | 'on_its_way', leastChance?: number) => {
      await settings(leastChance === undefined ? {} : { proactiveCare: { leastChance } });
      return foresee(line, model, { ...(await anOrder()), lowProbability: chance, stage });
    };
    expect(await events(0.29, 'delivered')).toBe(0);
    expect(await events(0.3, 'delivered')).toBe(1);
    expect(await events(0.59, 'delivered', 0.6)).toBe(0);
    expect(await events(0.6, 'delivered', 0.6)).toBe(1);
    // The stages are 10% and 20% low.
    expect(await events(0.2, 'on_its_way', 0.1)).toBe(0);
    expect(await events(0.21, 'on_its_way', 0.1)).toBe(1);
    expect(await events(0.2, 'delivered', 0.1)).toBe(1);
    await line.rows(`UPDATE model_run SET report = '{"model": {"baseRate": null}}'`);
    expect(await events(0.9, 'delivered')).toBe(0);
  });

  it('on its way is compared with what is usual of orders on their way', async () => {
    const order = await anOrder();
    await foresee(line, await aModel(line), { ...order, stage: 'on_its_way' });
    expect(await admin().orderForecasts(line.shopId, order)).toMatchObject([{ usualShare: 0.2 }]);
    await line.settle();
    const [{ id } = { id: '' }] = await cases();
    expect(await admin().case(line.shopId, id)).toMatchObject({
      foreseen: { stage: 'on_its_way', usualShare: 0.2 },
    });
  });

  const OBSTACLES: [string, (orderId: string) => Promise<unknown>, RegExp][] = [
    ['an answer came', (orderId) => answer(orderId), /answered/],
    ['an answer is held back', (orderId) => answer(orderId, { status: 'quarantined' }), /answered/],
    ['it was cancelled', () => line.rows('UPDATE orders SET cancelled_at = business_now()'), /cancelled/],
    ['it is a test', () => line.rows('UPDATE orders SET test = true'), /is a test/],
    [
      'its customer was erased',
      () => line.rows('UPDATE customer SET redacted_at = business_now()'),
      /Nobody is known/,
    ],
    ['a later model failed its back-test', () => aModel(line, { status: 'hidden' }), /back-test/],
    ['a later model has not predicted it yet', () => aModel(line), /back-test/],
    [
      'its stage is hidden',
      () => line.rows(`UPDATE model_run SET parameters = '{"shownStages": ["on_its_way"]}'`),
      /back-test/,
    ],
    ['its stage was not kept', () => line.rows('UPDATE order_prediction SET stage = NULL'), /back-test/],
    ['it is predicted no more', () => line.rows('DELETE FROM order_prediction'), /back-test/],
    [
      'it is likely no more',
      () => line.rows('UPDATE order_prediction SET low_probability = 0.29'),
      /chance of a low rating is below/,
    ],
    [
      'a higher chance was chosen',
      () => settings({ proactiveCare: { leastChance: 0.7 } }),
      /chance of a low rating is below/,
    ],
    [
      'low ratings are as usual as that',
      () => line.rows(`UPDATE model_run SET report = '{"model": {"baseRate": 0.62}}'`),
      /not above the usual share/,
    ],
    [
      'nothing is known of what is usual',
      () => line.rows(`UPDATE model_run SET report = '{"model": {"baseRate": null}}'`),
      /not above the usual share/,
    ],
    ['it was switched off', () => settings({ proactiveCare: { enabled: false } }), /switched off/],
    [
      'the team hid predictions',
      () => settings({ predictions: { satisfaction: false } }),
      /chose not to see/,
    ],
  ];

  it.each(OBSTACLES)('is left alone where %s before it is decided', async (_name, happens, why) => {
    const order = await anOrder();
    await foresee(line, await aModel(line), order);
    await happens(order.orderId);
    await line.settle();
    expect(await cases()).toEqual([]);
    expect(await reasons()).toEqual([expect.stringMatching(why)]);
  });

  it.each(OBSTACLES)('is left alone where %s before its case is opened', async (_name, happens, why) => {
    const order = await anOrder();
    await foresee(line, await aModel(line), order);
    await runJob(line, line.jobs.shift()!);
    expect(line.jobs).toMatchObject([{ name: 'action.run' }]);
    await happens(order.orderId);
    await line.settle();
    expect(await cases()).toEqual([]);
    expect(await reasons()).toEqual([expect.stringMatching(why)]);
  });
});
