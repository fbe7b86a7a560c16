import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { closeServer, listenOn } from './http-listen.server.ts';

describe('listenOn', () => {
  it('picks a free port for 0, and says what to do about a taken one', async () => {
    const first = createServer();
    const port = await listenOn(first, 0, 'PORT');
    expect(port).toBeGreaterThan(0);
    await expect(listenOn(createServer(), port, 'WORKER_PORT')).rejects.toThrow(
      `Port ${port} is taken by another program: stop it, or set WORKER_PORT to a free port (0 picks one).`,
    );
    await closeServer(first, 0);
  });
});

describe('closeServer', () => {
  it('lets an open request finish', async () => {
    const server = createServer((_request, response) => {
      void closeServer(server, 10_000);
      response.end('done');
    });
    const port = await listenOn(server, 0, 'PORT');
    const [response] = await once(request({ port, agent: false }).end(), 'response');
    let text = '';
    for await (const part of response) text += String(part);
    expect(text).toBe('done');
  });

  it('cuts off a request that does not end by the deadline', async () => {
    const server = createServer(() => undefined);
    const port = await listenOn(server, 0, 'PORT');
    const hanging = request({ port, agent: false }).end();
    const [arrived, cut] = [once(server, 'request'), once(hanging, 'error')];
    await arrived;
    await closeServer(server, 1);
    expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
  });
});
