import { beforeEach, describe, expect, it } from 'vitest';
import { NO_OFFER_REASONS } from '#app/domain/flows/compensation.ts';
import { resendMessage } from '#app/services/resend-message.ts';
import { unsubscribe } from '#app/services/unsubscribe.ts';
import { emailConsentPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, answerOnPage, asked, hear } from './scenes.ts';

/** A recovery code travels with the acknowledgement: no code is made that nobody would hear of. */

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await asked(line);
  line.mails.splice(0, line.mails.length - 1);
});

const complain = async () => {
  await answer(line, { rating: 1 });
  line.mails.length = 0;
  await line.settle();
};
const ended = () =>
  line.rows(
    `SELECT kind, status, reason FROM action WHERE kind IN ('create_recovery_discount', 'send_acknowledgement') ORDER BY kind`,
  );
const budgets = () => line.rows('SELECT used_minor::int AS used FROM budget');
const grants = () => line.rows('SELECT status FROM discount_grant');
const withCode = () => line.mails.map((mail) => mail.text.includes('SORRY-'));
const again = async (kind: string) => {
  const [failed] = await line.rows<{ id: string }>(
    `SELECT id FROM action WHERE status = 'failed' AND kind = $1`,
    [kind],
  );
  await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
  await line.settle();
};

it.each<[string, () => Promise<unknown>]>([
  [
    'by our link',
    async () => {
      const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer WHERE shopify_id = $1', [
        ADA.id,
      ]);
      const token = line.deps.tokens.unsubscribeToken(line.shopId, customer!.id);
      await unsubscribe(line.deps, { shopId: line.shopId, token, list: 'all' });
    },
  ],
  [
    'in the shop',
    async () => {
      const at_ = at('2026-03-06T08:00:00');
      const payload = emailConsentPayload({
        customerId: ADA.id,
        email: ADA.email,
        state: 'unsubscribed',
        at: at_,
      });
      await hear(line, { topic: 'customers_email_marketing_consent/update', payload });
      await line.settle();
    },
  ],
])(
  'unsubscribed %s: the complaint is answered, as the page promises, without an offer',
  async (_how, unsubscribes) => {
    await unsubscribes();
    await complain();
    expect(line.discounts).toEqual([]);
    expect(await budgets()).toEqual([]);
    expect(await ended()).toEqual([
      { kind: 'create_recovery_discount', status: 'skipped', reason: NO_OFFER_REASONS.unsubscribed },
      { kind: 'send_acknowledgement', status: 'done', reason: null },
    ]);
    expect(withCode()).toEqual([false]);
  },
);

it('without an address nothing is reserved', async () => {
  await line.rows('UPDATE customer SET email = NULL');
  await complain();
  expect(line.discounts).toEqual([]);
  expect(await budgets()).toEqual([]);
  expect(await ended()).toMatchObject([
    { status: 'skipped', reason: NO_OFFER_REASONS.unreachable },
    { status: 'skipped', reason: 'no_email' },
  ]);
});

it('what Shopify refused goes back to the budget; once the customer was answered, no code is made', async () => {
  line.discountOutcomes.push({ kind: 'refused', reason: 'Discounts are not allowed here.' });
  await complain();
  expect(await budgets()).toEqual([{ used: 0 }]);
  expect(await grants()).toEqual([{ status: 'released' }]);
  expect(await ended()).toMatchObject([
    { status: 'failed', reason: 'Discounts are not allowed here.' },
    { status: 'done' },
  ]);
  expect(withCode()).toEqual([false]);

  await again('create_recovery_discount');
  expect(line.discounts).toEqual([]);
  expect(await budgets()).toEqual([{ used: 0 }]);
  expect(await ended()).toMatchObject([
    { status: 'skipped', reason: NO_OFFER_REASONS.acknowledged },
    { status: 'done' },
  ]);
  expect(withCode()).toEqual([false]);
});

it('staff may try again as long as the acknowledgement can still carry the code', async () => {
  line.discountOutcomes.push({ kind: 'refused', reason: 'Discounts are not allowed here.' });
  line.mailOutcomes.push({ kind: 'rejected', reason: 'Mailbox full.' });
  await complain();
  await again('create_recovery_discount');
  await again('send_acknowledgement');
  expect(await grants()).toEqual([{ status: 'confirmed' }]);
  expect(withCode()).toEqual([true]);
});

it('what was reserved when the job was given up is given back', async () => {
  line.discountOutcomes.push({ kind: 'refused', reason: 'Discounts are not allowed here.' });
  await complain();
  await line.rows(`UPDATE discount_grant SET status = 'reserved'`);
  await line.rows('UPDATE budget SET used_minor = (SELECT amount_minor FROM discount_grant)');
  await again('create_recovery_discount');
  expect(await grants()).toEqual([{ status: 'released' }]);
  expect(await budgets()).toEqual([{ used: 0 }]);
  expect(line.discounts).toEqual([]);
});

describe('what a first try reserved before Shopify failed', () => {
  /** Up to the failure: the next try has not come yet. */
  const reserve = async () => {
    line.discountOutcomes.push({ kind: 'retryable', reason: 'Shopify answered 503.' });
    await answer(line, { rating: 1 });
    for (let job = line.jobs.shift(); job; job = line.jobs.shift()) {
      const { waitMs } = await runJob(line, job).catch(() => ({ waitMs: -1 }));
      if (waitMs) line.jobs.push(job);
      if (waitMs === -1) break;
    }
    expect(await grants()).toEqual([{ status: 'reserved' }]);
  };

  it.each<[string, () => Promise<unknown>]>([
    ['the answer turns out well', () => answerOnPage(line, 'delivery', { rating: 5 })],
    [
      'the customer unsubscribes',
      () => {
        const token = /\/u\/[^/]+\/([\w.-]+)/.exec(line.mails.at(-1)!.text)![1]!;
        return unsubscribe(line.deps, { shopId: line.shopId, token, list: 'all' });
      },
    ],
  ])('is given back when %s', async (_name, happens) => {
    await reserve();
    await happens();
    await line.settle();
    expect(await grants()).toEqual([{ status: 'released' }]);
    expect(await budgets()).toEqual([{ used: 0 }]);
    expect(line.discounts).toEqual([]);
    expect(withCode()).not.toContain(true);
  });
});
