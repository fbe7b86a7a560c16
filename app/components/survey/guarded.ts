import type { Log } from '../../infra/log.server.ts';

/**
 * A shopper's door answers its errors itself: in its own form (JSON, a page) and with its own
 * headers, instead of the server's bare 500. The error is logged once, here.
 * @param trouble the answer when `answer` fails
 * @throws a thrown Response, which is an answer already
 */
export async function guarded(
  log: Pick<Log, 'error'>,
  answer: () => Promise<Response>,
  trouble: () => Response,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Response) throw error;
    log.error({ err: error }, "A shopper's door could not answer.");
    return trouble();
  }
}
