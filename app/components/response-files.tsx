import { Button, InlineError } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { ResponseFile } from '../infra/db/reads/response-views.ts';

type State = { step: 'closed' | 'busy' | 'failed' } | { step: 'open'; url: string; unplayable?: boolean };

/** Pictures and voice notes of one answer; each is fetched when somebody wants to see or hear it. */
export function ResponseFiles({ files }: { files: ResponseFile[] }) {
  return (
    <ul className="ac-files">
      {files.map((file) => (
        <li key={file.id}>
          <OneFile file={file} name={nameOf(file, files)} />
        </li>
      ))}
    </ul>
  );
}

/**
 * A plain address would leave the embedded app without its session, and the app serves such files to no page: the bytes
 * are fetched (App Bridge signs the request) and shown from memory.
 */
function OneFile({ file, name }: { file: ResponseFile; name: string }) {
  const [state, setState] = useState<State>({ step: 'closed' });
  const url = state.step === 'open' ? state.url : null;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  async function open() {
    setState({ step: 'busy' });
    try {
      const response = await fetch(`/app/uploads/${file.id}`);
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      setState({ step: 'open', url: URL.createObjectURL(await response.blob()) });
    } catch {
      setState({ step: 'failed' });
    }
  }
  const isOpen = state.step === 'open';
  const act = isOpen ? 'Hide' : file.kind === 'voice' ? 'Play' : 'Show';
  const shown = isOpen && {
    src: state.url,
    // An iPhone's pictures are not known to every browser, nor are some recordings.
    onError: () => setState({ ...state, unplayable: true }),
  };
  return (
    <>
      <Button
        size="slim"
        loading={state.step === 'busy'}
        ariaExpanded={isOpen}
        onClick={() => (isOpen ? setState({ step: 'closed' }) : void open())}
        accessibilityLabel={`${act}: ${name}`}
      >
        {act}
      </Button>{' '}
      <span>
        {name}, {aboutOf(file)}
      </span>
      {state.step === 'failed' && (
        <InlineError message="The file could not be fetched. Try again in a moment." fieldID={file.id} />
      )}
      {isOpen && state.unplayable && (
        <p>This browser cannot show this kind of file. Download it to open it with another program.</p>
      )}
      {shown && !state.unplayable && file.kind === 'image' && (
        <img {...shown} alt={`${name}, as the customer sent it`} className="ac-file" />
      )}
      {shown && !state.unplayable && file.kind === 'voice' && (
        <audio {...shown} controls autoPlay aria-label={name} className="ac-file" />
      )}
      {isOpen && (
        <p>
          <a
            href={state.url}
            download={`${file.id}.${formatOf(file)}`}
            aria-label={`Download: ${name}`}
            className="ac-plain-link"
          >
            Download
          </a>
        </p>
      )}
    </>
  );
}

function nameOf(file: ResponseFile, files: ResponseFile[]): string {
  if (file.kind === 'voice') return 'Voice note';
  const pictures = files.filter(({ kind }) => kind === 'image');
  return pictures.length === 1 ? 'Picture' : `Picture ${pictures.indexOf(file) + 1}`;
}

const formatOf = ({ mediaType }: ResponseFile) => mediaType.split('/')[1] ?? '';

/** "JPEG, 1.2 MB". */
function aboutOf(file: ResponseFile): string {
  const kilobytes = file.sizeBytes / 1024;
  const size =
    kilobytes < 1000 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  return `${formatOf(file).toUpperCase()}, ${size}`;
}
