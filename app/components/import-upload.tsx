import { Banner, DropZone } from '@shopify/polaris';
import { ImportStep } from './import-step.tsx';

/** The first step: the file. */
export function ImportUploadCard({
  refused,
  busy,
  onFile,
}: {
  refused: string | null;
  busy: boolean;
  onFile: (file: File) => void;
}) {
  return (
    <ImportStep
      title="1. The file"
      about="A CSV export of Delighted, Retently, KnoCommerce, Fairing, Zigpoll or another tool, with the column names in its first line: at most 5 MB and 50,000 rows. It is checked before anything is imported."
    >
      {refused && <Banner tone="critical">{refused}</Banner>}
      <DropZone
        label="File of answers"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        type="file"
        allowMultiple={false}
        disabled={busy}
        onDrop={(_all, accepted, rejected) => {
          const file = accepted[0] ?? rejected[0];
          if (file) onFile(file);
        }}
      >
        <DropZone.FileUpload
          actionTitle="Choose a file"
          actionHint={busy ? 'Reading …' : 'or drop it here'}
        />
      </DropZone>
    </ImportStep>
  );
}
