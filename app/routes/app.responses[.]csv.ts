import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { Readable } from 'node:stream';
import { responseFilter } from '../components/response-filter.ts';
import { adminContext } from '../infra/admin-context.server.ts';
import { exportResponses } from '../services/export-responses.ts';

/** The answers of a filter as a file, streamed page by page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, admin, surveys } = await adminContext(request);
  const filter = responseFilter(new URL(request.url).searchParams);
  const lines = exportResponses({ admin, surveys }, { shopId, filter });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="responses-${filter.view}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
