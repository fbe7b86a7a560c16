import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { afterEach, expect, it } from 'vitest';
import { defaultHeaders } from './default-headers.ts';

const EVERYWHERE = { 'x-content-type-options': ['nosniff'] };
const ADMIN = { ...EVERYWHERE, 'cache-control': ['no-store'] };
const DOOR = { ...ADMIN, 'referrer-policy': ['no-referrer'], 'x-robots-tag': ['noindex'] };

let server: Server | undefined;
afterEach(() => server?.close());

/** These headers as they went over the wire, repeated ones included. */
async function headersOf(path: string, answer: (response: Response) => unknown) {
  const app = express().use(defaultHeaders());
  app.use((_request, response) => void answer(response));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ host: '127.0.0.1', port, path }), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return Object.fromEntries(
    Object.entries(response.headersDistinct).filter(([name]) => Object.hasOwn(DOOR, name)),
  );
}

it.each([
  ['/s/shop/token', DOOR],
  ['/S/shop/token', DOOR],
  ['/%73/shop/token', DOOR],
  ['/x/../u/shop/token', DOOR],
  ['/k/shop/token', DOOR],
  ['/proxy/survey?signature=1', DOOR],
  ['/api/checkout/survey', DOOR],
  ['/api/account/survey', DOOR],
  ['/app', ADMIN],
  ['/app/customers', ADMIN],
  ['/apple', EVERYWHERE],
  ['/assets/app/s.js', EVERYWHERE],
  ['/constructor', EVERYWHERE],
  ['/s%zz', EVERYWHERE],
])('an answer at %s', async (path, expected) => {
  expect(await headersOf(path, (response) => response.send('x'))).toEqual(expected);
});

it.each<[how: string, answer: (response: Response) => unknown]>([
  ['sent', (response) => response.send('x')],
  ['ended without a body', (response) => response.status(204).end()],
  ['streamed', (response) => (response.write('x'), response.end('y'))],
  ['flushed', (response) => (response.flushHeaders(), response.end())],
  ['with a head of its own', (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end()],
  [
    'with a head of its own and words for it',
    (response) => response.writeHead(200, 'Fine', ['content-type', 'text/plain']).end(),
  ],
])('however it is %s', async (_how, answer) => {
  expect(await headersOf('/s/shop/token', answer)).toEqual(DOOR);
});

it.each<[how: string, answer: (response: Response) => unknown]>([
  [
    'appends, as the Remix adapter does',
    (response) =>
      response
        .append('Cache-Control', 'private')
        .append('X-Robots-Tag', 'noindex, nofollow')
        .append('X-Content-Type-Options', 'nosniff'),
  ],
  [
    'writes with the head',
    (response) =>
      response.writeHead(200, { 'Cache-Control': 'private', 'X-Robots-Tag': 'noindex, nofollow' }),
  ],
])('what a route %s stands, once', async (_how, answer) => {
  expect(await headersOf('/s/shop/token', (response) => (answer(response), response.end()))).toEqual({
    ...DOOR,
    'cache-control': ['private'],
    'x-robots-tag': ['noindex, nofollow'],
  });
});
