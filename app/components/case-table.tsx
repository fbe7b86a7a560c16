import {
  Badge,
  EmptySearchResult,
  IndexTable,
  Tabs,
  Text,
  useBreakpoints,
  UnstyledLink,
} from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { CaseSlice } from '../infra/db/reads/cases.read.server.ts';
import type { CaseRow } from '../infra/db/reads/case-views.ts';
import type { Page } from '../infra/db/reads/views.ts';
import { CASE_VIEWS } from './case-views.ts';
import { ClockChip } from './clock-chip.tsx';
import { formatDay, personName } from './format.ts';
import { foreseenShort } from './predictions/care-words.ts';
import { caseStatus, severityLabel } from './words.ts';

export interface CaseTableProps {
  view: CaseSlice;
  page: Page<CaseRow>;
  counts: Record<CaseSlice, number>;
  /** Ids of those that may escalate. */
  escalating: readonly string[];
  currency: string;
  timeZone: string;
  now: string;
  loading: boolean;
  /** Opens an address of the admin. */
  go: (url: string) => void;
  goBack: () => void;
}

/** The queue of cases by due time; each clock in words. */
export function CaseTable(props: CaseTableProps) {
  const { view, page, counts, escalating, currency, timeZone, now, loading, go, goBack } = props;
  const { smDown } = useBreakpoints();
  const current = CASE_VIEWS.find((entry) => entry.id === view);
  return (
    <>
      <Tabs
        tabs={CASE_VIEWS.map(({ id, label }) => ({ id, content: label, badge: String(counts[id]) }))}
        selected={CASE_VIEWS.findIndex((entry) => entry.id === view)}
        onSelect={(index) => go(`/app/cases?view=${CASE_VIEWS[index]?.id}`)}
      />
      <IndexTable
        condensed={smDown}
        selectable={false}
        loading={loading}
        resourceName={{ singular: 'case', plural: 'cases' }}
        itemCount={page.rows.length}
        headings={[
          { title: 'Case' },
          { title: 'Clock' },
          { title: 'Customer' },
          { title: 'Severity' },
          { title: 'Order value', alignment: 'end' },
          { title: 'Status' },
          { title: 'Owner' },
          { title: 'Opened' },
        ]}
        emptyState={<EmptySearchResult title={current?.empty ?? ''} />}
        pagination={{
          hasPrevious: false,
          onPrevious: goBack,
          hasNext: page.after !== null,
          onNext: () => go(`/app/cases?${new URLSearchParams({ view, after: page.after ?? '' })}`),
        }}
      >
        {page.rows.map((row, index) => (
          <IndexTable.Row id={row.id} key={row.id} position={index}>
            {smDown ? (
              <NarrowCell row={row} marked={escalating.includes(row.id)} currency={currency} now={now} />
            ) : (
              <WideCells
                row={row}
                marked={escalating.includes(row.id)}
                currency={currency}
                timeZone={timeZone}
                now={now}
              />
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </>
  );
}

/** What makes a case pressing; `marked`: it may escalate. */
function Marks({ row, marked }: { row: CaseRow; marked: boolean }) {
  return (
    <>
      {row.critical && <Badge tone="critical">Critical</Badge>}
      {marked && <Badge tone="warning">May escalate</Badge>}
      {row.foreseen && <Badge tone="info">Predicted</Badge>}
    </>
  );
}

function CaseLink({ row }: { row: CaseRow }) {
  return (
    <>
      <UnstyledLink url={`/app/cases/${row.id}`} className="ac-strong-link">
        #{row.number} {row.title}
      </UnstyledLink>
      {row.foreseen && (
        <Text as="p" variant="bodySm" tone="subdued">
          {foreseenShort(row.foreseen)}
        </Text>
      )}
    </>
  );
}

function WideCells({
  row,
  marked,
  currency,
  timeZone,
  now,
}: {
  row: CaseRow;
  marked: boolean;
  currency: string;
  timeZone: string;
  now: string;
}) {
  const status = caseStatus(row.status);
  return (
    <>
      <IndexTable.Cell className="ac-case-title">
        <CaseLink row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <ClockChip entry={row} now={now} />
      </IndexTable.Cell>
      <IndexTable.Cell>{row.customer ? personName(row.customer) : 'Not known'}</IndexTable.Cell>
      <IndexTable.Cell>
        <span className="ac-band-cell">
          {severityLabel(row.severity)}
          <Marks row={row} marked={marked} />
        </span>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {formatMoney(row.valueMinor, currency)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Badge tone={status.tone}>{status.label}</Badge>
      </IndexTable.Cell>
      <IndexTable.Cell>
        {row.ownerName ?? (
          <Text as="span" tone="subdued">
            Nobody
          </Text>
        )}
      </IndexTable.Cell>
      <IndexTable.Cell>{formatDay(row.openedAt, timeZone)}</IndexTable.Cell>
    </>
  );
}

function NarrowCell({
  row,
  marked,
  currency,
  now,
}: {
  row: CaseRow;
  marked: boolean;
  currency: string;
  now: string;
}) {
  return (
    <div className="ac-narrow">
      <CaseLink row={row} />
      <span className="ac-band-cell">
        <ClockChip entry={row} now={now} />
        <Marks row={row} marked={marked} />
      </span>
      <Text as="span" tone="subdued">
        {row.customer ? personName(row.customer) : 'Customer not known'} ·{' '}
        {formatMoney(row.valueMinor, currency)} · {row.ownerName ?? 'nobody owns it'}
      </Text>
    </div>
  );
}
