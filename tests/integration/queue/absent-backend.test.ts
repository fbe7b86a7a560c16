import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '#app/infra/log.server.ts';
import { createProducer } from '#app/infra/queue/producer.server.ts';
import { eventJob, openWorkers } from './harness.ts';

/** A port that nothing listens on. */
let port: number;
let lines: string[];

beforeEach(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  server.close();
  lines = [];
});

describe.each(['postgres', 'redis'] as const)('without a reachable %s', (backend) => {
  const config = () => ({
    databaseUrl: `postgresql://app:secret@127.0.0.1:${port}/aftercare`,
    redisUrl: backend === 'redis' ? `redis://:secret@127.0.0.1:${port}` : undefined,
    queuePrefix: 'aftercare',
    migrateQueue: false,
  });

  it('the producer takes the ids, says so in the log, and goes on', async () => {
    const log = createLog({ level: 'error', process: 'test' }, { write: (line) => void lines.push(line) });
    const producer = createProducer({ config: config(), log });
    await producer.enqueue([eventJob(uuidv7()), eventJob(uuidv7())]);
    await producer.flush();
    await producer.enqueue([eventJob(uuidv7())]);
    await producer.close();
    const failures = lines.map((line) => JSON.parse(line)).filter((line) => 'jobs' in line);
    expect(failures.map((line) => line.jobs)).toEqual([2, 1]);
    expect(lines.join('')).not.toContain('secret');
  });

  it('workers refuse to start', async () => {
    await expect(openWorkers(config(), {})).rejects.toThrow();
  });
});
