import { PRESETS } from '#app/domain/surveys/presets.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { PERSONAL_DATA } from '#app/infra/db/personal-data.ts';
import { submitAtCheckout, submitByLink } from '#app/services/submit-answer.ts';
import { updateCase } from '#app/services/update-case.ts';
import {
  customerPayload,
  customerRedactPayload,
  dataRequestPayload,
  emailConsentPayload,
  mergePayload,
  shopRedactPayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { at, delivered, order as orderOf, ORDER_ID, refunded } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { findTraces } from './find-traces.ts';
import { checked } from './import-scenes.ts';
import { profileOf } from './profile-scenes.ts';
import { answer, hear } from './scenes.ts';
import { answerUnderPseudonym } from './under-pseudonym.ts';

const database = useTestDatabase();

const PERSON = {
  id: '9007199254740997123',
  email: 'Adalberta.Quillfeather@example.com',
  firstName: 'Adalberta',
  lastName: 'Quillfeather',
  phone: '+4915155500123',
  countryCode: 'AT',
  consent: 'subscribed' as const,
  consentUpdatedAt: at('2026-01-01T00:00:00'),
  createdAt: at('2026-01-01T00:00:00'),
};
/** What must not be found anywhere, in either case of writing. */
const TRACES = (['id', 'email', 'firstName', 'lastName', 'phone'] as const)
  .map((field): string => PERSON[field])
  .concat('porcelain', 'whispered');
const SEEN = '2026-04-16T09:17:23';

const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const redact = {
  topic: 'customers/redact',
  payload: customerRedactPayload({
    ...SHOP,
    customerId: PERSON.id,
    email: PERSON.email,
    orderIds: [ORDER_ID],
  }),
};
const order = (over: Parameters<typeof orderOf>[0] = {}) =>
  orderOf({ customer: PERSON, email: PERSON.email, ...over });

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const find = (traces = TRACES) => findTraces(line, traces);

/** Everything that the line can come to know of a person. */
async function fillAll() {
  await hear(
    line,
    { topic: 'customers/create', payload: { ...customerPayload(PERSON), locale: 'de-AT' } },
    { topic: 'orders/paid', payload: order({ locale: 'de-AT', countryCode: 'AT' }) },
    // Bought before there was an account: the same person, known by the e-mail alone.
    { topic: 'orders/paid', payload: order({ id: '4500', name: '#0900', customer: null }) },
  );
  await line.settle();
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.playTo(at('2026-03-06T10:00:00'));
  const token = /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails[0]!.text)![1]!;
  const link = { tokenHash: line.deps.tokens.hashLinkToken(token)!, most: 10 };
  const picture = { questionId: 'photo', kind: 'image', mediaType: 'image/jpeg' } as const;
  const bytes = Buffer.from(`\xff\xd8\xff a picture of ${PERSON.firstName} with porcelain`, 'latin1');
  await line.deps.uploads.storeByLink(line.shopId, link, {
    ...{ ...picture, uploadId: line.deps.newId(), bytes },
  });
  await answerUnderPseudonym(line, {
    shopifyId: PERSON.id,
    orderId: ORDER_ID,
    comment: 'Porcelain, says nobody.',
  });
  await answer(line, { rating: 1, comment_low: 'Shattered porcelain, writes Adalberta.' });
  await line.settle();
  const [opened] = await line.rows<{ id: string }>('SELECT id FROM support_case');
  const act = (command: object) =>
    updateCase(line.deps, { shopId: line.shopId, staffId: '1', caseId: opened!.id, command });
  await act({ act: 'note', note: `Called ${PERSON.firstName}, who whispered.` });
  await act({ act: 'acknowledge' });
  await act({ act: 'resolve', resolution: `Sent ${PERSON.lastName} a new one.` });
  await act({ act: 'close', rootCause: `Porcelain packed for ${PERSON.lastName} without straw.` });
  await line.playTo(at('2026-04-16T10:00:00'));
  await answer(line, { rating: 10, comment_high: 'The porcelain was worth it.' });
  await submitAtCheckout(line.deps, {
    shopDomain: SHOP_DOMAIN,
    customerId: PERSON.id,
    kind: 'post_purchase',
    orderId: '4600',
    locale: null,
    client: null,
    submission: { answers: { rating: 4, comment_middle: 'Porcelain again.' } },
  });
  await line.settle();
  await hear(line, {
    topic: 'customers/data_request',
    payload: dataRequestPayload({
      ...SHOP,
      customerId: PERSON.id,
      email: PERSON.email,
      orderIds: [ORDER_ID],
      requestId: '77',
    }),
  });
  await line.rows(
    `WITH pixel AS (UPDATE shop SET pixel_on_since = '2026-03-01'), seen AS (
       UPDATE customer SET last_seen_at = $2, next_score_at = business_now() WHERE shopify_id = $1 RETURNING shop_id, id)
     INSERT INTO site_day (shop_id, customer_id, day, views) SELECT shop_id, id, '2026-03-06', 4 FROM seen`,
    [PERSON.id, `${SEEN}.456Z`],
  );
  await checked(line, `email,order,score,comment,date\n${PERSON.email},${ORDER_ID},9,Porcelain,2026-01-01`);
  // Deliveries that never got as far as a customer: unreadable, and of a topic that is left alone.
  await line.receive('orders/fulfilled', order());
  const broken = await line.receive('orders/updated', order());
  await line.rows('UPDATE raw_body SET body = substr(body, 1, 2000) WHERE event_id = $1', [broken]);
  await line.settle();
  await profileOf(line, PERSON.id);
}

