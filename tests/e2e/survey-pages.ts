/** Survey pages at addresses of their own, without the app behind them: what a browser makes of them, and sends. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults, overflow } from './browser.ts';

export const NARROW: BrowserContextOptions = {
  viewport: { width: 320, height: 640 },
  isMobile: true,
  hasTouch: true,
};

/** What a page must look good in: a name, a browser, a language. */
export const LOOKS: [string, BrowserContextOptions, string][] = [
  ['on a desk', {}, 'en'],
  ['on a phone', NARROW, 'en'],
  ['in the dark', { ...NARROW, colorScheme: 'dark' }, 'en'],
  ['from right to left', NARROW, 'ar'],
];

/** No faults that axe finds, nothing that sticks out, no target below 44 px. */
export async function isGood(page: Page): Promise<void> {
  expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
  expect(await overflow(page.mainFrame())).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
}

/** The targets in view that are smaller than 44 px on a side. A field within a label is as large as the label. */
function smallTargets(page: Page): Promise<string[]> {
  const targets = 'button, label:has([type=radio], [type=checkbox]), textarea, select, input';
  return page.locator(targets).evaluateAll((all) =>
    all
      .filter((element) => element.checkVisibility() && !element.matches('label *'))
      .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()] as const)
      .filter(([, { width, height }]) => width < 44 || height < 44)
      .map(([html, { width, height }]) => `${width}x${height} ${html}`),
  );
}

export interface PageServer {
  /** Where a page stands from now on. */
  put(page: Response): Promise<string>;
  /** What was posted so far: steps ask for JSON. */
  posts: { isStep: boolean; fields: [string, string][] }[];
  close(): Promise<void>;
}

/** Serves pages as the app would, takes every post, and thanks for the last. */
export async function servePages(): Promise<PageServer> {
  const pages = new Map<string, { headers: [string, string][]; html: string }>();
  const posts: PageServer['posts'] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') {
      const isStep = request.headers.accept === 'application/json';
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        posts.push({ isStep, fields: [...new URLSearchParams(body)] });
        response.setHeader('Content-Type', isStep ? 'application/json' : 'text/html');
        response.end(isStep ? '{}' : '<!doctype html><html lang="en"><title>T</title><h1>Thank you</h1>');
      });
      return;
    }
    const page = pages.get(pathname);
    // The browser asks for an icon too.
    response.writeHead(page ? 200 : 204, Object.fromEntries(page?.headers ?? []));
    response.end(page?.html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    async put(page) {
      const path = `/s/shop/${pages.size + 1}`;
      pages.set(path, { headers: [...page.headers], html: await page.text() });
      return `http://127.0.0.1:${port}${path}`;
    },
    posts,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
