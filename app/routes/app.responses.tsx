import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useNavigation, useRouteError } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { DownloadButton } from '../components/download-button.tsx';
import { formatCount } from '../components/format.ts';
import { PageError } from '../components/page-error.tsx';
import { ResponseFeed } from '../components/response-feed.tsx';
import { responseFilter, responseParams } from '../components/response-filter.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { moderateAnswer } from '../services/moderate-answer.ts';
import { showResponses } from '../services/show-responses.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, admin, surveys } = await adminContext(request);
  const { searchParams } = new URL(request.url);
  const filter = responseFilter(searchParams);
  const cursor = { after: searchParams.get('after'), before: searchParams.get('before') };
  const shown = await showResponses({ admin, surveys }, { shopId, filter, cursor });
  return { ...pageBasics(shop), domain: shop.domain, filter, ...shown };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, staffId, ...deps } = await adminContext(request);
  const command = Object.fromEntries(await request.formData());
  return moderateAnswer(deps, { shopId, staffId, command });
}

/** What do they say? */
export default function ResponsesPage() {
  const data = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const loading = useNavigation().state === 'loading';
  const { filter, mix } = data;
  return (
    <Page
      title="Responses"
      subtitle="What customers said, in their own words. The newest answer stands first."
      backAction={{ content: 'Surveys', url: '/app/surveys' }}
      primaryAction={
        <DownloadButton
          href={`/app/responses.csv?${responseParams(filter)}`}
          id="csv"
          fileName={`responses-${filter.view}.csv`}
          label={`Export ${formatCount(mix.n)} as CSV`}
          disabled={mix.n === 0}
        />
      }
    >
      <TitleBar title="Responses" />
      <ResponseFeed {...data} loading={loading} moderating={useFetcher<typeof action>()} go={navigate} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
