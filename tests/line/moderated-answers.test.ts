import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#app/domain/core/app-error.ts';
import { moderateAnswer } from '#app/services/moderate-answer.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { submitAtCheckout } from '#app/services/submit-answer.ts';
import { customerRedactPayload } from '#tests/factories/shopify-payloads.ts';
import { outsideOf, stateOf } from '#tests/fakes/line-state.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { answer, answerOnPage, asked, hear, START } from './scenes.ts';
import { answerUnderPseudonym } from './under-pseudonym.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
});

const complain = async () => {
  await asked(line);
  await answer(line, { rating: 1, comment_low: 'It came broken.' });
  await line.settle();
};
const responseId = async () => (await line.rows<{ id: string }>('SELECT id FROM survey_response'))[0]!.id;
const command = async (act: 'quarantine' | 'restore') =>
  act === 'quarantine' ? { act, id: await responseId(), reason: 'spam' } : { act, id: await responseId() };
const moderate = async (act: 'quarantine' | 'restore') => {
  const done = await moderateAnswer(line.deps, {
    shopId: line.shopId,
    staffId: '7',
    command: await command(act),
  });
  await line.settle();
  return done.outcome;
};
const statuses = async () =>
  (await line.rows('SELECT status FROM survey_response ORDER BY answer_key')).map((row) => row['status']);
const score = () =>
  line.rows(
    'SELECT csi, csi_coverage, health, band, stale_seq = scored_seq AS fresh FROM customer WHERE key = $1',
    [`c:${ADA.id}`],
  );
const followed = async () => ({
  ...(await stateOf(line, ['cases', 'actions', 'grants', 'points', 'contacts'])),
  ...outsideOf(line),
});

describe('an answer that counts', () => {
  it('counts in no score once staff hold it back, and what followed from it stays', async () => {
    await asked(line);
    const without = await score();
    await answer(line, { rating: 1, comment_low: 'It came broken.' });
    await line.settle();
    const [before, done] = [await score(), await followed()];
    expect(before).not.toEqual(without);
    expect(done.cases).toHaveLength(1);

    expect(await moderate('quarantine')).toBe('changed');
    expect(await statuses()).toEqual(['quarantined']);
    expect(await score()).toEqual(without);
    expect(await followed()).toEqual(done);

    expect(await moderate('restore')).toBe('changed');
    expect(await statuses()).toEqual(['verified']);
    expect(await score()).toEqual(before);
    expect(await followed()).toEqual(done);
    expect(await line.rows('SELECT kind, reason, staff_id FROM response_act ORDER BY at, id')).toEqual([
      { kind: 'quarantine', reason: 'spam', staff_id: '7' },
      { kind: 'restore', reason: null, staff_id: '7' },
    ]);
  });

  it('stays held back whatever is told of its order, and however it is edited', async () => {
    await asked(line);
    await answerOnPage(line, 'usage', { rating: 1 });
    await line.settle();
    await moderate('quarantine');
    await answerOnPage(line, 'usage', { rating: 2 });
    await hear(line, {
      topic: 'orders/updated',
      payload: order({ updatedAt: new Date('2026-03-06T10:00:00Z') }),
    });
    await line.settle();
    expect(await statuses()).toEqual(['quarantined']);
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ severity: 3 }] });
  });

  it('is held back once, by whoever of two comes first; the other is told so', async () => {
    await complain();
    const both = await Promise.all([moderate('quarantine'), moderate('quarantine')]);
    expect(both.sort()).toEqual(['changed', 'refused']);
    expect(await moderate('quarantine')).toBe('refused');
    expect(await line.rows(`SELECT count(*)::int AS acts FROM response_act`)).toEqual([{ acts: 1 }]);
  });
});

describe('an answer that a rule held back before it was heard', () => {
  it('is heard once staff restore it: a case, a score, an apology', async () => {
    await asked(line);
    const without = await score();
    await answer(line, { rating: 1, comment_low: 'It came broken.' });
    line.mails.length = 0;
    await line.rows(`UPDATE survey_response SET status = 'quarantined'`);
    await line.settle();
    expect(await stateOf(line, ['cases'])).toEqual({ cases: [] });
    expect(await score()).toEqual(without);

    expect(await moderate('restore')).toBe('changed');
    expect(await statuses()).toEqual(['verified']);
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open', severity: 3 }] });
    expect(await score()).not.toEqual(without);
    expect(line.mails).toHaveLength(1);
  });
});

describe('a claim from checkout', () => {
  const claim = async (customerId: string | null) => {
    await submitAtCheckout(line.deps, {
      shopDomain: SHOP_DOMAIN,
      customerId,
      kind: 'post_purchase',
      orderId: ORDER_ID,
      locale: null,
      client: null,
      submission: { answers: { rating: 1 } },
    });
    await line.settle();
  };
  const paid = async () => {
    await hear(line, { topic: 'orders/paid', payload: order() });
    await line.settle();
  };

  it('is a claim again, and the order confirms it as ever', async () => {
    await claim(ADA.id);
    await moderate('quarantine');
    expect(await moderate('restore')).toBe('changed');
    expect(await statuses()).toEqual(['unverified']);
    await paid();
    expect(await statuses()).toEqual(['verified']);
  });

  it('whose order came while it was held back is verified when it is let go', async () => {
    await claim(ADA.id);
    await moderate('quarantine');
    await paid();
    expect(await statuses()).toEqual(['quarantined']);
    expect(await moderate('restore')).toBe('changed');
    expect(await statuses()).toEqual(['verified']);
    expect(await stateOf(line, ['cases'])).toMatchObject({ cases: [{ status: 'open' }] });
  });

  it('of a guest stays one', async () => {
    await claim(null);
    await moderate('quarantine');
    await paid();
    expect(await moderate('restore')).toBe('changed');
    expect(await statuses()).toEqual(['unverified']);
    expect(await stateOf(line, ['cases'])).toEqual({ cases: [] });
  });
});

