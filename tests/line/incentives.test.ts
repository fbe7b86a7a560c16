import { beforeEach, describe, expect, it } from 'vitest';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { customerRedactPayload, mergePayload } from '#tests/factories/shopify-payloads.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID, refunded } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { promised, promising } from './reward-scenes.ts';
import { answer, answerOnPage, hear, START } from './scenes.ts';

/** What completing a survey earns, from the promise in the mail to the code. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

const rewards = () => line.rows('SELECT kind, worth::int, status FROM survey_reward');
const given = async () => (await line.rows('SELECT rewards_given FROM survey'))[0]!['rewards_given'];
const rewardMails = () => line.mails.filter(({ subject }) => subject.includes('reward'));
const marks = () => line.rows('SELECT incentive FROM survey_response');
const isGone = async () =>
  (await line.rows(`SELECT live_surveys @> '[{"rewardsGone": true}]' AS gone FROM shop`))[0]!['gone'];

describe('a survey that promises something', () => {
  it('says so in its mail, before the question', async () => {
    await promised(line);
    const [mail] = line.mails;
    expect(mail!.text).toContain('Ten per cent off for your answer. The number of rewards is limited.');
    expect(mail!.html.indexOf('Ten per cent off')).toBeLessThan(mail!.html.indexOf('rating=1'));
  });

  it.each([1, 3, 5])('gives a code to whoever completes it, with a rating of %i', async (rating) => {
    await promised(line);
    await answer(line, { rating });
    await line.settle();
    expect(await marks()).toEqual([{ incentive: true }]);
    expect(await rewards()).toEqual([{ kind: 'percent_off', worth: 10, status: 'confirmed' }]);
    const [mail, ...others] = rewardMails();
    expect(others).toEqual([]);
    const code = line.discounts.find((discount) => discount.code.startsWith('THANKS-'))!.code;
    expect(mail!.to).toBe(ADA.email);
    expect(mail!.text).toContain(code);
    expect(mail!.text).toContain('takes 10% off your next order. It works once, until April 5, 2026.');
  });

  it('gives it once, whatever is changed or answered at another door afterwards', async () => {
    await promised(line);
    await answer(line, { rating: 4 });
    await line.settle();
    await line.moveTo(at('2026-03-07T09:00:00'));
    await answerOnPage(line, 'delivery', { rating: 5 });
    await line.settle();
    expect(await line.rows('SELECT revision FROM survey_response')).toEqual([{ revision: 2 }]);
    expect(await rewards()).toHaveLength(1);
    expect(rewardMails()).toHaveLength(1);
    expect(await given()).toBe(1);
    expect(await marks()).toEqual([{ incentive: true }]);
  });

  it('gives nothing for steps that never came to the last one, until they do', async () => {
    await promised(line);
    await answer(line, { rating: 4 }, true);
    await line.moveTo(at('2026-03-06T10:00:00'));
    await line.settle();
    expect(await line.rows("SELECT status FROM event WHERE topic = 'answer.due'")).toEqual([
      { status: 'processed' },
    ]);
    expect(await rewards()).toEqual([]);
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await rewards()).toMatchObject([{ status: 'confirmed' }]);
  });

  it('gives nothing for an answer that is held back, and gives it once it counts again', async () => {
    await promised(line);
    await line.rows('UPDATE survey_link SET scanned_at = business_now()');
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await rewards()).toEqual([]);
    const [held] = await line.rows<{ id: string }>('SELECT id FROM survey_response');
    const eventId = line.deps.newId();
    const act = { eventId, kind: 'restore' as const, reason: null, staffId: '7', at: START };
    await line.deps.acts.moderateAnswer(line.shopId, held!.id, act);
    line.jobs.push({ name: 'event.process', payload: { shopId: line.shopId, eventId } });
    await line.settle();
    expect(await rewards()).toMatchObject([{ status: 'confirmed' }]);
  });

  it('posts points once, and what becomes of the order leaves them alone', async () => {
    await promised(line, promising({ kind: 'points', points: 50 }));
    await answer(line, { rating: 2 });
    await line.settle();
    const posted = () =>
      line.rows(`SELECT points, bucket, order_id FROM points_entry WHERE source_kind = 'survey_reward'`);
    expect(await posted()).toEqual([{ points: 50, bucket: 'approved', order_id: ORDER_ID }]);
    await hear(line, ...refunded);
    await line.settle();
    expect(await posted()).toHaveLength(1);
    expect(await line.rows(`SELECT sum(points)::int AS points FROM points_entry WHERE line_id = ''`)).toEqual(
      [{ points: 50 }],
    );
    expect(rewardMails()[0]!.text).toContain('you have been given 50 points');
    expect(line.discounts.filter(({ code }) => code.startsWith('THANKS'))).toEqual([]);
  });

  it('gives the reward back to the budget when Shopify refuses the code, and sends no mail', async () => {
    await promised(line, promising(undefined, { incentive: { ...promising().incentive, budget: 1 } }));
    line.discountOutcomes.push({ kind: 'refused', reason: 'Shopify refused it: no.' });
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await line.rows("SELECT status FROM action WHERE kind = 'give_incentive'")).toEqual([
      { status: 'failed' },
    ]);
    expect(await given()).toBe(0);
    expect(await isGone()).toBe(false);
    expect(rewardMails()).toEqual([]);
    expect(await line.rows("SELECT status, reason FROM action WHERE kind = 'send_incentive'")).toEqual([
      { status: 'skipped', reason: 'no_reward' },
    ]);
  });

  it('keeps its promise to somebody who unsubscribed meanwhile', async () => {
    await promised(line);
    await answer(line, { rating: 4 });
    await line.rows('UPDATE customer SET unsubscribed_at = business_now()');
    await line.settle();
    expect(rewardMails()).toHaveLength(1);
    expect(rewardMails()[0]!.unsubscribeUrl).toContain('/u/');
  });

  it('follows whoever is merged, with its points', async () => {
    await promised(line, promising({ kind: 'points', points: 50 }));
    await answer(line, { rating: 4 });
    await line.settle();
    const payload = mergePayload({ keptId: '4401', deletedId: ADA.id });
    await hear(line, { topic: 'customers/merge', payload });
    await line.settle();
    const owners = (table: string) =>
      line.rows(
        `SELECT DISTINCT c.shopify_id FROM ${table} t JOIN customer c ON c.shop_id = t.shop_id AND c.id = t.customer_id`,
      );
    expect(await owners('survey_reward')).toEqual([{ shopify_id: '4401' }]);
    expect(await owners('points_entry')).toEqual([{ shopify_id: '4401' }]);
  });

  it('gives nothing to somebody who was erased meanwhile', async () => {
    await promised(line);
    await answer(line, { rating: 4 });
    const person = { shopId: '1', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email };
    const payload = customerRedactPayload({ ...person, orderIds: [ORDER_ID] });
    const waiting = line.jobs.splice(0);
    await hear(line, { topic: 'customers/redact', payload });
    await line.settle();
    line.jobs.push(...waiting);
    await line.settle();
    expect(rewardMails()).toEqual([]);
    expect(await given()).toBe(0);
  });
});

/** So many people who bought, each asked on a page of the storefront. */
async function buyers(count: number): Promise<{ id: string; orderId: string }[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    id: String(70_000 + index),
    orderId: String(71_000 + index),
  }));
  for (const { id, orderId } of people) {
    const email = `buyer${id}@example.com`;
    const lines = [{ id: `9${orderId}`, unitPriceMinor: 2_000, requiresShipping: false }];
    const payload = order({ id: orderId, customer: { ...ADA, id, email }, email, lines });
    await hear(line, { topic: 'orders/paid', payload });
  }
  await line.settle(4);
  return people;
}

