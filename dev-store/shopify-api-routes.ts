import { Router } from 'express';
import { runGraphql } from './graphql/execute.ts';
import { bodyBytes, bodyFields, handle } from './http/handlers.ts';
import type { Json } from './json.ts';
import type { DevStoreParts } from './server.ts';

const BAD_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)';

/** What the app reaches as https://{shop}/admin/…: OAuth and Admin GraphQL, under /shops/{shop}. */
export function shopifyApiRoutes(parts: DevStoreParts): Router {
  const { config, store, tokens, bucket } = parts;
  const router = Router();

  router.use('/shops/:shop', (request, response, next) => {
    if (request.params.shop === config.shop.domain) next();
    else response.status(404).json({ errors: 'Not Found' });
  });

  router.post(
    '/shops/:shop/admin/oauth/access_token',
    handle((request, response) => {
      const { status, body } = tokens.grant(bodyFields(request));
      response.status(status).json(body);
    }),
  );

  router.post(
    '/shops/:shop/admin/api/:version/graphql.json',
    handle(async (request, response) => {
      const token = request.headers['x-shopify-access-token'];
      const scopes = tokens.scopesOf(typeof token === 'string' ? token : undefined);
      if (scopes === null) {
        response.status(401).json({ errors: BAD_TOKEN });
        return;
      }
      const body = bodyBytes(request).toString('utf8');
      const isDocument = (request.headers['content-type'] ?? '').includes('application/graphql');
      let query: Json;
      try {
        query = isDocument ? { query: body } : (JSON.parse(body) as Json);
      } catch {
        response.status(400).json({ errors: { body: 'The request body is not JSON.' } });
        return;
      }
      const version = request.params['version'] ?? '';
      const { shop, apiKey, extensionsDir } = config;
      const context = { store, shop, apiKey, scopes, baseUrl: parts.baseUrl(), extensionsDir };
      const answer = await runGraphql(version, query, context, bucket);
      response.setHeader('X-Shopify-API-Version', version);
      response.status(answer.status).json(answer.body);
    }),
  );
  return router;
}
