import { z } from 'zod';
import type { DataSubject } from '../infra/db/data-requests.repo.server.ts';
import type { Deps } from './deps.ts';
import { guestKey, pseudonymOf } from './identify-person.ts';

export type ExportPersonalDataOutcome =
  /** `pieces` of one JSON document, to be sent as they come. */
  | { outcome: 'file'; fileName: string; pieces: AsyncGenerator<string> }
  | { outcome: 'nothing_stored' }
  | { outcome: 'unknown_request' };

const NOTES = [
  'Times are in UTC. Empty fields (null) are known to the app and hold nothing.',
  'Of pictures and voice notes it says what they are; the files themselves are with their answers, under Responses.',
  'Amounts whose name ends in "Minor" are in the smallest unit of the currency, for example cents.',
];

/**
 * Everything that is stored about the person of a customers/data_request, as one JSON file that
 * people can read: what app/infra/db/personal-data.ts marks as exported, and what hangs on it.
 */
export async function exportPersonalData(
  deps: Pick<Deps, 'dataRequests' | 'clock' | 'keyedHash'>,
  input: { shopId: string; shopName: string; requestId: string },
): Promise<ExportPersonalDataOutcome> {
  if (!z.uuid().safeParse(input.requestId).success) return { outcome: 'unknown_request' };
  const request = await deps.dataRequests.find(input.shopId, input.requestId, {
    guestKey: (email) => guestKey(input.shopId, email, deps.keyedHash),
    pseudonym: (customerId) => pseudonymOf(input.shopId, customerId, deps.keyedHash),
  });
  if (!request) return { outcome: 'unknown_request' };
  if (!request.subject) return { outcome: 'nothing_stored' };
  const requestedAt = request.requestedAt.toISOString();
  const now = await deps.clock.now();
  const head = { shop: input.shopName, requestedAt, madeAt: now.toISOString(), notes: NOTES };
  return {
    outcome: 'file',
    // The name of a file travels further than the file: no name, no address, no customer id.
    fileName: `data-request-${requestedAt.slice(0, 10)}.json`,
    pieces: write(deps, input.shopId, request.subject, now, head),
  };
}

async function* write(
  deps: Pick<Deps, 'dataRequests'>,
  shopId: string,
  subject: DataSubject,
  now: Date,
  head: object,
): AsyncGenerator<string> {
  yield `{\n"about": ${JSON.stringify(head, null, 2)}`;
  for await (const { section, rows } of deps.dataRequests.personalSections(shopId, subject, now)) {
    yield `,\n${JSON.stringify(section)}: [`;
    for (const [index, row] of rows.entries())
      yield `${index === 0 ? '' : ','}\n${JSON.stringify(row, null, 2)}`;
    yield ']';
  }
  yield '\n}\n';
}
