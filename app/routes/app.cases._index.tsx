import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRouteError } from '@remix-run/react';
import { Card, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { caseView } from '../components/case-views.ts';
import { CaseTable } from '../components/case-table.tsx';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { showEscalations } from '../services/show-escalations.ts';

const PAGE_SIZE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, staffId, admin } = await adminContext(request);
  const { searchParams } = new URL(request.url);
  const view = caseView(searchParams);
  const [page, counts] = await Promise.all([
    admin.cases(shopId, { view, staffId, after: searchParams.get('after') }, PAGE_SIZE),
    admin.caseCounts(shopId, staffId),
  ]);
  const caseIds = page.rows.map(({ id }) => id);
  const escalating = (await showEscalations({ admin }, { shopId, caseIds })).map(({ caseId }) => caseId);
  return { ...pageBasics(shop), view, page, counts, escalating };
}

/** What must be answered next? */
export default function CasesPage() {
  const data = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const loading = useNavigation().state === 'loading';
  return (
    <Page
      fullWidth
      title="Cases"
      subtitle="Every unhappy answer gets a person. The next one due stands first."
    >
      <TitleBar title="Cases" />
      <Card padding="0">
        <CaseTable {...data} loading={loading} go={navigate} goBack={() => navigate(-1)} />
      </Card>
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
