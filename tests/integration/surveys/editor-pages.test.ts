import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { adminContext } from '#app/infra/admin-context.server.ts';
import { action as listAction, loader as listLoader } from '#app/routes/app.surveys.tsx';
import { action, loader, shouldRevalidate } from '#app/routes/app.surveys_.$id.tsx';
import { fact } from '#tests/factories/survey-conditions.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { at, order } from '#tests/fakes/order-life.ts';
import { hear } from '#tests/line/scenes.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

/** The pages of surveys as a browser uses them: forms in, answers out. Who is asking is taken as proved. */

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
  vi.mocked(adminContext).mockImplementation((async () => {
    const shop = (await line.deps.admin.shop(SHOP_DOMAIN))!;
    return { ...line.deps, shop, shopId: shop.id, staffId: '7', redirect: undefined, now: NOW };
  }) as never);
});

const URL_OF_LIST = 'https://app.example.com/app/surveys';

function form(fields: Record<string, string>): Request {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return new Request(URL_OF_LIST, { method: 'POST', body });
}
const list = async () =>
  (await listLoader({ request: new Request(URL_OF_LIST), params: {}, context: {} } as never)).own;
const act = async (fields: Record<string, string>) =>
  (await listAction({ request: form(fields), params: {}, context: {} } as never)).done;
const editor = async (id: string) =>
  (await loader({ request: new Request(URL_OF_LIST), params: { id }, context: {} } as never)).page;
const post = (id: string, fields: Record<string, string>) =>
  action({ request: form(fields), params: { id }, context: {} } as never);

async function create(preset = 'delivery'): Promise<string> {
  const made = await act({ intent: 'create', preset });
  if (made?.outcome !== 'created') throw new Error('No survey was made.');
  return made.surveyId;
}

describe('the list', () => {
  it('takes a survey from a preset through pausing and the archive and back', async () => {
    expect(await list()).toEqual([]);
    const id = await create();
    const definition = JSON.stringify({ ...PRESETS.delivery, name: 'Parcel' });
    await post(id, { intent: 'publish', revision: '1', definition });
    expect(await list()).toMatchObject([{ id, name: 'Parcel', status: 'live', changed: false }]);

    const copied = await act({ intent: 'create', copyOf: id });
    expect(copied).toMatchObject({ outcome: 'created', copied: true });
    expect(await list()).toMatchObject([{ id }, { name: 'Copy of Parcel', status: 'draft' }]);

    expect(await act({ intent: 'status', act: 'pause', id })).toMatchObject({ outcome: 'changed' });
    expect(await act({ intent: 'status', act: 'resume', id })).toMatchObject({ outcome: 'changed' });
    expect(await act({ intent: 'status', act: 'archive', id })).toMatchObject({ before: 'live' });
    expect((await list()).map(({ status }) => status)).toEqual(['draft', 'archived']);
    const back = { intent: 'status', act: 'restore', id, to: 'live' };
    expect(await act(back)).toMatchObject({ outcome: 'changed' });
    expect(await act({ intent: 'move', act: 'down', id })).toMatchObject({ outcome: 'moved' });
    expect((await list()).map(({ status }) => status)).toEqual(['draft', 'live']);
  });

  it('offers what it can start from, the library too', async () => {
    const page = await listLoader({ request: new Request(URL_OF_LIST), params: {}, context: {} } as never);
    for (const { id } of page.presets) await create(id);
    expect((await list()).map(({ name }) => name).toSorted()).toEqual(
      page.presets.map(({ name }) => name).toSorted(),
    );
  });

  it('names what it was made of', async () => {
    await create('attribution');
    expect(await list()).toMatchObject([{ name: 'How did you hear about us?', kind: 'post_purchase' }]);
  });

  it('refuses what it does not know', async () => {
    await expect(act({ intent: 'sell' })).rejects.toMatchObject({ status: 400 });
    expect(await act({ intent: 'move', act: 'up', id: 'x' })).toMatchObject({ outcome: 'refused' });
    expect(await act({ intent: 'status', act: 'pause', id: 'x' })).toMatchObject({ outcome: 'refused' });
  });
});

