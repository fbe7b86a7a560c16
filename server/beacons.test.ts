import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActionFunctionArgs, ServerBuild } from '@remix-run/node';
import { afterEach, expect, it } from 'vitest';
import { createLog } from '../app/infra/log.server.ts';
import { createMetrics } from '../app/infra/metrics.server.ts';
import { createWebApp } from './app.ts';
import { BEACON_BODY_LIMIT } from './body-limit.ts';

const path = 'api/pixel';
const action = async ({ request }: ActionFunctionArgs) => new Response(String((await request.text()).length));
const build = {
  entry: { module: { default: () => new Response('rendered'), handleError: () => undefined } },
  routes: { [path]: { id: path, path, module: { action } } },
  assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
  ...{ publicPath: '/', assetsBuildDirectory: '', future: {}, isSpaMode: false },
} as unknown as ServerBuild;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

it('beacons of the web pixel may be 8 KB, and nobody else sees what they say', async () => {
  const lines: string[] = [];
  const app = createWebApp({
    ...{ build, clientFolder: '/nonexistent', trustProxy: 0, metrics: createMetrics() },
    log: createLog({ level: 'info', process: 'test' }, { write: (line) => void lines.push(line) }),
    webhooks: {
      read: () => ({ kind: 'refused', status: 400, message: 'No webhooks here.' }),
      ingest: async () => undefined,
    },
    findProblem: async () => null,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const post = (size: number) => fetch(url, { method: 'POST', body: 'customer'.padEnd(size, '7') });
  expect(BEACON_BODY_LIMIT).toBe(8_192);
  const whole = await post(BEACON_BODY_LIMIT);
  expect([whole.status, await whole.text()]).toEqual([200, String(BEACON_BODY_LIMIT)]);
  expect(whole.headers.get('Cache-Control')).toBe('no-store');
  expect((await post(BEACON_BODY_LIMIT + 1)).status).toBe(413);
  expect(lines.join('')).toContain('/api/pixel');
  expect(lines.join('')).not.toContain('777');
});
