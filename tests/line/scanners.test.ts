import { beforeEach, describe, expect, it } from 'vitest';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answerOnPage, arrived, asked, hear, START } from './scenes.ts';
import {
  afterSeconds,
  buttonOf,
  get,
  invitationOf,
  pagesIn,
  post,
  responsesOf,
  restore,
  unseenIn,
  type Mail,
} from './survey-mails.ts';

/** Programs open every link of a mail, and some of them send forms. People must be heard, machines must not. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});
const followed = () => stateOf(line, ['cases', 'actions']);

describe('ten links fetched within a second', () => {
  let mails: Mail[];
  let before: Awaited<ReturnType<typeof followed>>;
  beforeEach(async () => {
    const people = Array.from({ length: 10 }, (_, index) => ({
      ...ADA,
      id: String(7_000 + index),
      email: `person${index}@example.com`,
    }));
    for (const [index, person] of people.entries())
      await hear(line, arrived(50_000 + index * 100, at('2026-03-01T12:00:00'), person));
    await line.playTo(at('2026-03-02T10:00:00'));
    mails = line.mails.splice(0);
    expect(mails).toHaveLength(10);
    before = await followed();
  });
  const nothingFollowed = async () => {
    await afterSeconds(line, 20 * 60);
    await line.settle();
    expect(await followed()).toEqual(before);
    expect(line.mails).toEqual([]);
    expect(await line.rows('SELECT id FROM survey_invitation WHERE answered_at IS NOT NULL')).toEqual([]);
  };
  const everybodyIsHeard = async () => {
    for (const mail of mails) {
      expect(await get(line, buttonOf(mail))).toMatchObject({ outcome: 'open', given: {} });
      expect(await post(line, buttonOf(mail), { rating: 1 })).toMatchObject({ route: 'low' });
    }
    await line.settle();
    expect(await responsesOf(line)).toEqual(
      mails.map(() => expect.objectContaining({ status: 'verified', held_reason: null, rating: 1 })),
    );
    expect((await stateOf(line, ['cases'])).cases).toHaveLength(10);
    expect(line.mails).toHaveLength(10);
  };

  it('store nothing, and then each person’s click counts', async () => {
    for (const mail of mails) {
      // The page, a link for each value, and the one that nobody sees, which comes first.
      expect(pagesIn(mail)).toHaveLength(7);
      expect(pagesIn(mail)[0]!.href).toBe(unseenIn(mail).href);
      for (const { outcome } of await Promise.all(pagesIn(mail).map((url) => get(line, url))))
        expect(outcome).toBe('open');
    }
    expect(await responsesOf(line)).toEqual([]);
    await nothingFollowed();
    await everybodyIsHeard();
  });

  it('and posted: nothing that counts, no case, no mail, and then each person’s click counts', async () => {
    for (const mail of mails) {
      await Promise.all(pagesIn(mail).map((url) => get(line, url)));
      const posts = [1, 2, 5].map((rating) => post(line, buttonOf(mail), { rating }, rating === 5));
      // A scanner is told what anybody is told.
      for (const { outcome } of await Promise.all(posts)) expect(outcome).toMatch(/stored|updated/);
    }
    await line.settle();
    expect(await responsesOf(line)).toEqual(
      mails.map(() => expect.objectContaining({ status: 'quarantined', held_reason: 'scanned' })),
    );
    expect(await line.rows(`SELECT used_at FROM survey_link WHERE used_at IS NOT NULL`)).toEqual([]);
    await nothingFollowed();
    await everybodyIsHeard();
  });
});

describe('after the link that nobody sees was opened', () => {
  let mail: Mail;
  beforeEach(async () => {
    await asked(line);
    mail = line.mails.splice(0)[0]!;
  });
  const scan = () => get(line, unseenIn(mail));

  it('what comes within a minute is held back, what comes later counts', async () => {
    await scan();
    await afterSeconds(line, 59);
    await post(line, buttonOf(mail), { rating: 1, comment_low: 'Spam!' });
    await line.settle();
    expect(await responsesOf(line)).toEqual([
      { status: 'quarantined', held_reason: 'scanned', rating: 1, unfinished: false, revision: 1 },
    ]);
    expect(await invitationOf(line)).toEqual({ answered_at: null });
    await afterSeconds(line, 1);
    expect(await post(line, buttonOf(mail), { rating: 4 }, true)).toMatchObject({ outcome: 'updated' });
    expect(await responsesOf(line)).toMatchObject([
      { status: 'verified', held_reason: null, rating: 4, unfinished: true },
    ]);
    expect(await invitationOf(line)).not.toEqual({ answered_at: null });
    expect(await post(line, buttonOf(mail), { rating: 4 })).toMatchObject({ outcome: 'updated' });
    expect(await get(line, buttonOf(mail))).toMatchObject({ outcome: 'already_answered' });
  });

  it('a person who says what the machine said is heard all the same, at their time', async () => {
    await scan();
    await post(line, buttonOf(mail), { rating: 1 });
    await afterSeconds(line, 90);
    await post(line, buttonOf(mail), { rating: 1 });
    await line.settle();
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open' }] });
    expect(await line.rows('SELECT answered_at, held_reason FROM survey_response')).toEqual([
      { answered_at: at('2026-03-06T09:01:30'), held_reason: null },
    ]);
  });

  it('what a person said before stands', async () => {
    await post(line, buttonOf(mail), { rating: 2 }, true);
    await scan();
    await post(line, buttonOf(mail), { rating: 5 }, true);
    await post(line, buttonOf(mail), { rating: 5 });
    expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 2 }]);
    await line.playTo(at('2026-03-06T09:15:00'));
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open' }] });
  });

  it('words to what a person said before are theirs', async () => {
    await post(line, buttonOf(mail), { rating: 2 }, true);
    await scan();
    await post(line, buttonOf(mail), { rating: 2, comment_low: 'It came broken.' });
    expect(await responsesOf(line)).toMatchObject([
      { status: 'verified', held_reason: null, unfinished: false },
    ]);
    expect(await line.rows('SELECT comment FROM survey_response')).toEqual([{ comment: 'It came broken.' }]);
  });

  it('another scan begins another minute', async () => {
    await scan();
    await afterSeconds(line, 50);
    await scan();
    await afterSeconds(line, 50);
    await post(line, buttonOf(mail), { rating: 1 });
    expect(await responsesOf(line)).toMatchObject([{ status: 'quarantined' }]);
  });

  it('a value of the mail, or any other text, is no scan', async () => {
    const other = unseenIn(mail);
    other.searchParams.set('rating', 'x7Qd3k_P');
    await get(line, other);
    for (const url of pagesIn(mail).slice(1)) await get(line, url);
    await post(line, buttonOf(mail), { rating: 4 });
    expect(await responsesOf(line)).toMatchObject([{ status: 'verified' }]);
  });

  it('staff may let the answer count, with all that follows', async () => {
    await scan();
    await post(line, buttonOf(mail), { rating: 1 });
    await line.settle();
    expect(await restore(line)).toBe('changed');
    expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 1 }]);
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open', severity: 3 }] });
    expect(await invitationOf(line)).not.toEqual({ answered_at: null });
  });

  it('what staff hold back stays held back, whoever answers', async () => {
    await post(line, buttonOf(mail), { rating: 2 }, true);
    await line.rows(`UPDATE survey_response SET status = 'quarantined'`);
    await scan();
    await post(line, buttonOf(mail), { rating: 5 }, true);
    expect(await responsesOf(line)).toMatchObject([{ status: 'quarantined', held_reason: null, rating: 2 }]);
    await afterSeconds(line, 61);
    await post(line, buttonOf(mail), { rating: 4 });
    expect(await responsesOf(line)).toMatchObject([{ status: 'quarantined', held_reason: null, rating: 4 }]);
  });

  it('the customer is still reminded, and may answer in the shop', async () => {
    await line.rows(`UPDATE shop SET settings = '{"reminderDays": 3}'`);
    await line.rows(
      `INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
       SELECT shop_id, 'reminder.due', id::text, '2026-03-09T09:00:00Z', 'open' FROM survey_invitation WHERE kind = 'delivery'`,
    );
    await scan();
    await post(line, buttonOf(mail), { rating: 1 });
    await line.playTo(at('2026-03-09T10:00:00'));
    expect(line.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('A reminder')]);
    const door = { shopDomain: 'line-test.myshopify.com', customerId: ADA.id, kind: 'delivery' as const };
    expect(await offerToCustomer(line.deps, { ...door, orderId: null, locale: null })).toMatchObject({
      ...{ outcome: 'open', given: {} },
    });
    await answerOnPage(line, 'delivery', { rating: 5 });
    expect(await responsesOf(line)).toMatchObject([{ status: 'verified', held_reason: null, rating: 5 }]);
  });

  it('each link has its own', async () => {
    const marks = new Set<string>();
    await hear(
      line,
      arrived(80_000, at('2026-03-06T09:10:00'), { ...ADA, id: '7900', email: 'b@example.com' }),
    );
    await line.playTo(at('2026-03-07T10:00:00'));
    for (const { html, text } of [mail, ...line.mails]) marks.add(unseenIn({ html, text }).search);
    expect(marks.size).toBe(2);
    // That of one link says nothing about another.
    const other = buttonOf(line.mails[0]!);
    other.search = unseenIn(mail).search;
    await get(line, other);
    expect(await line.rows('SELECT token_hash FROM survey_link WHERE scanned_at IS NOT NULL')).toEqual([]);
  });
});

it.each([
  ['as pages send it costs one', 'delivery.1', 1],
  // The link, then the answer.
  ['of a page of before editions costs two', null, 2],
])('a round trip: an answer %s', async (_name, edition, trips) => {
  await asked(line);
  const [mail] = line.mails;
  const seen: string[] = [];
  line.beforeStatement = (text) => void (text.startsWith('(') || seen.push(text));
  await post(line, buttonOf(mail!), { rating: 5 }, false, edition);
  line.beforeStatement = null;
  expect(seen).toHaveLength(trips);
  expect(await responsesOf(line)).toMatchObject([{ status: 'verified', rating: 5 }]);
});
