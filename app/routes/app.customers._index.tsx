import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useRouteError } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { CsvButton } from '../components/csv-button.tsx';
import { customerFilter } from '../components/customer-filter.ts';
import { CustomerTable } from '../components/customer-table.tsx';
import { formatCount, plural } from '../components/format.ts';
import { valueBasisText } from '../components/value-words.ts';
import { formatMoney } from '../domain/core/money.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { showValueBasis } from '../services/show-value-basis.ts';

const PAGE_SIZE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, admin } = await adminContext(request);
  const { searchParams } = new URL(request.url);
  const filter = customerFilter(searchParams);
  const cursor = { after: searchParams.get('after'), before: searchParams.get('before') };
  const [page, total, reasons, valueBasis] = await Promise.all([
    admin.customers(shopId, filter, cursor, PAGE_SIZE),
    admin.customerCount(shopId, filter),
    admin.reasons(shopId, filter.view),
    showValueBasis({ admin }, shop),
  ]);
  return { ...pageBasics(shop), filter, page, total, reasons, valueBasis };
}

/** Who is about to leave, what are they worth, what do I do about it? */
export default function CustomersPage() {
  const { filter, page, total, reasons, valueBasis, currency, timeZone } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const loading = useNavigation().state === 'loading';
  return (
    <Page
      fullWidth
      title="Customers"
      subtitle={`${plural(total.customers, 'customer')}, ${formatMoney(total.valueAtRiskMinor, currency)} at risk`}
      primaryAction={
        <CsvButton
          filter={filter}
          disabled={total.customers === 0}
          label={`Export ${formatCount(total.customers)} as CSV`}
        />
      }
    >
      <TitleBar title="Customers" />
      <BlockStack gap="300">
        <Card padding="0">
          <CustomerTable
            filter={filter}
            page={page}
            reasons={reasons}
            predicted={valueBasis.horizonDays !== null}
            currency={currency}
            timeZone={timeZone}
            loading={loading}
            go={navigate}
          />
        </Card>
        <Text as="p" variant="bodySm" tone="subdued">
          {valueBasisText(valueBasis)}
        </Text>
      </BlockStack>
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
