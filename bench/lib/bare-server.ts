import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

/**
 * The baseline of the intake benchmark: plain Node, checks the signature, inserts one row
 * into the same database, answers. No framework, no queue, no log.
 */
const secret = process.env['SHOPIFY_API_SECRET'] ?? '';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 12 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, webhook_id text, body bytea)',
);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const expected = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(String(request.headers['x-shopify-hmac-sha256'] ?? ''), 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    pool
      .query({
        name: 'bare',
        text: 'INSERT INTO bench_bare (webhook_id, body) VALUES ($1, $2)',
        values: [request.headers['x-shopify-webhook-id'], body],
      })
      .then(
        () => response.writeHead(200).end(),
        () => response.writeHead(503).end(),
      );
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.({ type: 'listening' }));
process.on('SIGTERM', () => process.exit(0));
