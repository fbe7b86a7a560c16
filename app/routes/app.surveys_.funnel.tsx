import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRouteError } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { DownloadButton } from '../components/download-button.tsx';
import { funnelFilter, funnelUrl } from '../components/funnel-filter.ts';
import { FunnelReportView } from '../components/funnel-report.tsx';
import funnelStyles from '../components/funnel.css?url';
import { PageError } from '../components/page-error.tsx';
import { adminContext } from '../infra/admin-context.server.ts';
import { showFunnel } from '../services/show-funnel.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: funnelStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, admin, surveys } = await adminContext(request);
  const filter = funnelFilter(new URL(request.url).searchParams);
  return { filter, report: await showFunnel({ admin, surveys }, { shop, filter }) };
}

/** How many of those we mean to ask answer, and where do we lose the others? */
export default function FunnelPage() {
  const { filter, report } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  return (
    <Page
      title="Funnel"
      subtitle="From who was to be asked to who finished, and where people stop."
      backAction={{ content: 'Surveys', url: '/app/surveys' }}
      primaryAction={
        <DownloadButton
          href={funnelUrl(filter, '.csv')}
          id="csv"
          fileName="survey-funnel.csv"
          label="Export as CSV"
          disabled={report.eligible === 0 && report.surfaces.length === 0}
        />
      }
    >
      <TitleBar title="Funnel" />
      <FunnelReportView filter={filter} report={report} go={navigate} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
