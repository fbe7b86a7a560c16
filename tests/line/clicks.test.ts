import { beforeEach, describe, expect, it } from 'vitest';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { noteVisit } from '#app/services/note-visit.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { customerRedactPayload, mergePayload, orderPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, hear } from './scenes.ts';
import { customerOf, mailed, signalsOf, stalenessOf } from './signals.ts';

/** Clicks in the app's own mails, as scores see them. */

const database = useTestDatabase();

let line: LineHarness;
let ada: string;

/** Two clicks and one mail that was passed by, in the 30 days before the last 30; then the delivery survey is mailed. */
async function mailedAgain() {
  await mailed(line, ada, at('2026-01-15T09:00:00'), at('2026-01-20T09:00:00'));
  await mailed(line, ada, at('2026-01-25T09:00:00'), at('2026-01-25T10:00:00'));
  await mailed(line, ada, at('2026-01-30T09:00:00'), null);
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.settle();
  await line.moveTo(at('2026-03-06T09:00:00'));
  await line.settle();
}

/** Time enough to look at the mail, and the hour at which scores are made. */
async function aWeekLater() {
  await line.moveTo(at('2026-03-14T09:00:00'));
  await line.settle();
}

beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  // Known and fresh: enough is known for a band once there is engagement, and not before.
  await line.rows(`UPDATE shop SET typical_gap_days = 30, stats_at = '2030-01-01'`);
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  ada = await customerOf(line, ADA.id);
});

const token = () => /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails.at(-1)!.text)![1]!;
const visit = () => noteVisit(line.deps, { shopId: line.shopId, token: token(), client: null });
const stored = async () => {
  const [row] = await line.rows<{ band: string | null; reasons: { key: string }[]; version: string }>(
    `SELECT band, score_reasons AS reasons, score_version AS version FROM customer WHERE id = $1`,
    [ada],
  );
  return { ...row!, engagement: row!.reasons.find(({ key }) => key === 'engagement') };
};

