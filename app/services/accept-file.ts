import type { FieldError } from '../domain/surveys/contract.ts';
import { translate } from '../domain/surveys/texts.ts';
import {
  MAX_UPLOAD_BYTES,
  MAX_UPLOAD_MB,
  MAX_UPLOADS,
  mediaTypeOf,
  UPLOAD_FORMATS,
  UPLOAD_KIND_OF,
} from '../domain/surveys/uploads.ts';
import type { NewUpload } from '../infra/db/uploads.repo.server.ts';
import type { SubmitAnswerOutcome } from './accept-answer.ts';
import type { AskedSurvey } from './survey-context.ts';
import type { Deps } from './deps.ts';

export type TakeUploadOutcome =
  /** The answer may name it from now on, for a day. */
  | { outcome: 'stored'; uploadId: string }
  | { outcome: 'invalid'; errors: FieldError[] }
  | Exclude<SubmitAnswerOutcome, { outcome: 'stored' | 'updated' | 'invalid' }>;

/** What a surface sends with a file. */
export interface SentFile {
  /** As the page showed it. */
  edition: string | null;
  questionId: string;
  /** The whole body; null when it did not come whole. Only called once door and question are known to be good. */
  read: () => Promise<Uint8Array | null>;
}

/** The part that all doors for files share. What a file is, its first bytes say. */
export async function acceptFile(
  deps: Pick<Deps, 'newId'>,
  { view }: AskedSurvey,
  { questionId, read }: SentFile,
  door: {
    store: (upload: NewUpload) => Promise<'stored' | 'refused' | 'too_many'>;
    refused: () => Promise<TakeUploadOutcome>;
  },
): Promise<TakeUploadOutcome> {
  const refuse = (
    code: FieldError['code'],
    textId: string,
    params: Record<string, string | number> = {},
  ): TakeUploadOutcome => ({
    outcome: 'invalid',
    errors: [{ field: questionId, code, message: translate(view.locale, textId, params) }],
  });
  const question = view.questions.find(({ id, silent }) => id === questionId && !silent);
  const kind = question && UPLOAD_KIND_OF[question.type];
  if (!kind) return refuse('unknown_question', 'error.unknown_question');
  const bytes = await read();
  if (!bytes) return refuse('unreadable', 'error.file_failed');
  if (bytes.length > MAX_UPLOAD_BYTES[kind]) {
    return refuse('out_of_range', 'error.file_size', { max: MAX_UPLOAD_MB[kind] });
  }
  const mediaType = mediaTypeOf(kind, bytes);
  if (!mediaType) return refuse('wrong_type', 'error.file_type', { formats: UPLOAD_FORMATS[kind] });
  const uploadId = deps.newId();
  const stored = await door.store({ uploadId, questionId, kind, mediaType, bytes });
  if (stored === 'refused') return door.refused();
  if (stored === 'too_many') return refuse('out_of_range', 'error.too_many', { max: MAX_UPLOADS });
  return { outcome: 'stored', uploadId };
}
