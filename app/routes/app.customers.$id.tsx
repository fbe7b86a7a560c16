import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRouteError, useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { AskedCard } from '../components/asked-card.tsx';
import { CustomerSide } from '../components/customer-side.tsx';
import { personName } from '../components/format.ts';
import { ForecastCard } from '../components/predictions/forecast-card.tsx';
import { OrderForecasts } from '../components/predictions/order-forecasts.tsx';
import { ScoreCard } from '../components/score-card.tsx';
import { TimelineCard } from '../components/timeline-card.tsx';
import { bandLabel, bandTone, tierLabel } from '../components/words.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { showCustomer } from '../services/show-customer.ts';
import { showOrderForecasts } from '../services/show-order-forecasts.ts';
import { showForecast } from '../services/show-forecast.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, admin, scores } = await adminContext(request);
  const customerId = uuidParam(params.id);
  const [found, forecast, disappointing] = await Promise.all([
    showCustomer({ admin }, { shop, customerId }),
    showForecast({ admin, scores }, { shop, customerId }),
    showOrderForecasts({ admin }, { shop, about: { customerId } }),
  ]);
  if (found.outcome === 'unknown') throw new Response('No such customer.', { status: 404 });
  const { customer, timeline, asked } = found;
  return { ...pageBasics(shop), domain: shop.domain, customer, timeline, asked, forecast, disappointing };
}

function uuidParam(value: string | undefined): string {
  if (value && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return value;
  throw new Response('No such customer.', { status: 404 });
}

/** What happened to this person, and why this score? */
export default function CustomerPage() {
  const { customer, timeline, asked, forecast, disappointing, domain, ...basics } =
    useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const pick = (kind: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (kind) next.set('show', kind);
        else next.delete('show');
        return next;
      },
      { preventScrollReset: true, replace: true },
    );
  const name = customer.redactedAt ? 'Erased customer' : personName(customer);
  const shopifyUrl = customer.shopifyId
    ? `https://admin.shopify.com/store/${domain.replace('.myshopify.com', '')}/customers/${customer.shopifyId}`
    : null;
  return (
    <Page
      title={name}
      titleMetadata={
        <span className="ac-chips">
          <Badge tone={bandTone(customer.band)}>{bandLabel(customer.band)}</Badge>
          <Badge>{tierLabel(customer.tier)}</Badge>
        </span>
      }
      backAction={{ content: 'Customers', url: '/app/customers' }}
      secondaryActions={[
        ...customer.openCases.map((entry) => ({
          content: `Case #${entry.number}`,
          url: `/app/cases/${entry.id}`,
        })),
        ...(shopifyUrl ? [{ content: 'Open in Shopify', url: shopifyUrl, target: '_top' as const }] : []),
      ]}
    >
      <TitleBar title="Customer" />
      <div className="ac-profile">
        <div className="ac-profile__lead">
          <BlockStack gap="400">
            <OrderForecasts orders={disappointing} />
            <ScoreCard customer={customer} predicted={forecast?.valuePredicted ?? false} {...basics} />
            {forecast && <ForecastCard forecast={forecast} highRisk={customer.highRisk} {...basics} />}
          </BlockStack>
        </div>
        <div className="ac-profile__story">
          <TimelineCard entries={timeline} only={params.get('show')} onPick={pick} {...basics} />
        </div>
        <div className="ac-profile__rest">
          <BlockStack gap="400">
            <AskedCard asked={asked} {...basics} />
            <CustomerSide customer={customer} {...basics} />
          </BlockStack>
        </div>
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