describe('clicks', () => {
  it('are unknown while nothing was mailed in 30 days, and when it only just was; none a week later, and one once a person came', async () => {
    await mailed(line, ada, at('2026-01-15T09:00:00'), at('2026-01-20T09:00:00'));
    for (const day of [16, 17, 18]) await mailed(line, ada, at(`2026-01-${day}T09:00:00`), null);
    expect((await signalsOf(line, ada)).known['engagement']).toBeUndefined();
    await mailedAgain();
    expect(line.mails).toHaveLength(1);
    expect((await signalsOf(line, ada)).known['engagement']).toBeUndefined();
    await aWeekLater();
    expect((await stored()).engagement).toMatchObject({
      value: 0,
      fact: { kind: 'clicks', last30Days: 0, previous30Days: 3 },
    });
    await visit();
    expect(await stalenessOf(line, ada)).toMatchObject({ stale: true, due: true });
    await line.settle();
    expect((await stored()).engagement).toMatchObject({ fact: { last30Days: 1, previous30Days: 3 } });
  });

  it('move the score at once, count once, and leave it on the day they are too old', async () => {
    await mailedAgain();
    await aWeekLater();
    await visit();
    await line.settle();
    const { band, version, engagement } = await stored();
    expect({ band, version }).toEqual({ band: expect.any(String), version: 'default-2' });
    expect(engagement).toMatchObject({ value: 50, fact: { last30Days: 1, previous30Days: 2 } });
    const { seq } = await stalenessOf(line, ada);
    await visit();
    expect(await stalenessOf(line, ada)).toEqual({ seq, stale: false, due: false });
    // The first click is 60 days old then, and the score comes round by itself.
    await line.moveTo(at('2026-03-21T09:00:00'));
    await line.settle();
    expect((await stored()).engagement).toMatchObject({ value: 100, fact: { previous30Days: 1 } });
  });

  it('are known by the answer where no visit was noted', async () => {
    await mailedAgain();
    await answer(line, { rating: 4 });
    await line.settle();
    const { inputs } = await signalsOf(line, ada);
    expect(inputs.emailEngagement?.surveys).toContainEqual({
      sentAt: at('2026-03-06T09:00:00'),
      clickedAt: at('2026-03-06T09:00:00'),
    });
  });

  it('are unknown below 4 mails, which the score counts itself: those sent at once do not see each other', async () => {
    await mailed(line, ada, at('2026-01-15T09:00:00'), at('2026-01-20T09:00:00'));
    await line.moveTo(at('2026-03-05T15:00:00'));
    await hear(line, ...delivered);
    await line.settle();
    await line.moveTo(at('2026-03-06T09:00:00'));
    await line.settle();
    const { seq } = await stalenessOf(line, ada);
    await visit();
    expect(await stalenessOf(line, ada)).toMatchObject({ seq: seq + 1, due: true });
    await line.settle();
    const { inputs, known } = await signalsOf(line, ada);
    expect(inputs.emailEngagement?.sentTotal).toBe(2);
    expect(known['engagement']).toBeUndefined();
  });

  it('are known from the fourth mail on, whatever it is about', async () => {
    await mailed(line, ada, at('2026-01-15T09:00:00'), at('2026-01-20T09:00:00'));
    await mailed(line, ada, at('2026-01-30T09:00:00'), null);
    await line.moveTo(at('2026-03-05T15:00:00'));
    await hear(line, ...delivered);
    await line.settle();
    await line.moveTo(at('2026-03-06T09:00:00'));
    await line.settle();
    expect((await stored()).engagement).toBeUndefined();
    await answer(line, { rating: 1, comment_low: 'It came broken.' });
    await line.settle();
    expect(line.mails).toHaveLength(2);
    // The apology is the fourth, and goes out after the answer was counted.
    expect((await stored()).engagement).toMatchObject({ value: 100, fact: { last30Days: 1 } });
  });

  it('of scanners are none', async () => {
    await mailedAgain();
    await line.rows('UPDATE survey_link SET scanned_at = business_now()');
    await visit();
    await aWeekLater();
    expect((await stored()).engagement).toMatchObject({ value: 0 });
  });

  it.each(['pseudonymous', 'anonymous'] as const)('in %s surveys are in no score', async (identity) => {
    await publish(database.pool, line.shopId, { ...PRESETS.delivery, identity });
    await mailedAgain();
    await visit();
    await aWeekLater();
    const [invitation] = await line.rows(
      `SELECT by_name, seen_at IS NOT NULL AS seen FROM survey_invitation WHERE kind = 'delivery'`,
    );
    expect(invitation).toEqual({ by_name: false, seen: true });
    // Neither does its reminder count.
    await line.rows(
      `INSERT INTO contact (shop_id, action_id, customer_id, topic, status, at)
       VALUES ($1, gen_random_uuid(), $2, 'survey_reminder', 'sent', business_now())`,
      [line.shopId, ada],
    );
    const { inputs, known } = await signalsOf(line, ada);
    expect(inputs.emailEngagement).toMatchObject({ sentTotal: 3 });
    expect(inputs.emailEngagement?.surveys).toHaveLength(3);
    expect(known['engagement']).toBeUndefined();
  });

  it('in a mail of which nobody knows whether it arrived are not missed', async () => {
    line.mailOutcomes.push({ kind: 'unknown', reason: 'The connection broke.' });
    await mailedAgain();
    await aWeekLater();
    expect((await signalsOf(line, ada)).known['engagement']).toBeUndefined();
  });
});

describe('of one person', () => {
  const bob = { id: '4401', email: 'bob@example.com', createdAt: at('2026-01-05T00:00:00') };

  it('follow into a merge', async () => {
    await hear(line, {
      topic: 'orders/create',
      payload: orderPayload({
        ...{ id: '4400', createdAt: at('2026-02-10T10:00:00'), financialStatus: 'paid', customer: bob },
        lines: [{ id: '4402', unitPriceMinor: 5_000 }],
      }),
    });
    await line.settle();
    await mailedAgain();
    await aWeekLater();
    await visit();
    await hear(line, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: bob.id, deletedId: ADA.id }),
    });
    await line.settle();
    const kept = await customerOf(line, ADA.id);
    expect(kept).toBe(await customerOf(line, bob.id));
    expect((await signalsOf(line, kept)).known['engagement']).toMatchObject({ value: 50 });
  });

  it('are in no score after an erasure', async () => {
    await mailedAgain();
    await visit();
    const about = { shopId: '548380009', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email };
    await hear(line, {
      topic: 'customers/redact',
      payload: customerRedactPayload({ ...about, orderIds: [ORDER_ID] }),
    });
    await line.settle();
    expect((await line.deps.scores.load(line.shopId, [ada]))!.sources).toEqual([]);
    await visit();
    expect(await stalenessOf(line, ada)).toMatchObject({ stale: false });
    expect(await line.rows('SELECT band, scored_at FROM customer WHERE redacted_at IS NOT NULL')).toEqual([
      { band: null, scored_at: null },
    ]);
  });
});
