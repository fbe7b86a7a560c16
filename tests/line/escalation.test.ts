import { beforeEach, describe, expect, it } from 'vitest';
import { hasEscalated } from '#app/domain/cases/escalated.ts';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { exportPredictions } from '#app/services/export-predictions.ts';
import { fitModel, requestFit } from '#app/services/fit-model.ts';
import { showEscalations } from '#app/services/show-escalations.ts';
import { showPredictions } from '#app/services/show-predictions.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addOrderRows } from './model-scenes.ts';
import { answerOnPage, asked, START } from './scenes.ts';

/** Which cases take more than one contact, learned from how they were opened. */

const database = useTestDatabase();
const NOW = START;
const daysBefore = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

interface PlainCase {
  id: string;
  customerId: string;
  orderId?: string;
  daysAgo: number;
  /** Days until it was closed; absent: it is open. */
  closedAfter?: number;
  severity: number | null;
  issueType?: string;
}

let numbers = 0;
async function addCases(cases: readonly PlainCase[]): Promise<void> {
  const rows = cases.map((one) => ({ ...one, n: (numbers += 1), at: daysBefore(one.daysAgo) }));
  await line.rows(
    `INSERT INTO support_case (shop_id, id, number, source_kind, source_id, customer_id, order_id, status, severity, title,
       issue_type, opened_at, due_at, closed_at, opened_severity, opened_critical, opened_text_length)
     SELECT $1, c.id, c.n, 'response', c.id::text, c."customerId", c."orderId", CASE WHEN c."closedAfter" IS NULL THEN 'open' ELSE 'closed' END,
       coalesce(c.severity, 3), 't', coalesce(c."issueType", 'delivery'), c.at, c.at, c.at + c."closedAfter" * interval '1 day',
       c.severity, false, 40
     FROM jsonb_to_recordset($2) AS c(id uuid, n int, "customerId" uuid, "orderId" text, at timestamptz, "closedAfter" float8,
       severity int, "issueType" text)`,
    [line.shopId, JSON.stringify(rows)],
  );
}

const note = (caseId: string, kind: string, at: Date) =>
  line.rows(
    `INSERT INTO case_note (shop_id, id, case_id, at, kind) VALUES ($1, gen_random_uuid(), $2, $3, $4)`,
    [line.shopId, caseId, at, kind],
  );

const newCase = (more: Partial<PlainCase> = {}): PlainCase => ({
  ...{ id: line.deps.newId(), customerId: line.deps.newId(), daysAgo: 30, severity: 2 },
  ...more,
});

/** Closed cases of which severe ones mostly take another contact and slight ones seldom do, and one open case of either. */
async function aShopOf(count: number): Promise<{ severe: string; slight: string }> {
  const random = seededRandom(3);
  const cases = Array.from({ length: count }, (_, n) =>
    newCase({ daysAgo: 20 + n / 2, closedAfter: 2, severity: 1 + (n % 3) }),
  );
  const [severe, slight] = [newCase({ severity: 3, daysAgo: 1 }), newCase({ severity: 1, daysAgo: 1 })];
  await addCases([...cases, severe, slight]);
  for (const { id, daysAgo, severity } of cases)
    if (random() < [0.1, 0.35, 0.8][severity! - 1]!) await note(id, 'answer', daysBefore(daysAgo - 1));
  return { severe: severe.id, slight: slight.id };
}

const kind = () => ({ shopId: line.shopId, kind: 'escalation' }) as const;
const fit = async () => {
  await requestFit(line.deps, kind());
  return fitModel({ ...line.deps, compute }, kind());
};
const admin = () => ({ admin: createAdminReads(database.pool) });
const shop = () => ({ shop: { id: line.shopId, settings: {} } });
const marked = async (...caseIds: string[]) => showEscalations(admin(), { shopId: line.shopId, caseIds });
const part = async () => (await showPredictions(admin(), shop())).escalation;

