import { Banner, Button, InlineGrid, InlineStack, List, Select } from '@shopify/polaris';
import { useState } from 'react';
import type { ImportField, ImportMapping, ImportTool } from '../domain/surveys/import/mapping.ts';
import type { CheckImportOutcome } from '../services/check-import.ts';
import type { ReadImportOutcome } from '../services/read-import.ts';
import { plural } from './format.ts';
import { ImportStep } from './import-step.tsx';
import { FIELD_LABELS, MEASURE_LABELS, TOOL_LABELS, toolLabel } from './import-words.ts';

export type ReadFile = Extract<ReadImportOutcome, { outcome: 'read' }>;

type Measure = ImportMapping['measures'];

const FIELDS = Object.keys(FIELD_LABELS) as ImportField[];
const CSAT: readonly Measure[] = [
  ...([
    'csat_purchase',
    'csat_delivery',
    'csat_product',
    'csat_support',
    'confidence_purchase',
    'other',
  ] as const),
];
const CES: readonly Measure[] = ['ces_support', 'ces_return', 'other'];
const isEffort = ({ measures, cesAs }: ImportMapping) =>
  measures.startsWith('ces_') || (measures === 'column' && cesAs !== 'other');

/** The second step: which column tells what. What was recognised is filled in. */
export function ImportMappingCard({
  file,
  busy,
  problem,
  onCheck,
  onBack,
}: {
  file: ReadFile;
  busy: boolean;
  problem: CheckImportOutcome | undefined;
  onCheck: (mapping: ImportMapping) => void;
  onBack: () => void;
}) {
  const [mapping, setMapping] = useState(file.mapping);
  const set = (change: Partial<ImportMapping>) => setMapping({ ...mapping, ...change });
  const setColumn = (field: ImportField, text: string) => {
    const columns = { ...mapping.columns, [field]: text === '' ? null : Number(text) };
    set({ columns, ...(field === 'question' && { question: null }) });
  };
  const { question } = mapping.columns;
  const questions = question === null ? [] : (file.values[question] ?? []);
  return (
    <ImportStep title="2. What the columns mean" about={aboutFile(file)} follows>
      <Problem problem={problem} />
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
        <Choice
          label="Exported from"
          value={mapping.tool}
          options={TOOL_LABELS}
          onChange={(tool) => set({ tool: tool as ImportTool })}
        />
        {FIELDS.map((field) => (
          <Select
            key={field}
            label={FIELD_LABELS[field]}
            options={columnOptions(file)}
            value={String(mapping.columns[field] ?? '')}
            helpText={exampleOf(file, mapping.columns[field])}
            onChange={(text) => setColumn(field, text)}
          />
        ))}
        {questions.length > 1 && (
          <Select
            label="Answers to which question"
            options={[
              { value: '', label: 'Every question' },
              ...questions.map((value) => ({ value, label: value })),
            ]}
            value={mapping.question ?? ''}
            onChange={(value) => set({ question: value === '' ? null : value })}
          />
        )}
        <Choice
          label="The rating measures"
          value={mapping.measures}
          options={MEASURE_LABELS}
          onChange={(measures) => set({ measures: measures as Measure })}
        />
        {mapping.measures === 'column' && (
          <>
            <Choice
              label="Where the column says CSAT"
              value={mapping.csatAs}
              options={only(CSAT)}
              onChange={(value) => set({ csatAs: value as ImportMapping['csatAs'] })}
            />
            <Choice
              label="Where the column says CES"
              value={mapping.cesAs}
              options={only(CES)}
              onChange={(value) => set({ cesAs: value as ImportMapping['cesAs'] })}
            />
          </>
        )}
        {isEffort(mapping) && (
          <Choice
            label="Very easy is"
            value={mapping.easyIs}
            options={{ low: '1', high: '7' }}
            onChange={(value) => set({ easyIs: value as ImportMapping['easyIs'] })}
          />
        )}
        <Choice
          label="Dates such as 03/04/2026"
          value={mapping.dateOrder ?? ''}
          options={{
            '': 'Found from the file',
            month_first: '4 March (month first)',
            day_first: '3 April (day first)',
          }}
          onChange={(value) => set({ dateOrder: (value || null) as ImportMapping['dateOrder'] })}
        />
      </InlineGrid>
      <InlineStack gap="200">
        <Button variant="primary" loading={busy} onClick={() => onCheck(mapping)}>
          Check the file
        </Button>
        <Button onClick={onBack} disabled={busy}>
          Choose another file
        </Button>
      </InlineStack>
    </ImportStep>
  );
}

function aboutFile({ rows, mapping }: ReadFile): string {
  const seen =
    mapping.tool === 'other'
      ? 'The columns are of no tool that is known here: choose what they mean.'
      : `The columns look like an export of ${toolLabel(mapping.tool)}. Check what was recognised.`;
  return `${plural(rows, 'row')}. ${seen}`;
}

function Problem({ problem }: { problem: CheckImportOutcome | undefined }) {
  if (!problem || problem.outcome === 'checked') return null;
  const sentences =
    problem.outcome === 'invalid'
      ? problem.sentences
      : problem.outcome === 'refused'
        ? [problem.sentence]
        : ['The dates can be read in two ways. Choose whether the month or the day comes first.'];
  return (
    <Banner tone="critical" title="The file was not checked yet">
      <List>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Banner>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: Record<string, string>;
  onChange: (value: string) => void;
}) {
  const list = Object.entries(options).map(([key, text]) => ({ value: key, label: text }));
  return <Select label={label} options={list} value={value} onChange={onChange} />;
}

const only = (measures: readonly Measure[]) =>
  Object.fromEntries(measures.map((measure) => [measure, MEASURE_LABELS[measure]]));

function columnOptions({ header }: ReadFile) {
  return [
    { value: '', label: 'No column' },
    ...header.map((name, index) => ({ value: String(index), label: name || `Column ${index + 1}` })),
  ];
}

function exampleOf({ sample }: ReadFile, column: number | null): string | undefined {
  const example = column === null ? '' : (sample.map((cells) => cells[column] ?? '').find(Boolean) ?? '');
  return example === '' ? undefined : `For example: ${example}`;
}
