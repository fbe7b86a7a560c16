import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface LoadResult {
  sent: number;
  failed: number;
  seconds: number;
  /** Milliseconds from the first byte out to the answer, sorted. */
  latenciesMs: number[];
}

/**
 * Fires requests at one address of this machine.
 * @param options.perSecond fixed rate (open loop: late answers don't slow it); absent = as fast as `connections` allow
 */
export async function fire(
  port: number,
  shots: Shot[],
  options: { connections: number; perSecond?: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latenciesMs: number[] = [];
  let failed = 0;
  const one = async (shot: Shot) => {
    const startedAt = performance.now();
    const status = await post(agent, port, shot).catch(() => 0);
    latenciesMs.push(performance.now() - startedAt);
    if (status !== 200) failed += 1;
  };
  const startedAt = performance.now();
  if (options.perSecond) {
    const under: Promise<void>[] = [];
    for (const [index, shot] of shots.entries()) {
      const dueMs = (index * 1000) / options.perSecond - (performance.now() - startedAt);
      if (dueMs > 1) await wait(dueMs);
      under.push(one(shot));
    }
    await Promise.all(under);
  } else {
    let next = 0;
    const lane = async () => {
      for (;;) {
        const shot = shots[next++];
        if (!shot) return;
        await one(shot);
      }
    };
    await Promise.all(Array.from({ length: options.connections }, lane));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { sent: shots.length, failed, seconds, latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

export function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function post(agent: Agent, port: number, shot: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: shot.path,
        headers: { 'content-type': 'application/json', ...shot.headers, 'content-length': shot.body.length },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(shot.body);
  });
}
