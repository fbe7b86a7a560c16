import type { LoaderFunctionArgs } from '@remix-run/node';
import { funnelFilter } from '../components/funnel-filter.ts';
import { adminContext } from '../infra/admin-context.server.ts';
import { exportFunnel } from '../services/export-funnel.ts';

/** The funnel of a filter as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, admin, surveys } = await adminContext(request);
  const filter = funnelFilter(new URL(request.url).searchParams);
  return new Response(await exportFunnel({ admin, surveys }, { shop, filter }), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="survey-funnel.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
