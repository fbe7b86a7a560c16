import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { Readable } from 'node:stream';
import { adminContext } from '../infra/admin-context.server.ts';
import { exportPersonalData } from '../services/export-personal-data.ts';

/** Everything that is stored about the person of a data request, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, shopId, ...services } = await adminContext(request);
  const requestId = params['id'] ?? '';
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  const file = await exportPersonalData(services, { shopId, shopName: shop.name, requestId });
  switch (file.outcome) {
    case 'unknown_request':
      return new Response('There is no such request.', { status: 404, headers });
    case 'nothing_stored':
      return new Response('Nothing is stored about this person.', { status: 404, headers });
    case 'file':
      return new Response(createReadableStreamFromReadable(Readable.from(file.pieces)), {
        headers: {
          ...headers,
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Disposition': `attachment; filename="${file.fileName}"`,
        },
      });
  }
}
