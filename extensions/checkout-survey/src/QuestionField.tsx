import type {
  AnswerValue,
  FieldError,
  SurveyLabels,
  SurveyViewQuestion,
} from '../../../app/domain/surveys/contract.ts';
import { takesOther } from './answers.ts';
import { Group } from './Group.tsx';
import { nameOfValue, OneTap } from './OneTap.tsx';
import { Ranking } from './Ranking.tsx';
import type { Answers } from './visible.ts';

export interface FieldProps {
  question: SurveyViewQuestion;
  answers: Answers;
  labels: SurveyLabels;
  errors: FieldError[];
  /** Something was chosen or written that more may follow. */
  onKeep(field: string, value: AnswerValue): void;
  /** The same, of one line or one detail. */
  onPart(part: string, value: number | string): void;
  /** One tap answers the question; false where it does not count. */
  onChoose(value: number | string): boolean;
  /** An option was given the next place, or its place was taken back. @returns whether it has one now */
  onRank(value: string): boolean;
}

/** The control of one question. Its text stands above as a heading, so the control's own label is for screen readers. */
export function QuestionField(props: FieldProps) {
  const { question, answers, labels, onKeep, onChoose, onRank } = props;
  const { id, text } = question;
  const answer = answers[id];
  const error = errorAt(props);
  switch (question.type) {
    case 'multiple_choice':
      return (
        <>
          <MultipleChoice {...props} />
          <OtherWords {...props} />
        </>
      );
    case 'ranking':
      return (
        <Group label={text} error={error}>
          <Ranking question={question} order={listOf(answer)} hint={labels.ranking} onRank={onRank} />
        </Group>
      );
    case 'line_rating':
      return (
        <Group label={text} error={error}>
          {question.lines?.map((line) => (
            <LineRating key={line.id} {...props} line={line} />
          ))}
        </Group>
      );
    case 'short_text':
    case 'long_text': {
      const field = {
        name: id,
        label: text,
        labelAccessibilityVisibility: 'exclusive' as const,
        required: question.required,
        maxLength: question.maxLength,
        value: typeof answer === 'string' ? answer : '',
        error,
        onChange: (event: Event) => onKeep(id, valueOf(event)),
      };
      return question.type === 'long_text' ? (
        <s-text-area rows={3} {...field} />
      ) : (
        <s-text-field {...field} />
      );
    }
    case 'consent':
      return (
        <Group label={text}>
          <s-checkbox
            name={id}
            label={labels.agree}
            checked={answer === true}
            required={question.required}
            error={error}
            onChange={(event: Event) => onKeep(id, elementOf<'s-checkbox'>(event).checked ?? false)}
          />
        </Group>
      );
    case 'contact':
      return (
        <Group label={text} error={error}>
          {question.asks?.map(({ part, label }) => (
            <ContactField key={part} {...props} part={part} label={label} />
          ))}
        </Group>
      );
    default:
      return (
        <Group label={text} error={error}>
          <OneTap question={question} chosen={answer} onChoose={onChoose} />
          <OtherWords {...props} />
        </Group>
      );
  }
}

function MultipleChoice({ question, answers, errors, onKeep }: FieldProps) {
  const { id, text, options, atMost = Infinity } = question;
  const taken = listOf(answers[id]);
  return (
    <s-choice-list
      name={id}
      label={text}
      labelAccessibilityVisibility="exclusive"
      multiple
      values={taken}
      error={errorAt({ question, errors })}
      onChange={(event: Event) => onKeep(id, [...(elementOf<'s-choice-list'>(event).values ?? [])])}
    >
      {options?.map((option) => (
        <s-choice
          key={option.value}
          value={option.value}
          disabled={taken.length >= atMost && !taken.includes(option.value)}
        >
          {option.text}
        </s-choice>
      ))}
    </s-choice-list>
  );
}

/** Where the option that asks for words is taken. */
function OtherWords({ question, answers, labels, errors, onKeep }: FieldProps) {
  if (!takesOther(question, answers)) return null;
  const field = `${question.id}.other`;
  return (
    <s-text-field
      name={field}
      label={labels.other}
      maxLength={question.maxLength}
      value={String(answers[field] ?? '')}
      error={errorAt({ question, errors }, 'other')}
      onChange={(event: Event) => onKeep(field, valueOf(event))}
    />
  );
}

function LineRating({
  question,
  answers,
  errors,
  onPart,
  line,
}: FieldProps & { line: { id: string; title: string } }) {
  const { id, values = [] } = question;
  const rated = partOf(answers[id], line.id);
  return (
    <s-choice-list
      name={`${id}.${line.id}`}
      label={line.title}
      variant="inline"
      values={rated === '' ? [] : [rated]}
      error={errorAt({ question, errors }, line.id)}
      onChange={(event: Event) => {
        const [value] = elementOf<'s-choice-list'>(event).values ?? [];
        if (value !== undefined) onPart(line.id, Number(value));
      }}
    >
      {values.map((value, index) => (
        <s-choice key={value} value={String(value)}>
          {nameOfValue(question, index)}
        </s-choice>
      ))}
    </s-choice-list>
  );
}

function ContactField({
  question,
  answers,
  errors,
  onPart,
  part,
  label,
}: FieldProps & { part: 'name' | 'email' | 'phone'; label: string }) {
  const { id } = question;
  const field = {
    name: `${id}.${part}`,
    label,
    value: partOf(answers[id], part),
    error: errorAt({ question, errors }, part),
    onChange: (event: Event) => onPart(part, valueOf(event)),
  };
  if (part === 'email') return <s-email-field autocomplete="email" {...field} />;
  if (part === 'phone') return <s-phone-field autocomplete="tel" {...field} />;
  return <s-text-field autocomplete="name" {...field} />;
}

/** What is wrong with the question, or with one part of it. */
function errorAt(
  { question, errors }: Pick<FieldProps, 'question' | 'errors'>,
  part?: string,
): string | undefined {
  return errors.find((error) => error.field === question.id && error.part === part)?.message;
}

const listOf = (answer: AnswerValue | undefined): string[] => (Array.isArray(answer) ? answer : []);

const partOf = (answer: AnswerValue | undefined, part: string): string =>
  typeof answer === 'object' && !Array.isArray(answer) ? String(answer[part] ?? '') : '';

/** The types of events say nothing of the element that they were heard on. */
function elementOf<Tag extends keyof HTMLElementTagNameMap>(event: Event): HTMLElementTagNameMap[Tag] {
  return event.currentTarget as HTMLElementTagNameMap[Tag];
}

const valueOf = (event: Event): string => elementOf<'s-text-field'>(event).value ?? '';
