import { beforeEach, describe, expect, it } from 'vitest';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { at, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answerOnPage, asked, hear, START } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
  await asked(line);
  line.mails.length = 0;
});

async function rate(rating: number, comment?: string) {
  await answerOnPage(line, 'usage', { rating, ...(comment ? { comment_low: comment } : {}) });
  await line.settle();
}

const cases = () => line.rows('SELECT status, severity, title, due_at FROM support_case ORDER BY number');
const notes = () => line.rows('SELECT kind, text FROM case_note ORDER BY at, id');
const title = (rating: number) => `CSAT ${rating} of 5 in the product survey, order #1001`;
const closeCase = () =>
  line.rows(`UPDATE support_case SET status = 'closed', closed_at = business_now(), acknowledged_at = business_now(),
    resolved_at = business_now()`);

describe('a low answer that replaces an earlier one', () => {
  it('raises the open case, and says so in its trail', async () => {
    await rate(2);
    expect(await cases()).toMatchObject([{ severity: 2, title: title(2) }]);
    await rate(1);
    expect(await cases()).toMatchObject([{ status: 'open', severity: 3, title: title(1) }]);
    expect(await notes()).toEqual([{ kind: 'revised', text: title(1) }]);
  });

  it('never lowers it', async () => {
    await rate(1);
    await rate(2);
    expect(await cases()).toMatchObject([{ severity: 3, title: title(2) }]);
  });

  it('opens the closed case again, with a new clock, and is acknowledged; no second offer in 90 days', async () => {
    await rate(2);
    expect(line.mails).toHaveLength(1);
    expect(line.discounts).toHaveLength(1);
    await closeCase();
    await line.moveTo(at('2026-04-20T09:00:00'));
    line.mails.length = 0;
    await rate(1, 'Still broken.');
    expect(await cases()).toEqual([
      { status: 'open', severity: 3, title: title(1), due_at: at('2026-04-20T13:00:00') },
    ]);
    expect(await line.rows('SELECT acknowledged_at, resolved_at, closed_at FROM support_case')).toEqual([
      { acknowledged_at: null, resolved_at: null, closed_at: null },
    ]);
    expect(await notes()).toEqual([{ kind: 'reopen', text: title(1) }]);
    expect(line.mails.map((mail) => mail.subject)).toEqual([expect.stringContaining('#1001')]);
    expect(line.discounts).toHaveLength(1);
  });

  it('reaches staff with the same rating too, and from a high one', async () => {
    await rate(5);
    await rate(2);
    await closeCase();
    await line.moveTo(at('2026-03-20T09:00:00'));
    await rate(2, 'The new one broke as well.');
    expect(await cases()).toMatchObject([{ status: 'open', severity: 2 }]);
  });

  it('writes to the customer once a day, however often it is edited', async () => {
    await rate(2);
    await rate(1);
    await rate(1, 'It came broken.');
    expect(line.mails).toHaveLength(1);
    expect(await line.rows(`SELECT status FROM action WHERE kind = 'open_case'`)).toHaveLength(3);
  });

  it('leaves a case closed that staff closed after it, whatever is told of the order again', async () => {
    await rate(2);
    await rate(1);
    await closeCase();
    const [opened] = await line.rows<{ id: string }>(
      `SELECT id FROM action WHERE kind = 'open_case' ORDER BY id LIMIT 1`,
    );
    await line.rows(`UPDATE action SET status = 'pending' WHERE kind = 'open_case'`);
    await runJob(line, { name: 'action.run', payload: { shopId: line.shopId, actionId: opened!.id } });
    await hear(line, { topic: 'orders/updated', payload: order({ updatedAt: at('2026-03-06T10:00:00') }) });
    await line.settle();
    expect(await cases()).toMatchObject([{ status: 'closed' }]);
    expect(line.mails).toHaveLength(1);
  });
});