describe('the opening of a case', () => {
  it('is kept as it was, whatever is said later', async () => {
    await asked(line);
    const rate = async (rating: number, words: string) => {
      await answerOnPage(line, 'usage', { rating, comment_low: words });
      await line.settle();
      return line.rows(
        'SELECT severity, opened_severity, opened_critical, opened_text_length AS length FROM support_case',
      );
    };
    expect(await rate(2, 'Slow.')).toEqual([
      { severity: 2, opened_severity: 2, opened_critical: false, length: 5 },
    ]);
    expect(await rate(1, 'Slow, and now broken.')).toEqual([
      { severity: 3, opened_severity: 2, opened_critical: false, length: 5 },
    ]);
    await line.rows(`UPDATE support_case SET status = 'closed', closed_at = business_now()`);
    expect(await rate(2, 'Still.')).toEqual([
      { severity: 2, opened_severity: 2, opened_critical: false, length: 5 },
    ]);
  });
});

describe('what a case is learned from', () => {
  const only = async () => {
    const found = await line.deps.modelData.settledCases(line.shopId, NOW, { closedDays: 7, limit: 10 });
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const closed = () => newCase({ closedAfter: 2, orderId: 'o1' });

  it('is what was known at its opening: nothing later is in it', async () => {
    const one = closed();
    await addCases([one, newCase({ customerId: one.customerId, daysAgo: 60, severity: null })]);
    const order = (orderId: string, daysAgo: number) => ({
      ...{ orderId, customerId: one.customerId, at: daysBefore(daysAgo) },
    });
    await addOrderRows(line, [order('o1', 40), order('before', 50)]);
    const promise = `{"shipmentEvents": [{"happenedAt": "${daysBefore(39).toISOString()}", "estimatedDeliveryAt": "${daysBefore(35).toISOString()}"}]}`;
    await line.rows(`UPDATE orders SET delivered_at = $1, doc = $2 WHERE order_id = 'o1'`, [
      daysBefore(33),
      promise,
    ]);
    const { facts, settledAt } = await only();
    expect(facts).toEqual({
      ...{ source: 'response', severity: 2, critical: false, valueMinor: 0, textLength: 40 },
      ...{ earlierCases: 1, earlierOrders: 1, lateDays: 2, daysSinceDelivery: 3 },
    });
    expect(settledAt).toEqual(daysBefore(21));

    await line.rows(
      `UPDATE support_case SET severity = 3, critical = true WHERE opened_severity IS NOT NULL`,
    );
    await addOrderRows(line, [order('after', 29)]);
    await addCases([newCase({ customerId: one.customerId, daysAgo: 5, severity: null })]);
    expect((await only()).facts).toEqual(facts);
    // Opened for a prediction before, and complained about only afterwards.
    const foreseen = newCase({ customerId: one.customerId, daysAgo: 50, severity: null });
    await addCases([foreseen]);
    await line.rows(`UPDATE support_case SET prediction = '{}' WHERE id = $1`, [foreseen.id]);
    await note(foreseen.id, 'first_answer', daysBefore(29));
    expect((await only()).facts).toEqual(facts);
    await note(foreseen.id, 'first_answer', daysBefore(31));
    expect((await only()).facts).toEqual({ ...facts, earlierCases: 2 });
    await line.rows('DELETE FROM support_case WHERE id = $1', [foreseen.id]);
    // Delivered, and promised anew, only after the case was opened.
    await line.rows(`UPDATE orders SET delivered_at = $1 WHERE order_id = 'o1'`, [daysBefore(29)]);
    expect((await only()).facts).toMatchObject({ lateDays: null, daysSinceDelivery: null });
  });

  it('ends a week after its closing, and tells by what it escalated', async () => {
    const one = closed();
    await addCases([one, newCase({ severity: null, closedAfter: 2 }), newCase({ closedAfter: 24 })]);
    await addOrderRows(line, [{ orderId: 'o1', customerId: one.customerId, at: daysBefore(40) }]);
    const escalated = async () => hasEscalated((await only()).course);
    const chargedBack = (at: Date | null) => line.rows('UPDATE orders SET chargeback_at = $1', [at]);
    expect(await escalated()).toBe(false);
    await note(one.id, 'revised', daysBefore(29));
    await note(one.id, 'answer', daysBefore(20));
    await chargedBack(daysBefore(31));
    const later = (daysAgo: number, more: Partial<PlainCase>) =>
      addCases([newCase({ customerId: one.customerId, severity: null, daysAgo, ...more })]);
    await later(20, {});
    await later(25, { issueType: 'usage' });
    expect(await escalated()).toBe(false);
    await later(25, { issueType: 'support', orderId: 'o1' });
    expect((await only()).course).toMatchObject({ followed: true, chargedBack: false, joined: false });
    await line.rows(`DELETE FROM support_case WHERE issue_type = 'support' RETURNING id`);
    await chargedBack(daysBefore(25));
    expect((await only()).course).toMatchObject({ followed: false, chargedBack: true });
    await chargedBack(null);
    await note(one.id, 'answer', daysBefore(22));
    expect((await only()).course).toMatchObject({ joined: true, reopened: false });
    await note(one.id, 'reopen', daysBefore(22));
    expect((await only()).course).toMatchObject({ reopened: true });
  });
});

describe('the escalation of cases', () => {
  it('is predicted where the model passed its test, with reasons; the same data give the same model', async () => {
    const { severe, slight } = await aShopOf(300);
    expect(await part()).toBeNull();
    expect(await marked(severe, slight)).toEqual([]);
    expect(await fit()).toEqual({ outcome: 'kept' });
    const report = (await part())!.ended!.report!;
    expect(report).toMatchObject({ n: 90, verdict: { shown: true, reason: 'better' } });
    const [found, ...rest] = await marked(severe, slight);
    expect(found).toMatchObject({ caseId: severe, reasons: expect.arrayContaining(['severity']) });
    expect(found!.probability).toBeGreaterThan(0.6);
    expect(rest).toEqual([]);
    expect(await exportPredictions(admin(), shop())).toContain(`escalation,back-test,auc,${report.auc}\r\n`);

    const parameters = () => line.rows('SELECT DISTINCT parameters, report, data FROM model_run');
    expect(await fit()).toEqual({ outcome: 'kept' });
    expect(await parameters()).toHaveLength(1);
    // It did escalate: there is nothing to predict any more.
    await note(severe, 'answer', NOW);
    expect(await marked(severe)).toEqual([]);
  });

  it('is not predicted from too few, and says so', async () => {
    const { severe } = await aShopOf(60);
    expect(await fit()).toEqual({ outcome: 'hidden' });
    expect((await part())!.ended).toMatchObject({
      data: { cases: 60 },
      run: { reason: expect.stringMatching(/^Not enough data: 60 closed cases are known/) },
    });
    expect(await marked(severe)).toEqual([]);
  });

  it('of a later fit that fails its test is hidden, and of cases whose opening is unknown nothing is said', async () => {
    const { severe } = await aShopOf(300);
    await fit();
    await line.rows(`UPDATE support_case SET opened_severity = NULL WHERE id = $1`, [severe]);
    expect(await marked(severe)).toEqual([]);
    await line.rows(`UPDATE support_case SET opened_severity = 3 WHERE id = $1`, [severe]);
    expect(await marked(severe)).toHaveLength(1);
    await line.rows(`UPDATE support_case SET opened_severity = 2 WHERE closed_at IS NOT NULL`);
    await line.rows(`UPDATE support_case SET severity = 2 WHERE closed_at IS NOT NULL`);
    expect(await fit()).toEqual({ outcome: 'hidden' });
    expect((await part())!.ended!.run.reason).toMatch(/^On 90 newer cases the predicted chances were not/);
    expect(await marked(severe)).toEqual([]);
  });
});
