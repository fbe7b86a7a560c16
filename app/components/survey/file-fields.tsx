import type { ReactElement } from 'react';
import type { FileLabels } from '../../domain/surveys/contract.ts';
import type { UploadKind } from '../../domain/surveys/uploads.ts';
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_MB, UPLOAD_KIND_OF } from '../../domain/surveys/uploads.ts';
import type { QuestionProps } from './question-field.tsx';

/** What the script needs to know of a question for files. */
export interface FileQuestion {
  kind: UploadKind;
  most: number;
  maxBytes: number;
  /** Of a recording. */
  maxSeconds: number;
  words: FileLabels;
}

/**
 * Pictures, or a voice note. What was sent before stands in the list; adding to it is the script's work
 * (upload-files.ts), and without a script there is nothing but a sentence that says so.
 */
export function FileFields({ question, labels, given }: QuestionProps): ReactElement | null {
  const { id, type, maxFiles = 1, maxSeconds = 0 } = question;
  const kind = UPLOAD_KIND_OF[type];
  const words = labels.files;
  if (!kind || !words) return null;
  const isVoice = kind === 'voice';
  const most = isVoice ? 1 : maxFiles;
  const about: FileQuestion = {
    kind,
    most,
    maxBytes: MAX_UPLOAD_BYTES[kind],
    maxSeconds,
    words: { ...words, tooLarge: words.tooLarge.replace('{max}', String(MAX_UPLOAD_MB[kind])) },
  };
  const sent = [given[id] ?? []].flat().filter((uploadId) => uploadId !== '');
  return (
    <div className="files" data-files={JSON.stringify(about)}>
      <noscript>
        <p className="soft">{words.needsScript}</p>
      </noscript>
      <ul className="file-list">
        {sent.map((uploadId) => (
          <li key={uploadId} className="file">
            <span className="file-name">{words.added}</span>
            <input type="hidden" hidden name={id} value={uploadId} />
          </li>
        ))}
      </ul>
      {isVoice && (
        <>
          <button type="button" className="record" hidden>
            {words.record}
          </button>
          <p className="soft refused" hidden>
            {words.microphoneRefused}
          </p>
          <p className="soft" role="timer" hidden></p>
        </>
      )}
      <label className="choice add" hidden>
        <input type="file" accept={isVoice ? 'audio/*' : 'image/*'} multiple={most > 1} />
        <span>{isVoice ? words.addAudio : words.addPicture}</span>
      </label>
      <p className="hidden-text" role="status"></p>
    </div>
  );
}

/** Only in pages that ask for files. */
export const FILE_STYLE = `.file-list{list-style:none;margin:0;padding:0}
.file{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .75rem;border:1px solid var(--line);border-radius:.6rem;padding:.6rem .75rem;margin-block-end:8px}
.file img{inline-size:4.5rem;block-size:4.5rem;object-fit:cover;border-radius:.4rem}
.file-name{flex:1 1 9rem;min-inline-size:0}
.file-state{display:block;color:var(--soft);font-size:.9rem}
.refused .file-state{color:var(--bad);font-weight:600}
.file button{min-block-size:44px;padding:.25rem .9rem;background:none;color:inherit;border-color:var(--line);font-weight:500}
.add{justify-content:center;border-style:dashed}
.add input{position:absolute;inset:0;inline-size:100%;block-size:100%;opacity:0;cursor:pointer}
.record{display:inline-flex;align-items:center;gap:.6em;margin-block-end:8px}
.record::before{content:"";inline-size:.8em;block-size:.8em;border-radius:50%;background:currentColor}
.record.on::before{border-radius:2px}
[role=timer]{font-variant-numeric:tabular-nums}
`;
