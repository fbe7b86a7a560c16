/** Reads ratings: of one thing, and of each line of an order. */
import { normalise } from '../normalise.ts';
import type { RatingQuestion } from '../question-types.ts';
import { RATING_SCALES } from '../question-types.ts';
import { isOnScale, SCALE_RANGE } from '../routing.ts';
import type { Complaints, RawAnswer, Read, ReadRating } from './reader.ts';

/** A whole number on the question's scale; "4" counts as 4. */
export function readRating(question: RatingQuestion, raw: RawAnswer, complain: Complaints): Read {
  const { id: questionId, metric = null } = question;
  if (raw.parts.size > 0 || typeof raw.value === 'boolean' || typeof raw.value === 'object') {
    return complain.wrongType();
  }
  const rating = ratingOf(question, raw.value);
  if (!rating) return { faults: [offScale(question, complain)] };
  return { answer: { kind: 'rating', questionId, metric, ...rating }, value: rating.value };
}

/** One rating per line; lines that were left out stay unrated, lines of other orders are refused. */
export function readLines(
  question: RatingQuestion,
  raw: RawAnswer,
  lineIds: readonly string[],
  complain: Complaints,
): Read {
  if (raw.value !== undefined && raw.value !== '') return complain.wrongType();
  const { id: questionId, metric = null } = question;
  const given = [...raw.parts].filter(([, value]) => String(value).trim() !== '');
  const read = given.map(([lineId, value]) => ({ lineId, rating: ratingOf(question, value) }));
  const faults = read.flatMap(({ lineId, rating }) => {
    if (!lineIds.includes(lineId)) return [complain.fault('out_of_range', 'error.unknown_line', {}, lineId)];
    return rating ? [] : [offScale(question, complain, lineId)];
  });
  if (faults.length > 0) return { faults };
  const ratings = read.flatMap(({ lineId, rating }) => (rating ? [{ lineId, ...rating }] : []));
  return {
    answer: { kind: 'lines', questionId, metric, ratings },
    value: Object.fromEntries(ratings.map(({ lineId, value }) => [lineId, value])),
  };
}

function ratingOf(question: RatingQuestion, raw: number | string | undefined): ReadRating | null {
  const scale = RATING_SCALES[question.type];
  const value = typeof raw === 'number' ? raw : /^\d{1,2}$/.test((raw ?? '').trim()) ? Number(raw) : NaN;
  return isOnScale(scale, value) ? { scale, value, normalised: normalise(scale, value) } : null;
}

const offScale = (question: RatingQuestion, complain: Complaints, part?: string) =>
  complain.fault('out_of_range', 'error.out_of_range', SCALE_RANGE[RATING_SCALES[question.type]], part);
