import { ChoiceList, IndexFilters, IndexFiltersMode, useSetIndexFiltersMode } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { ResponseFilter } from '../infra/db/reads/response-views.ts';
import {
  isNarrowed,
  isUsualPeriod,
  periodLabel,
  PERIODS,
  periodValue,
  RESPONSE_VIEWS,
  rewardValue,
  ROUTE_CHOICES,
  wholeView,
} from './response-filter.ts';
import { routeLabel, SURFACE_CHOICES, surfaceLabel, SURVEY_CHOICES, surveyLabel } from './words.ts';

interface FiltersProps {
  filter: ResponseFilter;
  loading: boolean;
  onChange: (next: ResponseFilter, options?: { replace: boolean }) => void;
}

/** One choice of a filter that is a list of codes. */
interface Choices {
  key: 'kind' | 'surface' | 'route' | 'reward' | 'period';
  label: string;
  choices: { label: string; value: string }[];
  /** The chosen value; null for none. */
  value: string | null;
  set: (value: string | null) => ResponseFilter;
}

/** Views, filters and the search in comments; all of them stand in the address. */
export function ResponseFilters({ filter, loading, onChange }: FiltersProps) {
  const narrowed = isNarrowed(filter);
  const { mode, setMode } = useSetIndexFiltersMode(
    narrowed ? IndexFiltersMode.Filtering : IndexFiltersMode.Default,
  );
  useEffect(() => {
    // What narrows the list is always in sight. The way back is Cancel: whoever empties the search types on.
    if (narrowed) setMode(IndexFiltersMode.Filtering);
  }, [narrowed, setMode]);
  const search = useTyped(filter.search, (text) => onChange({ ...filter, search: text }, { replace: true }));
  /** A whole view; what was being typed goes with the filters. */
  const show = (view: ResponseFilter['view']) => {
    search.type('');
    onChange(wholeView(view));
  };
  const clear = () => show(filter.view);
  const all = choicesOf(filter);
  return (
    <IndexFilters
      // Below the cards above it, it would take itself for scrolled away and cover the heading.
      disableStickyMode
      tabs={RESPONSE_VIEWS.map(({ id, label }) => ({ id, content: label, isLocked: true, actions: [] }))}
      selected={RESPONSE_VIEWS.findIndex((entry) => entry.id === filter.view)}
      onSelect={(index) => show(RESPONSE_VIEWS[index]?.id ?? 'all')}
      filters={all.map(({ key, label, choices, value, set }) => ({
        key,
        label,
        shortcut: true,
        filter: (
          <ChoiceList
            title={label}
            titleHidden
            choices={choices}
            selected={value ? [value] : []}
            onChange={([chosen]) => onChange(set(chosen ?? null))}
          />
        ),
      }))}
      appliedFilters={all.flatMap(({ key, label, choices, value, set }) =>
        value === null || (key === 'period' && isUsualPeriod(filter.days))
          ? []
          : [
              {
                key,
                label: `${label}: ${choices.find((choice) => choice.value === value)?.label ?? value}`,
                onRemove: () => onChange(set(null)),
              },
            ],
      )}
      onClearAll={clear}
      queryValue={search.typed}
      queryPlaceholder="Search in comments"
      onQueryChange={search.type}
      onQueryClear={() => search.type('')}
      cancelAction={{ onAction: clear }}
      mode={mode}
      setMode={setMode}
      loading={loading}
      canCreateNewView={false}
      // Escape in the dialog of an answer would clear the filters behind it.
      disableKeyboardShortcuts
    />
  );
}

function choicesOf(filter: ResponseFilter): Choices[] {
  const listed = (codes: readonly string[], label: (code: string) => string) =>
    codes.map((value) => ({ value, label: label(value) }));
  return [
    {
      key: 'kind',
      label: 'Survey',
      choices: listed(SURVEY_CHOICES, surveyLabel),
      value: filter.kind,
      set: (kind) => ({ ...filter, kind }),
    },
    {
      key: 'surface',
      label: 'Answered on',
      choices: listed(SURFACE_CHOICES, surfaceLabel),
      value: filter.surface,
      set: (surface) => ({ ...filter, surface }),
    },
    {
      key: 'route',
      label: 'Answer',
      choices: listed(ROUTE_CHOICES, routeLabel),
      value: filter.route,
      set: (route) => ({ ...filter, route }),
    },
    {
      key: 'reward',
      label: 'Reward',
      choices: [
        { value: rewardValue(true), label: 'Given for a reward' },
        { value: rewardValue(false), label: 'Without a reward' },
      ],
      value: filter.rewarded === null ? null : rewardValue(filter.rewarded),
      set: (value) => ({ ...filter, rewarded: value === null ? null : value === rewardValue(true) }),
    },
    {
      key: 'period',
      label: 'Period',
      choices: PERIODS.map((days) => ({ value: periodValue(days), label: periodLabel(days) })),
      value: periodValue(filter.days),
      set: (value) => ({
        ...filter,
        days: value === null ? wholeView(filter.view).days : value === 'all' ? null : Number(value),
      }),
    },
  ];
}

const PAUSE_MS = 400;

/** A text that is committed once the typing pauses, and follows the address when that changes by itself. */
function useTyped(value: string, commit: (text: string) => void) {
  const [typed, type] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    type(value);
  }, [value]);
  useEffect(() => {
    const text = typed.trim();
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      commit(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, commit]);
  return { typed, type };
}
