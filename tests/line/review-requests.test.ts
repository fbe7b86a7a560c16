import { beforeEach, expect, it } from 'vitest';
import { updateCase } from '#app/services/update-case.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { close, promised, promising, REVIEWS } from './reward-scenes.ts';
import { answer, START } from './scenes.ts';

/** Who is asked for a public review, and when. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

const withoutPromise = (over: object = {}) => promising(undefined, { incentive: undefined, ...over });
const requests = () => line.mails.filter(({ text }) => text.includes(REVIEWS));
const actions = () =>
  line.rows("SELECT status, reason FROM action WHERE kind = 'send_review_request' ORDER BY created_at");

it.each([1, 2])(
  'whoever answered %i is asked by mail once the case is closed, and not before',
  async (rating) => {
    await promised(line, withoutPromise());
    expect(await answer(line, { rating })).toMatchObject({ view: { review: { lowAfterCase: true } } });
    await line.settle();
    expect(await actions()).toEqual([]);
    await close(line);
    await line.settle();
    const [request, ...others] = requests();
    expect(others).toEqual([]);
    expect(request!.to).toBe(ADA.email);
    expect(request!.text).toContain('Tell others about us.');
    expect(request!.text).toContain('whatever the answer was');
    expect(request!.listId).toContain('surveys.');
    expect(request!.unsubscribeUrl).toContain('/u/');
  },
);

it.each([3, 5])('whoever answered %i was asked on the page, and gets no mail', async (rating) => {
  await promised(line, withoutPromise());
  await answer(line, { rating });
  await line.settle();
  expect(await actions()).toEqual([]);
  expect(requests()).toEqual([]);
});

it.each([
  ['unsubscribed', 'UPDATE customer SET unsubscribed_at = business_now()'],
  ['no surveys', 'UPDATE customer SET surveys_off_at = business_now()'],
  ['no address', 'UPDATE customer SET email = NULL'],
  ['no consent where it is needed', "UPDATE customer SET email_consent = NULL, country_code = 'DE'"],
])('whoever cannot be mailed after the case is asked at once, however low: %s', async (_, change) => {
  await promised(line, withoutPromise());
  await line.rows(change);
  const answered = await answer(line, { rating: 1 });
  expect(answered).toMatchObject({ outcome: 'stored', view: { review: { url: REVIEWS } } });
  expect((answered as { view: { review: object } }).view.review).not.toHaveProperty('lowAfterCase');
  await line.settle();
  await close(line);
  await line.settle();
  expect(requests()).toEqual([]);
});

it('is made once, however often the case is opened and closed again', async () => {
  await promised(line, withoutPromise());
  await answer(line, { rating: 1 });
  await line.settle();
  await close(line);
  await line.settle();
  const [{ id: caseId }] = (await line.rows<{ id: string }>('SELECT id FROM support_case')) as [
    { id: string },
  ];
  await updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId, command: { act: 'reopen' } });
  await line.settle();
  await close(line);
  await line.settle();
  expect(requests()).toHaveLength(1);
  expect(await actions()).toEqual([{ status: 'done', reason: null }]);
});

it('waits for the morning', async () => {
  await promised(line, withoutPromise());
  await answer(line, { rating: 1 });
  await line.settle();
  await line.moveTo(at('2026-03-09T22:30:00'));
  await close(line, at('2026-03-09T22:30:00'));
  await line.settle();
  expect(requests()).toEqual([]);
  await line.playTo(at('2026-03-10T12:00:00'));
  expect(requests()).toHaveLength(1);
});

it.each([
  ['unsubscribed', 'UPDATE customer SET unsubscribed_at = business_now()'],
  ['surveys_stopped', 'UPDATE customer SET surveys_off_at = business_now()'],
  ['no_email', 'UPDATE customer SET email = NULL'],
  ['asked_on_page', "UPDATE survey_response SET surface = 'checkout'"],
])('is left out with its reason: %s', async (reason, change) => {
  await promised(line, withoutPromise());
  await answer(line, { rating: 1 });
  await line.settle();
  await line.rows(change);
  await close(line);
  await line.settle();
  expect(await actions()).toEqual([{ status: 'skipped', reason }]);
  expect(requests()).toEqual([]);
});

it('is not made where the survey makes none, or none of such an order', async () => {
  const elsewhere = { if: 'fact', fact: 'country', op: 'is', value: 'XX' };
  const { reviewAsk } = promising();
  await promised(line, withoutPromise({ reviewAsk: { ...reviewAsk, when: elsewhere } }));
  const answered = await answer(line, { rating: 1 });
  expect(answered).toMatchObject({ outcome: 'stored' });
  expect((answered as { view: object }).view).not.toHaveProperty('review');
  await line.settle();
  await close(line);
  await line.settle();
  expect(await actions()).toEqual([{ status: 'skipped', reason: 'no_review_asked' }]);
});
