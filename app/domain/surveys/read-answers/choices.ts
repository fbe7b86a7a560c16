/** Reads what is picked from a list: one, several, or an order of preference. */
import { cleanText } from '../clean-text.ts';
import type { QuestionOf } from '../question-types.ts';
import { MAX_SHORT_TEXT, optionIds, OTHER } from '../question-types.ts';
import type { Complaints, RawAnswer, Read } from './reader.ts';

/** Option ids, each once. The words beside "other" count only where it is picked. */
export function readChoice(
  question: QuestionOf<'choice' | 'multiple_choice'>,
  raw: RawAnswer,
  complain: Complaints,
): Read {
  const given = listOf(raw.value);
  const several = question.type === 'multiple_choice';
  const offered = optionIds(question);
  if (!several && given.length > 1) return complain.wrongType();
  if (given.some((id) => !offered.includes(id))) {
    return { faults: [complain.fault('out_of_range', 'error.unknown_choice')] };
  }
  if (given.length === 0) return null;
  if (several && question.atMost !== undefined && given.length > question.atMost) {
    return { faults: [complain.fault('out_of_range', 'error.too_many', { max: question.atMost })] };
  }
  const written = raw.parts.get(OTHER);
  if (typeof written === 'number')
    return { faults: [complain.fault('wrong_type', 'error.wrong_type', {}, OTHER)] };
  const wordsCount = question.other !== undefined && given.includes(OTHER);
  const words = wordsCount ? cleanText(written ?? '', MAX_SHORT_TEXT) : '';
  return {
    answer: { kind: 'choice', questionId: question.id, values: given, other: words || null },
    value: several ? given : (given[0] ?? ''),
  };
}

/** Option ids, best first: all of them, or the first few. */
export function readRanking(question: QuestionOf<'ranking'>, raw: RawAnswer, complain: Complaints): Read {
  if (!Array.isArray(raw.value)) return complain.wrongType();
  const order = raw.value.filter((id) => id.trim() !== '');
  const offered = optionIds(question);
  if (order.some((id) => !offered.includes(id))) {
    return { faults: [complain.fault('out_of_range', 'error.unknown_choice')] };
  }
  if (new Set(order).size < order.length) {
    return { faults: [complain.fault('wrong_type', 'error.ranking')] };
  }
  if (order.length === 0) return null;
  return { answer: { kind: 'ranking', questionId: question.id, order }, value: order };
}

/** Numbers and booleans become words that no list offers. */
function listOf(value: RawAnswer['value']): string[] {
  const entries = Array.isArray(value) ? value : [value ?? ''];
  return [...new Set(entries.map(String))].filter((entry) => entry !== '');
}
