import { beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '#app/services/check-import.ts';
import { discardImport } from '#app/services/discard-import.ts';
import { purgeData } from '#app/services/purge-data.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { startImport } from '#app/services/start-import.ts';
import { undoImport } from '#app/services/undo-import.ts';
import { mergePayload } from '#tests/factories/shopify-payloads.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { check, checked, FILE, HEADER, run, view } from './import-scenes.ts';
import { hear } from './scenes.ts';

/** Answers from other tools: checked, imported in batches, undone; on a shop that knows Ada and her order #1001. */

const database = useTestDatabase();
const NOW = at('2026-03-10T09:00:00');
let line: LineHarness;
beforeEach(open);

async function open() {
  line = await createLine(database, NOW);
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
}

const answers = () =>
  line.rows(`SELECT r.rating, r.metric, r.status, r.surface, r.comment, c.email AS customer FROM survey_response r
    LEFT JOIN customer c ON c.shop_id = r.shop_id AND c.id = r.customer_id WHERE r.import_id IS NOT NULL ORDER BY r.rating DESC, c.email, r.comment`);
const ada = async () =>
  (
    await line.rows(
      'SELECT csi::float, segment, stale_seq = scored_seq AS fresh FROM customer WHERE email = $1',
      [ADA.email],
    )
  )[0];

describe('the check', () => {
  it('counts, shows the first rows, and imports nothing', async () => {
    const found = await view(line, await checked(line, FILE));
    expect(found).toMatchObject({
      ...{
        status: 'checked',
        tool: 'other',
        rows: 5,
        fine: 3,
        unmatched: 1,
        duplicates: 1,
        faulty: 1,
        erased: 0,
      },
      errors: [{ line: 6, sentence: 'The rating is not a whole number from 0 to 10.' }],
      imported: 0,
    });
    expect(
      found.preview.map(({ line: at, email, orderRef, rating }) => [at, email, orderRef, rating]),
    ).toEqual([
      [2, 'ada@example.com', null, 9],
      [3, null, '1001', 3],
      [4, 'stranger@example.com', null, 7],
    ]);
    expect(await answers()).toEqual([]);
    expect(line.jobs).toEqual([]);
  });

  it('asks how dates are meant when nothing tells', async () => {
    const file = `${HEADER}ada@example.com,,9,,03/04/2025,r1\n`;
    expect(await check(line, file)).toEqual({ outcome: 'choose_dates' });
    const importId = await checked(line, file, { dateOrder: 'day_first' });
    expect((await view(line, importId)).preview[0]!.answeredAt).toBe('2025-04-03T00:00:00.000Z');
  });

  it('says what the mapping lacks, and takes no nonsense for one', async () => {
    expect(await check(line, FILE, { measures: 'column' })).toMatchObject({ outcome: 'invalid' });
    const bytes = new TextEncoder().encode(FILE);
    const input = { shopId: line.shopId, staffId: '1', timeZone: 'UTC', now: NOW, bytes };
    for (const mapping of ['', '{}', '[1]']) {
      expect(await checkImport(line.deps, { ...input, mapping })).toMatchObject({ outcome: 'invalid' });
    }
  });

  it('is replaced by the next one, can be discarded, and is forgotten after a day', async () => {
    const first = await checked(line, FILE);
    const second = await checked(line, FILE);
    expect(await startImport(line.deps, { shopId: line.shopId, importId: first })).toEqual({
      outcome: 'gone',
    });
    expect(await discardImport(line.deps, { shopId: line.shopId, importId: second })).toEqual({
      outcome: 'discarded',
    });
    expect(await line.rows('SELECT 1 FROM answer_import_row UNION ALL SELECT 1 FROM answer_import')).toEqual(
      [],
    );

    const third = await checked(line, FILE);
    await line.rows(`UPDATE answer_import SET expires_at = now() - interval '1 second'`);
    expect(await purgeData(line.deps, {})).toMatchObject({ importRows: 3 });
    expect(await startImport(line.deps, { shopId: line.shopId, importId: third })).toEqual({
      outcome: 'gone',
    });
    expect(await line.deps.admin.imports(line.shopId)).toEqual([]);
  });
});

describe('the import', () => {
  it('stores answers under their customers, scores them, and does nothing else', async () => {
    const before = await stateOf(line, ['actions', 'contacts', 'cases', 'events', 'invitations', 'timers']);
    const importId = await run(line, FILE);
    expect(await view(line, importId)).toMatchObject({
      status: 'done',
      imported: 3,
      verified: 2,
      duplicates: 1,
    });
    expect(await answers()).toEqual([
      {
        rating: 9,
        metric: 'nps',
        status: 'verified',
        surface: 'import',
        comment: 'Lovely wool',
        customer: ADA.email,
      },
      { rating: 7, metric: 'nps', status: 'unverified', surface: 'import', comment: 'Fine', customer: null },
      {
        rating: 3,
        metric: 'nps',
        status: 'verified',
        surface: 'import',
        comment: 'Late',
        customer: ADA.email,
      },
    ]);
    const score = await ada();
    expect(score).toMatchObject({ fresh: true });
    // Both count by their age: the newer 90 more than the older 30.
    expect(score!['csi']).toBeGreaterThan(60);
    expect(score!['csi']).toBeLessThan(90);
    expect(await stateOf(line, ['actions', 'contacts', 'cases', 'events', 'invitations', 'timers'])).toEqual(
      before,
    );
    expect(line.mails).toEqual([]);
    expect(await line.rows('SELECT 1 FROM answer_import_row')).toEqual([]);
  });

  it('stores what later events of its customer and order leave alone', async () => {
    await run(line, FILE);
    const before = [await answers(), await ada()];
    await hear(line, ...delivered);
    await line.playTo(at('2026-03-10T10:00:00'));
    expect([await answers(), await ada()]).toEqual(before);
  });

  it('keeps what is no metric of the app, unscored', async () => {
    await run(line, FILE, { measures: 'other' });
    expect((await answers()).map((row) => [row['status'], row['customer']])).toEqual(
      Array.from({ length: 4 }, () => ['unverified', null]),
    );
    expect(await ada()).toMatchObject({ csi: null });
  });

  it('of the same file again imports nothing twice, in whatever order its rows stand', async () => {
    await run(line, FILE);
    const before = await answers();
    const [, ...rows] = FILE.trim().split('\n');
    const again = await view(line, await checked(line, HEADER + rows.reverse().join('\n')));
    expect(again).toMatchObject({ fine: 0, duplicates: 4 });
    await startImport(line.deps, { shopId: line.shopId, importId: again.id });
    await line.settle();
    expect(await view(line, again.id)).toMatchObject({ status: 'done', imported: 0 });
    expect(await answers()).toEqual(before);
  });

  it('knows rows without an id of their own by what they say', async () => {
    const noIds = FILE.replaceAll(/,[^,\n]*$/gm, '');
    await run(line, noIds);
    expect(await view(line, await checked(line, noIds))).toMatchObject({ fine: 0, duplicates: 4 });
    const other = noIds.replace('Lovely wool', 'Lovelier wool');
    expect(await view(line, await checked(line, other))).toMatchObject({ fine: 1 });
  });

  it('of another shop is its own: neither its rows nor its customers are touched', async () => {
    const { shopId: other } = await line.deps.shops.install(line.deps.newId(), {
      domain: 'other.myshopify.com',
      scopes: '',
      now: NOW,
    });
    const importId = await run(line, FILE);
    const mine = await answers();
    for (const act of [startImport, undoImport]) {
      expect(await act(line.deps, { shopId: other, importId })).toEqual({ outcome: 'gone' });
    }
    expect(await line.deps.admin.imports(other)).toEqual([]);
    const theirs = await checked(line, FILE, {}, other);
    expect(await line.deps.admin.imports(other)).toMatchObject([{ id: theirs, fine: 3, unmatched: 3 }]);
    expect(await answers()).toEqual(mine);
  });

  it('killed before any of its statements, goes on where it was and ends the same', async () => {
    const many =
      HEADER +
      Array.from({ length: 300 }, (_, n) => `${n % 2 ? ADA.email : ''},,${n % 11},,2026-01-01,k${n}`).join(
        '\n',
      );
    await run(line, many);
    const undisturbed = { state: await stateOf(line, ['customers']), rows: await answers() };
    expect(undisturbed.rows).toHaveLength(300);
    for (let step = 1; ; step += 1) {
      await line.close();
      await resetDatabase(database.pool);
      await open();
      const importId = await checked(line, many);
      await startImport(line.deps, { shopId: line.shopId, importId });
      let steps = 0;
      line.beforeStatement = () => {
        if ((steps += 1) >= step) throw new Error('killed');
      };
      await runJob(line, line.jobs.shift()!).catch(() => undefined);
      line.beforeStatement = null;
      await line.rows(`UPDATE answer_import SET touched_at = now() - interval '1 hour'`);
      await reconcile(line.deps, {});
      await line.settle();
      expect(await view(line, importId), `killed before statement ${step}`).toMatchObject({
        status: 'done',
        imported: 300,
      });
      expect({ state: await stateOf(line, ['customers']), rows: await answers() }).toEqual(undisturbed);
      if (steps < step) break;
      expect(step).toBeLessThan(60);
    }
  });

  it('run by two workers at once stores each answer once', async () => {
    const many =
      HEADER + Array.from({ length: 600 }, (_, n) => `${ADA.email},,${n % 11},,2026-01-01,k${n}`).join('\n');
    const importId = await checked(line, many);
    await startImport(line.deps, { shopId: line.shopId, importId });
    const job = line.jobs.shift()!;
    await Promise.all([runJob(line, job), runJob(line, job)]);
    expect(await view(line, importId)).toMatchObject({ status: 'done', imported: 600, duplicates: 0 });
    expect(await answers()).toHaveLength(600);
  });
});

describe('undoing', () => {
  it('takes the answers back and the score with them, once, and the file can come again', async () => {
    const before = await ada();
    const importId = await run(line, FILE);
    expect(await ada()).not.toEqual(before);
    expect(await undoImport(line.deps, { shopId: line.shopId, importId })).toEqual({ outcome: 'undoing' });
    await line.settle();
    expect(await view(line, importId)).toMatchObject({ status: 'undone', imported: 3 });
    expect(await answers()).toEqual([]);
    expect(await ada()).toEqual(before);
    expect(await undoImport(line.deps, { shopId: line.shopId, importId })).toEqual({ outcome: 'gone' });
    await run(line, FILE);
    expect(await answers()).toHaveLength(3);
  });

  it('in the middle of the import stops it', async () => {
    const importId = await checked(line, FILE);
    await startImport(line.deps, { shopId: line.shopId, importId });
    await undoImport(line.deps, { shopId: line.shopId, importId });
    await line.settle();
    expect(await view(line, importId)).toMatchObject({ status: 'undone', imported: 0 });
    expect(await line.rows('SELECT 1 FROM answer_import_row')).toEqual([]);
  });

  it('finds the answers of a customer who was merged meanwhile', async () => {
    const importId = await run(line, FILE);
    await hear(line, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: '4401', deletedId: ADA.id }),
    });
    await line.settle();
    const csi = () => line.rows(`SELECT csi::float FROM customer WHERE key = 'c:4401'`);
    expect(await csi()).not.toEqual([{ csi: null }]);
    await undoImport(line.deps, { shopId: line.shopId, importId });
    await line.settle();
    expect(await csi()).toEqual([{ csi: null }]);
  });
});
