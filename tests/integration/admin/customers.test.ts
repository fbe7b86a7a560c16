import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { exportCustomers } from '#app/services/export-customers.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCase, aCustomer, aShop, daysAgo, insert, NOW, setClock } from './seed.ts';

const database = useTestDatabase();
const reads = () => createAdminReads(database.pool);
const everyone = { view: 'all', band: null, reason: null } as const;

describe('customers', () => {
  it('pages by key in both directions, without losing or repeating anybody, equal values included', async () => {
    const shopId = await aShop(database.pool);
    for (let index = 0; index < 23; index += 1) {
      await aCustomer(database.pool, shopId, { value_at_risk_minor: [500, 500, 500, 90, 0][index % 5] });
    }
    const whole = await reads().customers(shopId, everyone, {}, 100);
    const order = whole.rows.map((row) => row.id);
    expect(order).toHaveLength(23);

    const forwards: string[][] = [];
    let after: string | null = null;
    let last: Awaited<ReturnType<ReturnType<typeof reads>['customers']>> | undefined;
    do {
      last = await reads().customers(shopId, everyone, { after }, 5);
      forwards.push(last.rows.map((row) => row.id));
      after = last.after;
    } while (after);
    expect(forwards.flat()).toEqual(order);
    expect(forwards.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);

    const back: string[] = [];
    for (let before = last.before; before;) {
      const page = await reads().customers(shopId, everyone, { before }, 5);
      back.unshift(...page.rows.map((row) => row.id));
      before = page.before;
    }
    expect(back).toEqual(order.slice(0, 20));
  });

  it.each([
    [{ view: 'at_risk', band: null, reason: null }, ['a', 'b']],
    [{ view: 'critical', band: null, reason: null }, ['b']],
    [{ view: 'vip', band: null, reason: null }, ['c']],
    [{ view: 'all', band: 'at_risk', reason: null }, ['a']],
    [{ view: 'all', band: 'unknown', reason: null }, ['d']],
    [{ view: 'at_risk', band: null, reason: 'nps' }, ['b']],
    [{ view: 'all', band: null, reason: null }, ['a', 'b', 'c', 'd']],
  ] as const)('filters %j', async (filter, expected) => {
    const shopId = await aShop(database.pool);
    const someone = (name: string, value: number, more: object) =>
      aCustomer(database.pool, shopId, { first_name: name, value_at_risk_minor: value, ...more });
    await someone('a', 900, {
      band: 'at_risk',
      flagged: true,
      main_reason_key: 'payment',
      main_reason: 'Refunds or chargebacks',
    });
    await someone('b', 800, {
      band: 'critical',
      flagged: true,
      main_reason_key: 'nps',
      main_reason: 'Unlikely to recommend the store',
    });
    await someone('c', 700, { band: 'thriving', tier: 'vip' });
    await someone('d', 600, { band: null });
    await someone('merged', 500, { merged_into_id: uuidv7(), flagged: true });
    await someone('erased', 400, { redacted_at: NOW, flagged: true });
    await aCustomer(database.pool, await aShop(database.pool), {
      first_name: 'of another shop',
      flagged: true,
    });
    const page = await reads().customers(shopId, filter, {}, 50);
    expect(page.rows.map((row) => row.firstName)).toEqual(expected);
    expect((await reads().customerCount(shopId, filter)).customers).toBe(expected.length);
  });

  it('shows the open case with its owner and the health of 30 days ago', async () => {
    await setClock(database.pool);
    const shopId = await aShop(database.pool);
    const customerId = await aCustomer(database.pool, shopId, { health: 40, band: 'at_risk' });
    const history = (at: Date, health: number) =>
      insert(database.pool, 'score_history', {
        shop_id: shopId,
        customer_id: customerId,
        at,
        health,
        csi_coverage: 1,
        health_coverage: 1,
        reasons: [],
        version: '1',
      });
    await history(daysAgo(60), 90);
    await history(daysAgo(31), 70.5);
    await history(daysAgo(29), 50);
    await insert(database.pool, 'staff', { shop_id: shopId, user_id: '7', name: 'Ada', last_seen_at: NOW });
    await aCase(database.pool, shopId, 1, { customer_id: customerId, status: 'closed' });
    await aCase(database.pool, shopId, 2, { customer_id: customerId, owner_id: '7' });
    const { rows } = await reads().customers(shopId, everyone, {}, 50);
    expect(rows[0]).toMatchObject({
      health: 40,
      healthBefore: 70.5,
      openCase: { number: 2, ownerName: 'Ada' },
    });
    expect(await reads().reasons(shopId, 'all')).toEqual([]);
  });

  it('knows a value at risk by a band or a predicted value, and shows no 0 of whom nothing is known', async () => {
    const shopId = await aShop(database.pool);
    const predictedOf = async (more: Record<string, unknown>, clv: number | null) => {
      const id = await aCustomer(database.pool, shopId, more);
      await insert(database.pool, 'customer_prediction', {
        ...{ shop_id: shopId, customer_id: id, model_run_id: id, as_of: NOW, level: 'own', clv_minor: clv },
        ...{ none_probability: 0.7, expected_purchases: 0.4, purchases_low: 0, purchases_high: 1 },
      });
    };
    await aCustomer(database.pool, shopId, { first_name: 'rule', band: 'healthy', value_at_risk_minor: 0 });
    await predictedOf({ first_name: 'predicted', value_at_risk_minor: 900 }, 2_000);
    await predictedOf({ first_name: 'chance alone' }, null);
    await aCustomer(database.pool, shopId, { first_name: 'nothing' });
    const known: Record<string, number | null> = {};
    let after: string | null = null;
    // One a page: where the value is not known the pages go on by the id.
    do {
      const page = await reads().customers(shopId, everyone, { after }, 1);
      known[page.rows[0]!.firstName!] = page.rows[0]!.valueAtRiskMinor;
      after = page.after;
    } while (after);
    expect(known).toEqual({ rule: 0, predicted: 900, 'chance alone': null, nothing: null });
    let text = '';
    for await (const part of exportCustomers(
      { admin: reads() },
      { shopId, currency: 'EUR', filter: everyone },
    ))
      text += part;
    const amounts = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[6]);
    expect(amounts.toSorted()).toEqual(['', '', '0', '9']);
  });

  it('takes a mistyped cursor for the first page', async () => {
    const shopId = await aShop(database.pool);
    await aCustomer(database.pool, shopId);
    const page = await reads().customers(shopId, everyone, { after: "1_'; drop table customer" }, 5);
    expect(page.rows).toHaveLength(1);
  });

  it('exports every page, guarded against formulas', async () => {
    const shopId = await aShop(database.pool);
    for (let index = 0; index < 501; index += 1)
      await aCustomer(database.pool, shopId, { band: 'healthy', value_at_risk_minor: index });
    await aCustomer(database.pool, shopId, {
      ...{ first_name: '=HYPERLINK("http://x")', band: 'healthy' },
      value_at_risk_minor: 123_456,
    });
    let text = '';
    for await (const part of exportCustomers(
      { admin: reads() },
      { shopId, currency: 'EUR', filter: everyone },
    ))
      text += part;
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 502);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(lines[1]).toContain('1234.56,EUR');
  });
});
