import type { LoaderFunctionArgs } from '@remix-run/node';
import { adminContext } from '../infra/admin-context.server.ts';
import { isUuid } from '../services/open-survey.ts';

/** A picture or voice note of an answer, for staff. Strangers made it: no browser shall show or run it by itself. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId, uploads } = await adminContext(request);
  const id = params['id'] ?? '';
  const file = isUuid(id) ? await uploads.find(shopId, id) : null;
  const headers = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
  if (!file) return new Response('There is no such file.', { status: 404, headers });
  const [kind, format] = file.mediaType.split('/');
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      ...headers,
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename="${kind}.${format}"`,
    },
  });
}
