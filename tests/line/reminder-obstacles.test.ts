import { beforeEach, describe, expect, it } from 'vitest';
import { resendMessage } from '#app/services/resend-message.ts';
import { unsubscribe } from '#app/services/unsubscribe.ts';
import {
  customerRedactPayload,
  emailConsentPayload,
  refundPayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, cancelled, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, answerOnPage, arrived, asked, hear, START } from './scenes.ts';
import { reminderActions, reminderDecided, remindersOf, set } from './survey-mails.ts';

/** Whatever stands against a survey stands against the reminder of it, on the day on which it would go out. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

describe('nobody is reminded', () => {
  beforeEach(async () => {
    await set(line, { reminderDays: 3 });
    await asked(line);
  });
  const later = () => line.playTo(at('2026-03-11T12:00:00'));

  it.each<[string, () => Promise<unknown>]>([
    ['answered', () => answer(line, { rating: 5 })],
    ['began to answer', () => answer(line, { rating: 4 }, true)],
    ['answered in the shop', () => answerOnPage(line, 'delivery', { rating: 5 })],
  ])('who %s', async (_how, answers) => {
    await line.moveTo(at('2026-03-07T12:00:00'));
    await answers();
    await later();
    expect(remindersOf(line)).toEqual([]);
    expect(await reminderActions(line)).toEqual([]);
    expect(await line.rows(`SELECT status, reason FROM event WHERE topic = 'reminder.due'`)).toEqual([
      { status: 'ignored', reason: 'The customer has already answered this survey.' },
    ]);
  });

  it('after the link ran out', async () => {
    await set(line, { surveyLinkDays: 3 });
    await later();
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason: 'link_expired' }]);
  });

  it('to whom another survey was mailed since', async () => {
    await set(line, { caps: { surveyDays: 0 } });
    await hear(line, arrived(5_000, at('2026-03-06T12:00:00')));
    await line.playTo(at('2026-03-09T12:00:00'));
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason: 'other_survey' }]);
    // The other one has a reminder of its own.
    await later();
    expect(remindersOf(line).map((mail) => mail.subject)).toEqual([expect.stringContaining('#5000')]);
  });

  it('whose turn another survey took before, as staff had this one sent all the same', async () => {
    await line.rows(
      `INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, survey_kind, status, at)
       SELECT shop_id, gen_random_uuid(), id, 'survey', false, 'usage', 'sent', '2026-03-05T09:00:00Z' FROM customer
       WHERE email = $1`,
      [ADA.email],
    );
    await later();
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason: 'survey_cap' }]);
  });

  it('weeks later, when the worker was away', async () => {
    await line.moveTo(at('2026-03-17T09:00:00'));
    await line.settle();
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason: 'too_late' }]);
    expect(remindersOf(line)).toEqual([]);
  });

  it('who was erased', async () => {
    const person = { customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] };
    const payload = customerRedactPayload({ shopId: '1', shopDomain: SHOP_DOMAIN, ...person });
    await hear(line, { topic: 'customers/redact', payload });
    await later();
    expect(await reminderActions(line)).toEqual([]);
    expect(remindersOf(line)).toEqual([]);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['switched off', 'reminders_off', () => set(line, { reminderDays: null })],
    ['its survey is off', 'survey_off', () => set(line, { surveys: { delivery: { enabled: false } } })],
    [
      'its survey is paused',
      'survey_paused',
      () =>
        line.rows(
          `UPDATE shop SET live_surveys = jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'kind', 'delivery',
             'version', 1, 'position', 1, 'paused', true))`,
        ),
    ],
    [
      'consent is asked for',
      'consent_missing',
      () => set(line, { surveyConsent: 'subscribed_in_strict_countries', strictConsentCountries: ['FR'] }),
    ],
    [
      'a case is open',
      'open_case',
      async () => {
        await answerOnPage(line, 'usage', { rating: 1 });
        await line.settle();
      },
    ],
  ])('while %s, and staff see why', async (_name, reason, happens) => {
    await line.moveTo(at('2026-03-08T12:00:00'));
    await happens();
    await later();
    expect(remindersOf(line)).toEqual([]);
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason }]);
    expect(await line.rows(`SELECT status FROM survey_invitation WHERE kind = 'delivery'`)).toEqual([
      { status: 'sent' },
    ]);
  });
});

describe('what comes between the decision and the sending', () => {
  const webhook = (topic: string, payload: object) => () => hear(line, { topic, payload });
  const wholeRefund = refundPayload({
    id: '790',
    orderId: ORDER_ID,
    createdAt: at('2026-03-09T09:00:00'),
    lines: [],
    amountMinor: 13_630,
  });
  const person = { shopId: '1', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email, orderIds: [] };
  const consent = {
    customerId: ADA.id,
    email: ADA.email,
    state: 'unsubscribed',
    at: at('2026-03-09T08:59:00'),
  };
  const byOurLink = async () => {
    const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer WHERE email = $1', [
      ADA.email,
    ]);
    const token = line.deps.tokens.unsubscribeToken(line.shopId, customer!.id);
    await unsubscribe(line.deps, { shopId: line.shopId, token, list: 'all' });
  };

  it.each<[string, () => Promise<unknown>, string]>([
    ['answered', () => answer(line, { rating: 5 }), 'already_answered'],
    ['began to answer', () => answer(line, { rating: 5 }, true), 'already_answered'],
    ['unsubscribed by our link', byOurLink, 'unsubscribed'],
    [
      'unsubscribed in the shop',
      webhook('customers_email_marketing_consent/update', emailConsentPayload(consent)),
      'unsubscribed',
    ],
    ['erased', webhook('customers/redact', customerRedactPayload(person)), 'redacted'],
    ['cancelled', webhook(cancelled.topic, cancelled.payload), 'order_cancelled'],
    ['refunded in full', webhook('refunds/create', wholeRefund), 'order_refunded'],
    [
      'uninstalled',
      webhook('app/uninstalled', uninstalledPayload({ shopId: '1', shopDomain: SHOP_DOMAIN })),
      'shop_uninstalled',
    ],
  ])('%s: nothing is sent, and the reason is kept', async (_name, happens, reason) => {
    const send = await reminderDecided(line);
    const mails = line.mails.length;
    await happens();
    await line.settle();
    line.jobs.push(...send);
    await line.settle();
    expect(line.mails).toHaveLength(mails);
    expect(await reminderActions(line)).toEqual([{ status: 'skipped', reason }]);
    expect(await line.rows(`SELECT topic FROM contact WHERE topic = 'survey_reminder'`)).toEqual([]);
  });

  it('one that failed is sent by staff, and what stood in the invitation stays', async () => {
    const send = await reminderDecided(line);
    line.mailOutcomes.push({ kind: 'rejected', reason: 'Mailbox full.' });
    line.jobs.push(...send);
    await line.settle();
    const [failed] = await line.rows<{ id: string }>(`SELECT id FROM action WHERE status = 'failed'`);
    const invitation = () =>
      line.rows(`SELECT status, reason, sent_at FROM survey_invitation WHERE kind = 'delivery'`);
    const before = await invitation();
    await line.moveTo(at('2026-03-10T22:00:00'));
    await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
    expect(await invitation()).toEqual(before);
    await line.settle();
    expect(remindersOf(line).map((mail) => mail.at)).toEqual([at('2026-03-10T22:00:00')]);
    expect(await invitation()).toEqual(before);
  });
});
