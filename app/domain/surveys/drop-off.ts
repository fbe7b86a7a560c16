/** Where people stop: how far each of the answers to one edition of a survey came. */
import { compile } from './compile.ts';
import type { AnswerTest, AnswerValue, ShowCondition } from './contract.ts';
import type { Definition } from './definition.ts';
import { testsIn } from './formula.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { StoredAnswers } from './stored-answers.ts';
import { showsItself } from './surfaces.ts';
import type { ConditionalQuestion } from './visibility.ts';
import { shownQuestions } from './visibility.ts';

/** An answer that is finished, or that nobody goes on with. */
export interface StartedAnswer {
  answers: StoredAnswers;
  /** As it is stored. */
  surface: string;
  finished: boolean;
}

/** reached = answered + skipped + stopped, in answers. */
export interface QuestionDropOff {
  id: string;
  /** They were shown it. */
  reached: number;
  answered: number;
  /** They went on, or sent it off, without an answer to it. */
  skipped: number;
  /** They went away here: it is the first one left open after the last that they answered. */
  stopped: number;
  /** Nobody can say later who else was shown it, so it counts only where it was answered. */
  onlyWhereAnswered: boolean;
}

export interface DropOff {
  finished: number;
  /** The sum of all that stopped at a question, and of `stoppedAtEnd`. */
  abandoned: number;
  /** They answered all that they were shown, and did not send it off. */
  stoppedAtEnd: number;
  /** In the order of the survey. */
  questions: QuestionDropOff[];
}

interface PlannedQuestion extends ConditionalQuestion {
  type: DefinitionQuestion['type'];
  onlyWhereAnswered: boolean;
}

/** Stands for all that was known of the order when the survey was shown; it is not stored with the answer. */
const ORDER: AnswerTest = { q: '' };

/**
 * How far each answer came. Questions that somebody was not shown are no drop: visibility is decided again, from the
 * stored answers. Where it hangs on the order, on what was known of the person, or on a surface that cannot show the
 * question, it counts for those who answered it.
 */
export function dropOff(definition: Definition, started: readonly StartedAnswer[]): DropOff {
  const planned = plan(definition);
  const counts = new Map(
    planned.map(({ id, onlyWhereAnswered }): [string, QuestionDropOff] => [
      id,
      { id, reached: 0, answered: 0, skipped: 0, stopped: 0, onlyWhereAnswered },
    ]),
  );
  let finished = 0;
  let stoppedAtEnd = 0;
  for (const one of started) {
    const { reached, answered, isOpen } = wayOf(planned, one);
    if (one.finished) finished += 1;
    else if (!isOpen) stoppedAtEnd += 1;
    reached.forEach((id, index) => {
      const count = counts.get(id)!;
      count.reached += 1;
      if (answered.has(id)) count.answered += 1;
      else if (isOpen && index === reached.length - 1) count.stopped += 1;
      else count.skipped += 1;
    });
  }
  return { finished, abandoned: started.length - finished, stoppedAtEnd, questions: [...counts.values()] };
}

/** The questions that one person came to, in order; `isOpen` = they went away at the last of these. */
function wayOf(planned: readonly PlannedQuestion[], { answers, surface, finished }: StartedAnswer) {
  const given = answersIn(answers);
  const answered = new Set(Object.keys(given));
  const asked = planned.flatMap((question): ConditionalQuestion[] => {
    const isSure = !question.onlyWhereAnswered && showsItself(question.type, surface);
    if (isSure) return [question];
    return answered.has(question.id) ? [{ id: question.id }] : [];
  });
  const shown = shownQuestions(asked, given);
  const last = shown.findLastIndex((id) => answered.has(id));
  const isOpen = !finished && last + 1 < shown.length;
  return { reached: finished ? shown : shown.slice(0, last + 2), answered, isOpen };
}

/** Stored answers by question id. */
function answersIn(stored: StoredAnswers): Record<string, AnswerValue> {
  const { ratings, lines, choices, rankings, texts, consents, contacts, uploads } = stored;
  return { ...ratings, ...lines, ...choices, ...rankings, ...texts, ...consents, ...contacts, ...uploads };
}

/** Each question with the part of its visibility that hangs on answers, as `resolveSurvey` makes it. */
function plan(definition: Definition): PlannedQuestion[] {
  const { questions } = definition;
  const { visible } = compile<AnswerTest>(definition, {
    fact: () => ORDER,
    hasLines: ORDER,
    answer: (test, _index, isVisible) => isVisible !== false && test,
    shown: (index, isVisible) =>
      typeof isVisible === 'boolean' ? isVisible : { q: questions[index]?.id ?? '', shown: true },
  });
  // Who has answered such a question before is passed by, and counts as having answered.
  const learned = new Set(
    questions.flatMap((question) => ('profileKey' in question && question.profileKey ? [question.id] : [])),
  );
  const unsure = new Set<string>();
  return questions.map(({ id, type }, index) => {
    const formula = visible[index] ?? false;
    const onlyWhereAnswered =
      formula === false ||
      learned.has(id) ||
      [...testsIn(formula)].some(
        (test) => test === ORDER || learned.has(test.q) || (test.shown && unsure.has(test.q)),
      );
    if (onlyWhereAnswered) unsure.add(id);
    const showWhen = typeof formula === 'boolean' ? {} : { showWhen: formula as ShowCondition };
    return { id, type, onlyWhereAnswered, ...showWhen };
  });
}
