import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../domain/surveys/contract.ts';
import { IMPORT_FIELDS, IMPORT_TOOLS } from '../domain/surveys/import/mapping.ts';
import { suggestMapping } from '../domain/surveys/import/tools.ts';
import type { ImportView } from '../infra/db/reads/import-views.ts';
import { ImportCheckCard } from './import-check.tsx';
import { ImportList } from './import-list.tsx';
import { ImportMappingCard, type ReadFile } from './import-mapping.tsx';
import { ImportUploadCard } from './import-upload.tsx';
import { FIELD_LABELS, MEASURE_LABELS, TOOL_LABELS } from './import-words.ts';

const nothing = () => undefined;
const markup = (element: ReactElement) =>
  renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);
const words = (element: ReactElement) =>
  markup(element)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const anImport: ImportView = {
  ...{ id: 'i', tool: 'delighted', status: 'checked', rows: 1_200, fine: 1_000, unmatched: 0, duplicates: 3 },
  ...{ faulty: 197, erased: 0, leftOut: 0, imported: 0, verified: 0, doneAt: null, undoneAt: null },
  errors: [{ line: 12, sentence: 'The rating is empty.' }],
  createdAt: '2026-03-02T09:00:00Z',
  preview: [
    {
      ...{ line: 2, email: 'mia@example.com', orderRef: null, metric: 'nps', rating: 9 },
      ...{ comment: '<b>Soft</b>', answeredAt: '2026-01-05T10:00:00Z' },
    },
  ],
};

const check = (over: Partial<ImportView> = {}) => (
  <ImportCheckCard
    found={{ ...anImport, ...over }}
    {...{ busy: false, gone: false, timeZone: 'UTC', onStart: nothing, onDiscard: nothing }}
  />
);
const list = (imports: ImportView[]) => (
  <ImportList imports={imports} busy={false} timeZone="UTC" onUndo={nothing} />
);

it('has a word for every tool, field and measure', () => {
  expect(Object.keys(TOOL_LABELS)).toEqual([...IMPORT_TOOLS]);
  expect(Object.keys(FIELD_LABELS).sort()).toEqual([...IMPORT_FIELDS].sort());
  expect(Object.keys(MEASURE_LABELS).sort()).toEqual([...METRICS, 'other', 'column'].sort());
});

describe('the check', () => {
  it('says what is fine, what is not, and why; what there is none of is not mentioned', () => {
    const text = words(check());
    expect(text).toContain('1,200 rows from Delighted. Nothing is imported yet.');
    expect(text).toContain('1,000 can be imported');
    expect(text).toContain('Line 12 The rating is empty. And 196 more.');
    expect(text).toContain('NPS 9 of 10 mia@example.com');
    expect(text).not.toMatch(/erased|another question/);
    expect(markup(check())).toContain('&lt;b&gt;Soft&lt;/b&gt;');
  });

  it('of a file with nothing to import offers no import', () => {
    expect(markup(check({ fine: 0 }))).toMatch(
      /<button[^>]*disabled="true"[^>]*>(?:<[^>]+>)*Import 0 answers/,
    );
    expect(markup(check())).not.toContain('disabled="true"');
  });
});

describe('the mapping', () => {
  const header = ['Email', 'Score', 'Survey Type', 'Permalink', 'Question'];
  const file: ReadFile = {
    ...{ outcome: 'read', header, rows: 7, mapping: suggestMapping('delighted', header) },
    ...{ sample: [['mia@example.com', '9', 'NPS', '', 'Why?']], values: [[], [], [], [], ['Why?', 'How?']] },
  };
  const card = (problem?: Parameters<typeof ImportMappingCard>[0]['problem']) => (
    <ImportMappingCard file={file} busy={false} problem={problem} onCheck={nothing} onBack={nothing} />
  );

  it('shows what was recognised with an example, and asks only what it has to', () => {
    const text = words(card());
    expect(text).toContain('7 rows. The columns look like an export of Delighted.');
    expect(text).toContain('For example: mia@example.com');
    expect(text).toMatch(/Answers to which question.*Where the column says CSAT/);
    expect(text).not.toContain('Very easy is');
  });

  it('keeps what was wrong beside it', () => {
    expect(words(card({ outcome: 'choose_dates' }))).toContain('The dates can be read in two ways.');
    expect(words(card({ outcome: 'invalid', sentences: ['Choose the rating.'] }))).toContain(
      'Choose the rating.',
    );
  });
});

it('the file has a label, and a refusal stays beside it', () => {
  const html = markup(<ImportUploadCard refused="The file is empty." busy={false} onFile={nothing} />);
  expect(html).toContain('File of answers');
  expect(html).toContain('The file is empty.');
});

describe('the list', () => {
  it('without imports says what they are for', () => {
    expect(words(list([]))).toContain('Nothing was imported yet.');
  });

  it('offers to undo what is imported or on its way, each by its own name', () => {
    const of = (status: string) => ({ ...anImport, id: status, status, imported: 400, verified: 300 });
    const html = markup(list(['running', 'done', 'undoing', 'undone'].map(of)));
    expect(html.match(/aria-label="Undo the import from Delighted of [^"]+"/g)).toHaveLength(2);
    expect(words(list([of('running')]))).toContain('400 of 1,000 answers');
    expect(words(list([of('done')]))).toContain('400 answers, 300 of customers you know');
  });
});
