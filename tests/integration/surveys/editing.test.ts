import { uuidv7 } from 'uuidv7';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Definition } from '#app/domain/surveys/definition.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { createSurvey } from '#app/services/create-survey.ts';
import { moveSurvey } from '#app/services/move-survey.ts';
import { saveSurveyDraft } from '#app/services/save-survey-draft.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { editingScene } from './editing-scene.ts';
import { aShop, NOW } from './survey-shop.ts';

const database = useTestDatabase();
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await aShop(database.pool));
});

const { deps, create, load, draftOf, save, publish, act, live, asked } = editingScene(
  () => database.pool,
  () => shopId,
);
const rename = (name: string) => (draft: Definition) => ({ ...draft, name });

describe('a draft', () => {
  it('is a preset to begin with, and changes nothing for shoppers however often it is saved', async () => {
    const id = await create();
    expect(await draftOf(id)).toEqual(PRESETS.delivery);
    expect(await save(id, rename('Parcel'))).toEqual({ outcome: 'saved', revision: 2 });
    expect(await save(id, rename('Parcels'))).toEqual({ outcome: 'saved', revision: 3 });
    expect(await live()).toEqual([]);
    expect(await asked()).toBe('After the delivery');
    const stored = await database.pool.query('SELECT FROM survey_version WHERE shop_id = $1', [shopId]);
    expect(stored.rowCount).toBe(0);
  });

  it('is a copy of what another draft says now, under a name of its own', async () => {
    const id = await create();
    await save(id, rename('x'.repeat(120)));
    await publish(id);
    const copy = await create({ copyOf: id });
    const { name, version } = await draftOf(copy);
    expect(name).toBe(`Copy of ${'x'.repeat(112)}`);
    expect(version).toBe(1);
    expect(await load(copy)).toMatchObject({ status: 'draft', kind: 'delivery', liveVersion: null });
  });

  it.each([[{ preset: 'gossip' }], [{ copyOf: uuidv7() }], [{ copyOf: 'x' }], [{}]])(
    'is not made of %j',
    async (command) => {
      const made = await createSurvey(deps(), { shopId, command });
      expect(made.outcome).toBe('refused');
    },
  );

  it('is not overwritten by who began before the last save; nothing of theirs is stored', async () => {
    const id = await create();
    await save(id, rename('First'));
    expect(await save(id, rename('Second'), 1)).toEqual({
      outcome: 'conflict',
      revision: 2,
      savedAt: NOW.toISOString(),
    });
    expect((await draftOf(id)).name).toBe('First');
  });

  it('of two who save at once one is stored, and the other is told', async () => {
    const id = await create();
    const outcomes = await Promise.all(['A', 'B', 'C'].map((name) => save(id, rename(name), 1)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'conflict', 'saved']);
  });

  it('is refused with the field named, and stays what it was', async () => {
    const id = await create();
    const saved = await save(id, (draft) => ({ ...draft, questions: [] }));
    expect(saved).toEqual({
      outcome: 'invalid',
      errors: [{ field: 'questions', message: 'questions must not be empty.' }],
    });
    const json = await saveSurveyDraft(deps(), { shopId, surveyId: id, revision: 1, json: '{' });
    expect(json.outcome).toBe('invalid');
    expect(await draftOf(id)).toEqual(PRESETS.delivery);
  });

  it('stays of its kind', async () => {
    const id = await create();
    await save(id, (draft) => ({ ...draft, kind: 'usage' }));
    expect((await draftOf(id)).kind).toBe('delivery');
  });
});

describe('publishing', () => {
  it('makes the next version, which never changes, and has it asked instead of the preset', async () => {
    const id = await create();
    await save(id, rename('Parcel'));
    expect(await publish(id)).toMatchObject({ outcome: 'published', version: 1 });
    expect(await live()).toEqual([{ id, kind: 'delivery', version: 1, position: 1 }]);
    expect(await asked()).toBe('Parcel');

    expect(await publish(id, rename('Parcel two'))).toMatchObject({ outcome: 'published', version: 2 });
    const { rows } = await database.pool.query(
      `SELECT version, definition ->> 'name' AS name, (definition ->> 'version')::int AS inside, published_by, published_at
         FROM survey_version WHERE shop_id = $1 AND survey_id = $2 ORDER BY version`,
      [shopId, id],
    );
    expect(rows).toEqual([
      { version: 1, name: 'Parcel', inside: 1, published_by: '7', published_at: NOW },
      { version: 2, name: 'Parcel two', inside: 2, published_by: '7', published_at: NOW },
    ]);
    expect(await asked()).toBe('Parcel two');
    expect((await deps().surveys.version(shopId, id, 1))?.name).toBe('Parcel');
  });

  it('is refused with what has to be put right; nothing is stored', async () => {
    const id = await create();
    const done = await publish(id, (draft) => ({
      ...draft,
      questions: draft.questions.map((question) => ({ ...question, required: false })),
    }));
    expect(done).toMatchObject({ outcome: 'blocked', findings: [{ code: 'ends_without_rating' }] });
    expect(await live()).toEqual([]);
    expect(await load(id)).toMatchObject({ status: 'draft', revision: 1 });
  });

  it('is refused to who did not see the last save', async () => {
    const id = await create();
    await save(id, rename('Parcel'));
    expect(await publish(id, rename('Mine'), { revision: 1 })).toMatchObject({
      outcome: 'conflict',
      revision: 2,
    });
    expect(await publish(id, rename('Mine'), { surveyId: uuidv7() })).toEqual({ outcome: 'gone' });
    expect(await live()).toEqual([]);
  });

  it('of two at once makes one version', async () => {
    const id = await create();
    const outcomes = await Promise.all([1, 2].map(() => publish(id, undefined, { revision: 1 })));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'published']);
    expect(await live()).toEqual([{ id, kind: 'delivery', version: 1, position: 1 }]);
  });

  it('waits for another that is under way, and forgets nothing of it', async () => {
    const { pool } = database;
    const [first, second] = [await create(), await create({ preset: 'usage' })];
    const other = await pool.connect();
    await other.query('BEGIN');
    await other.query('UPDATE shop SET live_surveys = live_surveys WHERE id = $1', [shopId]);
    await other.query(`UPDATE survey SET status = 'live', live_version = 1 WHERE id = $1`, [first]);
    const done = publish(second);
    const waiting =
      'SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1';
    await expect.poll(async () => (await pool.query(waiting, ['Lock'])).rowCount).toBe(1);
    await other.query('COMMIT');
    other.release();
    expect(await done).toMatchObject({ outcome: 'published' });
    expect((await live()).map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
  });
});

