import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_OWN_SURVEYS } from '#app/domain/surveys/live-surveys.ts';
import { createSurvey } from '#app/services/create-survey.ts';
import { surveyFor } from '#app/services/survey-context.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { editingScene } from './editing-scene.ts';
import { aShop, NOW } from './survey-shop.ts';

const database = useTestDatabase();
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await aShop(database.pool));
});

const { deps, create, save, publish, act, live, asked } = editingScene(
  () => database.pool,
  () => shopId,
);

describe('a schedule', () => {
  const day = (date: string) => new Date(`2026-03-${date}T00:00:00Z`);
  const schedule = { from: day('12').toISOString(), until: day('14').toISOString() };

  it('stands in the row of the shop: before and after it the preset is asked, in it the survey', async () => {
    const id = await create();
    await publish(id, (draft) => ({ ...draft, name: 'Spring', schedule }));
    expect(await live()).toEqual([{ id, kind: 'delivery', version: 1, position: 1, ...schedule }]);
    expect(await asked(NOW)).toBe('After the delivery');
    expect(await asked(day('12'))).toBe('Spring');
    expect(await asked(new Date(day('14').getTime() - 1))).toBe('Spring');
    expect(await asked(day('14'))).toBe('After the delivery');

    // What a mail asked is asked on, whatever the time.
    const occasion = { kind: 'delivery', orderId: '1001', person: null, locale: 'en', now: null } as const;
    const shop = { id: shopId, name: 'Moss', settings: {}, liveSurveys: await live() };
    const mailed = await surveyFor(deps(), shop, occasion, { surveyId: id, version: 1 });
    expect(mailed?.resolved.definition.name).toBe('Spring');

    await act('pause', id);
    expect(await live()).toMatchObject([{ paused: true, ...schedule }]);
    expect(await asked(day('13'))).toBeNull();
    expect(await asked(day('14'))).toBe('After the delivery');
  });

  it('is shown of what is published, not of the draft', async () => {
    const id = await create();
    await publish(id, (draft) => ({ ...draft, schedule }));
    await save(id, ({ schedule: _, ...draft }) => draft);
    expect(await deps().admin.ownSurveys(shopId, NOW)).toMatchObject([{ schedule, changed: true }]);
    expect(await deps().admin.storedDraft(shopId, id)).toMatchObject({ schedule });
    await publish(id);
    expect(await deps().admin.ownSurveys(shopId, NOW)).toMatchObject([{ schedule: null }]);
    expect(await live()).toEqual([{ id, kind: 'delivery', version: 2, position: 1 }]);
  });

  it('that is over is not published', async () => {
    const id = await create();
    const until = NOW.toISOString();
    expect(await publish(id, (draft) => ({ ...draft, schedule: { until } }))).toMatchObject({
      outcome: 'blocked',
      findings: [{ code: 'schedule_over' }],
    });
    expect(await live()).toEqual([]);
  });
});

describe('as many as a shop may have', () => {
  const full = { outcome: 'refused', sentence: expect.stringMatching(/50 surveys.*Archive one/) };

  it('are not exceeded by making, copying or restoring; the archive does not count', async () => {
    const first = await create();
    const archived = await create();
    await act('archive', archived);
    for (let made = 1; made < MAX_OWN_SURVEYS; made += 1) await create();
    const more = (command: object) => createSurvey(deps(), { shopId, command });
    expect(await more({ preset: 'usage' })).toMatchObject(full);
    expect(await more({ copyOf: first })).toMatchObject(full);
    expect(await act('restore', archived)).toMatchObject(full);
    await act('archive', first);
    expect(await act('restore', archived)).toMatchObject({ outcome: 'changed' });
    expect(await more({ preset: 'usage' })).toMatchObject(full);
    const other = (await aShop(database.pool, 'other.myshopify.com')).shopId;
    expect(await createSurvey(deps(), { shopId: other, command: { preset: 'usage' } })).toMatchObject({
      outcome: 'created',
    });
  });

  it('are not exceeded by two who make the last one at once', async () => {
    for (let made = 1; made < MAX_OWN_SURVEYS; made += 1) await create();
    const command = { preset: 'usage' };
    const both = await Promise.all([1, 2, 3].map(() => createSurvey(deps(), { shopId, command })));
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['created', 'refused', 'refused']);
  });
});
