import { InlineGrid, Select } from '@shopify/polaris';
import { SURVEY_KINDS } from '../domain/surveys/contract.ts';
import type { FunnelFilter } from '../infra/db/reads/funnel-views.ts';
import { periodLabel, PERIODS, periodValue } from './response-filter.ts';
import { surveyLabel } from './words.ts';

/** Which survey, and how far back; both stand in the address. */
export function FunnelFilters({
  filter,
  onChange,
}: {
  filter: FunnelFilter;
  onChange: (next: FunnelFilter) => void;
}) {
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <Select
        label="Survey"
        options={[
          { value: '', label: 'All surveys' },
          ...SURVEY_KINDS.map((kind) => ({ value: kind, label: surveyLabel(kind) })),
        ]}
        value={filter.kind ?? ''}
        onChange={(chosen) =>
          onChange({ ...filter, kind: SURVEY_KINDS.find((kind) => kind === chosen) ?? null })
        }
      />
      <Select
        label="Period"
        options={PERIODS.map((days) => ({ value: periodValue(days), label: periodLabel(days) }))}
        value={periodValue(filter.days)}
        onChange={(chosen) =>
          onChange({ ...filter, days: PERIODS.find((days) => periodValue(days) === chosen) ?? null })
        }
      />
    </InlineGrid>
  );
}
