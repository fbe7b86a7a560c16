import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRouteError } from '@remix-run/react';
import { BlockStack, Card, InlineGrid, Layout, Page, Text } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { BandBar } from '../components/band-bar.tsx';
import { EstimateCard } from '../components/estimate-card.tsx';
import { formatNumber, formatPercent, formatPercentFine } from '../components/format.ts';
import { LatestAnswers } from '../components/latest-answers.tsx';
import { SetupSteps } from '../components/setup-steps.tsx';
import { TodayCard } from '../components/today-card.tsx';
import { QueueHealth } from '../components/queue-health.tsx';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { showOverview } from '../services/show-overview.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, now, admin } = await adminContext(request);
  return { ...pageBasics(shop), ...(await showOverview({ admin }, { shop, now })) };
}

/** Are my customers happy, and what should I do today? */
export default function HomePage() {
  const page = useLoaderData<typeof loader>();
  const { scores } = page;
  const csatNote =
    scores.csatGood.outcome === 'shown' ? `${formatPercent(scores.csatGood.value)} gave 4 or 5. ` : '';
  return (
    <Page title="Home" subtitle="Answers of the last 90 days">
      <TitleBar title="Aftercare" />
      <BlockStack gap="400">
        <QueueHealth trouble={page.trouble} />
        <TodayCard {...page} />
        <SetupSteps steps={page.steps} />
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
          <EstimateCard
            title="NPS"
            estimate={scores.nps}
            write={(value) => formatNumber(value)}
            note="Good from 40, excellent from 60. "
          />
          <EstimateCard
            title="CSAT, 1 to 5"
            estimate={scores.csat}
            write={(value) => formatNumber(value, 1)}
            fine={(value) => formatNumber(value, 2)}
            note={csatNote}
          />
          <EstimateCard
            title="Response rate"
            estimate={scores.responseRate}
            write={formatPercent}
            fine={formatPercentFine}
            note="Of the surveys sent by e-mail. "
          />
        </InlineGrid>
        <Layout>
          <Layout.Section>
            <Card>
              <BlockStack gap="400">
                <Text as="h2" variant="headingMd">
                  Customers by health
                </Text>
                <BandBar bands={page.bands} />
              </BlockStack>
            </Card>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <LatestAnswers quotes={page.quotes} now={page.now} />
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