const offer = (customerId: string, orderId: string) =>
  offerToCustomer(line.deps, {
    ...{ shopDomain: SHOP_DOMAIN, customerId, orderId, kind: 'post_purchase', locale: null },
  });

describe('the budget', () => {
  const onPage = (budget: number) =>
    promising(undefined, {
      kind: 'post_purchase',
      incentive: { ...promising().incentive, budget },
      questions: [{ id: 'rating', type: 'csat', metric: 'csat_purchase', text: 'usage.rating' }],
    });

  it('is never exceeded, however many complete at once; the others are told', async () => {
    await publish(database.pool, line.shopId, onPage(5));
    const people = await buyers(20);
    const offers = await Promise.all(people.map(({ id, orderId }) => offer(id, orderId)));
    await Promise.all(
      offers.map((open, index) => {
        const { id, orderId } = people[index]!;
        if (open.outcome !== 'open') throw new Error('Nothing is asked.');
        expect(open.view.promise).toContain('Ten per cent off');
        return submitByCustomer(line.deps, {
          ...{ shopDomain: SHOP_DOMAIN, customerId: id, kind: 'post_purchase', orderId, locale: null },
          pageToken: open.pageToken!,
          edition: open.view.edition,
          submission: { answers: { rating: 4 } },
        });
      }),
    );
    await line.settle(8);
    expect(
      await line.rows('SELECT status, count(*)::int AS n FROM survey_reward GROUP BY 1 ORDER BY 1'),
    ).toEqual([
      { status: 'confirmed', n: 5 },
      { status: 'gone', n: 15 },
    ]);
    expect(await given()).toBe(5);
    expect(line.discounts).toHaveLength(5);
    const told = rewardMails().filter(({ text }) => text.includes('all rewards had just been given'));
    expect(told).toHaveLength(15);
    expect(rewardMails()).toHaveLength(20);
  });

  it('used up, nothing is promised any more; whose page still says so is told', async () => {
    await publish(database.pool, line.shopId, onPage(1));
    const [first, second] = await buyers(2);
    const before = await offer(second!.id, second!.orderId);
    const open = await offer(first!.id, first!.orderId);
    if (open.outcome !== 'open' || before.outcome !== 'open') throw new Error('Nothing is asked.');
    const send = (person: { id: string; orderId: string }, page: typeof open) =>
      submitByCustomer(line.deps, {
        ...{ shopDomain: SHOP_DOMAIN, customerId: person.id, kind: 'post_purchase', orderId: person.orderId },
        ...{ locale: null, pageToken: page.pageToken!, edition: page.view.edition },
        submission: { answers: { rating: 5 } },
      });
    expect(await send(first!, open)).toMatchObject({ view: { reward: 'Your reward comes by e-mail.' } });
    await line.settle();
    expect(await isGone()).toBe(true);
    const now = await offer(second!.id, second!.orderId);
    expect(now).toMatchObject({ outcome: 'open' });
    expect((now as typeof open).view.promise).toBeUndefined();
    expect(await send(second!, before)).toMatchObject({
      view: { reward: expect.stringContaining('none left for this answer') },
    });
    // What was answered for a promise is marked, whether it could be kept or not.
    expect(await marks()).toEqual([{ incentive: true }, { incentive: true }]);
  });

  it('is not touched by who answers without having been promised anything', async () => {
    await publish(database.pool, line.shopId, onPage(1));
    const [buyer] = await buyers(1);
    const claims = { shopId: line.shopId, customerId: buyer!.id, orderId: buyer!.orderId };
    const edition = (await line.rows("SELECT id || '.1' AS edition FROM survey"))[0]!['edition'] as string;
    const about = { ...claims, kind: 'post_purchase' as const, edition };
    const pageToken = line.deps.tokens.issuePageToken(about, at('2026-03-03T09:00:00'));
    await submitByCustomer(line.deps, {
      ...{ ...about, pageToken, shopDomain: SHOP_DOMAIN, locale: null },
      submission: { answers: { rating: 5 } },
    });
    await line.settle();
    expect(await marks()).toEqual([{ incentive: false }]);
    expect(await rewards()).toEqual([]);
  });
});
