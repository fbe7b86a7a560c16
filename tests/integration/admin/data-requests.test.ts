import { Buffer } from 'node:buffer';
import { beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { camelCase, createDataRequestsRepo } from '#app/infra/db/data-requests.repo.server.ts';
import { PERSONAL_DATA } from '#app/infra/db/personal-data.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { exportPersonalData } from '#app/services/export-personal-data.ts';
import { markRequestSent } from '#app/services/mark-request-sent.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCase, aCustomer, anAnswer, anInvitation, anOrder, aShop, daysAgo, insert, NOW } from './seed.ts';

const database = useTestDatabase();
const ports = () => ({
  dataRequests: createDataRequestsRepo(database.pool),
  clock: { now: async () => NOW },
  keyedHash: (text: string) => `hash(${text})`,
});

type Row = Record<string, unknown>;
type File = Record<string, Row[]>;

async function aRequest(shopId: string, customerId: string | null, more: Row = {}): Promise<string> {
  const id = uuidv7();
  await insert(database.pool, 'privacy_request', {
    shop_id: shopId,
    id,
    kind: 'data_request',
    customer_id: customerId,
    status: 'open',
    requested_at: daysAgo(3),
    ...more,
  });
  return id;
}

/** One person with a row in every table; every text of theirs holds `mark`, so that it can be searched for. */
async function aWholePerson(shopId: string, mark: string, digit: string): Promise<string> {
  const { pool } = database;
  const orderId = `90071992547409930${digit}`;
  const customerId = await aCustomer(pool, shopId, {
    key: `c:77${digit}`,
    shopify_id: `77${digit}`,
    email: `${mark}@example.com`,
    first_name: `${mark} first`,
    last_name: `${mark} last`,
    phone: `${mark} phone`,
    locale: 'de-DE',
    country_code: 'DE',
    time_zone: 'Europe/Berlin',
    email_consent: 'subscribed',
    email_consent_at: daysAgo(40),
    last_seen_at: daysAgo(2),
    revenue_year_minor: 123_456,
    stale_seq: 9,
    ...{
      csi: 61.5,
      csi_coverage: 0.5,
      segment: 'satisfied',
      health: 44.5,
      health_coverage: 0.6,
      band: 'at_risk',
    },
    ...{ flagged: true, high_risk: true, score_reasons: [{ label: `${mark} reason` }] },
    ...{ main_reason: `${mark} main`, main_reason_key: 'nps', value_at_risk_minor: 77 },
    ...{ score_version: 'v1', scored_at: daysAgo(1) },
  });
  await anOrder(pool, shopId, orderId, {
    customer_id: customerId,
    country_code: 'DE',
    locale: 'de',
    doc: { lines: [{ title: `${mark} lamp` }] },
  });
  const answer = { order_id: orderId, answers: { text: `${mark} why` }, comment: `${mark} comment` };
  await anAnswer(pool, shopId, {
    customer_id: customerId,
    claimed_by: `77${digit}`,
    pseudonym: `${mark} pseudonym`,
    ...answer,
  });
  const caseId = await aCase(pool, shopId, Number(digit), {
    customer_id: customerId,
    order_id: orderId,
    owner_id: 'staff-of-the-shop',
    title: `${mark} title`,
    resolution: `${mark} resolution`,
    root_cause: `${mark} cause`,
  });
  const own = { shop_id: shopId, customer_id: customerId };
  await insert(pool, 'case_note', {
    ...{ shop_id: shopId, id: uuidv7(), case_id: caseId, at: NOW, kind: 'note' },
    ...{ staff_id: 'staff-of-the-shop', text: `${mark} note` },
  });
  await anInvitation(pool, shopId, customerId, { reason: `${mark} reason` });
  await insert(pool, 'referral_code', { ...own, id: uuidv7(), code: `${mark}-CODE`, issued_at: NOW });
  await insert(pool, 'contact', {
    ...own,
    action_id: uuidv7(),
    topic: `${mark} topic`,
    status: 'sent',
    at: NOW,
  });
  await insert(pool, 'points_entry', {
    ...{
      ...own,
      id: uuidv7(),
      order_id: orderId,
      line_id: '1',
      source_kind: 'order_line',
      source_id: orderId,
    },
    ...{ reason: `${mark} earned`, bucket: 'approved', points: 42, at: NOW },
  });
  await insert(pool, 'discount_grant', {
    ...{ ...own, id: uuidv7(), purpose: 'recovery', period: '2026-11', code: `${mark}-SORRY` },
    ...{ amount_minor: 500, currency: 'EUR', status: 'confirmed', issued_at: NOW, expires_at: NOW },
  });
  await insert(pool, 'score_history', {
    ...{ ...own, at: NOW, csi_coverage: 1, health_coverage: 1, health: 61.5 },
    ...{ reasons: { text: `${mark} score` }, version: 'v1' },
  });
  const model = { model_run_id: uuidv7(), as_of: NOW };
  await insert(pool, 'customer_prediction', {
    ...{ ...own, ...model, level: 'own', none_probability: 0.25, expected_purchases: 1.5 },
    ...{ purchases_low: 0, purchases_high: 3, clv_minor: 4_321, next_order_on: '2026-12-24' },
  });
  await insert(pool, 'order_prediction', {
    ...{ ...own, ...model, order_id: orderId, low_probability: 0.75, reasons: [`${mark} late`] },
  });
  await insert(pool, 'site_day', { ...own, day: '2026-11-20', views: 7, product_views: 3, help_views: 1 });
  await insert(pool, 'order_return', {
    ...{ shop_id: shopId, return_id: orderId, order_id: orderId, status: `${mark} return` },
    source_updated_at: NOW,
  });
  await insert(pool, 'survey_upload', {
    ...{
      ...own,
      id: uuidv7(),
      owner: `${mark} link`,
      question_id: 'photo',
      kind: 'image',
      order_id: orderId,
    },
    ...{ media_type: 'image/jpeg', size_bytes: 9, bytes: `${mark} bytes`, created_at: NOW },
  });
  await insert(pool, 'answer_import_row', {
    ...{ shop_id: shopId, import_id: uuidv7(), line: 2, answer_key: `k:${mark}`, order_ref: `${mark} order` },
    // The key of a guest with the person's address, as the ports above hash it.
    ...{ person_key: `e:hash(${shopId}:${mark.toLowerCase()}@example.com)`, email: `${mark}@example.com` },
    ...{ metric: 'nps', rating: 9, route: 'high', comment: `${mark} waits`, answered_at: NOW },
  });
  return customerId;
}

async function textOf(shopId: string, requestId: string): Promise<string> {
  const file = await exportPersonalData(ports(), { shopId, shopName: 'Nordic Home', requestId });
  if (file.outcome !== 'file') throw new Error(`expected a file, got ${file.outcome}`);
  let text = '';
  for await (const piece of file.pieces) text += piece;
  return text;
}

const fileOf = async (shopId: string, requestId: string) =>
  JSON.parse(await textOf(shopId, requestId)) as File;

describe('the answer to a data request', () => {
  let shopId: string;
  let ana: string;
  let request: string;
  beforeEach(async () => {
    shopId = await aShop(database.pool);
    ana = await aWholePerson(shopId, 'ANA', '1');
    await aWholePerson(shopId, 'BEN', '2');
    await aWholePerson(await aShop(database.pool), 'ANA-ELSEWHERE', '1');
    request = await aRequest(shopId, ana);
  });

  it('holds every field that the map of personal data exports', async () => {
    const file = await fileOf(shopId, request);
    const inFile = Object.values(file).filter(Array.isArray).flat();
    const rows = [...inFile, ...inFile.flatMap((row) => (row['notes'] as Row[] | undefined) ?? [])];
    const text = JSON.stringify(rows);
    let checked = 0;
    for (const { table, fields } of PERSONAL_DATA.filter((one) => one.exported)) {
      for (const field of Object.keys(fields)) {
        if (field === 'redacted_at') continue; // set by an erasure, after which nothing is handed out
        if (table === 'survey_upload') continue; // told of, and not handed out
        const { rows: stored } = await database.pool.query(
          `select to_jsonb(t) -> $1 as value from ${table} t
            where shop_id = $2 and t.${field}::text !~ 'BEN|772'
              and ${table === 'orders' ? `order_id like '%1'` : 'true'}`,
          [field, shopId],
        );
        const values = stored.map((row) => row.value).filter((value) => value !== null);
        expect(values.length, `${table}.${field} has no value here: fill it in aWholePerson`).toBeGreaterThan(
          0,
        );
        for (const value of values) {
          expect(text, `${table}.${field}`).toContain(
            `${JSON.stringify(camelCase(field))}:${JSON.stringify(value)}`,
          );
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(15);
  });

  it('holds what hangs on the person too, notes with their case, and nobody else', async () => {
    const text = await textOf(shopId, request);
    const file = JSON.parse(text) as File;
    expect(file['about']).toMatchObject({ shop: 'Nordic Home', requestedAt: daysAgo(3).toISOString() });
    expect(Object.fromEntries(Object.entries(file).map(([name, rows]) => [name, rows.length]))).toMatchObject(
      {
        ...{ profiles: 1, orders: 1, returns: 1, surveyInvitations: 1, answers: 1, cases: 1, messages: 1 },
        ...{ points: 1, discountCodes: 1, referralCodes: 1, storeVisits: 1, scores: 1, files: 1 },
      },
    );
    expect(file['cases']?.[0]).toMatchObject({ title: 'ANA title', notes: [{ text: 'ANA note' }] });
    expect(file['files']?.[0]).toEqual({
      ...{ id: expect.any(String), questionId: 'photo', kind: 'image', mediaType: 'image/jpeg' },
      ...{ sizeBytes: 9, createdAt: expect.any(String), responseId: null, customerId: ana },
      orderId: '900719925474099301',
    });
    expect(file['points']?.[0]).toMatchObject({ points: 42, reason: 'ANA earned' });
    expect(file['profiles']?.[0]).toMatchObject({ firstName: 'ANA first', revenueYearMinor: 123_456 });
    for (const mark of ['lamp', 'why', 'topic', 'SORRY', 'score', 'return', 'reason'])
      expect(text).toContain(mark);
    expect(text).not.toMatch(/BEN|ELSEWHERE|staff-of-the-shop|staleSeq|shopId/);
  });

  it('takes what was merged into the person and what they bought as a guest', async () => {
    const { pool } = database;
    await aCustomer(pool, shopId, { key: 'c:8', first_name: 'Old account', merged_into_id: ana });
    const guest = await aCustomer(pool, shopId, {
      ...{ key: 'e:hash', first_name: 'Guest', email: 'ana@EXAMPLE.com' },
    });
    await anOrder(pool, shopId, '55', { customer_id: guest });
    await aCustomer(pool, shopId, { key: 'c:9', first_name: 'Other account', email: 'ANA@example.com' });
    const file = await fileOf(shopId, request);
    expect(file['profiles']?.map((row) => row['firstName']).sort()).toEqual([
      'ANA first',
      'Guest',
      'Old account',
    ]);
    expect(file['orders']?.map((row) => row['orderId'])).toContain('55');
  });

  it('names the file without the person, and comes in pieces', async () => {
    const file = await exportPersonalData(ports(), { shopId, shopName: 'Nordic Home', requestId: request });
    if (file.outcome !== 'file') throw new Error(`expected a file, got ${file.outcome}`);
    expect(file.fileName).toBe('data-request-2026-11-19.json');
    let pieces = 0;
    for await (const piece of file.pieces) pieces += Buffer.byteLength(piece) > 0 ? 1 : 0;
    expect(pieces).toBeGreaterThan(12);
  });

  it('says so where nothing is stored, or no such request is known', async () => {
    const ask = (shop: string, requestId: string) =>
      exportPersonalData(ports(), { shopId: shop, shopName: 'x', requestId });
    expect(await ask(shopId, await aRequest(shopId, null))).toEqual({ outcome: 'nothing_stored' });
    await database.pool.query('update customer set redacted_at = $1 where id = $2', [NOW, ana]);
    expect(await ask(shopId, request)).toEqual({ outcome: 'nothing_stored' });
    const erasure = await aRequest(shopId, ana, { kind: 'customer_redact', status: 'done' });
    for (const unknown of [uuidv7(), 'x', erasure])
      expect(await ask(shopId, unknown)).toEqual({ outcome: 'unknown_request' });
    expect(await ask(await aShop(database.pool), request)).toEqual({ outcome: 'unknown_request' });
  });

  it('is listed with its due date until it is marked as sent, once and only by its shop', async () => {
    const admin = createAdminReads(database.pool);
    const done = await aRequest(shopId, null, { kind: 'customer_redact', status: 'done', done_at: NOW });
    const listed = { id: request, kind: 'data_request', requestedAt: daysAgo(3).toISOString() };
    expect(await admin.privacyRequests(shopId)).toEqual([
      {
        ...{ ...listed, status: 'open', dueAt: daysAgo(-27).toISOString(), doneAt: null },
        customer: { id: ana, firstName: 'ANA first', lastName: 'ANA last', email: 'ANA@example.com' },
      },
      expect.objectContaining({ id: done, status: 'done', dueAt: null, customer: null }),
    ]);
    const other = await aShop(database.pool);
    for (const [shop, id] of [
      [other, request],
      [shopId, done],
      [shopId, 'x'],
    ] as const)
      expect(await markRequestSent(ports(), { shopId: shop, requestId: id })).toEqual({
        outcome: 'not_open',
      });
    expect(await markRequestSent(ports(), { shopId, requestId: request })).toEqual({ outcome: 'marked' });
    expect(await markRequestSent(ports(), { shopId, requestId: request })).toEqual({ outcome: 'not_open' });
    const after = (await admin.privacyRequests(shopId)).find((row) => row.id === request);
    expect(after).toMatchObject({ status: 'done', doneAt: NOW.toISOString() });
  });
});
