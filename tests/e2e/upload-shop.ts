/** The app's doors for files, as Express serves them, on a real database; and a page of staff with the answers. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import { build as bundle } from 'esbuild';
import { createLog } from '#app/infra/log.server.ts';
import { createMetrics } from '#app/infra/metrics.server.ts';
import * as staffFile from '#app/routes/app.uploads.$id.ts';
import * as hosted from '#app/routes/s.$shop.$token.tsx';
import * as upload from '#app/routes/s.$shop.$token_.upload.ts';
import * as continued from '#app/routes/s.$shop.page.$token.tsx';
import * as continuedUpload from '#app/routes/s.$shop.page.$token_.upload.ts';
import type { ResponseRow } from '#app/infra/db/reads/response-views.ts';
import { createWebApp } from '../../server/app.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What staff see of the answers, without the rest of the admin around it. */
const STAFF = `
  import '@shopify/polaris/build/esm/styles.css';
  import './app/components/admin.css';
  import { AppProvider } from '@shopify/polaris';
  import en from '@shopify/polaris/locales/en.json';
  import { createRoot } from 'react-dom/client';
  import { ResponseEntry } from '#app/components/response-entry.tsx';
  const { rows, now } = await (await fetch('/answers')).json();
  const about = { domain: 'moss.myshopify.com', timeZone: 'UTC', now, busy: false, ask: () => {} };
  createRoot(document.querySelector('#root')).render(
    <AppProvider i18n={en}>{rows.map((row) => <ResponseEntry key={row.id} row={row} {...about} />)}</AppProvider>,
  );`;
const STAFF_PAGE =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Answers</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/staff.css"><main><h1>Responses</h1><h2>Answers</h2><div id="root"></div></main><script type="module" src="/staff.js"></script>';

export interface UploadShop {
  origin: string;
  close(): Promise<void>;
}

/** @param answers what the page of staff shows */
export async function startUploadShop(
  answers: () => Promise<{ rows: ResponseRow[]; now: Date }>,
): Promise<UploadShop> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-staff-'));
  await bundle({
    stdin: { contents: STAFF, resolveDir: ROOT, loader: 'tsx' },
    ...{ bundle: true, format: 'esm', jsx: 'automatic', outfile: join(folder, 'staff.js') },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  writeFileSync(join(folder, 'staff.html'), STAFF_PAGE);
  const modules = {
    's/:shop/:token': hosted,
    's/:shop/:token/upload': upload,
    's/:shop/page/:token': continued,
    's/:shop/page/:token/upload': continuedUpload,
    'app/uploads/:id': staffFile,
    answers: { loader: async () => Response.json(await answers()) },
  };
  const remix = {
    entry: { module: { default: () => new Response(), handleError: () => undefined } },
    routes: Object.fromEntries(
      Object.entries(modules).map(([path, module]) => [path, { id: path, path, module }]),
    ),
    assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
    ...{ publicPath: '/', assetsBuildDirectory: '', future: {}, isSpaMode: false },
  } as unknown as ServerBuild;
  const server = createServer(
    createWebApp({
      build: remix,
      clientFolder: folder,
      trustProxy: 0,
      log: createLog({ level: 'silent', process: 'test' }),
      metrics: createMetrics(),
      webhooks: {
        read: () => ({ kind: 'refused', status: 400, message: 'No webhooks here.' }),
        ingest: async () => undefined,
      },
      findProblem: async () => null,
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        rmSync(folder, { recursive: true });
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
