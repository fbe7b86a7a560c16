import { uuidv7 } from 'uuidv7';
import { beforeEach, describe, expect, it } from 'vitest';
import { experimentChoices } from '#app/services/experiment-choices.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { experimentLab } from './experiment-lab.ts';
import { aCustomer, anAnswer, anInvitation, aShop, daysAgo, NOW, setClock } from './seed.ts';

const database = useTestDatabase();
let shopId: string;
let lab: ReturnType<typeof experimentLab>;
beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool);
  lab = experimentLab(database.pool, shopId);
});

describe('making, starting and ending', () => {
  it('a draft writes down what is done now, and plans with the assumed rate', async () => {
    const id = await lab.created();
    expect((await lab.show(id))!.experiment).toMatchObject({
      ...{ status: 'draft', baseRate: 0.1, planned: 686, minimumEffect: 0.05 },
      arms: [
        { id: 'control', name: 'As now', delayDays: 1 },
        { id: 'a', name: 'After 3 days', delayDays: 3 },
      ],
    });
    expect(await lab.live()).toEqual([]);
  });

  it('plans with the own rate where there is one, as far as the time to answer is over', async () => {
    const person = await aCustomer(database.pool, shopId);
    for (let index = 0; index < 40; index += 1) {
      const sent = { sent_at: daysAgo(20), order_id: `o${index}` };
      await anInvitation(database.pool, shopId, person, sent);
      const answered = { answer_key: `delivery:o${index}:0`, answered_at: daysAgo(19) };
      if (index < 10) await anAnswer(database.pool, shopId, answered);
      // In time, and changed later.
      if (index === 9) {
        await database.pool.query(`UPDATE survey_invitation SET answered_at = $2 WHERE order_id = $1`, [
          `o${index}`,
          daysAgo(19),
        ]);
        await database.pool.query(
          `UPDATE survey_response SET answered_at = $2, revision = 2 WHERE answer_key = $1`,
          [`delivery:o${index}:0`, daysAgo(2)],
        );
      }
      // Too late, held back, or of a mail whose time to answer is not over: none of them counts.
      if (index === 10) await anAnswer(database.pool, shopId, { ...answered, answered_at: daysAgo(2) });
      if (index === 11) await anAnswer(database.pool, shopId, { ...answered, status: 'quarantined' });
    }
    await anInvitation(database.pool, shopId, person, { sent_at: daysAgo(3) });
    expect((await lab.show(await lab.created()))!.experiment.baseRate).toBe(0.25);
  });

  it('takes the pace from who was asked in the last 30 days, each person once', async () => {
    const asked = async (days: number, more: Record<string, unknown> = {}) => {
      const person = await aCustomer(database.pool, shopId);
      const about = { sent_at: daysAgo(days), ...more };
      await anInvitation(database.pool, shopId, person, about);
      return person;
    };
    const twice = await asked(29);
    await anInvitation(database.pool, shopId, twice, { sent_at: daysAgo(3) });
    await asked(1);
    // Offered on pages by an experiment, where it would have been mailed.
    await asked(4, { status: 'suppressed', reason: 'on_site', sent_at: null, decided_at: daysAgo(4) });
    // Too long ago, held back, of another kind or shop, and a quarterly repeat.
    await asked(31);
    await asked(2, { status: 'suppressed', reason: 'survey_cap', sent_at: null, decided_at: daysAgo(2) });
    await asked(2, { kind: 'relationship', sequence: 1 });
    const other = await aShop(database.pool);
    await anInvitation(database.pool, other, await aCustomer(database.pool, other), { sent_at: daysAgo(2) });
    const choices = await experimentChoices(lab.deps, await lab.shop(), NOW);
    const paces = Object.fromEntries(choices.map(({ kind, askedLately }) => [kind, askedLately]));
    expect(paces).toMatchObject({ delivery: 3, usage: 0, relationship: 0 });
  });

  it('runs at most one a kind, also when two are started at once', async () => {
    const ids = await Promise.all([lab.created(), lab.created({ name: 'Later still' })]);
    const outcomes = await Promise.all(ids.map((id) => lab.start(id)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'started']);
    expect(await lab.live()).toHaveLength(1);
    expect((await lab.start(await lab.created({ kind: 'usage' }))).outcome).toBe('started');
    expect(await lab.live()).toHaveLength(2);
  });

  it('does not start against a control that nobody does any more', async () => {
    const id = await lab.created();
    const settings = { surveys: { delivery: { enabled: true, delayDays: 2 } } };
    await database.pool.query('UPDATE shop SET settings = $2 WHERE id = $1', [shopId, settings]);
    expect(await lab.start(id)).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringMatching(/control is out of date/),
    });
    expect(await lab.live()).toEqual([]);
    expect((await lab.start(await lab.created())).outcome).toBe('started');
  });

  it('does not start against a control that is not asked first any more', async () => {
    const [, second] = [await own(1), await own(2)];
    const variants = [{ name: 'Preset', survey: 'preset' }];
    const id = await lab.created({ dimension: 'wording', variants });
    await lab.deps.surveyDrafts.move(shopId, second, 'up');
    expect(await lab.start(id)).toMatchObject({ sentence: expect.stringMatching(/control is out of date/) });
  });

  it('tells every path of the arms, without their names, and that it has ended', async () => {
    const id = await lab.created();
    await lab.start(id);
    const arms = [
      { id: 'control', weight: 1, delayDays: 1 },
      { id: 'a', weight: 1, delayDays: 3 },
    ];
    expect(await lab.live()).toEqual([{ id, kind: 'delivery', arms }]);
    expect(await lab.start(id)).toMatchObject({ outcome: 'refused' });
    expect(await lab.end('stop', id)).toMatchObject({ outcome: 'stopped' });
    expect(await lab.live()).toEqual([{ id, kind: 'delivery', arms, ended: true }]);
    expect(await lab.end('stop', id)).toMatchObject({ outcome: 'refused' });
    expect(await lab.end('discard', id)).toMatchObject({ outcome: 'refused' });
  });

  it('deletes a draft; another shop sees and changes none', async () => {
    const id = await lab.created();
    const other = await aShop(database.pool);
    expect(await lab.show(id, other)).toBeNull();
    expect(await lab.end('discard', id, other)).toMatchObject({ outcome: 'refused' });
    expect(await lab.end('discard', id)).toMatchObject({ outcome: 'discarded' });
    expect(await lab.show(id)).toBeNull();
  });

  it.each([
    ['no name', { name: ' ' }, /Give the experiment a name/],
    ['no days', { variants: [{ name: 'x' }] }, /something else/],
    ['the days of now', { variants: [{ name: 'x', delayDays: 1 }] }, /Two arms do the same/],
    [
      'a kind that is off',
      { kind: 'support', dimension: 'wording', variants: [{ name: 'x', survey: 'preset' }] },
      /switched off|do the same/,
    ],
    [
      'a survey that is not there',
      { dimension: 'wording', variants: [{ name: 'x', survey: uuidv7() }] },
      /something else/,
    ],
    [
      'an hour at which nobody is mailed',
      { variants: [{ name: 'Late', delayDays: 2, sendHour: 3 }] },
      /"Late" falls into the quiet hours/,
    ],
    ['NUL in its name', { name: 'a\0b', variants: [] }, /at least one variant/],
  ])('refuses %s', async (_, over, sentence) => {
    const refused = await lab.create(over);
    expect(refused.outcome === 'refused' && refused.errors.join(' ')).toMatch(sentence);
  });

  it('refuses a survey whose answers are stored without the person', async () => {
    const questions = [{ id: 'rating', type: 'csat' }];
    await publish(database.pool, shopId, survey(questions, { kind: 'delivery', identity: 'anonymous' }));
    expect(await lab.create()).toMatchObject({ errors: [expect.stringMatching(/without the person/)] });
  });

  it('compares own surveys that are asked of everybody, with and without an incentive', async () => {
    const rated = [{ id: 'rating', type: 'csat' }];
    const incentive = { text: 'thanks', reward: { kind: 'points', points: 50 }, budget: 100, validDays: 60 };
    const plain = await publish(database.pool, shopId, survey(rated, { kind: 'delivery' }));
    const paid = await publish(database.pool, shopId, survey(rated, { kind: 'delivery', incentive }), {
      position: 2,
    });
    const about = { dimension: 'incentive', variants: [{ name: 'Points', survey: paid }] };
    const id = await lab.created(about);
    expect((await lab.show(id))!.experiment.arms.map(({ edition }) => edition?.surveyId)).toEqual([
      plain,
      paid,
    ]);
    expect(await lab.create({ ...about, variants: [{ name: 'Preset', survey: 'preset' }] })).toMatchObject({
      errors: [expect.stringMatching(/with an incentive/)],
    });
    await database.pool.query(`UPDATE survey SET status = 'paused' WHERE id = $1`, [paid]);
    expect(await lab.start(id)).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringMatching(/“Points”/),
    });
  });

  const own = (position: number, about: { id?: string; version?: number } = {}) => {
    const { version = 1, id } = about;
    const definition = survey([{ id: 'rating', type: 'csat' }], { kind: 'delivery', version });
    return publish(database.pool, shopId, definition, { position, ...(id && { id }) });
  };
  const order = async () =>
    (await lab.deps.admin.ownSurveys(shopId, NOW)).map(({ id, status }) => `${id}: ${status}`);
  /** @returns the id of an experiment that `other` has won */
  const wonBy = async (other: string) => {
    const id = await lab.created({ dimension: 'wording', variants: [{ name: 'Other', survey: other }] });
    await lab.start(id);
    await database.pool.query('UPDATE survey_experiment SET planned = 30 WHERE id = $1', [id]);
    for (let index = 0; index < 30; index += 1) {
      await lab.person(id, 'control');
      await lab.answers(await lab.person(id, 'a'));
    }
    return id;
  };

  it('makes the winning survey the first of its kind, or goes back to the preset', async () => {
    const [first, second] = [await own(1), await own(2)];
    expect(await lab.end('adopt', await wonBy(second))).toMatchObject({ outcome: 'adopted' });
    expect(await order()).toEqual([`${second}: live`, `${first}: live`]);
    expect(await lab.end('adopt', await wonBy('preset'))).toMatchObject({ outcome: 'adopted' });
    expect((await order()).every((row) => row.endsWith(': archived'))).toBe(true);
  });

  it('adopts no survey that was changed after it was tested', async () => {
    const changed = { outcome: 'refused', sentence: expect.stringMatching(/changed after it was tested/) };
    const [first, second] = [await own(1), await own(2)];
    const id = await wonBy(second);
    await own(2, { id: second, version: 2 });
    expect(await lab.end('adopt', id)).toMatchObject(changed);
    await lab.end('stop', id);
    const ofPreset = await wonBy('preset');
    // As it stands there once an update brought another version of the preset.
    await database.pool.query(
      `UPDATE survey_experiment SET arms = jsonb_set(arms, '{1,edition,version}', '99') WHERE id = $1`,
      [ofPreset],
    );
    expect(await lab.end('adopt', ofPreset)).toMatchObject(changed);
    expect(await order()).toEqual([`${first}: live`, `${second}: live`]);
    expect((await lab.show(ofPreset))!.experiment).toMatchObject({ status: 'running', adoptedArm: null });
  });
});
