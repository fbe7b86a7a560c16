import { deps } from '../app/infra/deps.server.ts';
import { redactText } from '../app/infra/log.server.ts';
import type { Job, JobName } from '../app/infra/queue/jobs.ts';
import type { JobHandlers } from '../app/infra/queue/processor.server.ts';
import { withSpan } from '../app/infra/tracing.server.ts';
import { connectPixels } from '../app/services/connect-pixels.ts';
import { fitModel, giveUpFit } from '../app/services/fit-model.ts';
import { giveUpAction } from '../app/services/give-up-action.ts';
import { pollOrders } from '../app/services/poll-orders.ts';
import { predictOrders } from '../app/services/predict-orders.ts';
import { oneByOne, processEvent, processEvents } from '../app/services/process-event.ts';
import { purgeData } from '../app/services/purge-data.ts';
import { reconcile } from '../app/services/reconcile.ts';
import { refreshProducts } from '../app/services/refresh-products.ts';
import { refreshScores } from '../app/services/refresh-scores.ts';
import { runAction } from '../app/services/run-action.ts';
import { runImport } from '../app/services/run-import.ts';
import { scoreCustomer } from '../app/services/score-customer.ts';
import { computeInThread } from './compute.ts';

/** Between the parts of a long job, so that other upkeep which waits has its turn: what is due sooner would go first. */
const BETWEEN_PARTS_MS = 100;

/** Job name -> one service call. The compiler demands a line for each job of the catalogue. */
export const handlers = {
  'event.process': (payload) => withSpan('process-event', payload, () => processEvent(deps(), payload)),
  'events.process': (payload) =>
    withSpan('process-events', { shopId: payload.shopId }, () => processEvents(deps(), payload)),
  'customer.score': (payload) => scoreCustomer(deps(), payload),
  'action.run': async (payload, { delayJob }) => {
    const result = await withSpan('run-action', payload, () => runAction(deps(), payload));
    // A throttled shop, or a claim that another worker still holds.
    if (result.outcome === 'wait') await delayJob(result.waitMs);
  },
  'answers.import': (payload) => runImport(deps(), payload),
  'score.refresh': async (payload, { delayJob }) => {
    const { outcome } = await withSpan('refresh-scores', payload, () => refreshScores(deps(), payload));
    if (outcome === 'more') await delayJob(BETWEEN_PARTS_MS);
  },
  'model.fit': (payload) =>
    withSpan('fit-model', payload, () => fitModel({ ...deps(), compute: computeInThread }, payload)),
  'orders.predict': predictInThread,
  'orders.follow': predictInThread,
  reconcile: () => reconcile(deps(), {}),
  'orders.poll': () => pollOrders(deps(), {}),
  'products.refresh': () => refreshProducts(deps(), {}),
  'pixels.connect': () => connectPixels(deps(), {}),
  'data.purge': () => purgeData(deps(), {}),
} satisfies Record<JobName, unknown> & JobHandlers;

function predictInThread(payload: { shopId: string }) {
  return withSpan('predict-orders', payload, () =>
    predictOrders({ ...deps(), compute: computeInThread }, payload),
  );
}

/** Counts a failed try on the row of its event. */
export async function markRetried(job: Job, error: Error): Promise<void> {
  if (job.name !== 'event.process') return;
  await deps().intake.markAttempt(job.payload.shopId, job.payload.eventId, redactText(error.message));
}

/** Keeps on the row why its job was given up; staff see it and can send it through again. */
export async function markGivenUp(job: Job, error: Error): Promise<void> {
  if (job.name === 'event.process') {
    await deps().intake.markFailed(job.payload.shopId, job.payload.eventId, redactText(error.message));
  } else if (job.name === 'events.process') {
    // The job as a whole was given up; which of its events is to blame shows when each goes by itself.
    await deps().producer.enqueueAgain(oneByOne(job.payload));
  } else if (job.name === 'action.run') {
    await giveUpAction(deps(), { ...job.payload, error: redactText(error.message) });
  } else if (job.name === 'model.fit') {
    await giveUpFit(deps(), { ...job.payload, error: redactText(error.message) });
  }
  // A score that failed stays stale or due, an import stays open: reconcile or the tick finds them; upkeep comes round again.
}
