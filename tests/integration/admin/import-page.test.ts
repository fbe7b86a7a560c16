import { beforeEach, expect, it, vi } from 'vitest';
import { adminContext } from '#app/infra/admin-context.server.ts';
import { action, loader } from '#app/routes/app.surveys_.import.tsx';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { at, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { FILE } from '#tests/line/import-scenes.ts';
import { hear } from '#tests/line/scenes.ts';

/** The page of imports as a browser uses it: forms in, answers out. Who is asking is taken as proved. */

vi.mock('#app/infra/admin-context.server.ts', async (original) => ({
  ...(await original<object>()),
  adminContext: vi.fn(),
}));

const database = useTestDatabase();
const NOW = at('2026-03-10T09:00:00');
let line: LineHarness;

beforeEach(async () => {
  line = await createLine(database, NOW);
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  const shop = (await line.deps.admin.shop(SHOP_DOMAIN))!;
  const context = { ...line.deps, shop, shopId: shop.id, staffId: '1', redirect: undefined, now: NOW };
  vi.mocked(adminContext).mockResolvedValue(context as never);
});

const URL_OF_PAGE = 'https://app.example.com/app/surveys/import';

async function post(fields: Record<string, string | Blob>) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value as string);
  const request = new Request(URL_OF_PAGE, { method: 'POST', body });
  return action({ request, params: {}, context: {} } as never);
}

const page = async () => loader({ request: new Request(URL_OF_PAGE), params: {}, context: {} } as never);
const file = new File([FILE], 'answers.csv', { type: 'text/csv' });

it('takes a file from the upload to the scores and back', async () => {
  expect((await page()).imports).toEqual([]);
  const { read } = await post({ intent: 'read', file });
  if (read?.outcome !== 'read') throw new Error('The file was not read.');
  expect(read).toMatchObject({
    rows: 5,
    header: ['email', 'order', 'score', 'comment', 'date', 'response id'],
  });

  const mapping = JSON.stringify({ ...read.mapping, measures: 'nps' });
  const { checked } = await post({ intent: 'check', mapping, file });
  if (checked?.outcome !== 'checked') throw new Error('The file was not checked.');
  const id = checked.importId;
  expect((await page()).imports).toMatchObject([{ id, status: 'checked', fine: 3, preview: [{}, {}, {}] }]);

  expect(await post({ intent: 'start', id })).toEqual({ started: { outcome: 'started' } });
  await line.settle();
  expect((await page()).imports).toMatchObject([{ id, status: 'done', imported: 3, preview: [] }]);

  expect(await post({ intent: 'undo', id })).toEqual({ undone: { outcome: 'undoing' } });
  await line.settle();
  expect((await page()).imports).toMatchObject([{ id, status: 'undone' }]);
});

it('refuses what is no file, no import and no act of the page', async () => {
  expect(await post({ intent: 'read' })).toMatchObject({ read: { outcome: 'refused' } });
  expect(await post({ intent: 'check', file, mapping: '' })).toMatchObject({
    checked: { outcome: 'invalid' },
  });
  expect(await post({ intent: 'start', id: 'nonsense' })).toEqual({ started: { outcome: 'gone' } });
  expect(await post({ intent: 'undo', id: line.shopId })).toEqual({ undone: { outcome: 'gone' } });
  expect(await post({ intent: 'discard', id: '' })).toEqual({ discarded: { outcome: 'gone' } });
  await expect(post({ intent: 'sing' })).rejects.toMatchObject({ status: 400 });
});
