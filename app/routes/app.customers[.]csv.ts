import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { Readable } from 'node:stream';
import { customerFilter } from '../components/customer-filter.ts';
import { adminContext } from '../infra/admin-context.server.ts';
import { exportCustomers } from '../services/export-customers.ts';

/** The customer list as a file, streamed page by page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, admin } = await adminContext(request);
  const filter = customerFilter(new URL(request.url).searchParams);
  const lines = exportCustomers({ admin }, { shopId, currency: shop.currency, filter });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="customers-${filter.view}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
