/**
 * The script of the hosted page: one question at a time, and what is answered is kept on the way. The form works without
 * it. Its parts are typed functions that refer to nothing around them, and what the page runs is their text; so there is
 * no build step for it, and no file to load.
 */
import { askOneByOne } from './ask-one-by-one.ts';
import { keepAnswers } from './keep-answers.ts';
import { rankByTapping } from './rank-by-tapping.ts';
import { shownIds } from './shown-ids.ts';

/** A function's text without indentation and without comments that have lines of their own. */
const textOf = (part: object) =>
  String(part)
    .replace(/^\s+/gm, '')
    .replace(/^(\/\/|\/\*\*).*\n/gm, '');

export const SURVEY_SCRIPT = `(${textOf(askOneByOne)})(document.querySelector('form'),{shownIds:${textOf(shownIds)},keepAnswers:${textOf(keepAnswers)},rankByTapping:${textOf(rankByTapping)}})`;
