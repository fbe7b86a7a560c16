/** What was sent off, and the pages that may change it: the one that sent it, and one that was opened afterwards. */
import { beforeEach, describe, expect, it } from 'vitest';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { doorsScene, type Door, type DoorsScene } from './doors-scene.ts';

const database = useTestDatabase();
let scene: DoorsScene;
beforeEach(async () => {
  scene = await doorsScene(database.pool);
});

const answers = () => scene.rows('SELECT rating, comment, unfinished, revision FROM survey_response');
const HURT = { rating: 1, more: 'It hurt my child.' };
const KEPT = { rating: 1, comment: 'It hurt my child.', unfinished: false, revision: 1 };

/** Opens the page of this door, and gives what sends from it. */
async function open(door: 'store' | 'checkout') {
  const shown = await scene.doors[door].show();
  if (shown.outcome !== 'open') throw new Error('Nothing is asked.');
  const { pageToken } = shown;
  return (given: object, isStep = false) => scene.doors[door].send({ answers: given, isStep, pageToken });
}

it('in the store a late change works from the first tap to the last', async () => {
  await scene.before('finished', 2);
  const send = await open('store');
  expect(await send({ rating: 5 }, true)).toMatchObject({ outcome: 'stored' });
  expect(await answers()).toEqual([{ rating: 2, comment: 'Late.', unfinished: false, revision: 1 }]);
  expect(await send({ rating: 5, more: 'Came.' }, true)).toMatchObject({ outcome: 'stored' });
  expect(await send({ rating: 5, more: 'It came.' })).toMatchObject({ outcome: 'updated' });
  expect(await answers()).toEqual([{ rating: 5, comment: 'It came.', unfinished: false, revision: 2 }]);
});

describe.each(['store', 'checkout'] as const)('the page at the door %s', (door) => {
  it('may correct what it has sent off, though no reply came', async () => {
    const send = await open(door);
    await send({ rating: 2 }, true);
    expect(await send({ rating: 2 })).toMatchObject({ outcome: 'stored' });
    expect(await send({ rating: 3 }, true)).toMatchObject({ outcome: 'stored' });
    expect(await send({ rating: 3, more: 'Dented.' })).toMatchObject({ outcome: 'updated' });
    expect(await answers()).toMatchObject([{ rating: 3, comment: 'Dented.', unfinished: false }]);
  });

  it.each<[string, Door]>([
    ['by mail', 'link'],
    ['in an account', 'account'],
    ['at checkout', 'checkout'],
  ])('that was open before changes nothing that was sent off %s', async (_name, elsewhere) => {
    const send = await open(door);
    // A page of its own, if it is the same door.
    const pageToken = 'another page';
    const sent = await scene.doors[elsewhere].send({ answers: HURT, pageToken });
    expect(sent).toMatchObject({ outcome: 'stored' });
    for (const isStep of [true, false]) {
      expect(await send({ rating: 5 }, isStep)).toMatchObject({ outcome: 'already_answered' });
      expect(await answers()).toEqual([KEPT]);
    }
    expect(await send(HURT)).toMatchObject({ outcome: 'stored' });
    expect(await answers()).toEqual([KEPT]);
  });

  it('that had begun it changes nothing that was finished by mail', async () => {
    const send = await open(door);
    await send({ rating: 4 }, true);
    await scene.doors.link.send({ answers: HURT });
    expect(await send({ rating: 5 })).toMatchObject({ outcome: 'already_answered' });
    expect(await answers()).toMatchObject([{ rating: 1, comment: 'It hurt my child.' }]);
  });
});

it('a page that asked again is one that was open before, once it was changed elsewhere', async () => {
  await scene.before('finished', 2);
  const [first, second] = [await open('store'), await open('store')];
  expect(await first({ rating: 1 })).toMatchObject({ outcome: 'updated' });
  const later = await open('store');
  expect(await later({ rating: 4 })).toMatchObject({ outcome: 'updated' });
  expect(await second({ rating: 5 })).toMatchObject({ outcome: 'already_answered' });
  expect(await answers()).toMatchObject([{ rating: 4, revision: 3 }]);
});

it('at checkout nothing is changed without the page that sent it', async () => {
  const { send } = scene.doors.checkout;
  await send({ answers: HURT });
  expect(await send({ answers: { rating: 5 } })).toMatchObject({ outcome: 'already_answered' });
  expect(await answers()).toEqual([KEPT]);
});

describe('what is kept, since it counted with other questions,', () => {
  it.each<[string, object]>([
    ['on any page of the store', { orderId: null }],
    ['on the page of the order', { orderId: '1001' }],
    ['in an account', { orderId: null, surface: 'customer_account' }],
  ])('hides no other survey that is open, %s', async (_name, over) => {
    const who = { shopDomain: scene.domain, customerId: scene.customerId, kind: null, locale: null };
    await scene.before('counted', 1);
    expect(await offerToCustomer(scene.deps, { ...who, orderId: null, ...over })).toMatchObject({
      ...{ outcome: 'open', order: { id: '1001' } },
      view: { kind: 'post_purchase' },
    });
  });

  it('and is said to be there, where there is no other', async () => {
    await scene.before('counted', 1);
    await database.pool.query(
      `UPDATE shop SET settings = settings || '{"surveys": {"post_purchase": {"enabled": false}}}'`,
    );
    const who = { shopDomain: scene.domain, customerId: scene.customerId, kind: null, locale: null };
    expect(await offerToCustomer(scene.deps, { ...who, orderId: null })).toEqual({
      ...{ outcome: 'none', reason: 'already_answered' },
    });
  });
});

it('a connection that has stored answers stores them after a migration too', async () => {
  const send = { answers: { rating: 4 } };
  await scene.doors.store.send(send);
  await scene.doors.checkout.send(send);
  // As a migration does: the type grows, and with the functions all plans are made anew.
  await database.pool.query(`ALTER TYPE stored_answer ADD ATTRIBUTE later boolean;
    ALTER FUNCTION answer_for_customer COST 101; ALTER FUNCTION answer_claim COST 101`);
  try {
    expect(await scene.doors.store.send(send)).toMatchObject({ outcome: 'stored' });
    expect(await scene.doors.checkout.send(send)).toMatchObject({ outcome: 'stored' });
  } finally {
    await database.pool.query('ALTER TYPE stored_answer DROP ATTRIBUTE later');
  }
});