async function erase() {
  await hear(line, redact);
  await line.settle();
}

describe('the erasure of a customer', () => {
  beforeEach(fillAll);

  it('finds every column that the map names, and the map names every column that is found', async () => {
    const mapped = PERSONAL_DATA.flatMap(({ table, fields }) =>
      Object.keys(fields).map((field) => `${table}.${field}`),
    );
    const found = await find();
    expect(found).toEqual([
      'answer_import_row.comment',
      'answer_import_row.email',
      'case_note.text',
      'customer.email',
      'customer.first_name',
      'customer.key',
      'customer.last_name',
      'customer.phone',
      'customer.shopify_id',
      'privacy_request.shopify_customer_id',
      'raw_body.body',
      'support_case.resolution',
      'support_case.root_cause',
      'survey_response.answers',
      'survey_response.claimed_by',
      'survey_response.comment',
      'survey_upload.bytes',
    ]);
    expect(found.filter((column) => !mapped.includes(column))).toEqual([]);
    for (const column of mapped) {
      const [table, field] = column.split('.');
      if (['time_zone', 'redacted_at'].includes(field!)) continue;
      expect(
        await line.rows(`SELECT 1 FROM ${table} WHERE ${field} IS NOT NULL LIMIT 1`),
        column,
      ).toHaveLength(1);
    }
  });

  it('leaves no trace in any column of any table, the request’s own bytes included', async () => {
    const kept = () =>
      line.rows('SELECT count(*)::int AS orders, sum(total_minor)::int AS minor FROM orders');
    const before = await kept();
    // The visit is in the score, but not when it was.
    const scored = await line.rows(`SELECT 1 FROM customer WHERE score_reasons @> '[{"key": "site"}]'`);
    expect(scored).toHaveLength(1);
    expect(await find([SEEN])).toEqual([]);
    await erase();
    expect(await find()).toEqual([]);
    expect(await kept()).toEqual(before);
    expect(
      await line.rows(
        'SELECT DISTINCT redacted_at IS NOT NULL AS erased, email_consent, locale, country_code FROM customer',
      ),
    ).toEqual([{ erased: true, email_consent: null, locale: null, country_code: null }]);
    expect(await line.rows('SELECT 1 FROM survey_link UNION ALL SELECT 1 FROM referral_code')).toEqual([]);
    expect(await line.rows('SELECT DISTINCT country_code, locale FROM orders')).toEqual([
      { country_code: null, locale: null },
    ]);
    expect(await line.rows(`SELECT kind, status FROM privacy_request ORDER BY kind`)).toEqual([
      { kind: 'customer_redact', status: 'done' },
      { kind: 'data_request', status: 'open' },
    ]);
  });

  it('holds: what comes later does not make the person again', async () => {
    await erase();
    const people = await line.rows('SELECT count(*)::int AS rows FROM customer');
    await hear(
      line,
      { topic: 'orders/updated', payload: order({ updatedAt: at('2026-04-17T00:00:00') }) },
      {
        topic: 'orders/create',
        payload: order({ id: '4700', name: '#1700', updatedAt: at('2026-04-17T00:00:00') }),
      },
      { topic: 'orders/create', payload: order({ id: '4800', name: '#1800', customer: null }) },
      {
        topic: 'orders/updated',
        payload: order({ customer: null, email: null, updatedAt: at('2026-04-18T00:00:00') }),
      },
      {
        topic: 'customers/update',
        payload: customerPayload({ ...PERSON, updatedAt: at('2026-04-17T00:00:00') }),
      },
      {
        topic: 'customers_email_marketing_consent/update',
        payload: emailConsentPayload({
          customerId: PERSON.id,
          email: PERSON.email,
          state: 'subscribed',
          at: at('2026-04-17T00:00:00'),
        }),
      },
      { topic: 'customers/merge', payload: mergePayload({ keptId: PERSON.id, deletedId: '5' }) },
      ...refunded.map(({ topic, payload }) => ({
        topic,
        payload: { ...payload, note: `Sorry, ${PERSON.firstName}` },
      })),
    );
    await line.settle();
    expect(await find()).toEqual([]);
    expect(await line.rows('SELECT count(*)::int AS rows FROM customer')).toEqual(people);
    // The numbers of the order are still kept right.
    expect(await line.rows('SELECT refunded_minor::int FROM orders WHERE order_id = $1', [ORDER_ID])).toEqual(
      [{ refunded_minor: 7_623 }],
    );
  });

  it('closes the survey links, and no mail goes out any more', async () => {
    const token = /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails[0]!.text)![1]!;
    await erase();
    line.mails.length = 0;
    const late = await submitByLink(line.deps, {
      shopId: line.shopId,
      token,
      client: null,
      submission: { answers: { rating: 3 } },
    });
    expect(late.outcome).not.toMatch(/stored|updated/);
    await line.playTo(at('2026-12-31T00:00:00'));
    expect(line.mails).toEqual([]);
    expect(await find()).toEqual([]);
  });
});

