/**
 * Progressive profiling: of the questions whose answer is learned once, only so many are asked at a time. What is
 * answered is never asked again, so that each order brings the next ones (domain.md section 2).
 */
import type { AnswerValue } from './contract.ts';
import type { Definition } from './definition.ts';
import type { Formula } from './formula.ts';
import { allOf, notOf } from './formula.ts';

/** So many ways in which earlier questions may fill the places are told apart; beyond that the question waits. */
const MOST_WAYS = 200;

/**
 * Whether it is a question's turn: fewer than `profileQuestionsPerOrder` open ones before it are shown. Asked for each
 * visible question once, in the order of the questions. Where an earlier one depends on an answer, so does the turn.
 * @param knownAt the known answer to each question, null where it is open
 * @param shown a test of whether a question is shown
 */
export function profileQueue<Test extends object>(
  { questions, profileQuestionsPerOrder: places }: Definition,
  knownAt: readonly (AnswerValue | null)[],
  shown: (index: number, visible: Formula<Test>) => Formula<Test>,
): (index: number, visible: Formula<Test>) => Formula<Test> {
  let certain = 0;
  /** Earlier ones that are shown or not, as the answers go. */
  const perhaps: Formula<Test>[] = [];
  return (index, visible) => {
    const question = questions[index];
    const isOpen =
      question && 'profileKey' in question && question.profileKey !== undefined && knownAt[index] === null;
    if (places === undefined || !isOpen || visible === false) return true;
    const left = places - certain;
    if (left <= 0) return false;
    const ways = subsets(perhaps, left, MOST_WAYS);
    const turn = ways ? allOf(ways.map((way) => notOf(allOf(way)))) : false;
    if (turn === false) return false;
    if (visible === true && turn === true) certain += 1;
    else perhaps.push(shown(index, allOf([visible, turn])));
    return turn;
  };
}

/** All choices of `size` of the items; null where there are more than `most`. */
function subsets<Item>(items: readonly Item[], size: number, most: number): Item[][] | null {
  if (size > items.length) return [];
  let count = 1;
  for (let one = 1; one <= size; one += 1) count = (count * (items.length - size + one)) / one;
  if (count > most) return null;
  let found: Item[][] = [[]];
  items.forEach((item, index) => {
    const missing = items.length - index - 1;
    found = found
      .flatMap((one) => (one.length < size ? [one, [...one, item]] : [one]))
      .filter((one) => one.length + missing >= size);
  });
  return found;
}
