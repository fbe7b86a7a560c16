import type { LoaderFunctionArgs } from '@remix-run/node';
import { adminContext } from '../infra/admin-context.server.ts';
import { exportPredictions } from '../services/export-predictions.ts';

/** The figures behind the charts of the page as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, admin } = await adminContext(request);
  return new Response(await exportPredictions({ admin }, { shop }), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="predictions.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
