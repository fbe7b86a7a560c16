import type { Log } from '../../infra/log.server.ts';
import { guarded } from './guarded.ts';
import { jsonDoor, TROUBLE } from './json-door.ts';

/** What the doors of UI extensions (checkout, customer accounts) have in common. */

/** Extensions run in a sandbox without an origin of its own; the bearer token is what counts, and no cookie is read. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '7200',
};

/** The answer to a preflight, which carries no token. */
export const preflight = () => new Response(null, { status: 204, headers: CORS });

export const refused = (message: string) => ({ status: 401, body: { outcome: 'unavailable', message } });

/** Errors carry the CORS headers too: without them the extension would see only "failed to fetch". */
export function readably(
  log: Pick<Log, 'error'>,
  answer: () => Promise<Parameters<typeof jsonDoor>[0]>,
): Promise<Response> {
  return guarded(
    log,
    async () => jsonDoor(await answer(), CORS),
    () => jsonDoor(TROUBLE, CORS),
  );
}
