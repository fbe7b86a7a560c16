import { beforeEach, describe, expect, it } from 'vitest';
import { unsubscribe } from '#app/services/unsubscribe.ts';
import { customerPayload } from '#tests/factories/shopify-payloads.ts';
import { outsideOf, stateOf, type StatePart } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, life, order, refunded, type Webhook } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, hear } from './scenes.ts';

/** An order that turns out to be somebody else's: a guest's to be an account's, or another account's. */

const database = useTestDatabase();
const PARTS: StatePart[] = ['orders', 'customers', 'invitations', 'points', 'timers', 'responses', 'cases'];
const BOB = { ...ADA, id: '88', email: 'bob@example.com', firstName: 'Bob' };

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const guest: Webhook = {
  topic: 'orders/create',
  payload: order({ customer: null, financialStatus: 'paid' }),
};
const named = (updatedAt = at('2026-03-02T12:00:00')): Webhook => ({
  topic: 'orders/updated',
  payload: order({ updatedAt }),
});

/** What it all comes to when the deliveries are decided one after the other, before time goes on. */
async function endOf(webhooks: Webhook[], until = at('2026-03-08T09:00:00')) {
  await resetDatabase(database.pool);
  line = await createLine(database, at('2026-03-08T09:00:00'));
  await hear(line, ...webhooks);
  await line.playTo(until);
  return { state: await stateOf(line, PARTS), outside: outsideOf(line) };
}

describe('from a guest to an account', () => {
  const shipment = life.filter(({ topic }) => /^fulfillment(_event)?s\/create$/.test(topic));
  const until = at('2026-03-20T12:00:00');
  const guestFirst = [guest, ...shipment, named(), ...refunded];
  const accountFirst = [named(), ...shipment, guest, ...refunded];

  it.each([
    ['first as a guest’s', guestFirst],
    ['first as the customer’s', accountFirst],
  ])('%s, goes to the customer with all that hangs on it', async (_name, webhooks) => {
    await endOf(webhooks, until);
    for (const table of ['orders', 'survey_invitation', 'points_entry', 'contact']) {
      expect(
        await line.rows(`SELECT DISTINCT c.key FROM ${table} t JOIN customer c ON c.id = t.customer_id`),
        table,
      ).toEqual([{ key: `c:${ADA.id}` }]);
    }
    expect(await line.rows(`SELECT status FROM event GROUP BY 1`)).toEqual([{ status: 'processed' }]);
    expect(line.mails).toHaveLength(1);
  });

  it('leaves no guest behind of whom nothing is known but that order', async () => {
    const expected = await endOf(accountFirst, until);
    expect(expected.state.customers).toHaveLength(1);
    expect(await endOf(guestFirst, until)).toEqual(expected);
  });

  it('keeps a guest who has another order', async () => {
    const other = order({ id: '9007199254740993999', customer: null, financialStatus: 'paid' });
    const { state } = await endOf([{ topic: 'orders/create', payload: other }, ...guestFirst]);
    expect(state.customers).toMatchObject([{ merged: false }, { merged: false }]);
  });

  describe('after the guest was written to', () => {
    const unsubscribeAsGuest = () => {
      const token = /\/u\/[^/]+\/([\w.-]+)/.exec(line.mails[0]!.text)![1]!;
      return unsubscribe(line.deps, { shopId: line.shopId, token, list: 'all' });
    };
    const handOver = async () => {
      await hear(line, named(at('2026-03-07T00:00:00')));
      await line.settle();
    };
    beforeEach(async () => {
      await hear(line, guest, ...delivered);
      await line.playTo(at('2026-03-06T12:00:00'));
      expect(line.mails).toHaveLength(1);
    });

    it('the link to unsubscribe still works, for the account', async () => {
      await handOver();
      expect(await unsubscribeAsGuest()).toMatchObject({ stopped: 'all' });
      await line.playTo(at('2026-07-01T00:00:00'));
      expect(line.mails).toHaveLength(1);
    });

    it('who unsubscribed as a guest is not written to as the account', async () => {
      expect(await unsubscribeAsGuest()).toMatchObject({ stopped: 'all' });
      await handOver();
      await line.playTo(at('2026-07-01T00:00:00'));
      expect(line.mails).toHaveLength(1);
    });

    it('the mailed survey can be answered', async () => {
      await handOver();
      await answer(line, { rating: 4 });
      expect(
        await line.rows('SELECT c.key FROM survey_response r JOIN customer c ON c.id = r.customer_id'),
      ).toEqual([{ key: `c:${ADA.id}` }]);
    });
  });

  it('takes quarterly mails and the referral code along', async () => {
    await hear(line, guest);
    await line.playTo(at('2026-04-16T09:00:00'));
    await answer(line, { rating: 10 });
    await line.settle();
    await line.playTo(at('2026-07-16T12:00:00'));
    const sent = line.mails.length;
    await hear(line, named(at('2026-07-16T12:00:00')), arrived(9_000, at('2026-07-16T10:00:00')));
    await line.playTo(at('2026-07-20T12:00:00'));
    expect(line.mails, 'the cap of 14 days holds').toHaveLength(sent);
    for (const table of ['contact', 'referral_code', 'survey_response']) {
      expect(
        await line.rows(`SELECT DISTINCT c.key FROM ${table} t JOIN customer c ON c.id = t.customer_id`),
        table,
      ).toEqual([{ key: `c:${ADA.id}` }]);
    }
    expect(await line.rows('SELECT key FROM customer WHERE merged_into_id IS NULL')).toEqual([
      { key: `c:${ADA.id}` },
    ]);
  });
});

