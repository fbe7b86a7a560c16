/**
 * Files that a shopper adds to an answer: what is taken, how large, how many. What a file is, its first bytes say; what
 * the sender calls it counts for nothing (docs/decisions/023-uploads-in-postgresql.md).
 */
import type { QuestionType } from './contract.ts';

export type UploadKind = 'image' | 'voice';

/** What the questions that ask for files take. */
export const UPLOAD_KIND_OF: Partial<Record<QuestionType, UploadKind>> = {
  image_upload: 'image',
  voice_note: 'voice',
};

const MB = 1024 * 1024;
/** A photo of a phone, and five minutes of speech, are well below. */
export const MAX_UPLOAD_MB: Readonly<Record<UploadKind, number>> = { image: 8, voice: 3 };
export const MAX_UPLOAD_BYTES: Readonly<Record<UploadKind, number>> = {
  image: MAX_UPLOAD_MB.image * MB,
  voice: MAX_UPLOAD_MB.voice * MB,
};

/** For one survey of one order, also those that were taken back. */
export const MAX_UPLOADS = 10;

/** As shoppers know the formats. */
export const UPLOAD_FORMATS: Readonly<Record<UploadKind, string>> = {
  image: 'JPEG / PNG / WebP / HEIC',
  voice: 'WebM / Ogg / M4A / AAC',
};

/** Bytes that tell one format from another, one character each. */
const HEAD_BYTES = 64;

const FORMATS: readonly { kind: UploadKind; mediaType: string; is: (head: string) => boolean }[] = [
  { kind: 'image', mediaType: 'image/jpeg', is: (head) => head.startsWith('\xff\xd8\xff') },
  { kind: 'image', mediaType: 'image/png', is: (head) => head.startsWith('\x89PNG\r\n\x1a\n') },
  {
    kind: 'image',
    mediaType: 'image/webp',
    is: (head) => head.startsWith('RIFF') && head.startsWith('WEBP', 8),
  },
  {
    kind: 'image',
    mediaType: 'image/heic',
    is: (head) => brandsOf(head).some((brand) => /^(hei[cmsx]|hev[cmsx])$/.test(brand)),
  },
  // Matroska is its parent and begins alike.
  {
    kind: 'voice',
    mediaType: 'audio/webm',
    is: (head) => head.startsWith('\x1aE\xdf\xa3') && head.includes('webm'),
  },
  { kind: 'voice', mediaType: 'audio/ogg', is: (head) => head.startsWith('OggS') },
  {
    kind: 'voice',
    mediaType: 'audio/mp4',
    is: (head) => /^(M4[AB] |isom|iso[2-9]|mp4[12]|dash)$/.test(brandsOf(head)[0] ?? ''),
  },
  { kind: 'voice', mediaType: 'audio/aac', is: (head) => /^\xff[\xf0\xf1\xf8\xf9]/.test(head) },
];

/** The media type of `bytes` as far as a question of this kind takes it; null: it does not. */
export function mediaTypeOf(kind: UploadKind, bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  return FORMATS.find((format) => format.kind === kind && format.is(head))?.mediaType ?? null;
}

/** What a file of the MP4 family says it is, the main one first; the number between them is its version. */
function brandsOf(head: string): string[] {
  if (!head.startsWith('ftyp', 4)) return [];
  const [main = '', , ...others] = head.slice(8).match(/[^]{4}/g) ?? [];
  return [main, ...others];
}
