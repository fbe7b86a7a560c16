import {
  Badge,
  ChoiceList,
  EmptySearchResult,
  IndexFilters,
  IndexFiltersMode,
  IndexTable,
  Text,
  useBreakpoints,
  useSetIndexFiltersMode,
  UnstyledLink,
} from '@shopify/polaris';
import { useEffect } from 'react';
import { formatMoney } from '../domain/core/money.ts';
import type { CustomerFilter } from '../infra/db/reads/customers.read.server.ts';
import type { CustomerRow, Page, ReasonOption } from '../infra/db/reads/views.ts';
import { CUSTOMER_VIEWS, filterParams } from './customer-filter.ts';
import { formatCount, formatDay, formatHealth, formatSigned, personName } from './format.ts';
import { bandLabel, BANDS, bandTone, nextStep, tierLabel } from './words.ts';

/** Health moves smaller than this are not called a trend. */
const TREND_POINTS = 1;

export interface CustomerTableProps {
  filter: CustomerFilter;
  page: Page<CustomerRow>;
  reasons: ReasonOption[];
  /** Whether the value at risk rests on predictions. */
  predicted: boolean;
  currency: string;
  timeZone: string;
  loading: boolean;
  /** Opens an address of the admin. */
  go: (url: string) => void;
}

/** The customers of a view, largest value at risk first. View, filters and page stand in the address. */
export function CustomerTable(props: CustomerTableProps) {
  const { filter, page, reasons, predicted, currency, timeZone, loading } = props;
  const { smDown } = useBreakpoints();
  const go = (params: URLSearchParams) => props.go(`/app/customers?${params}`);
  const turn = (side: 'before' | 'after', cursor: string | null) => {
    const params = filterParams(filter);
    if (cursor) params.set(side, cursor);
    go(params);
  };
  return (
    <>
      <Views
        filter={filter}
        reasons={reasons}
        loading={loading}
        onChange={(next) => go(filterParams(next))}
      />
      <IndexTable
        condensed={smDown}
        selectable={false}
        loading={loading}
        resourceName={{ singular: 'customer', plural: 'customers' }}
        itemCount={page.rows.length}
        headings={[
          { title: 'Customer' },
          { title: 'Health' },
          { title: 'Main reason' },
          { title: `Value at risk (${predicted ? 'predicted' : 'rule'})`, alignment: 'end' },
          { title: 'Last order' },
          { title: 'Next step' },
          { title: 'Owner' },
        ]}
        emptyState={<Nobody filter={filter} />}
        pagination={{
          hasPrevious: page.before !== null,
          onPrevious: () => turn('before', page.before),
          hasNext: page.after !== null,
          onNext: () => turn('after', page.after),
        }}
      >
        {page.rows.map((row, index) => (
          <IndexTable.Row id={row.id} key={row.id} position={index}>
            {smDown ? (
              <NarrowCell row={row} currency={currency} />
            ) : (
              <WideCells row={row} currency={currency} timeZone={timeZone} />
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </>
  );
}

function Views({
  filter,
  reasons,
  loading,
  onChange,
}: Pick<CustomerTableProps, 'filter' | 'reasons'> & {
  loading: boolean;
  onChange: (next: CustomerFilter) => void;
}) {
  const { mode, setMode } = useSetIndexFiltersMode(
    filter.band || filter.reason ? IndexFiltersMode.Filtering : IndexFiltersMode.Default,
  );
  useEffect(() => {
    // Without a filter the saved views must be in sight again, also when the menu led here.
    setMode(filter.band || filter.reason ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  }, [filter.band, filter.reason, setMode]);
  const band = filter.band;
  const reason = reasons.find((entry) => entry.key === filter.reason);
  const applied = [
    ...(band
      ? [
          {
            key: 'band',
            label: `Health: ${bandLabel(band)}`,
            onRemove: () => onChange({ ...filter, band: null }),
          },
        ]
      : []),
    ...(filter.reason
      ? [
          {
            key: 'reason',
            label: `Reason: ${reason?.label ?? filter.reason}`,
            onRemove: () => onChange({ ...filter, reason: null }),
          },
        ]
      : []),
  ];
  const filters = [
    {
      key: 'band',
      label: 'Health',
      shortcut: true,
      filter: (
        <ChoiceList
          title="Health"
          titleHidden
          choices={[
            ...BANDS.map((value) => ({ label: bandLabel(value), value: value as string })),
            { label: bandLabel(null), value: 'unknown' },
          ]}
          selected={band ? [band] : []}
          onChange={([value]) => onChange({ ...filter, band: value ?? null })}
        />
      ),
    },
    {
      key: 'reason',
      label: 'Main reason',
      shortcut: true,
      filter: (
        <ChoiceList
          title="Main reason"
          titleHidden
          choices={reasons.map((entry) => ({
            label: `${entry.label} (${formatCount(entry.customers)})`,
            value: entry.key,
          }))}
          selected={filter.reason ? [filter.reason] : []}
          onChange={([value]) => onChange({ ...filter, reason: value ?? null })}
        />
      ),
    },
  ];
  return (
    <IndexFilters
      tabs={CUSTOMER_VIEWS.map(({ id, label }) => ({ id, content: label, isLocked: true, actions: [] }))}
      selected={CUSTOMER_VIEWS.findIndex((entry) => entry.id === filter.view)}
      onSelect={(index) =>
        onChange({ view: CUSTOMER_VIEWS[index]?.id ?? 'at_risk', band: null, reason: null })
      }
      filters={filters}
      appliedFilters={applied}
      onClearAll={() => onChange({ ...filter, band: null, reason: null })}
      mode={mode}
      setMode={setMode}
      loading={loading}
      canCreateNewView={false}
      hideQueryField
      queryValue=""
      onQueryChange={() => undefined}
      onQueryClear={() => undefined}
      cancelAction={{ onAction: () => onChange({ ...filter, band: null, reason: null }) }}
    />
  );
}

function Nobody({ filter }: { filter: CustomerFilter }) {
  const narrowed = filter.band !== null || filter.reason !== null;
  return (
    <EmptySearchResult
      withIllustration={narrowed}
      title={
        narrowed
          ? 'No customer fits these filters'
          : filter.view === 'all'
            ? 'No customers yet'
            : 'Nobody is on this list'
      }
      description={
        narrowed
          ? 'Remove a filter to see more.'
          : filter.view === 'all'
            ? 'Customers appear here with their first order.'
            : 'Scores are brought up to date within seconds of each order and answer.'
      }
    />
  );
}

function WideCells({ row, currency, timeZone }: { row: CustomerRow; currency: string; timeZone: string }) {
  return (
    <>
      <IndexTable.Cell>
        <CustomerLink row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <HealthCell row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>{row.mainReason ?? '–'}</IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric fontWeight="semibold">
          {valueText(row, currency)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>{row.lastOrderAt ? formatDay(row.lastOrderAt, timeZone) : 'None'}</IndexTable.Cell>
      <IndexTable.Cell>
        <NextStep row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        {row.openCase?.ownerName ?? (
          <Text as="span" tone="subdued">
            Nobody
          </Text>
        )}
      </IndexTable.Cell>
    </>
  );
}

function NarrowCell({ row, currency }: { row: CustomerRow; currency: string }) {
  return (
    <div className="ac-narrow">
      <div className="ac-narrow__top">
        <CustomerLink row={row} />
        <Text as="span" numeric fontWeight="semibold">
          {valueText(row, currency)}
        </Text>
      </div>
      <HealthCell row={row} />
      <Text as="span" tone="subdued">
        {row.mainReason ?? 'No main reason'}
      </Text>
      <NextStep row={row} />
    </div>
  );
}

/** Of whom too little is known, no amount is better than one of 0. */
const valueText = ({ valueAtRiskMinor }: CustomerRow, currency: string): string =>
  valueAtRiskMinor === null ? 'Not known' : formatMoney(valueAtRiskMinor, currency);

function CustomerLink({ row }: { row: CustomerRow }) {
  return (
    <UnstyledLink url={`/app/customers/${row.id}`} className="ac-strong-link">
      {personName(row)}
      {row.tier === 'vip' && <> · {tierLabel(row.tier)}</>}
    </UnstyledLink>
  );
}

function HealthCell({ row }: { row: CustomerRow }) {
  if (row.band === null || row.health === null) return <Badge>{bandLabel(null)}</Badge>;
  const change = row.healthBefore === null ? null : row.health - row.healthBefore;
  return (
    <span className="ac-band-cell">
      <span className="ac-num">{formatHealth(row.health)}</span>
      <Badge tone={bandTone(row.band)}>{bandLabel(row.band)}</Badge>
      {change !== null && Math.abs(change) >= TREND_POINTS && (
        <Text as="span" variant="bodySm" tone="subdued">
          {change > 0 ? '↑' : '↓'} {formatSigned(change, 0)} in 30 days
        </Text>
      )}
    </span>
  );
}

function NextStep({ row }: { row: CustomerRow }) {
  if (!row.openCase) return <span>{nextStep(row)}</span>;
  const verb = row.openCase.status === 'open' ? 'Answer' : 'Solve';
  return (
    <UnstyledLink url={`/app/cases/${row.openCase.id}`} className="ac-plain-link">
      {verb} case #{row.openCase.number}
    </UnstyledLink>
  );
}
