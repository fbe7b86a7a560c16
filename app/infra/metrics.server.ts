import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { JobName, QueueName } from './queue/jobs.ts';

/** Jobs of one queue by state, at the moment of asking. */
export interface QueueDepth {
  waiting: number;
  active: number;
  delayed: number;
}

export type QueueDepths = Record<QueueName, QueueDepth>;

/** retried = failed and will be tried again; delayed = put off without counting as an attempt. */
export type JobOutcome = 'completed' | 'retried' | 'delayed' | 'failed';

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LAG_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 30, 60, 300, 1800];

/**
 * The Prometheus metrics of one process. Label values come from closed sets, so that
 * no shop, person or address becomes a label.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  let readDepths: (() => Promise<QueueDepths>) | undefined;
  new Gauge({
    name: 'aftercare_queue_jobs',
    help: 'Jobs in a queue, by state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      if (!readDepths) return;
      // A scrape while the queue is down still serves every other metric.
      const depths = await readDepths().catch(() => undefined);
      this.reset();
      for (const [queue, states] of Object.entries(depths ?? {})) {
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, count as number);
      }
    },
  });
  const scoreLag = new Histogram({
    name: 'aftercare_webhook_to_score_seconds',
    help: 'Machine time from the arrival of an event to the new score of its customer.',
    buckets: LAG_BUCKETS,
    registers,
  });
  const events = new Counter({
    name: 'aftercare_events_total',
    help: 'Events by source and status.',
    labelNames: ['source', 'status'],
    registers,
  });
  const actions = new Counter({
    name: 'aftercare_actions_total',
    help: 'Actions by kind and status.',
    labelNames: ['kind', 'status'],
    registers,
  });
  const sends = new Counter({
    name: 'aftercare_sends_total',
    help: 'Messages handed to the mail server, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const jobs = new Histogram({
    name: 'aftercare_job_seconds',
    help: 'Duration of jobs by name and outcome.',
    labelNames: ['job', 'outcome'],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'aftercare_http_request_seconds',
    help: 'Duration of HTTP requests by method, area and status.',
    labelNames: ['method', 'area', 'status'],
    buckets: LATENCY_BUCKETS,
    registers,
  });

  return {
    registry,
    /** Where the depth of the queues is read from at each scrape. */
    observeQueues(read: () => Promise<QueueDepths>) {
      readDepths = read;
    },
    observeScoreLag(lagSeconds: number) {
      scoreLag.observe(Math.max(0, lagSeconds));
    },
    countEvent(source: string, status: string) {
      events.inc({ source, status });
    },
    countAction(kind: string, status: string) {
      actions.inc({ kind, status });
    },
    /** How handing one message to the mail server ended. */
    countSend(outcome: string) {
      sends.inc({ outcome });
    },
    observeJob(job: JobName, outcome: JobOutcome, seconds: number) {
      jobs.observe({ job, outcome }, seconds);
    },
    observeRequest(method: string, path: string, status: number, seconds: number) {
      requests.observe(
        { method: METHODS.has(method) ? method : 'OTHER', area: areaOf(path), status },
        seconds,
      );
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const AREAS = new Set([
  'webhooks',
  's',
  'u',
  'k',
  'proxy',
  'api',
  'app',
  'auth',
  'assets',
  'healthz',
  'readyz',
  'metrics',
]);

/** The first segment of a path when it is one of ours; anything else is "other". */
function areaOf(path: string): string {
  const first = path.split(/[/.?]/, 2)[1] ?? '';
  return AREAS.has(first) ? first : 'other';
}
