/** Which survey a page offers to a shopper who comes by on their own, without an invitation. */
import { DAY_MS } from '../core/calendar.ts';
import { isMessageKind, isVisitKind } from './contract.ts';
import type { SurveyKind } from './contract.ts';
import type { Surface } from './surfaces.ts';

export interface OpenOrder {
  orderId: string;
  placedAt: Date | null;
  deliveredAt: Date | null;
  cancelled: boolean;
  test: boolean;
  answered: readonly SurveyKind[];
}

/** The merchant's settings that matter here; delays as in the invitations (domain.md section 2). */
export type SurveySwitches = Record<SurveyKind, { enabled: boolean; delayDays?: number }>;

/** What a page is set to ask; named: about the one order that it shows. */
export interface SurveyWish {
  kind: SurveyKind | null;
  named: boolean;
}

export type OpenSurveyChoice<Order> =
  | { outcome: 'open'; order: Order; kind: SurveyKind }
  | { outcome: 'none'; reason: 'survey_off' | 'no_order' | 'nothing_due' | 'already_answered' };

/** The freshest experience first: what a shopper can still tell best. */
const PREFERENCE: readonly SurveyKind[] = ['usage', 'delivery', 'relationship', 'post_purchase'];

/**
 * Whether a page about an order may ask this, and take the answer. A case, a return or a milestone is asked about in a
 * mail, whose link says which one it is, and a visit is no order.
 */
export const isAskedOnPages = (kind: SurveyKind): boolean => PREFERENCE.includes(kind);

/** What the pages of the checkout ask: once there was a delivery, of that on the order's page. */
export const askedAtCheckout = (page: 'thank_you' | 'order_status', delivered: boolean) =>
  page === 'order_status' && delivered ? 'delivery' : 'post_purchase';

/** Whether a survey of this kind is ever asked on this surface, whatever its questions are. */
export function isAskedOn(kind: SurveyKind, surface: Surface): boolean {
  switch (surface) {
    case 'email':
      return isMessageKind(kind);
    case 'theme':
      return isAskedOnPages(kind) || isVisitKind(kind);
    case 'customer_account':
      return isAskedOnPages(kind);
    case 'checkout':
      return kind === askedAtCheckout('thank_you', false);
    case 'order_status':
      return (
        kind === askedAtCheckout('order_status', false) || kind === askedAtCheckout('order_status', true)
      );
    case 'kiosk':
      return kind === 'storefront';
    case 'hosted':
      return true;
  }
}

/**
 * For how long a page asks on its own what buying was like: as long as a mailed survey waits at most before it expires
 * (domain.md section 2).
 */
const PURCHASE_DAYS = 7;

/**
 * Without `kind`: over the orders, newest first, the first survey whose time has come and that is not answered.
 * With `kind`: the same for that kind only. With `named`, the one order the page is about, the named kind is
 * open whenever it is switched on, also early and also a second time (a later answer updates the first).
 * @param orders newest first
 */
export function chooseOpenSurvey<Order extends OpenOrder>(
  orders: readonly Order[],
  switches: SurveySwitches,
  now: Date,
  wish: SurveyWish,
): OpenSurveyChoice<Order> {
  const { kind, named } = wish;
  if (kind && !switches[kind].enabled) return { outcome: 'none', reason: 'survey_off' };
  if (kind && !isAskedOnPages(kind)) return { outcome: 'none', reason: 'nothing_due' };
  const valid = orders.filter((order) => !order.test && (named || !order.cancelled));
  const [first] = valid;
  if (!first) return { outcome: 'none', reason: 'no_order' };
  if (kind && named) return { outcome: 'open', order: first, kind };

  const kinds = (kind ? [kind] : PREFERENCE).filter((candidate) => switches[candidate].enabled);
  let answered = false;
  for (const order of valid) {
    for (const candidate of kinds) {
      if (!hasCome(candidate, order, switches, now)) continue;
      if (!order.answered.includes(candidate)) return { outcome: 'open', order, kind: candidate };
      answered = true;
    }
    // An older order is no reason to ask again what was just answered about the newest.
    if (answered) break;
  }
  return { outcome: 'none', reason: answered ? 'already_answered' : 'nothing_due' };
}

/** Whether it is time: the shopper has bought (lately), received, used for a while, been with the shop for a while. */
function hasCome(kind: SurveyKind, order: OpenOrder, switches: SurveySwitches, now: Date): boolean {
  const since = kind === 'delivery' || kind === 'usage' ? order.deliveredAt : order.placedAt;
  if (!since) return false;
  if (kind === 'post_purchase' && now.getTime() > since.getTime() + PURCHASE_DAYS * DAY_MS) return false;
  // A parcel in hand can be judged at once; the mail waits a day only to be polite.
  const days = kind === 'delivery' || kind === 'post_purchase' ? 0 : (switches[kind].delayDays ?? 0);
  return now.getTime() >= since.getTime() + days * DAY_MS;
}
