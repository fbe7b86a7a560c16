/** Reads answers that were uploaded before: the answer only names them. */
import type { QuestionOf } from '../question-types.ts';
import type { Complaints, RawAnswer, Read } from './reader.ts';

/** Made by the upload door; whose upload it is, and whether it is there, the door knows. */
const UPLOAD_ID = /^[A-Za-z0-9_-]{16,64}$/;

/** Ids of pictures (as many as the question takes) or of one voice note. */
export function readUploads(
  question: QuestionOf<'image_upload' | 'voice_note'>,
  raw: RawAnswer,
  complain: Complaints,
): Read {
  if (typeof raw.value !== 'string' && !Array.isArray(raw.value)) return complain.wrongType();
  const uploadIds = [...new Set([raw.value].flat())].filter((id) => id !== '');
  if (uploadIds.length === 0) return null;
  if (uploadIds.some((id) => !UPLOAD_ID.test(id))) {
    return { faults: [complain.fault('wrong_type', 'error.upload')] };
  }
  const most = question.type === 'voice_note' ? 1 : question.maxFiles;
  if (uploadIds.length > most) {
    return { faults: [complain.fault('out_of_range', 'error.too_many', { max: most })] };
  }
  const kind = question.type === 'voice_note' ? 'voice' : 'upload';
  return { answer: { kind, questionId: question.id, uploadIds }, value: uploadIds };
}
