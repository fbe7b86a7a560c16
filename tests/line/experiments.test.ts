import { beforeEach, describe, expect, it } from 'vitest';
import type { Arm, Dimension, Experiment } from '#app/domain/experiments/experiment.ts';
import { editionText } from '#app/domain/surveys/live-surveys.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { mergePayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, answerOnPage, arrived, asked, hear, START } from './scenes.ts';

/** What an experiment does to the surveys of a customer, from the order to the mail. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

/** Everybody falls to the variant. */
async function start(
  dimension: Dimension,
  variant: Partial<Arm>,
  kind: Experiment['kind'] = 'delivery',
): Promise<string> {
  const id = line.deps.newId();
  const arms = [
    { id: 'control', name: 'As now', weight: 0 },
    { id: 'a', name: 'Variant', weight: 1, ...variant },
  ] as Arm[];
  const at = await line.deps.clock.now();
  const plan = { baseRate: 0.2, planned: 10, at };
  await line.deps.experiments.create(line.shopId, {
    ...{ id, name: 'Test', kind, dimension, arms, minimumEffect: 0.05 },
    ...plan,
  });
  expect(await line.deps.experiments.start(line.shopId, id, plan)).toBe('started');
  return id;
}
const invitations = (kind = 'delivery') =>
  line.rows(
    `SELECT order_id, sequence, experiment_id, arm, status, reason, due_at, answered_at FROM survey_invitation
     WHERE kind = $1 ORDER BY order_id, sequence`,
    [kind],
  );

describe('timing', () => {
  it('moves the surveys of the variant, and only of its kind', async () => {
    const id = await start('timing', { delayDays: 3, sendHour: 16 });
    await hear(line, arrived(5_000, START));
    await line.settle();
    expect(await invitations()).toMatchObject([
      // Delivered on 2 March; 16:00 in Berlin is 15:00 UTC.
      { experiment_id: id, arm: 'a', due_at: at('2026-03-05T15:00:00') },
    ]);
    expect(await invitations('usage')).toMatchObject([
      { experiment_id: null, arm: null, due_at: at('2026-03-12T09:00:00') },
    ]);
  });

  it('leaves alone what was planned before it, and treats to the end what was planned in it', async () => {
    await hear(line, arrived(5_000, START));
    await line.settle();
    const id = await start('timing', { delayDays: 3 });
    await hear(line, arrived(6_000, START));
    await line.settle();
    await line.deps.experiments.stop(line.shopId, id, START);
    // Every order is heard of again, after the end; a third comes then.
    await hear(line, arrived(5_000, at('2026-03-02T09:00:01')), arrived(6_000, at('2026-03-02T09:00:01')));
    await hear(line, arrived(7_000, START));
    await line.settle();
    expect(await invitations()).toMatchObject([
      { order_id: '5000', experiment_id: null, due_at: at('2026-03-03T09:00:00') },
      { order_id: '6000', experiment_id: id, arm: 'a', due_at: at('2026-03-05T09:00:00') },
      { order_id: '7000', experiment_id: null, due_at: at('2026-03-03T09:00:00') },
    ]);
  });

  it('keeps the arm of an invitation whose customer is merged into another', async () => {
    const id = await start('timing', { delayDays: 3 });
    await hear(line, arrived(5_000, START));
    await hear(line, arrived(6_000, START, { ...ADA, id: '4401', email: 'bob@example.com' }));
    await line.settle();
    await hear(line, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: '4401', deletedId: ADA.id }),
    });
    await line.settle();
    const found = await line.rows(
      'SELECT count(DISTINCT customer_id)::int AS people, min(arm) AS arm FROM survey_invitation WHERE experiment_id = $1',
      [id],
    );
    expect(found).toEqual([{ people: 1, arm: 'a' }]);
  });
});

describe('channel', () => {
  it('mails nothing to the variant, says why, and takes its answer on the page', async () => {
    await start('channel', { channel: 'on_site' });
    await asked(line);
    expect(line.mails).toEqual([]);
    expect(await invitations()).toMatchObject([{ status: 'suppressed', reason: 'on_site', arm: 'a' }]);
    await answerOnPage(line, 'delivery', { rating: 4 });
    await line.settle();
    expect(await invitations()).toMatchObject([{ status: 'suppressed', answered_at: expect.any(Date) }]);
  });

  it('takes no place among the mails: another survey that is due then goes out', async () => {
    await start('channel', { channel: 'on_site' });
    await line.moveTo(at('2026-03-06T08:00:00'));
    await hear(line, arrived(6_000, at('2026-02-24T10:00:00')), arrived(5_000, at('2026-03-05T10:00:00')));
    await line.settle();
    await line.playTo(at('2026-03-06T10:00:00'));
    expect(await invitations()).toMatchObject([{ order_id: '5000', reason: 'on_site' }, {}]);
    expect(await invitations('usage')).toMatchObject([{}, { order_id: '6000', status: 'sent' }]);
  });

  it('goes on with the quarterly question, outside of the experiment', async () => {
    const id = await start('channel', { channel: 'on_site' }, 'relationship');
    await hear(line, arrived(5_000, START));
    await line.playTo(at('2026-04-20T08:00:00'));
    expect(await invitations('relationship')).toMatchObject([
      { sequence: 0, experiment_id: id, status: 'suppressed', reason: 'on_site' },
      { sequence: 1, experiment_id: null, arm: null, status: 'scheduled' },
    ]);
  });
});

describe('wording', () => {
  const own = (position = 1) =>
    publish(database.pool, line.shopId, survey([{ id: 'rating', type: 'csat' }], { kind: 'delivery' }), {
      position,
    });
  const linked = async () =>
    (await line.rows('SELECT edition FROM survey_link')).map(({ edition }) => edition);

  it('asks the survey of the arm instead of the first one, and takes the answer to it', async () => {
    await own();
    const second = await own(2);
    await start('wording', { edition: { surveyId: second, version: 1 } });
    await asked(line);
    expect(await linked()).toEqual([`${second}.1`]);
    expect(await answer(line, { rating: 5 })).toMatchObject({ outcome: 'stored' });
    expect(await line.rows('SELECT survey_id FROM survey_response')).toEqual([{ survey_id: second }]);
  });

  it('asks what is live where the survey of the arm is asked no more', async () => {
    const first = await own();
    await start('wording', { edition: { surveyId: line.deps.newId(), version: 1 } });
    await asked(line);
    expect(await linked()).toEqual([`${first}.1`]);
  });

  it('asks what is live where the preset of the arm became another one', async () => {
    await start('wording', { edition: { surveyId: null, version: 99 } });
    await asked(line);
    expect(line.mails).toHaveLength(1);
    const { version } = PRESETS.delivery;
    expect(await linked()).toEqual([editionText({ surveyId: null, version, kind: 'delivery' })]);
  });

  it('may ask the preset beside an own survey', async () => {
    await own();
    const { version } = PRESETS.delivery;
    await start('wording', { edition: { surveyId: null, version } });
    await asked(line);
    expect(await linked()).toEqual([editionText({ surveyId: null, version, kind: 'delivery' })]);
  });
});