describe('refused', () => {
  it('without a reason, of another shop, of nobody, of what is not held back', async () => {
    await complain();
    const id = await responseId();
    const act = (command: object, shopId = line.shopId) =>
      moderateAnswer(line.deps, { shopId, staffId: '7', command });
    expect(await act({ act: 'quarantine', id })).toMatchObject({ outcome: 'refused', field: 'reason' });
    expect(await act({ act: 'quarantine', id, reason: 'I like it' })).toMatchObject({ field: 'reason' });
    for (const [wrong, shopId] of [
      [{ act: 'explode', id }, line.shopId],
      [{ act: 'restore', id: 'x' }, line.shopId],
      [{ act: 'restore', id }, line.shopId],
      [{ act: 'restore', id: line.deps.newId() }, line.shopId],
      [{ act: 'quarantine', id, reason: 'spam' }, line.deps.newId()],
    ] as const)
      expect(await act(wrong, shopId)).toMatchObject({ outcome: 'refused', field: null });
    expect(await statuses()).toEqual(['verified']);
    expect(await line.rows('SELECT id FROM response_act')).toEqual([]);
  });

  it('of somebody who was erased', async () => {
    await complain();
    const person = { customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] };
    const payload = customerRedactPayload({ shopId: '548380009', shopDomain: SHOP_DOMAIN, ...person });
    await hear(line, { topic: 'customers/redact', payload });
    await line.settle();
    expect(await moderate('quarantine')).toBe('refused');
    expect(await line.rows('SELECT id FROM response_act')).toEqual([]);
  });
});

describe('cut off', () => {
  const endOf = async () => ({
    state: await stateOf(line),
    acts: await line.rows('SELECT kind, reason FROM response_act ORDER BY at, id'),
  });

  it('while it is decided, it is left to the queue', async () => {
    await complain();
    line.beforeStatement = (text) => {
      if (!text.includes('lock_line')) return;
      line.beforeStatement = null;
      throw new AppError('database_away', 'The database is away.', { retryable: true });
    };
    const input = { shopId: line.shopId, staffId: '7', command: await command('quarantine') };
    expect(await moderateAnswer(line.deps, input)).toMatchObject({ outcome: 'changed' });
    expect(await statuses()).toEqual(['verified']);
    expect(await moderateAnswer(line.deps, { ...input, command: await command('restore') })).toMatchObject({
      outcome: 'refused',
    });
    await line.settle();
    expect(await statuses()).toEqual(['quarantined']);
  });

  it.each(['quarantine', 'restore'] as const)(
    'before any step, and pressed again, %s ends the same',
    async (act) => {
      const prepare = async () => {
        await resetDatabase(database.pool);
        await line.close();
        line = await createLine(database, START);
        await complain();
        if (act === 'restore') await moderate('quarantine');
      };
      await prepare();
      await moderate(act);
      const undisturbed = await endOf();
      let step = 1;
      for (let ended = false; !ended; step += 1) {
        await prepare();
        const input = { shopId: line.shopId, staffId: '7', command: await command(act) };
        let steps = 0;
        line.beforeStatement = () => {
          steps += 1;
          if (steps >= step) throw new Error('killed');
        };
        await moderateAnswer(line.deps, input).catch(() => undefined);
        line.beforeStatement = null;
        ended = steps < step;
        // What stood in the queue is lost; the sweep finds the rows.
        line.jobs.length = 0;
        await line.rows(`UPDATE event SET created_at = now() - interval '1 hour'`);
        await reconcile(line.deps, {});
        await line.settle();
        await moderate(act);
        expect(await endOf(), `killed before step ${step}`).toEqual(undisturbed);
      }
      expect(step).toBeGreaterThan(4);
    },
  );
});

it('one that nobody stands behind is held back and counts again, low as it is, and nothing follows', async () => {
  await asked(line);
  const [without, done] = [await score(), await followed()];
  await answerUnderPseudonym(line, { shopifyId: ADA.id, orderId: ORDER_ID, comment: 'It broke.', rating: 1 });
  await line.settle();
  for (const [act, status] of [
    ['quarantine', 'quarantined'],
    ['restore', 'verified'],
  ] as const) {
    expect(await moderate(act)).toBe('changed');
    expect(await statuses()).toEqual([status]);
    expect(await line.rows('SELECT customer_id, order_id FROM survey_response')).toEqual([
      { customer_id: null, order_id: '' },
    ]);
  }
  expect(await score()).toEqual(without);
  expect(await followed()).toEqual(done);
});
