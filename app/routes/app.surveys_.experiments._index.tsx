import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRouteError } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { ExperimentList } from '../components/experiment-list.tsx';
import { PageError } from '../components/page-error.tsx';
import { adminContext } from '../infra/admin-context.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, admin } = await adminContext(request);
  return { rows: await admin.experiments(shop.id), timeZone: shop.timeZone };
}

/** What is being tried out, and what was? */
export default function ExperimentsPage() {
  const { rows, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Experiments"
      subtitle="What makes more customers answer, told from chance."
      backAction={{ content: 'Surveys', url: '/app/surveys' }}
      {...(rows.length > 0 && {
        primaryAction: { content: 'Create experiment', url: '/app/surveys/experiments/new' },
      })}
    >
      <TitleBar title="Experiments" />
      <ExperimentList rows={rows} timeZone={timeZone} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
