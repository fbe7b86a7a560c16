import type { FieldError } from '../domain/surveys/contract.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import { translate } from '../domain/surveys/texts.ts';
import {
  MAX_UPLOAD_BYTES,
  MAX_UPLOAD_MB,
  MAX_UPLOADS_PER_LINK,
  mediaTypeOf,
  UPLOAD_FORMATS,
  UPLOAD_KIND_OF,
} from '../domain/surveys/uploads.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { SubmitAnswerOutcome } from './accept-answer.ts';
import { isUuid, occasionOf } from './open-survey.ts';
import { closedNow } from './submit-answer.ts';
import type { Deps } from './deps.ts';

export type TakeUploadOutcome =
  /** The answer may name it from now on, for a day. */
  | { outcome: 'stored'; uploadId: string }
  | { outcome: 'invalid'; errors: FieldError[] }
  | Exclude<SubmitAnswerOutcome, { outcome: 'stored' | 'updated' | 'invalid' }>;

/**
 * A picture or a voice note for an answer that is still to be sent, through a mailed link. What it is, its first bytes
 * say. The body is only read once the link and the question are known to be good.
 * @param input.read the whole body; null when it did not come whole
 */
export async function takeUpload(
  deps: Pick<Deps, 'links' | 'surveys' | 'tokens' | 'rateLimit' | 'uploads' | 'newId'>,
  input: {
    shopId: string;
    token: string;
    client: string | null;
    /** As the page showed it. */
    edition: string | null;
    questionId: string;
    read: () => Promise<Uint8Array | null>;
  },
): Promise<TakeUploadOutcome> {
  const { shopId, questionId } = input;
  const hash = isUuid(shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  const verdict = await deps.rateLimit.consume({
    uploadBySubject: hash && `link:${hash.toString('hex')}`,
    uploadByAddress: input.client,
  });
  if (verdict.outcome === 'limited') {
    return { outcome: 'rate_limited', retryAfterSeconds: verdict.retryAfterSeconds };
  }
  const link = hash && (await deps.links.find(shopId, hash));
  if (!link || link.state !== 'open' || link.shop.status !== 'installed') return closedNow(deps, input);
  const { shop, locale } = link;
  const edition = parseEdition(link.edition ?? input.edition);
  const survey = await surveyFor(deps, shop, occasionOf(link), edition);
  if (!survey) return { outcome: 'expired', brand: brandOf(shop), locale };
  const refuse = (
    code: FieldError['code'],
    textId: string,
    params: Record<string, string | number> = {},
  ): TakeUploadOutcome => ({
    outcome: 'invalid',
    errors: [{ field: questionId, code, message: translate(survey.view.locale, textId, params) }],
  });

  const question = survey.view.questions.find(({ id, silent }) => id === questionId && !silent);
  const kind = question && UPLOAD_KIND_OF[question.type];
  if (!kind) return refuse('unknown_question', 'error.unknown_question');
  const bytes = await input.read();
  if (!bytes) return refuse('unreadable', 'error.file_failed');
  if (bytes.length > MAX_UPLOAD_BYTES[kind]) {
    return refuse('out_of_range', 'error.file_size', { max: MAX_UPLOAD_MB[kind] });
  }
  const mediaType = mediaTypeOf(kind, bytes);
  if (!mediaType) return refuse('wrong_type', 'error.file_type', { formats: UPLOAD_FORMATS[kind] });
  const uploadId = deps.newId();
  const stored = await deps.uploads.storeByLink(
    shop.id,
    { tokenHash: hash, most: MAX_UPLOADS_PER_LINK },
    { uploadId, questionId, kind, mediaType, bytes },
  );
  if (stored === 'refused') return closedNow(deps, input);
  if (stored === 'too_many') {
    return refuse('out_of_range', 'error.too_many', { max: MAX_UPLOADS_PER_LINK });
  }
  return { outcome: 'stored', uploadId };
}
