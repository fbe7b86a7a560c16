import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '#app/infra/queue/jobs.ts';
import { resendMessage } from '#app/services/resend-message.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { createLine, runJob, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answerOnPage, hear, surveyDecided } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const invitations = (kind = 'delivery') =>
  line.rows('SELECT status, reason FROM survey_invitation WHERE kind = $1', [kind]);

it('a case that was opened since the decision keeps the survey back', async () => {
  const send = await surveyDecided(line);
  await answerOnPage(line, 'usage', { rating: 1 });
  await line.settle();
  const before = line.mails.length;
  line.jobs.push(...send);
  await line.settle();
  expect(line.mails).toHaveLength(before);
  expect(await invitations()).toMatchObject([{ status: 'suppressed', reason: 'open_case' }]);
});

describe('a survey that is sent again', () => {
  const resend = async () => {
    const [failed] = await line.rows<{ id: string }>(
      `SELECT id FROM action WHERE kind = 'send_survey' AND status = 'failed'`,
    );
    await resendMessage(line.deps, { shopId: line.shopId, actionId: failed!.id });
    await line.settle();
  };
  beforeEach(async () => {
    line.mailOutcomes.push({ kind: 'rejected', reason: 'Mailbox full.' });
    await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
    await line.settle();
    await line.playTo(at('2026-03-06T12:00:00'));
    expect(line.mails).toEqual([]);
  });

  it('finds the one that took its place, and stays back', async () => {
    await line.playTo(at('2026-03-16T12:00:00'));
    expect(line.mails).toHaveLength(1);
    await resend();
    expect(line.mails).toHaveLength(1);
    expect(await invitations()).toMatchObject([{ status: 'suppressed', reason: 'survey_cap' }]);
    expect(await line.rows(`SELECT status, at FROM contact ORDER BY at`)).toMatchObject([
      { status: 'failed' },
      { status: 'sent', at: at('2026-03-15T09:00:00') },
    ]);
  });

  it('counts from the day on which it went out', async () => {
    await line.playTo(at('2026-03-14T12:00:00'));
    await resend();
    expect(line.mails).toHaveLength(1);
    expect(await line.rows('SELECT status, at FROM contact')).toEqual([
      { status: 'sent', at: at('2026-03-14T12:00:00') },
    ]);
    await line.playTo(at('2026-03-16T12:00:00'));
    expect(line.mails).toHaveLength(1);
    expect(await invitations('usage')).toMatchObject([{ reason: 'survey_cap' }]);
  });
});

describe('a promoter who praises two orders at once', () => {
  const who = { ...ADA, consent: 'subscribed' as const, consentUpdatedAt: at('2026-01-02T00:00:00') };
  it.each([1, 2, 3])('is invited once (%d)', async () => {
    await hear(
      line,
      { topic: 'orders/paid', payload: order({ customer: who }) },
      {
        topic: 'orders/paid',
        payload: order({
          id: '5000',
          name: '#5',
          customer: who,
          lines: [{ id: '5001', unitPriceMinor: 1_000 }],
        }),
      },
    );
    await line.settle();
    await line.moveTo(at('2026-04-20T09:00:00'));
    await answerOnPage(line, 'relationship', { rating: 10 });
    const claims = {
      shopId: line.shopId,
      customerId: ADA.id,
      orderId: '5000',
      kind: 'relationship' as const,
    };
    await submitByCustomer(line.deps, {
      ...claims,
      shopDomain: SHOP_DOMAIN,
      pageToken: line.deps.tokens.issuePageToken(claims, at('2026-04-20T10:00:00')),
      locale: null,
      submission: { answers: { rating: 9 } },
    });
    const held: Job[] = [];
    for (let job = line.jobs.shift(); job; job = line.jobs.shift()) {
      const [row] =
        job.name === 'action.run'
          ? await line.rows('SELECT kind FROM action WHERE id = $1', [job.payload.actionId])
          : [];
      if (row?.['kind'] === 'send_referral_invite') held.push(job);
      else await runJob(line, job);
    }
    // Both connections are open already, so that the two really run beside each other.
    await Promise.all([1, 2, 3].map(() => line.deps.pool.query('SELECT pg_sleep(0.05)')));
    await Promise.all(held.map((job) => runJob(line, job)));
    expect(held).toHaveLength(2);
    expect(line.mails).toHaveLength(1);
    expect(await line.rows(`SELECT status FROM contact WHERE topic = 'referral'`)).toEqual([
      { status: 'sent' },
    ]);
    expect(
      await line.rows(
        `SELECT status, reason FROM action WHERE kind = 'send_referral_invite' ORDER BY status`,
      ),
    ).toEqual([
      { status: 'done', reason: null },
      { status: 'skipped', reason: 'already_invited' },
    ]);
  });
});
