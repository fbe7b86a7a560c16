/** Reads answers that were uploaded before: the answer only names them. */
import type { QuestionOf } from '../question-types.ts';
import type { Complaints, RawAnswer, Read } from './reader.ts';

/** As the upload door makes them; whose upload it is, and whether it is there, is looked at when the answer is stored. */
const UPLOAD_ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

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