describe('what is asked', () => {
  it('stops while a survey is paused, without the preset in its place, and goes on afterwards', async () => {
    const id = await create();
    await publish(id, rename('Parcel'));
    expect(await act('pause', id)).toMatchObject({ outcome: 'changed', before: 'live' });
    expect(await live()).toEqual([{ id, kind: 'delivery', version: 1, position: 1, paused: true }]);
    expect(await asked()).toBeNull();
    expect(await act('pause', id)).toMatchObject({ outcome: 'refused' });
    expect(await act('resume', id)).toMatchObject({ outcome: 'changed' });
    expect(await asked()).toBe('Parcel');
  });

  it('is the preset again when the survey is archived, and the survey when that is undone', async () => {
    const id = await create();
    await publish(id, rename('Parcel'));
    expect(await act('archive', id)).toMatchObject({ outcome: 'changed', before: 'live' });
    expect(await live()).toEqual([]);
    expect(await asked()).toBe('After the delivery');
    expect(await act('restore', id, { to: 'live' })).toMatchObject({ outcome: 'changed' });
    expect(await asked()).toBe('Parcel');
  });

  it('is not a survey that was never published, whatever is sent', async () => {
    const id = await create();
    for (const name of ['pause', 'resume', 'sell']) expect((await act(name, id)).outcome).toBe('refused');
    await act('archive', id);
    expect((await act('restore', id, { to: 'live' })).outcome).toBe('refused');
    expect(await act('restore', id)).toMatchObject({ outcome: 'changed' });
    expect(await load(id)).toMatchObject({ status: 'draft' });
    expect(await live()).toEqual([]);
  });

  it('of several is the first; moving one changes which that is', async () => {
    const [first, second] = [await create(), await create()];
    await publish(first, rename('First'));
    await publish(second, rename('Second'));
    expect(await asked()).toBe('First');
    const command = { id: second, act: 'up' };
    expect(await moveSurvey(deps(), { shopId, command })).toMatchObject({ outcome: 'moved' });
    expect((await live()).map(({ id, position }) => [id, position])).toEqual([
      [second, 1],
      [first, 2],
    ]);
    expect(await asked()).toBe('Second');
    expect(await moveSurvey(deps(), { shopId, command })).toMatchObject({ outcome: 'refused' });
  });

  it('is for each order the first that fits it', async () => {
    const [late, all] = [await create(), await create()];
    const target = { if: 'fact', fact: 'locale', op: 'is', value: 'de' };
    await publish(late, (draft) => ({ ...draft, name: 'German', target }));
    expect(await asked()).toBeNull();
    await publish(all, rename('Everyone'));
    expect(await asked()).toBe('Everyone');
  });
});

it('another shop sees and changes nothing of it', async () => {
  const id = await create();
  await publish(id);
  const other = (await aShop(database.pool, 'other.myshopify.com')).shopId;
  const before = await load(id);
  const drafts = deps().surveyDrafts;
  expect(await drafts.load(other, id)).toBeNull();
  expect(await deps().admin.storedDraft(other, id)).toBeNull();
  expect(await deps().admin.ownSurveys(other, NOW)).toEqual([]);
  const definition = PRESETS.delivery;
  const change = { revision: before.revision, draft: definition, definition, staffId: '7', at: NOW };
  expect(await drafts.save(other, id, change)).toEqual({ outcome: 'gone' });
  expect(await drafts.publish(other, id, change)).toEqual({ outcome: 'gone' });
  expect(await drafts.setStatus(other, id, { from: ['live'], to: 'paused', at: NOW }, 50)).toBe('stale');
  expect(await drafts.move(other, id, 'up')).toBe(false);
  expect(await load(id)).toEqual(before);
  expect(await live()).toHaveLength(1);
  expect(await live(other)).toEqual([]);
});
