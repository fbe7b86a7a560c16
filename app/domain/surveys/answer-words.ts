/** An answer as staff read it: each question with what was said to it, in the survey's own language. */
import type { Definition } from './definition.ts';
import { textOf } from './definition-texts.ts';
import { OTHER } from './question-types.ts';
import type { DefinitionQuestion } from './question-types.ts';
import type { StoredAnswers } from './stored-answers.ts';
import { ratingsIn } from './stored-answers.ts';
import { translate } from './texts.ts';

export interface AnswerInWords {
  question: string;
  answer: string;
}

/**
 * Everything that was answered beside the one rating and the comment, which stand by themselves wherever an answer is
 * shown, and the values that were calculated of it. `lineTitles` name the lines of the order.
 */
export function otherAnswers(
  definition: Definition,
  stored: StoredAnswers,
  comment: string | null,
  lineTitles: Readonly<Record<string, string>> = {},
): AnswerInWords[] {
  const [main, ...further] = ratingsIn(stored);
  const alone = further.length === 0 && main?.lineId === null ? main.questionId : null;
  const said = definition.questions.flatMap((question): AnswerInWords[] => {
    if (question.id === alone) return [];
    const answer = answerTo(question, definition, stored, lineTitles);
    if (answer === null || answer === comment) return [];
    return [{ question: say(definition, question.text), answer }];
  });
  return [...said, ...calculated(definition, stored)];
}

/** Under the names that the editor gave them; a mean without any rating is none. */
function calculated({ values }: Definition, stored: StoredAnswers): AnswerInWords[] {
  return values.flatMap(({ id }) => {
    const value = stored.values?.[id] ?? null;
    return value === null ? [] : [{ question: id, answer: String(Math.round(value * 100) / 100) }];
  });
}

const say = (definition: Definition, id: string) => textOf(definition, definition.defaultLanguage, id);

function answerTo(
  question: DefinitionQuestion,
  definition: Definition,
  stored: StoredAnswers,
  lineTitles: Readonly<Record<string, string>>,
): string | null {
  const { id } = question;
  const optionText = (optionId: string): string => {
    if (optionId === OTHER && 'other' in question && question.other) {
      const words = stored.others?.[id];
      return words
        ? `${say(definition, question.other.text)}: ${words}`
        : say(definition, question.other.text);
    }
    const option = 'options' in question && question.options.find((each) => each.id === optionId);
    return option ? say(definition, option.text) : optionId;
  };
  const lines = Object.entries(stored.lines?.[id] ?? {});
  const said: (string | undefined)[] = [
    stored.ratings?.[id]?.toString(),
    lines.map(([line, rating]) => `${lineTitles[line] ?? line}: ${rating}`).join(', '),
    stored.choices?.[id]?.map(optionText).join(', '),
    stored.rankings?.[id]?.map((option, place) => `${place + 1}. ${optionText(option)}`).join(', '),
    stored.texts?.[id],
    stored.consents?.[id] === undefined ? '' : stored.consents[id] ? translate('en', 'label.agree') : 'No',
    Object.values(stored.contacts?.[id] ?? {}).join(', '),
    filesIn(question, stored.uploads?.[id]?.length ?? 0),
  ];
  return said.find((words) => words) ?? null;
}

function filesIn({ type }: DefinitionQuestion, count: number): string {
  if (count === 0) return '';
  if (type === 'voice_note') return 'Voice note';
  return count === 1 ? '1 picture' : `${count} pictures`;
}
