import { beforeEach, describe, expect, it } from 'vitest';
import { giveUpAction } from '#app/services/give-up-action.ts';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { openLink } from '#app/services/open-survey.ts';
import { resendMessage } from '#app/services/resend-message.ts';
import { runAction } from '#app/services/run-action.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { createLine, runJob, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { OWN_SURVEY, promised, promising } from './reward-scenes.ts';
import { answer, START } from './scenes.ts';

/** Rewards whose survey was published again, that are tried again, or whose survey is opened again. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

/** On a page of the store that promised nothing. */
async function answeredInStore(rating: number): Promise<void> {
  const edition = `${OWN_SURVEY}.1`;
  const claims = { customerId: ADA.id, kind: 'delivery' as const, orderId: ORDER_ID, edition };
  const pageToken = line.deps.tokens.issuePageToken(
    { shopId: line.shopId, ...claims },
    at('2026-04-01T00:00:00'),
  );
  await submitByCustomer(line.deps, {
    ...{ ...claims, shopDomain: SHOP_DOMAIN, locale: null, pageToken },
    submission: { answers: { rating } },
  });
}

const rewards = () => line.rows('SELECT worth::int, status FROM survey_reward');
const given = async () => (await line.rows('SELECT rewards_given FROM survey'))[0]!['rewards_given'];
const rewardMails = () => line.mails.filter(({ subject }) => subject.includes('reward'));
const actionOf = async (kind: string) => {
  const rows = await line.rows<{ id: string; status: string; reason: string | null }>(
    'SELECT id, status, reason FROM action WHERE kind = $1',
    [kind],
  );
  return rows[0]!;
};
const withBudget = (budget: number, over: object = {}) =>
  promising(undefined, { incentive: { ...promising().incentive, budget }, ...over });
const publishAgain = (definition = promising()) =>
  publish(database.pool, line.shopId, { ...definition, version: 2 }, { id: OWN_SURVEY });
const spent = (count: number) => line.rows('UPDATE survey SET rewards_given = $1', [count]);
const tryAgain = async () => {
  const { id: actionId } = await actionOf('give_incentive');
  await resendMessage(line.deps, { shopId: line.shopId, actionId });
  await line.settle();
};
const refusal = { kind: 'refused' as const, reason: 'Shopify refused it: no.' };

describe('the budget that counts is the live one', () => {
  it('a newer version raised it: what an older mail promised is given', async () => {
    await promised(line, withBudget(1));
    await spent(1);
    await publishAgain(withBudget(100));
    expect(await answer(line, { rating: 4 })).toMatchObject({
      view: { reward: 'Your reward comes by e-mail.' },
    });
    await line.settle();
    expect(await rewards()).toEqual([{ worth: 10, status: 'confirmed' }]);
    expect(await given()).toBe(2);
  });

  it('a newer version lowered it: older mails spend no more than that', async () => {
    await promised(line, withBudget(100));
    await spent(10);
    await publishAgain(withBudget(10));
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await rewards()).toEqual([{ worth: 10, status: 'gone' }]);
    expect(await given()).toBe(10);
  });

  it.each([
    ['a newer version promises nothing', () => publishAgain(promising(undefined, { incentive: undefined }))],
    ['none is live', () => line.rows("UPDATE shop SET live_surveys = '[]'")],
  ])('%s: that of the version that was answered', async (_, change) => {
    await promised(line, withBudget(5));
    await spent(4);
    await change();
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await rewards()).toEqual([{ worth: 10, status: 'confirmed' }]);
    expect(await given()).toBe(5);
  });
});

describe('a reward that failed', () => {
  it('and is tried again comes with its mail, once', async () => {
    await promised(line);
    line.discountOutcomes.push(refusal);
    await answer(line, { rating: 4 });
    await line.settle();
    expect(await actionOf('send_incentive')).toMatchObject({ status: 'skipped', reason: 'no_reward' });
    await tryAgain();
    expect(await rewards()).toEqual([{ worth: 10, status: 'confirmed' }]);
    expect(await given()).toBe(1);
    expect(await actionOf('send_incentive')).toMatchObject({ status: 'done', reason: null });
    expect(rewardMails()).toHaveLength(1);
    await tryAgain();
    expect(rewardMails()).toHaveLength(1);
  });

  it('and is tried again at once, before its mail was left out, comes with its mail too', async () => {
    await promised(line);
    line.discountOutcomes.push(refusal);
    await answer(line, { rating: 4 });
    for (;;) {
      if ((await actionOf('give_incentive'))?.status === 'failed') break;
      const job = line.jobs.shift();
      if (!job) throw new Error('The reward was never tried.');
      await runJob(line, job);
    }
    await tryAgain();
    expect(rewardMails()).toHaveLength(1);
  });

  it('gives its place in the budget back when the job gives up, and takes one when it is tried again', async () => {
    await promised(line, withBudget(1));
    await answer(line, { rating: 4 });
    line.discountOutcomes.push(
      ...Array.from({ length: 8 }, () => ({ kind: 'retryable' as const, reason: 'No line.' })),
    );
    await expect(line.settle()).rejects.toThrow('No line.');
    line.discountOutcomes.length = 0;
    const { id: actionId } = await actionOf('give_incentive');
    expect(await given()).toBe(1);
    await giveUpAction(line.deps, { shopId: line.shopId, actionId, error: 'No line.' });
    expect(await actionOf('give_incentive')).toMatchObject({ status: 'failed' });
    expect(await given()).toBe(0);
    expect(await rewards()).toEqual([{ worth: 10, status: 'released' }]);
    const gone = await line.rows(`SELECT live_surveys @> '[{"rewardsGone": true}]' AS gone FROM shop`);
    expect(gone).toEqual([{ gone: false }]);
    expect(await runAction(line.deps, { shopId: line.shopId, actionId })).toEqual({
      outcome: 'already_settled',
    });
    await tryAgain();
    expect(await rewards()).toEqual([{ worth: 10, status: 'confirmed' }]);
    expect(await given()).toBe(1);
    expect(rewardMails()).toHaveLength(1);
  });

  it('and is tried again for another edition is what that one promised', async () => {
    await promised(line);
    line.discountOutcomes.push(refusal);
    await answer(line, { rating: 4 });
    await line.settle();
    await publishAgain(promising({ kind: 'amount_off', amountMinor: 500 }));
    await line.rows('UPDATE survey_response SET definition = 2');
    await tryAgain();
    expect(await line.rows('SELECT kind, worth::int, currency, status FROM survey_reward')).toEqual([
      { kind: 'amount_off', worth: 500, currency: 'EUR', status: 'confirmed' },
    ]);
    expect(rewardMails()[0]!.text).toContain('€5.00');
  });
});

