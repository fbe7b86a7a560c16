import { beforeEach, expect, it } from 'vitest';
import { exportPersonalData } from '#app/services/export-personal-data.ts';
import { startImport } from '#app/services/start-import.ts';
import { customerRedactPayload, dataRequestPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { checked, FILE, HEADER, run, view } from './import-scenes.ts';
import { hear } from './scenes.ts';

/** Imported answers and the rights of those who gave them. */

const database = useTestDatabase();
const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const erasure = {
  topic: 'customers/redact',
  payload: customerRedactPayload({ ...SHOP, customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] }),
};

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-10T09:00:00'));
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
});

it('rows of the erased are refused: by their address, and by their order', async () => {
  await hear(line, erasure);
  await line.settle();
  const found = await view(line, await checked(line, FILE));
  expect(found).toMatchObject({ fine: 1, erased: 3, duplicates: 0 });
  expect(await line.rows('SELECT email FROM answer_import_row')).toEqual([{ email: 'stranger@example.com' }]);
});

it('an erasure takes the rows that wait, and what they said in rows that were imported without a customer', async () => {
  await run(line, FILE, { measures: 'other' });
  await checked(
    line,
    `${HEADER}ada@example.com,,2,Itchy,2026-02-03,n1\n,1001,2,Itchier,2026-02-03,n2\nstranger@example.com,,2,,2026-02-03,n3\n`,
  );
  await hear(line, erasure);
  await line.settle();
  expect(await line.rows('SELECT email FROM answer_import_row')).toEqual([{ email: 'stranger@example.com' }]);
  const said = await line.rows('SELECT comment FROM survey_response WHERE comment IS NOT NULL');
  expect(said).toEqual([{ comment: 'Fine' }]);
});

it('an erasure finds who was imported and is no customer, by the address that it names', async () => {
  await run(line, FILE);
  const stranger = { customerId: '99', email: 'Stranger@example.com', orderIds: [] };
  await hear(line, { topic: 'customers/redact', payload: customerRedactPayload({ ...SHOP, ...stranger }) });
  await line.settle();
  const said = await line.rows('SELECT comment FROM survey_response WHERE comment IS NOT NULL ORDER BY 1');
  expect(said).toEqual([{ comment: 'Late' }, { comment: 'Lovely wool' }]);
  expect(await view(line, await checked(line, FILE.replaceAll(/,r\d$/gm, ',')))).toMatchObject({ erased: 1 });
});

it('rows that came to wait while their person was erased are refused at the import', async () => {
  const importId = await checked(line, FILE);
  const rows = await line.rows('SELECT to_jsonb(r) AS row FROM answer_import_row r');
  await hear(line, erasure);
  await line.settle();
  for (const { row } of rows) {
    await line.rows(
      'INSERT INTO answer_import_row SELECT * FROM jsonb_populate_record(NULL::answer_import_row, $1) ON CONFLICT DO NOTHING',
      [JSON.stringify(row)],
    );
  }
  await startImport(line.deps, { shopId: line.shopId, importId });
  await line.settle();
  expect(await view(line, importId)).toMatchObject({ status: 'done', imported: 1, erased: 2 });
  expect(await line.rows('SELECT comment FROM survey_response')).toEqual([{ comment: 'Fine' }]);
});

it('an erasure in the middle of an import leaves nothing of the person, whoever is first', async () => {
  const rows = Array.from({ length: 900 }, (_, n) =>
    n % 2
      ? `${ADA.email},,${n % 11},Words of Ada,2026-01-01,k${n}`
      : `p${n}@example.com,,9,Of others,2026-01-01,k${n}`,
  );
  const importId = await checked(line, HEADER + rows.join('\n'));
  await startImport(line.deps, { shopId: line.shopId, importId });
  await hear(line, erasure);
  await line.settle(3);
  expect(await view(line, importId)).toMatchObject({ status: 'done' });
  expect(await line.rows('SELECT DISTINCT comment FROM survey_response')).toEqual(
    expect.arrayContaining([{ comment: 'Of others' }]),
  );
  const left = `SELECT 1 FROM survey_response WHERE comment = 'Words of Ada' OR claimed_by LIKE 'e:%' AND comment IS NULL
    UNION ALL SELECT 1 FROM answer_import_row`;
  expect(await line.rows(left)).toEqual([]);
});

it('who asks what is stored is told of imported answers too', async () => {
  await run(line, FILE, { measures: 'other' });
  await hear(line, {
    topic: 'customers/data_request',
    payload: dataRequestPayload({
      ...SHOP,
      customerId: ADA.id,
      email: ADA.email,
      orderIds: [],
      requestId: '77',
    }),
  });
  await line.settle();
  const [request] = await line.rows<{ id: string }>('SELECT id FROM privacy_request');
  const shop = { shopId: line.shopId, shopName: 'Line Test', requestId: request!.id };
  const file = await exportPersonalData(line.deps, shop);
  if (file.outcome !== 'file') throw new Error(file.outcome);
  let text = '';
  for await (const piece of file.pieces) text += piece;
  expect(
    JSON.parse(text)
      .answers.map((row: { comment: string }) => row.comment)
      .sort(),
  ).toEqual(['Late', 'Lovely wool', 'Too good']);
});
