import { expect, test } from 'vitest';
import type { WebhookDelivery } from '../webhooks.ts';
import { createDelivery } from './deliver.ts';
import type { ScriptEvent, WebhookEvent } from './script.ts';

function webhook(subject: string, topic: string, copies = 0): WebhookEvent {
  return {
    kind: 'webhook',
    at: 0,
    subject,
    topic,
    body: () => `{"id":${subject}}`,
    webhookId: `${subject}/${topic}`,
    triggeredAt: 0,
    copies,
  };
}

function stage(refused: string[] = []) {
  const log: string[] = [];
  const delivery = createDelivery({
    devStoreUrl: 'http://store.test',
    webhooks: {
      deliver: async ({ topic, webhookId }: WebhookDelivery, options) => {
        // A later event of another subject may overtake; one of the same must not.
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`${webhookId} x${1 + (options?.duplicate ?? 0)}`);
        const ok = !refused.includes(topic);
        return { webhookId, ok, statuses: [ok ? 200 : 503] };
      },
    },
    answer: async (event) => {
      if (refused.includes('answer')) throw new Error('The answer was refused.');
      return event.door.kind;
    },
    act: async ({ fields }) => void log.push(`staff ${fields['act']}`),
    fetch: async (_url, init) => {
      log.push(`store ${String(init?.body)}`);
      return new Response('{}');
    },
  });
  return { delivery, log };
}

const answer: ScriptEvent = {
  ...{ kind: 'answer', at: 0, subject: '9', orderId: '9', survey: 'usage' },
  ...{ door: { kind: 'thank_you', customerId: null }, answer: { rating: 5, comment: null } },
} as ScriptEvent;

test('the store learns of the webhooks first, then they go out in the order of their subject', async () => {
  const { delivery, log } = stage();
  await delivery.deliver([
    webhook('1', 'orders/create', 1),
    webhook('2', 'orders/create'),
    webhook('1', 'orders/paid'),
    answer,
  ]);
  expect(log[0]).toBe(
    'store {"webhooks":[{"topic":"orders/create","body":{"id":1}},{"topic":"orders/create","body":{"id":2}},{"topic":"orders/paid","body":{"id":1}}]}',
  );
  expect(log.filter((line) => line.startsWith('1/'))).toEqual(['1/orders/create x2', '1/orders/paid x1']);
  expect(delivery.answered).toEqual({ storefront: 0, thank_you: 1, mail: 0 });
  expect(delivery.problems).toEqual([]);
});

test('what is refused becomes a sentence, and the play goes on', async () => {
  const { delivery, log } = stage(['orders/create', 'answer']);
  await delivery.deliver([webhook('1', 'orders/create'), webhook('1', 'orders/paid'), answer]);
  expect(delivery.problems.toSorted()).toEqual([
    'The answer was refused.',
    'The app answered 503 to orders/create of 1 (1 attempts).',
  ]);
  expect(log.at(-1)).toBe('1/orders/paid x1');
});
