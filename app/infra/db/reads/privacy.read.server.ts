import type { OpenPrisma } from '../prisma.server.ts';
import { iso } from './rows.server.ts';
import type { PrivacyRequestRow } from './views.ts';

const LIST_LIMIT = 50;
/** The month that Shopify and the GDPR (article 12) give a shop to answer. */
const ANSWER_WITHIN_DAYS = 30;
const DAY_MS = 86_400_000;

/** The latest privacy requests of the shop, open ones first, with the person where one is still known. */
export async function readPrivacyRequests(prisma: OpenPrisma, shopId: string): Promise<PrivacyRequestRow[]> {
  const { privacyRequest, customer } = await prisma();
  const requests = await privacyRequest.findMany({
    where: { shopId },
    orderBy: [{ status: 'desc' }, { requestedAt: 'desc' }, { id: 'desc' }],
    take: LIST_LIMIT,
    select: { id: true, kind: true, status: true, requestedAt: true, doneAt: true, customerId: true },
  });
  const people = await customer.findMany({
    where: {
      shopId,
      id: { in: requests.flatMap(({ customerId }) => customerId ?? []) },
      redactedAt: null,
    },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  return requests.map(({ id, kind, status, requestedAt, doneAt, customerId }) => ({
    id,
    kind,
    status,
    requestedAt: requestedAt.toISOString(),
    dueAt:
      kind === 'data_request'
        ? new Date(requestedAt.getTime() + ANSWER_WITHIN_DAYS * DAY_MS).toISOString()
        : null,
    doneAt: iso(doneAt),
    customer: byId.get(customerId ?? '') ?? null,
  }));
}