it('the erasure of a shop leaves its own row, the request and its event', async () => {
  await fillAll();
  await line.rows(
    `INSERT INTO shopify_session (id, shop_domain, is_online, online_data) VALUES ('s', $1, true, '{"email": "owner@example.com"}')`,
    [SHOP_DOMAIN],
  );
  await line.rows(`INSERT INTO response_act SELECT id, id, id, 'restore', null, '1', now() FROM shop`);
  await line.rows(
    `INSERT INTO staff (shop_id, user_id, name, last_seen_at) SELECT id, '1', 'Sam', now() FROM shop`,
  );
  await line.deps.products.putOff(line.shopId, ['11'], 10);
  await publish(database.pool, line.shopId, PRESETS.usage);
  await hear(line, { topic: 'app/uninstalled', payload: uninstalledPayload(SHOP) });
  await line.settle();
  await hear(line, { topic: 'shop/redact', payload: shopRedactPayload(SHOP) });
  await line.settle();
  const tables = await line.rows<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id' ORDER BY 1`,
  );
  const left: Record<string, number> = {};
  for (const { table } of [...tables, { table: 'shopify_session' }]) {
    const [row] = await line.rows<{ rows: number }>(`SELECT count(*)::int AS rows FROM "${table}"`);
    if (row!.rows > 0) left[table] = row!.rows;
  }
  expect(left).toEqual({ event: 1, privacy_request: 2 });
  expect(await line.rows('SELECT DISTINCT shopify_customer_id, order_ids FROM privacy_request')).toEqual([
    { shopify_customer_id: null, order_ids: [] },
  ]);
  expect(await line.rows('SELECT topic, status FROM event')).toEqual([
    { topic: 'shop/redact', status: 'processed' },
  ]);
  expect(await line.rows('SELECT status, name, email, settings, live_surveys FROM shop')).toEqual([
    { status: 'redacted', name: null, email: null, settings: {}, live_surveys: [] },
  ]);
  expect(await find([...TRACES, 'owner@example.com', 'Sam'])).toEqual([]);
});
