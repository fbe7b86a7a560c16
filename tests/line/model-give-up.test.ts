import { beforeEach, expect, it } from 'vitest';
import { fitModel, giveUpFit, requestFit } from '#app/services/fit-model.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const purchases = () => ({ shopId: line.shopId, kind: 'purchases' }) as const;

it('a fit that is given up late ends the run that it was for, and none that was planned since', async () => {
  const runs = () =>
    line.rows<{ id: string; status: string }>('SELECT id, status FROM model_run ORDER BY id');
  await requestFit(line.deps, purchases());
  const [job] = line.jobs;
  if (job?.name !== 'model.fit') throw new Error('No fit was planned.');
  const [first] = await runs();
  expect(job.payload.runId).toBe(first!.id);
  await fitModel({ ...line.deps, compute }, purchases());
  await requestFit(line.deps, purchases());
  const giveUp = (runId?: string) => giveUpFit(line.deps, { shopId: line.shopId, runId, error: 'stalled' });
  await giveUp(job.payload.runId);
  // As jobs of the version before do, which name none.
  await giveUp();
  const [, second] = await runs();
  expect(await runs()).toMatchObject([{ status: 'hidden' }, { status: 'running' }]);
  // The job that is sent again for a run without one names it.
  await line.rows(`UPDATE model_run SET lease_until = now() - interval '1 minute' WHERE status = 'running'`);
  line.jobs.length = 0;
  await reconcile(line.deps, {});
  const payload = { ...purchases(), runId: second!.id };
  expect(line.jobs).toEqual([{ name: 'model.fit', payload }]);
  await giveUp(second!.id);
  expect(await runs()).toMatchObject([{ status: 'hidden' }, { status: 'failed' }]);
});