it('the same answer from a mail that promised is paid, though a page without the promise was faster', async () => {
  await promised(line);
  await answeredInStore(4);
  await line.settle();
  expect(await rewards()).toEqual([]);
  for (const used of [false, true]) {
    const sent = await answer(line, { rating: 4 });
    expect(sent).toMatchObject(
      used ? { outcome: 'already_answered' } : { view: { reward: 'Your reward comes by e-mail.' } },
    );
    await line.settle();
    expect(await rewards()).toEqual([{ worth: 10, status: 'confirmed' }]);
    expect(rewardMails()).toHaveLength(1);
  }
  expect(await line.rows('SELECT rating, revision, incentive FROM survey_response')).toEqual([
    { rating: 4, revision: 1, incentive: true },
  ]);
});

it('another answer from a mail that promised is not taken, and so promised nothing', async () => {
  await promised(line);
  await answeredInStore(4);
  const sent = await answer(line, { rating: 5 });
  expect(sent).toMatchObject({ outcome: 'already_answered' });
  expect(sent).not.toHaveProperty('view');
});

it('an answer that belongs to another survey by then is paid from the budget of that one', async () => {
  await promised(line);
  line.discountOutcomes.push(refusal);
  await answer(line, { rating: 4 });
  await line.settle();
  const other = await publish(database.pool, line.shopId, promising(), { position: 2 });
  await line.rows('UPDATE survey_response SET survey_id = $1', [other]);
  await tryAgain();
  expect(await line.rows('SELECT survey_id FROM survey_reward')).toEqual([{ survey_id: other }]);
  expect(await line.rows('SELECT id FROM survey WHERE rewards_given = 1')).toEqual([{ id: other }]);
});

it('whoever earned it on a page is not promised it again by the mail, nor on the page of the order', async () => {
  await promised(line);
  const token = /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails.at(-1)!.text)![1]!;
  const opened = () => openLink(line.deps, { shopId: line.shopId, token, client: null });
  expect(await opened()).toMatchObject({ view: { promise: expect.stringContaining('Ten per cent off') } });
  const about = { shopDomain: SHOP_DOMAIN, customerId: ADA.id, kind: 'delivery' as const, orderId: ORDER_ID };
  const offer = await offerToCustomer(line.deps, { ...about, locale: null });
  if (offer.outcome !== 'open') throw new Error('Nothing is asked.');
  const posted = await submitByCustomer(line.deps, {
    ...{ ...about, locale: null, pageToken: offer.pageToken!, edition: offer.view.edition },
    submission: { answers: { rating: 4 } },
  });
  expect(posted).toMatchObject({ outcome: 'stored', view: { reward: 'Your reward comes by e-mail.' } });
  const asksAgain = async () => {
    const again = await offerToCustomer(line.deps, { ...about, locale: null });
    if (again.outcome !== 'open') throw new Error('Nothing is asked again.');
    return again;
  };
  for (const settled of [false, true]) {
    if (settled) await line.settle();
    expect(await opened()).toMatchObject({ outcome: 'already_answered' });
    const { view } = await asksAgain();
    expect(view).not.toHaveProperty('promise');
    expect(view).not.toHaveProperty('reward');
  }
  const { pageToken, view } = await asksAgain();
  const changed = await submitByCustomer(line.deps, {
    ...{ ...about, locale: null, pageToken: pageToken!, edition: view.edition },
    submission: { answers: { rating: 5 } },
  });
  expect(changed).toMatchObject({ outcome: 'updated' });
  expect((changed as typeof posted & { view: object }).view).not.toHaveProperty('reward');
  await line.settle();
  expect(await rewards()).toHaveLength(1);
  expect(await line.rows('SELECT rating, incentive FROM survey_response')).toEqual([
    { rating: 5, incentive: true },
  ]);
});
