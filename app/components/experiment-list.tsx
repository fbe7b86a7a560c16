import { Badge, BlockStack, Card, EmptyState, Text, UnstyledLink } from '@shopify/polaris';
import type { ExperimentRow } from '../infra/db/reads/experiment-views.ts';
import { DIMENSION_LABELS, EXPERIMENT_STATUS } from './experiment-words.ts';
import { formatDay, plural } from './format.ts';
import { surveyLabel } from './words.ts';

/** What was tried and what runs. */
export function ExperimentList({ rows, timeZone }: { rows: ExperimentRow[]; timeZone: string }) {
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState
          heading="Find out what makes customers answer"
          image=""
          action={{ content: 'Create experiment', url: '/app/surveys/experiments/new' }}
        >
          <p>
            Treat some of your customers otherwise, by lot: ask later in the week, ask other questions,
            promise something. You see how many more of them answer, how sure that is, and whether the score
            may move because other people answer.
          </p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <ul className="ac-list">
        {rows.map((row) => (
          <li key={row.id}>
            <BlockStack gap="050">
              <span>
                <UnstyledLink url={`/app/surveys/experiments/${row.id}`} className="ac-strong-link">
                  {row.name}
                </UnstyledLink>
                <span className="ac-band-cell">
                  <Badge tone={EXPERIMENT_STATUS[row.status].tone}>
                    {EXPERIMENT_STATUS[row.status].label}
                  </Badge>
                  {row.adoptedArm !== null && <Badge tone="success">Adopted</Badge>}
                </span>
              </span>
              <Text as="p" variant="bodySm" tone="subdued">
                {describe(row, timeZone)}
              </Text>
            </BlockStack>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function describe(row: ExperimentRow, timeZone: string): string {
  const { kind, dimension, arms, startedAt, stoppedAt } = row;
  const variants = plural(arms.length - 1, 'variant');
  const when = stoppedAt
    ? `ended ${formatDay(stoppedAt, timeZone)}`
    : startedAt
      ? `since ${formatDay(startedAt, timeZone)}`
      : 'not started';
  return [surveyLabel(kind), DIMENSION_LABELS[dimension], variants, when].join(' · ');
}