describe('the editor', () => {
  it('shows a draft, saves it, and publishes it by the member of staff who asked', async () => {
    await line.deps.acts.touchStaff((await line.deps.admin.shop(SHOP_DOMAIN))!.id, {
      userId: '7',
      name: 'Ada',
    });
    const id = await create();
    expect(await editor(id)).toMatchObject({
      survey: { status: 'draft', revision: 1, definition: PRESETS.delivery, publishedAt: null },
      enabled: true,
    });
    const definition = JSON.stringify({ ...PRESETS.delivery, name: 'Parcel' });
    expect(await post(id, { intent: 'save', revision: '1', definition })).toEqual({
      save: { outcome: 'saved', revision: 2 },
    });
    expect((await editor(id)).survey).toMatchObject({ status: 'draft', definition: { name: 'Parcel' } });
    expect(await post(id, { intent: 'publish', revision: '2', definition })).toMatchObject({
      publish: { outcome: 'published', version: 1, revision: 3 },
    });
    expect((await editor(id)).survey).toMatchObject({
      status: 'live',
      liveVersion: 1,
      changed: false,
      publishedBy: 'Ada',
    });
    const changed = JSON.stringify({ ...PRESETS.delivery, name: 'Parcels' });
    await post(id, { intent: 'save', revision: '3', definition: changed });
    expect((await editor(id)).survey.changed).toBe(true);
  });

  it('mails a test of what is saved, and shows the mail of what is being edited', async () => {
    const id = await create();
    const fields = { to: 'ada@example.com', language: 'de', sample: 'late' };
    expect(await post(id, { intent: 'test', ...fields })).toEqual({
      test: { outcome: 'sent', sentence: 'Test sent' },
    });
    expect(line.mails).toMatchObject([
      { to: 'ada@example.com', subject: expect.stringMatching(/^\[Test\] /) },
    ]);

    const edited = {
      ...PRESETS.delivery,
      languages: ['en'],
      texts: { en: { 'delivery.rating': 'And the box?' } },
    };
    const look = (definition: string) =>
      post(id, { intent: 'mail', definition, language: 'en', sample: 'first' }).then(({ mail }) => mail);
    const shown = await look(JSON.stringify(edited));
    expect(shown).toMatchObject({ outcome: 'shown', html: expect.stringContaining('And the box?') });
    // Nobody may be led out of the preview.
    const html = shown?.outcome === 'shown' ? shown.html : '';
    expect(html.match(/href="(?!about:blank)[^"]*"/g)).toBeNull();
    expect(await look('{')).toMatchObject({ outcome: 'refused' });
    expect(await look(JSON.stringify({ ...edited, questions: [] }))).toMatchObject({ outcome: 'refused' });
    expect(line.mails).toHaveLength(1);
  });

  it('counts the customers whose latest order matches, without reading the page anew', async () => {
    const id = await create();
    const count = async (target: unknown) =>
      (await post(id, { intent: 'count', target: JSON.stringify(target) })).count;
    expect(await count(fact('order_count', 'is', 1))).toMatchObject({ matching: 1, customers: 1 });
    expect(await count(fact('order_count', 'is', 2))).toMatchObject({ matching: 0, customers: 1 });
    expect(await count({ if: 'fact' })).toEqual({ outcome: 'invalid' });
    const counted = new FormData();
    counted.set('intent', 'count');
    const about = { defaultShouldRevalidate: true } as Parameters<typeof shouldRevalidate>[0];
    expect(shouldRevalidate({ ...about, formData: counted })).toBe(false);
    expect(shouldRevalidate(about)).toBe(true);
  });

  it.each(['x', '00000000-0000-7000-8000-000000000000'])('of %s says that it is not there', async (id) => {
    await expect(editor(id)).rejects.toMatchObject({ status: 404 });
  });

  it('refuses what it does not know', async () => {
    const id = await create();
    await expect(post('x', { intent: 'save' })).rejects.toMatchObject({ status: 404 });
    await expect(post(id, { intent: 'sell' })).rejects.toMatchObject({ status: 400 });
    expect(await post(id, { intent: 'save', revision: 'x', definition: '{}' })).toMatchObject({
      save: { outcome: 'conflict' },
    });
  });
});