describe('from one account to another', () => {
  const version = (customer: typeof ADA, updatedAt: Date): Webhook => ({
    topic: 'orders/updated',
    payload: order({ customer, email: customer.email, updatedAt }),
  });
  const ofAda = version(ADA, at('2026-03-02T09:00:00'));
  const ofBob = version(BOB, at('2026-03-02T10:00:00'));
  const anonymous: Webhook = {
    topic: 'orders/updated',
    payload: order({ customer: null, updatedAt: at('2026-03-02T11:00:00') }),
  };

  it('goes to who was named last, in any order of arrival', async () => {
    const expected = await endOf([ofAda, ofBob, anonymous]);
    expect(expected.state.orders).toMatchObject([{ customer: 'c:88' }]);
    expect(expected.state.customers).toMatchObject([
      { key: 'c:88', order_count: 1, fresh: true },
      { key: `c:${ADA.id}`, order_count: 0, fresh: true },
    ]);
    for (const arrival of [
      [ofBob, ofAda, anonymous],
      [anonymous, ofBob, ofAda],
      [ofAda, anonymous, ofBob],
    ]) {
      expect(await endOf(arrival)).toEqual(expected);
    }
  });

  it('within the same second too', async () => {
    const sameSecond = version(BOB, at('2026-03-02T09:00:00'));
    expect(await endOf([sameSecond, ofAda])).toEqual(await endOf([ofAda, sameSecond]));
  });

  it('an older version still tells of the account that it names', async () => {
    const unsubscribed = order({
      customer: { ...ADA, consent: 'unsubscribed', consentUpdatedAt: at('2026-03-02T08:00:00') },
    });
    const late: Webhook = { topic: 'orders/create', payload: unsubscribed };
    const subscribed: Webhook = {
      topic: 'customers/create',
      payload: customerPayload({
        ...ADA,
        consent: 'subscribed',
        consentUpdatedAt: at('2026-01-01T00:00:00'),
      }),
    };
    const expected = await endOf([subscribed, late, ofBob]);
    expect(expected.state.customers).toMatchObject([{}, { email_consent: 'unsubscribed' }]);
    expect(await endOf([subscribed, ofBob, late])).toEqual(expected);
    expect(await endOf([ofBob, late, subscribed])).toEqual(expected);
  });
});
