import { expect, test } from 'vitest';
import { mapWebhook } from '#app/infra/shopify/webhook-mapper.ts';
import type { Script, WebhookEvent } from '../script.ts';
import { generatedScript } from './generate.ts';
import { createRandom } from './random.ts';

const script = generatedScript();
const webhooks = (of: Script) => of.events.filter((event): event is WebhookEvent => event.kind === 'webhook');
const written = (of: Script) =>
  of.events.map((event) =>
    event.kind === 'webhook' ? [event.at, event.webhookId, event.topic, event.copies, event.body()] : event,
  );

test('the same seed gives the same script, another seed another', () => {
  const again = generatedScript();
  expect(written(again)).toEqual(written(script));
  expect([...again.mailAnswers]).toEqual([...script.mailAnswers]);
  expect(written(generatedScript('another')).length).not.toBe(0);
  expect(JSON.stringify(written(generatedScript('another')))).not.toBe(JSON.stringify(written(script)));
});

test('about 800 orders of some 420 customers in 100 days', () => {
  expect(script.counts.orders).toBeGreaterThan(750);
  expect(script.counts.orders).toBeLessThan(880);
  expect(script.counts.customers).toBeGreaterThan(400);
  expect(script.counts.customers).toBeLessThan(440);
  const placed = webhooks(script).filter(({ topic }) => topic === 'orders/create');
  const days = (placed.at(-1)!.triggeredAt - script.startAt.getTime()) / 86_400_000;
  expect(days).toBeGreaterThan(95);
  expect(days).toBeLessThanOrEqual(100);
});

test('every webhook is one that the app reads, except those it says it ignores', () => {
  const outcomes = new Map<string, number>();
  for (const event of webhooks(script)) {
    const { outcome } = mapWebhook(
      event.topic,
      new TextEncoder().encode(event.body()),
      new Date(event.triggeredAt),
    );
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  expect(outcomes.get('unreadable')).toBeUndefined();
  expect(outcomes.get('ignored')).toBe(9);
});

test('every stage is exercised', () => {
  const topics = new Set(webhooks(script).map(({ topic }) => topic));
  const needed =
    'customers/create customers/update customers/merge customers_email_marketing_consent/update customers/data_request customers/redact ' +
    'orders/create orders/paid orders/updated orders/edited orders/cancelled fulfillments/create fulfillments/update ' +
    'fulfillment_events/create refunds/create returns/request returns/approve returns/process returns/close';
  expect(needed.split(' ').filter((topic) => !topics.has(topic))).toEqual([]);
  const bodies = webhooks(script).map((event) => event.body());
  for (const words of [
    '"test":true',
    '"source_name":"pos"',
    '"requires_shipping":false',
    '"customer":null',
    '"note":"Goodwill"',
  ]) {
    expect(
      bodies.some((body) => body.includes(words)),
      words,
    ).toBe(true);
  }
  expect(webhooks(script).some(({ copies }) => copies > 0)).toBe(true);
  expect(webhooks(script).some(({ at, triggeredAt }) => at - triggeredAt > 1_800_000)).toBe(true);
  const doors = script.events.flatMap((event) => (event.kind === 'answer' ? [event.door] : []));
  expect(doors.some((door) => door.kind === 'thank_you' && door.customerId === null)).toBe(true);
  expect(doors.some((door) => door.kind === 'storefront')).toBe(true);
});

test('some answers on the thank-you page come before their order', () => {
  const created = new Map(
    webhooks(script)
      .filter(({ topic }) => topic === 'orders/create')
      .map((event) => [event.subject, event.at]),
  );
  const early = script.events.filter(
    (event) =>
      event.kind === 'answer' &&
      event.door.kind === 'thank_you' &&
      event.at < (created.get(event.orderId) ?? 0),
  );
  expect(early.length).toBeGreaterThan(3);
});

test('ids of deliveries are unique, and events are in order of time after the installation', () => {
  const ids = webhooks(script).map(({ webhookId }) => webhookId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(
    script.events.every((event, i, all) => event.at >= (all[i - 1]?.at ?? script.startAt.getTime())),
  ).toBe(true);
});

test('answers are plausible as a whole: CSAT around 4.2, NPS around 35', () => {
  const of = (survey: string) =>
    [...script.mailAnswers].filter(([key]) => key.endsWith(`:${survey}`)).map(([, answer]) => answer.rating);
  const csat = [...of('delivery'), ...of('usage')];
  const mean = csat.reduce((sum, rating) => sum + rating, 0) / csat.length;
  expect(mean).toBeGreaterThan(3.95);
  expect(mean).toBeLessThan(4.45);
  const nps = of('relationship');
  const net =
    (100 * (nps.filter((rating) => rating >= 9).length - nps.filter((rating) => rating <= 6).length)) /
    nps.length;
  expect(net).toBeGreaterThan(22);
  expect(net).toBeLessThan(48);
});

test('the generator of chance repeats itself and keeps to its ranges', () => {
  const [a, b] = [createRandom('x'), createRandom('x')];
  expect(Array.from({ length: 50 }, () => a.next())).toEqual(Array.from({ length: 50 }, () => b.next()));
  const whole = Array.from({ length: 500 }, () => a.whole(3, 5));
  expect([...new Set(whole)].sort()).toEqual([3, 4, 5]);
  expect(a.fork('p').next()).toBe(b.fork('p').next());
});
