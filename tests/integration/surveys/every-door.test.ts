/** What becomes of an answer when there is one already, at each door. */
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#tests/setup/database.ts';
import { doorsScene, type Before, type Door, type DoorsScene } from './doors-scene.ts';

const database = useTestDatabase();
let scene: DoorsScene;
beforeEach(async () => {
  scene = await doorsScene(database.pool);
});

const DOORS: Door[] = ['link', 'store', 'account', 'checkout', 'continuation'];
const SAME = 2;
const OTHER = 1;
const EVERYWHERE = (outcome: string): Record<Door, string> => ({
  ...{ link: outcome, store: outcome, account: outcome, checkout: outcome, continuation: outcome },
});

/** What is there, the version that it answers (pages ask the second), and the outcome of another answer at each door. */
const CASES: [Before, number, Record<Door, string>][] = [
  ['none', SAME, EVERYWHERE('stored')],
  ['unfinished', SAME, EVERYWHERE('updated')],
  ['unfinished', OTHER, EVERYWHERE('updated')],
  ['counted', SAME, EVERYWHERE('updated')],
  ['counted', OTHER, EVERYWHERE('already_answered')],
  // The pages were opened before; asked-again.test.ts has those that are opened afterwards.
  ['finished', SAME, EVERYWHERE('already_answered')],
  ['finished', OTHER, EVERYWHERE('already_answered')],
  ['held', SAME, EVERYWHERE('updated')],
  ['held', OTHER, EVERYWHERE('updated')],
];
const TABLE = CASES.flatMap(([before, version, outcomes]) =>
  DOORS.map((door): [Before, number, Door, string] => [before, version, door, outcomes[door]]),
);

describe('another answer', () => {
  it.each(TABLE)(
    'after one %s, to version %i, at the door %s: %s',
    async (before, version, door, outcome) => {
      await scene.before(before, version);
      expect(await scene.doors[door].send({ answers: { rating: 5, more: 'Fine.' } })).toMatchObject({
        outcome,
      });
      const isKept = outcome === 'already_answered';
      const expected = isKept
        ? { rating: 2, comment: 'Late.', definition: version, unfinished: before === 'counted' }
        : { rating: 5, comment: 'Fine.', definition: SAME, unfinished: false };
      // One answer, of the person and not a claim beside it.
      expect(await scene.rows('SELECT * FROM survey_response')).toMatchObject([
        { ...expected, status: 'verified', answer_key: 'delivery:1001:0' },
      ]);
      // Whichever door showed it, nobody reminds them of it.
      expect(await scene.rows('SELECT answered_at FROM survey_invitation')).toEqual([
        { answered_at: expect.any(Date) },
      ]);
      expect(scene.deps.jobs).toHaveLength(isKept ? 0 : 1);
    },
  );
});

describe('a step', () => {
  it.each(DOORS)('changes nothing that was sent off, at the door %s', async (door) => {
    await scene.before('finished', SAME);
    const step = { answers: { rating: 5 }, isStep: true };
    expect(await scene.doors[door].send(step)).toMatchObject({ outcome: 'already_answered' });
    expect(await scene.rows('SELECT rating, revision FROM survey_response')).toEqual([
      { rating: 2, revision: 1 },
    ]);
  });
});

describe('the same answer again', () => {
  it.each(DOORS)('is taken as stored, at the door %s', async (door) => {
    await scene.before('finished', SAME);
    const same = { answers: { rating: 2, more: 'Late.' } };
    expect(await scene.doors[door].send(same)).toMatchObject({ outcome: 'stored' });
    expect(await scene.rows('SELECT rating, revision FROM survey_response')).toEqual([
      { rating: 2, revision: 1 },
    ]);
    expect(scene.deps.jobs).toEqual([]);
  });
});

const ASKED = { outcome: 'open' };
const CLOSED = { outcome: 'already_answered' };
const NOT_OFFERED = { outcome: 'none', reason: 'already_answered' };

describe('what is shown', () => {
  const shown: [Before, number, Record<Door, object>][] = [
    ...(['none', 'unfinished', 'counted', 'held'] as const).map((before): (typeof shown)[0] => [
      before,
      SAME,
      { link: ASKED, store: ASKED, account: ASKED, checkout: ASKED, continuation: ASKED },
    ]),
    ['counted', OTHER, closed({})],
    // Only the store asks again about an order that the page names.
    ['finished', SAME, closed({ store: ASKED })],
    ['finished', OTHER, closed({})],
  ];
  function closed(but: Partial<Record<Door, object>>): Record<Door, object> {
    return {
      ...{ link: CLOSED, continuation: CLOSED },
      ...{ store: NOT_OFFERED, account: NOT_OFFERED, checkout: NOT_OFFERED, ...but },
    };
  }
  it.each(shown)('after an answer %s, to version %i', async (before, version, expected) => {
    await scene.before(before, version);
    for (const door of DOORS) expect(await scene.doors[door].show(), door).toMatchObject(expected[door]);
  });
});

it('steps that counted stay counted while more steps to the same questions are on their way', async () => {
  await scene.before('counted', OTHER);
  await database.pool.query("UPDATE timer SET status = 'open'");
  const answer = { answers: { rating: 5 } };
  expect(await scene.doors.store.send(answer)).toMatchObject({ outcome: 'already_answered' });
  expect(await scene.rows('SELECT rating FROM survey_response')).toEqual([{ rating: 2 }]);
});
