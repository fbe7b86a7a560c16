import { BlockStack, Card, EmptyState, Text } from '@shopify/polaris';
import type { FunnelFilter } from '../infra/db/reads/funnel-views.ts';
import type { FunnelReport } from '../services/show-funnel.ts';
import { DropOffCard } from './drop-off-card.tsx';
import { FunnelCard, HeldBackCard } from './funnel-card.tsx';
import { funnelUrl } from './funnel-filter.ts';
import { FunnelFilters } from './funnel-filters.tsx';
import { funnelFinding } from './funnel-words.ts';
import { periodLabel } from './response-filter.ts';
import { SurfaceCard } from './surface-card.tsx';

/** How far people come: the invitations, the surfaces, and each edition question by question. */
export function FunnelReportView({
  filter,
  report,
  go,
}: {
  filter: FunnelFilter;
  report: FunnelReport;
  /** Opens an address of the admin. */
  go: (url: string) => void;
}) {
  const { eligible, surfaces, editions } = report;
  return (
    <BlockStack gap="400">
      <Card>
        <FunnelFilters filter={filter} onChange={(next) => go(funnelUrl(next))} />
      </Card>
      {eligible === 0 && surfaces.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <>
          {eligible > 0 ? (
            <FunnelCard report={report} about={dueIn(filter)} />
          ) : (
            <Card>
              <Text as="h2" variant="headingMd">
                {funnelFinding(report)}
              </Text>
            </Card>
          )}
          <HeldBackCard report={report} />
          <SurfaceCard report={report} />
          {editions.map((edition) => (
            <DropOffCard key={`${edition.kind}.${edition.edition}`} funnel={edition} />
          ))}
          {editions.length > 0 && <AboutQuestions />}
        </>
      )}
    </BlockStack>
  );
}

function AboutQuestions() {
  return (
    <Card>
      <Text as="p" variant="bodySm" tone="subdued">
        By question: answers that are finished, or that nobody went on with for 15 minutes. Who went away is
        counted at the first open question after the last answered one. A question that somebody was not shown
        is no drop.
      </Text>
    </Card>
  );
}

const dueIn = ({ days }: FunnelFilter) =>
  days === null ? 'since the beginning' : `due in the ${periodLabel(days).toLowerCase()}`;

/** Why there is nothing, and the one thing that may change that. */
function Nothing({ filter }: { filter: FunnelFilter }) {
  const action =
    filter.days === null
      ? { content: 'See your surveys', url: '/app/surveys' }
      : { content: 'Show all time', url: funnelUrl({ ...filter, days: null }) };
  return (
    <Card>
      <EmptyState heading="Nobody was due for a survey in this period" image="" action={action}>
        <p>
          The funnel begins when the first survey of an order falls due, or somebody answers on your pages.
        </p>
      </EmptyState>
    </Card>
  );
}
