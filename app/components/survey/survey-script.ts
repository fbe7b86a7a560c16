/**
 * The script of the hosted page: one question at a time, and what is answered is kept on the way. The form works without
 * it. Its parts are typed functions that refer to nothing around them, and what the page runs is their text; so there is
 * no build step for it, and no file to load.
 */
import { askOneByOne } from './ask-one-by-one.ts';
import type { QuestionType, SurveyView } from '../../domain/surveys/contract.ts';
import { keepAnswers } from './keep-answers.ts';
import { rankByTapping } from './rank-by-tapping.ts';
import { recordVoice } from './record-voice.ts';
import { shownIds } from './shown-ids.ts';
import { uploadFiles } from './upload-files.ts';

/** A function's text without indentation and without comments that have lines of their own. */
const textOf = (part: object) =>
  String(part)
    .replace(/^\s+/gm, '')
    .replace(/^(\/\/|\/\*\*).*\n/gm, '');

const BASE = { shownIds, keepAnswers, rankByTapping };

/**
 * A function and the parts that it is handed, as the text of a script.
 * @param before what stands before the parts in the call
 */
export const scriptOf = (program: object, parts: object, before = '') =>
  `(${textOf(program)})(${before}{${Object.entries(parts)
    .map(([name, part]) => `${name}:${textOf(part as object)}`)
    .join()}})`;

const scriptWith = (parts: object) => scriptOf(askOneByOne, parts, "document.querySelector('form'),");

export const SURVEY_SCRIPT = scriptWith(BASE);
const WITH_PICTURES = scriptWith({ ...BASE, uploadFiles });
const WITH_VOICE = scriptWith({ ...BASE, uploadFiles, recordVoice });

/** No page carries what its questions do not use. */
export function scriptFor({ questions }: SurveyView): string {
  const asks = (wanted: QuestionType) => questions.some(({ type, silent }) => type === wanted && !silent);
  if (asks('voice_note')) return WITH_VOICE;
  return asks('image_upload') ? WITH_PICTURES : SURVEY_SCRIPT;
}
