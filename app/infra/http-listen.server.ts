import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on a port (0 = any free one) and resolves with the real one.
 * @throws Error with a sentence that says what to do, for a port that cannot be had.
 */
export function listenOn(server: Server, port: number, variable: 'PORT' | 'WORKER_PORT'): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(describe(error, port, variable))),
    );
    server.listen(port, () => resolve((server.address() as AddressInfo).port));
  });
}

function describe(error: NodeJS.ErrnoException, port: number, variable: string): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop it, or set ${variable} to a free port (0 picks one).`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be used by this user: set ${variable} to one above 1023.`;
  }
  return `Port ${port} cannot be listened on (${error.code ?? error.message}): set ${variable} to another one.`;
}

/**
 * Stops taking connections and waits up to `deadlineMs` for the open requests, then
 * cuts them off.
 */
export async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearTimeout(timer);
}
