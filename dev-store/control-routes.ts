import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { bodyBytes, bodyFields, handle, queryText, RequestError } from './http/handlers.ts';
import { isObject, objectOf, objectsOf, parseExact, textOf, type Json, type JsonObject } from './json.ts';
import { checkoutToken, idToken } from './jwt.ts';
import type { DevStoreParts } from './server.ts';

const STAFF_USER_ID = '1';

/** Switches of the stand-in itself: state, tokens, throttling, mail trouble, webhooks. Shopify has none of these. */
export function controlRoutes(parts: DevStoreParts): Router {
  const { config, store, tokens, bucket, mail, webhooks } = parts;
  const party = { shop: config.shop.domain, apiKey: config.apiKey, apiSecret: config.apiSecret };
  const router = Router();

  /** Tokens are asked for by the app's pages too, so its origin may read the answer. */
  const allowApp = (request: Request, response: Response) => {
    const origin = request.headers.origin;
    const allowed = [new URL(config.appUrl).origin, parts.baseUrl()];
    if (origin !== undefined && !allowed.includes(origin)) {
      throw new RequestError(403, `Tokens are given to ${allowed.join(' and ')} only.`);
    }
    if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Vary', 'Origin');
    response.setHeader('Cache-Control', 'no-store');
  };
  router.get(
    '/control/id-token',
    handle((request, response) => {
      allowApp(request, response);
      const user = queryText(request, 'user') ?? STAFF_USER_ID;
      response.json({ token: idToken(party, user) });
    }),
  );
  router.get(
    '/control/checkout-token',
    handle((request, response) => {
      allowApp(request, response);
      const customer = queryText(request, 'customer');
      response.json({
        token: checkoutToken(party, customer !== null && /^\d+$/.test(customer) ? customer : null),
      });
    }),
  );

  router.post(
    '/control/throttle',
    handle((request, response) => {
      const calls = Number(bodyFields(request)['calls'] ?? 1);
      bucket.forceThrottle(calls);
      response.json({ calls });
    }),
  );
  router.post(
    '/control/tokens',
    handle((request, response) => {
      const { action } = bodyFields(request);
      if (action !== 'expire' && action !== 'revoke') {
        throw new RequestError(400, 'Give "action" as "expire" (access tokens) or "revoke" (all tokens).');
      }
      tokens.expireAll(action === 'revoke');
      response.json({ action });
    }),
  );
  router.post(
    '/control/mail',
    handle((request, response) => {
      const refuse = Number(bodyFields(request)['refuseNext'] ?? 0);
      mail.refuseNext(refuse);
      response.json({ refuseNext: refuse });
    }),
  );

  router.post(
    '/control/store',
    handle((request, response) => {
      const body = exactObject(request);
      const shop = objectOf(body, 'shop');
      if (shop !== null) {
        config.shop.name = textOf(shop, 'name') ?? config.shop.name;
        config.shop.email = textOf(shop, 'email') ?? config.shop.email;
        config.shop.currencyCode = textOf(shop, 'currencyCode') ?? config.shop.currencyCode;
        config.shop.ianaTimezone = textOf(shop, 'ianaTimezone') ?? config.shop.ianaTimezone;
      }
      for (const customer of objectsOf(body, 'customers')) store.upsertCustomer(customer);
      for (const product of objectsOf(body, 'products')) store.upsertProduct(product);
      for (const order of objectsOf(body, 'orders')) store.upsertOrder(order);
      for (const fulfillment of objectsOf(body, 'fulfillments')) store.upsertFulfillment(fulfillment);
      for (const event of objectsOf(body, 'fulfillmentEvents')) store.applyFulfillmentEvent(event);
      for (const refund of objectsOf(body, 'refunds')) store.upsertRefund(refund);
      for (const hook of objectsOf(body, 'webhooks')) applyHook(hook);
      response.json(counts());
    }),
  );
  /** One call for a webhook's text or its object, so that the store agrees with what the app is told. */
  const applyHook = (hook: JsonObject) => {
    const { body } = hook;
    const parsed = typeof body === 'string' ? safeParse(body) : (body ?? null);
    store.applyWebhook(textOf(hook, 'topic') ?? '', parsed);
  };
  const counts = () =>
    Object.fromEntries(Object.entries(store.records).map(([kind, records]) => [kind, records.size]));
  router.get('/control/store', (_request, response) => {
    response.json({
      shop: config.shop,
      counts: counts(),
      flowTriggers: store.flowTriggers.slice(-100),
      discounts: [...store.records.discount.values()].slice(-100),
    });
  });

  /** Sends one webhook: {topic, body, webhookId?, eventId?, triggeredAt?, shop?, duplicate?, delayMs?}. */
  router.post(
    '/control/webhooks',
    handle(async (request, response) => {
      const fields = exactObject(request);
      const topic = textOf(fields, 'topic');
      if (topic === null) throw new RequestError(400, 'Give "topic", e.g. "orders/create", and "body".');
      const { body } = fields;
      if (typeof body !== 'string')
        throw new RequestError(400, 'Give "body" as text: those bytes are signed and sent.');
      store.applyWebhook(topic, safeParse(body));
      const shop = textOf(fields, 'shop');
      const result = await webhooks.deliver(
        {
          topic,
          body,
          webhookId: textOf(fields, 'webhookId') ?? randomUUID(),
          eventId: textOf(fields, 'eventId') ?? randomUUID(),
          triggeredAt: textOf(fields, 'triggeredAt') ?? new Date().toISOString(),
          ...(shop === null ? {} : { shop }),
        },
        { duplicate: Number(fields['duplicate'] ?? 0), delayMs: Number(fields['delayMs'] ?? 0) },
      );
      response.json(result);
    }),
  );
  return router;
}

function exactObject(request: Request): JsonObject {
  const value = safeParse(bodyBytes(request).toString('utf8'));
  if (isObject(value)) return value;
  throw new RequestError(400, 'The body must be a JSON object.');
}

/** A body that is not JSON is a test case of its own: it is sent, and changes nothing here. */
function safeParse(text: string): Json {
  try {
    return parseExact(text);
  } catch {
    return null;
  }
}
