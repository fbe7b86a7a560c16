import type { ActionFunctionArgs } from '@remix-run/node';
import { deps } from '../infra/deps.server.ts';
import { ingestWebhook } from '../services/ingest-webhook.ts';

/** The door of every Shopify webhook: verify, store, acknowledge. Nothing is read or decided here. */
export async function action({ request }: ActionFunctionArgs) {
  const services = deps();
  const read = await services.readWebhook(request);
  if (read.kind === 'refused') return new Response(`${read.message}\n`, { status: read.status });
  try {
    await ingestWebhook(services, read.delivery);
    return new Response(null, { status: 200 });
  } catch (error) {
    services.log.error(
      { err: error, topic: read.delivery.topic },
      'A webhook could not be stored; Shopify sends it again.',
    );
    return new Response('The delivery could not be stored; send it again.\n', { status: 503 });
  }
}

export function loader() {
  return new Response('Webhooks come by POST.\n', { status: 405, headers: { Allow: 'POST' } });
}
