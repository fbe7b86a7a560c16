import { parseSettings } from '../domain/shop-settings/settings.ts';
import { ledgerDays } from '../domain/surveys/contact-caps.ts';
import { whyAsked, type AskedKind } from '../domain/surveys/why-asked.ts';
import type { CustomerContacts } from '../infra/db/reads/customer-contacts.read.server.ts';
import type { CustomerProfile, ShopView, TimelineEntry } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

/** One kind of survey; times are ISO text, `order` is the order's name, null where it is about the shop as a whole. */
export interface AskedKindView {
  kind: AskedKind['kind'];
  last: {
    status: NonNullable<AskedKind['last']>['status'];
    at: string;
    order: string | null;
    reason: string | null;
    answered: boolean;
    /** null also where the answer is without the person: by its day somebody could be found among the answers. */
    answeredAt: string | null;
  } | null;
  next: { dueAt: string; order: string | null; reason: string | null } | null;
  /** Of the planned one at its time; of one due now where none is planned. See why-asked.ts. */
  ifDue:
    | { outcome: 'send' }
    | { outcome: 'defer'; reason: string; until: string }
    | { outcome: 'hold'; reason: string; until: string | null };
}

export interface WhyAskedView {
  barred: string | null;
  timeZone: string;
  habit: { hour: number; acts: number } | null;
  /** The hour at which people without a habit are asked. */
  sendHour: number;
  kinds: AskedKindView[];
}

export type ShowCustomerOutcome =
  | { outcome: 'found'; customer: CustomerProfile; timeline: TimelineEntry[]; asked: WhyAskedView }
  | { outcome: 'unknown' };

/** What happened to one person, and why they were asked or weren't. */
export async function showCustomer(
  deps: Pick<Deps, 'admin'>,
  input: { shop: Pick<ShopView, 'id' | 'settings'>; customerId: string },
): Promise<ShowCustomerOutcome> {
  const { shop, customerId } = input;
  const days = ledgerDays(parseSettings(shop.settings));
  const [customer, timeline, contacts] = await Promise.all([
    deps.admin.customer(shop.id, customerId),
    deps.admin.timeline(shop.id, customerId),
    deps.admin.customerContacts(shop.id, customerId, days),
  ]);
  if (!customer || !contacts) return { outcome: 'unknown' };
  return { outcome: 'found', customer, timeline, asked: askedView(contacts) };
}

function askedView(contacts: CustomerContacts): WhyAskedView {
  const settings = parseSettings(contacts.shop.settings);
  const { kinds, ...asked } = whyAsked(contacts, settings);
  const namedAt = ({ invitationId, answeredAt }: NonNullable<AskedKind['last']>) =>
    contacts.namedAnswers.includes(invitationId) ? (answeredAt?.toISOString() ?? null) : null;
  const orderOf = (orderId: string | null) => (orderId && contacts.orderNames[orderId]) || null;
  return {
    ...asked,
    sendHour: settings.sendHour,
    kinds: kinds.map(({ kind, last, next, ifDue }) => ({
      kind,
      last: last && {
        ...{ status: last.status, at: last.at.toISOString(), order: orderOf(last.orderId) },
        ...{ reason: last.reason, answered: last.answeredAt !== null, answeredAt: namedAt(last) },
      },
      next: next && {
        ...{ dueAt: next.dueAt.toISOString(), order: orderOf(next.orderId), reason: next.reason },
      },
      ifDue: fateView(ifDue),
    })),
  };
}

function fateView(fate: AskedKind['ifDue']): AskedKindView['ifDue'] {
  switch (fate.outcome) {
    case 'send':
      return fate;
    case 'defer':
      return { ...fate, until: fate.until.toISOString() };
    case 'hold':
      return { ...fate, until: fate.until?.toISOString() ?? null };
  }
}
