import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import {
  customerPayload,
  customerRedactPayload,
  dataRequestPayload,
  emailConsentPayload,
  mergePayload,
} from '#tests/factories/shopify-payloads.ts';
import { idNumber } from '#tests/factories/shopify-json.ts';
import type { ScriptEvent, WebhookEvent } from '../script.ts';
import { SHOP } from './catalogue.ts';
import { webhook } from './order-events.ts';
import { arrivedAt, type OrderPlan } from './order-plan.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

const SHOP_ID = '61000000001';
const CONSENT_CHANGES = 32;
const PROFILE_CHANGES = 16;

/** Consents, changed profiles, privacy requests, a merge, and topics that the app has no use for. */
export function extraEvents(
  random: Random,
  people: Person[],
  plans: OrderPlan[],
  end: number,
): { events: WebhookEvent[]; silenced: Set<string> } {
  const known = people.filter((person) => !person.guest && person.orderTimes.length > 0);
  const events: WebhookEvent[] = [];
  for (let i = 0; i < CONSENT_CHANGES; i += 1) {
    const { spec, orderTimes } = random.pick(known);
    const at = orderTimes[0]! + random.between(1, 40) * DAY_MS;
    const state = spec.consent === 'subscribed' ? 'unsubscribed' : 'subscribed';
    const about = { customerId: spec.id, email: spec.email ?? null, state, at: new Date(at) };
    events.push(
      webhook('customers_email_marketing_consent/update', at, `consent ${i} of ${spec.id}`, () =>
        emailConsentPayload(about),
      ),
    );
  }
  for (let i = 0; i < PROFILE_CHANGES; i += 1) {
    const { spec, orderTimes } = random.pick(known);
    const at = orderTimes[0]! + random.between(2, 50) * DAY_MS;
    const changed = {
      ...spec,
      consent: null,
      phone: `+49 151 5550${String(100 + i)}`,
      updatedAt: new Date(at),
    };
    events.push(
      webhook('customers/update', at, `profile ${i} of ${spec.id}`, () => customerPayload(changed)),
    );
  }
  events.push(...unusedTopics(random, plans));
  const privacy = privacyEvents(known, plans, end);
  return { events: [...events, ...privacy.events], silenced: privacy.silenced };
}

/** Shops subscribe to more than an app reads; each of these is kept and ignored with its reason. */
function unusedTopics(random: Random, plans: OrderPlan[]): WebhookEvent[] {
  const shipped = plans.filter((plan) => plan.shipments.length > 0);
  return Array.from({ length: 9 }, (_, i) => {
    const plan = random.pick(shipped);
    const topic = ['orders/fulfilled', 'returns/update', 'checkouts/create'][i % 3]!;
    const at = plan.shipments[0]!.at + HOUR_MS;
    return webhook(topic, at, `${topic} ${i} of ${plan.id}`, () => ({
      id: idNumber(plan.id),
      updated_at: new Date(at).toISOString(),
    }));
  });
}

/**
 * One person asks for their data, another is erased, and two accounts turn out to be one.
 * @returns also the orders whose people have nothing more to say: the erased one's
 */
function privacyEvents(
  known: Person[],
  plans: OrderPlan[],
  end: number,
): { events: WebhookEvent[]; silenced: Set<string> } {
  const plansOf = (person: Person) => plans.filter((plan) => plan.person === person);
  const early = known.filter((person) => {
    const [only, ...more] = plansOf(person);
    return (
      only &&
      more.length === 0 &&
      only.returned === null &&
      only.refunds.length === 0 &&
      arrivedAt(only) !== null &&
      arrivedAt(only)! < end - 60 * DAY_MS
    );
  });
  const [asking, erased, kept, merged] = early;
  if (!asking || !erased || !kept || !merged)
    throw new Error('The scenario has too few early customers for its privacy requests.');
  const about = (person: Person) => ({
    shopId: SHOP_ID,
    shopDomain: SHOP.domain,
    customerId: person.spec.id,
    email: person.spec.email ?? null,
    orderIds: plansOf(person).map((plan) => plan.id),
  });
  const events = [
    webhook('customers/data_request', end - 12 * DAY_MS, asking.spec.id, () =>
      dataRequestPayload({ ...about(asking), requestId: '700001' }),
    ),
    webhook('customers/redact', end - 2 * DAY_MS, erased.spec.id, () => customerRedactPayload(about(erased))),
    webhook('customers/merge', end - 30 * DAY_MS, kept.spec.id, () =>
      mergePayload({ keptId: kept.spec.id, deletedId: merged.spec.id }),
    ),
  ];
  return { events, silenced: new Set([erased, merged].flatMap(plansOf).map((plan) => plan.id)) };
}

/** Deliveries as they really arrive: some twice, some hours late, some in the wrong order. */
export function disturb(random: Random, events: ScriptEvent[]): void {
  const answeredOnThankYou = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'answer' && event.door.kind === 'thank_you')
      answeredOnThankYou.set(event.orderId, event.at);
  }
  for (const event of events) {
    if (event.kind !== 'webhook') continue;
    const luck = random.next();
    if (luck < 0.03) event.copies = luck < 0.005 ? 2 : 1;
    else if (luck < 0.045) event.at += Math.round(random.between(0.5, 7) * HOUR_MS);
    if (event.topic !== 'orders/create') continue;
    // Overtaken by its own orders/paid.
    if (luck > 0.97) event.at += 90_000;
    const answered = answeredOnThankYou.get(event.subject);
    // A shopper can be faster than Shopify's queue.
    if (answered !== undefined && random.chance(0.2))
      event.at = Math.max(event.at, answered + random.whole(20, 200) * 1000);
  }
}
