import type { SentFile, TakeUploadOutcome } from '../../services/accept-file.ts';
import type { SurveyView } from '../../domain/surveys/contract.ts';
import { MAX_UPLOAD_MB } from '../../domain/surveys/uploads.ts';
import { guarded } from './guarded.ts';
import { jsonDoor, submitResponse, TROUBLE } from './json-door.ts';

export const noFilesByGet = () =>
  jsonDoor({
    status: 405,
    body: { outcome: 'unavailable', message: 'Files come by POST.' },
    headers: { Allow: 'POST' },
  });

/** One file as the body, for the question and the edition that the query names. */
export function sentFile(request: Request): SentFile {
  const { searchParams } = new URL(request.url);
  return {
    edition: searchParams.get('edition'),
    questionId: searchParams.get('question') ?? '',
    read: () =>
      request.arrayBuffer().then(
        (body) => new Uint8Array(body),
        () => null,
      ),
  };
}

export function uploadResponse(result: TakeUploadOutcome): Response {
  switch (result.outcome) {
    case 'stored':
      return jsonDoor({ status: 201, body: { outcome: 'stored', id: result.uploadId } });
    case 'invalid':
      return jsonDoor({ status: 422, body: result });
    default:
      return jsonDoor(submitResponse(result));
  }
}

/** A file that the hosted page sends, and what became of it. */
export const fileDoor = (
  log: Parameters<typeof guarded>[0],
  request: Request,
  take: (file: SentFile) => Promise<TakeUploadOutcome>,
): Promise<Response> =>
  guarded(
    log,
    async () => uploadResponse(await take(sentFile(request))),
    () => jsonDoor(TROUBLE),
  );

/** The survey with what a page of the storefront needs beside the words in order to send files: where to, and how large. */
export function withFiles(view: SurveyView, about: { order: string; token: string }): SurveyView {
  const { labels, kind, edition, locale } = view;
  if (!labels.files) return view;
  const query = new URLSearchParams({ kind, edition, locale, ...about });
  const door = { address: `/apps/aftercare/upload?${query}`, megabytes: MAX_UPLOAD_MB };
  return { ...view, labels: { ...labels, files: { ...labels.files, ...door } } };
}
