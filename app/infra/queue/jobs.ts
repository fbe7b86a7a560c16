import { z } from 'zod';
import { FITTED_KINDS } from '../../domain/core/model-kinds.ts';

/**
 * The one catalogue of jobs: name, payload, queue, retry and dedupe. Payloads are ids
 * only (no personal data) and are parsed on enqueue and on dequeue. The database row
 * is the truth; a job only says "look at this row".
 */

const ids = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ shopId: z.uuid(), ...shape });

export const QUEUES = ['intake', 'scoring', 'actions', 'upkeep'] as const;
export type QueueName = (typeof QUEUES)[number];

interface JobDefinition<Payload extends z.ZodType> {
  queue: QueueName;
  payload: Payload;
  attempts: number;
  /** First wait before a retry, machine time; doubles each time, with jitter. */
  backoffMs: number;
  /** Never with ':' and never all digits (BullMQ refuses those); undefined = no id. */
  jobId?: (payload: z.infer<Payload>) => string;
  /** Folds jobs for the same subject into one while it waits. */
  deduplication?: (payload: z.infer<Payload>) => { id: string; delayMs: number };
}

const define = <Payload extends z.ZodType>(definition: JobDefinition<Payload>) => definition;

/** Wall-clock wait before a customer is scored, so that a burst of events costs one pass. */
export const SCORE_DEBOUNCE_MS = 5_000;
/** Wall-clock wait before a shop's open orders are predicted anew because one moved: it reads all that were sent. */
export const FOLLOW_DEBOUNCE_MS = 3_600_000;

export const JOBS = {
  'event.process': define({
    queue: 'intake',
    payload: ids({ eventId: z.uuid() }),
    attempts: 8,
    backoffMs: 2_000,
    jobId: (payload) => `evt_${payload.eventId}`,
  }),
  /** Events of a shop that fell due together; one that fails comes again by itself, as event.process. */
  'events.process': define({
    queue: 'intake',
    payload: ids({ eventIds: z.array(z.uuid()).min(1).max(100) }),
    attempts: 1,
    backoffMs: 0,
  }),
  'customer.score': define({
    queue: 'scoring',
    payload: ids({ customerId: z.uuid() }),
    attempts: 5,
    backoffMs: 2_000,
    deduplication: (payload) => ({ id: `score_${payload.customerId}`, delayMs: SCORE_DEBOUNCE_MS }),
  }),
  'action.run': define({
    queue: 'actions',
    payload: ids({ actionId: z.uuid() }),
    attempts: 6,
    backoffMs: 2_000,
    jobId: (payload) => `act_${payload.actionId}`,
  }),
  'answers.import': define({
    queue: 'upkeep',
    payload: ids({ importId: z.uuid() }),
    attempts: 5,
    backoffMs: 2_000,
    jobId: (payload) => `imp_${payload.importId}`,
  }),
  /** A part of the pass over a shop's due scores; put off until the next part, it stays one job. */
  'score.refresh': define({
    queue: 'upkeep',
    payload: ids({}),
    attempts: 3,
    backoffMs: 5_000,
    jobId: (payload) => `refresh_${payload.shopId}`,
  }),
  'model.fit': define({
    queue: 'upkeep',
    // The run that it was planned for; jobs of the version before name none.
    payload: ids({ kind: z.enum(FITTED_KINDS), runId: z.uuid().optional() }),
    attempts: 3,
    backoffMs: 10_000,
    jobId: (payload) => `fit_${payload.kind}_${payload.shopId}`,
  }),
  'orders.predict': define({
    queue: 'upkeep',
    payload: ids({}),
    attempts: 3,
    backoffMs: 10_000,
    jobId: (payload) => `predict_${payload.shopId}`,
  }),
  /** The same after an order was shipped, delivered or promised anew. */
  'orders.follow': define({
    queue: 'upkeep',
    payload: ids({}),
    attempts: 3,
    backoffMs: 10_000,
    deduplication: (payload) => ({ id: `follow_${payload.shopId}`, delayMs: FOLLOW_DEBOUNCE_MS }),
  }),
  reconcile: define({ queue: 'upkeep', payload: z.strictObject({}), attempts: 1, backoffMs: 0 }),
  'orders.poll': define({ queue: 'upkeep', payload: z.strictObject({}), attempts: 1, backoffMs: 0 }),
  'products.refresh': define({ queue: 'upkeep', payload: z.strictObject({}), attempts: 1, backoffMs: 0 }),
  'pixels.connect': define({ queue: 'upkeep', payload: z.strictObject({}), attempts: 1, backoffMs: 0 }),
  'data.purge': define({ queue: 'upkeep', payload: z.strictObject({}), attempts: 1, backoffMs: 0 }),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>;
export type Job = { [Name in JobName]: { name: Name; payload: JobPayload<Name> } }[JobName];

/** What services use to hand ids to the queue. Losing a job is harmless: reconcile finds the row. */
export interface JobProducer {
  enqueue(jobs: Job[]): Promise<void>;
  /**
   * The same, always through the queue: what was lost once may have killed its worker, and the queue counts
   * how often that happens; and what waits there for its next try stays one job.
   */
  enqueueAgain(jobs: Job[]): Promise<void>;
}
