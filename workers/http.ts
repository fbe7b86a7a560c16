import { createServer, type Server } from 'node:http';
import type { Log } from '../app/infra/log.server.ts';
import type { Metrics } from '../app/infra/metrics.server.ts';

/**
 * The worker's own address, for probes and Prometheus inside the cluster: /healthz (the
 * process answers), /readyz (it can work) and /metrics. It is not meant to be published.
 */
export function createWorkerHttp(options: {
  metrics: Pick<Metrics, 'registry'>;
  /** What keeps the worker from working, as a sentence; null when it is ready. */
  findProblem: () => Promise<string | null>;
  log: Log;
}): Server {
  const { metrics, findProblem, log } = options;

  async function answer(path: string): Promise<[status: number, body: string, type?: string]> {
    if (path === '/healthz') return [200, 'ok\n'];
    if (path === '/metrics') return [200, await metrics.registry.metrics(), metrics.registry.contentType];
    if (path !== '/readyz') return [404, 'There is nothing at this address.\n'];
    const problem = await findProblem();
    if (problem) log.warn({ problem }, 'The worker is not ready.');
    return problem ? [503, 'not ready\n'] : [200, 'ready\n'];
  }

  return createServer({ headersTimeout: 10_000, requestTimeout: 15_000 }, (request, response) => {
    request.resume();
    void answer((request.url ?? '').split('?', 1)[0] ?? '')
      .catch((error: unknown): [number, string] => {
        log.error({ err: error }, 'A probe could not be answered.');
        return [500, 'error\n'];
      })
      .then(([status, body, type = 'text/plain; charset=utf-8']) => {
        response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
      });
  });
}
