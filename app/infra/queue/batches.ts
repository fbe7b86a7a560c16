import { createHash } from 'node:crypto';
import { z } from 'zod';
import { chunksOf } from '../../domain/core/chunks.ts';
import { definitionOf, isJobName, jobKey, parseJob } from './job-options.ts';
import type { Job } from './jobs.ts';

/**
 * Several jobs of one kind in one job of the queue. On PostgreSQL a step of a job in the
 * queue costs about as much as the work it stands for, so ids that are handed over
 * together travel together (docs/decisions/016-batches-on-postgresql.md). Each is still run,
 * counted and retried by itself.
 */
export const BATCH = 'batch';

const MAX_IDS = 25;
const batchSchema = z.strictObject({ name: z.string(), payloads: z.array(z.unknown()).min(1).max(MAX_IDS) });

export interface BatchEntry {
  name: typeof BATCH;
  data: { name: Job['name']; payloads: Job['payload'][] };
  opts: { jobId: string; attempts: 1; removeOnComplete: true; removeOnFail: true };
}

/** Splits jobs into those that go alone and batches of the others, in their order. Debounced jobs go alone. */
export function intoBatches(jobs: readonly Job[], { debounced }: { debounced: boolean }): (Job | Job[])[] {
  const groups = new Map<string, Job[]>();
  const alone: Job[] = [];
  for (const job of jobs) {
    if (debounced && definitionOf(job.name).deduplication) alone.push(job);
    else groups.set(job.name, [...(groups.get(job.name) ?? []), job]);
  }
  const chunks = [...groups.values()].flatMap((group) => chunksOf(group, MAX_IDS));
  return [...alone, ...chunks.map((chunk) => (chunk.length === 1 ? chunk[0]! : chunk))];
}

/** The queue's entry for a batch. Handing over the same ids again while they wait changes nothing. */
export function batchEntry(jobs: readonly Job[]): BatchEntry {
  const digest = createHash('sha256').update(jobs.map(jobKey).join('\n')).digest('hex');
  return {
    name: BATCH,
    data: { name: jobs[0]!.name, payloads: jobs.map((job) => job.payload) },
    opts: { jobId: `batch_${digest.slice(0, 32)}`, attempts: 1, removeOnComplete: true, removeOnFail: true },
  };
}

/**
 * The jobs inside a batch, checked against the catalogue.
 * @throws ZodError or RangeError when it is not one of ours
 */
export function parseBatch(data: unknown): Job[] {
  const { name, payloads } = batchSchema.parse(data);
  if (!isJobName(name)) throw new RangeError(`There is no job "${name}" in the catalogue.`);
  return payloads.map((payload) => parseJob(name, payload));
}
