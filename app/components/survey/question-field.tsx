import type { ReactElement, ReactNode } from 'react';
import type { FieldError, SurveyLabels, SurveyViewQuestion } from '../../domain/surveys/contract.ts';
import { ChoiceFields, RankingFields } from './choice-fields.tsx';
import { FileFields } from './file-fields.tsx';
import { oneOf } from './form-fields.ts';
import type { GivenAnswers } from './form-fields.ts';
import { LineScales, Scale } from './rating-fields.tsx';

/** What the form says about answers before they are sent. */
export interface FormWords {
  required: string;
  email: string;
  phone: string;
  /** Has `{max}` in it. */
  atMost: string;
}

export interface QuestionProps {
  question: SurveyViewQuestion;
  labels: SurveyLabels;
  words: FormWords;
  given: GivenAnswers;
  errors: FieldError[];
}

/** One button or box is the whole answer: a tap on it may move on. */
const TAPS: readonly string[] = ['nps', 'csat', 'ces', 'stars', 'smileys', 'choice'];

/** One question with its name, its explanation, its fields and what is wrong with the answer. */
export function QuestionField(props: QuestionProps): ReactElement {
  const { question, labels, words, errors } = props;
  const { id, type, required, text } = question;
  const isText = type === 'short_text' || type === 'long_text';
  const isOneChoice = TAPS.includes(type);
  const help = helpLines(props);
  const described = [help.length > 0 && `h-${id}`, `e-${id}`].filter(Boolean).join(' ');
  const isInvalid = errors.length > 0 || undefined;
  const shared = {
    className: 'question',
    'data-question': id,
    'data-required': required ? words.required : undefined,
    'data-taps': isOneChoice ? '' : undefined,
    'data-at-most': question.atMost,
  };
  const name = (
    <>
      {text} {!required && <span className="soft optional">({labels.optional})</span>}
    </>
  );
  const around = (fields: ReactNode) => (
    <>
      {help.length > 0 && (
        <div className="help soft" id={`h-${id}`}>
          {help.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {fields}
      <p className="error" id={`e-${id}`}>
        {errors.map(({ message }) => message).join(' ')}
      </p>
    </>
  );
  if (isText) {
    return (
      <div {...shared}>
        <label className="ask" htmlFor={`q-${id}`} tabIndex={-1}>
          {name}
        </label>
        {around(<TextField {...props} described={described} />)}
      </div>
    );
  }
  return (
    <fieldset
      {...shared}
      id={`q-${id}`}
      tabIndex={-1}
      aria-describedby={described}
      {...(isOneChoice && { role: 'radiogroup', 'aria-required': required, 'aria-invalid': isInvalid })}
    >
      <legend className="ask" tabIndex={-1}>
        {name}
      </legend>
      {around(<Fields {...props} />)}
    </fieldset>
  );
}

function helpLines({ question, labels, words }: QuestionProps): string[] {
  const { help, type, maxFiles = 1 } = question;
  const atMost = question.atMost ?? (maxFiles > 1 ? maxFiles : undefined);
  return [
    ...(help ? [help] : []),
    ...(type === 'ranking' ? [labels.ranking] : []),
    ...(atMost === undefined ? [] : [words.atMost.replace('{max}', String(atMost))]),
  ];
}

function Fields(props: QuestionProps): ReactElement {
  switch (props.question.type) {
    case 'line_rating':
      return <LineScales {...props} />;
    case 'choice':
    case 'multiple_choice':
      return <ChoiceFields {...props} />;
    case 'ranking':
      return <RankingFields {...props} />;
    case 'consent':
      return <ConsentField {...props} />;
    case 'contact':
      return <ContactFields {...props} />;
    case 'image_upload':
    case 'voice_note':
      return <FileFields {...props} />;
    default:
      return <Scale {...props} name={props.question.id} />;
  }
}

function TextField(props: QuestionProps & { described: string }): ReactElement {
  const { question, given, errors } = props;
  const { id, type, maxLength, required, showWhen } = question;
  const field = {
    id: `q-${id}`,
    name: id,
    maxLength,
    required: required && !showWhen,
    defaultValue: oneOf(given[id]),
    'aria-describedby': props.described,
    'aria-invalid': errors.length > 0 || undefined,
  };
  return type === 'long_text' ? <textarea {...field} rows={4} /> : <input type="text" {...field} />;
}

function ConsentField({ question, labels, given, errors }: QuestionProps): ReactElement {
  const { id, required, showWhen } = question;
  return (
    <label className="choice">
      <input
        type="checkbox"
        name={id}
        value="true"
        required={required && !showWhen}
        defaultChecked={['true', 'on'].includes(oneOf(given[id]))}
        aria-invalid={errors.length > 0 || undefined}
      />
      <span>{labels.agree}</span>
    </label>
  );
}

const CONTACT = {
  name: { type: 'text', autoComplete: 'name', maxLength: 100 },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email', maxLength: 254 },
  phone: {
    type: 'tel',
    inputMode: 'tel',
    autoComplete: 'tel',
    maxLength: 32,
    pattern: String.raw`\s*\+?[\d\s\(\)\.\/\-]{5,}`,
  },
} as const;

function ContactFields({ question, words, given, errors }: QuestionProps): ReactElement {
  const { id, asks = [] } = question;
  return (
    <>
      {asks.map(({ part, label }) => (
        <label key={part} className="part">
          <span>{label}</span>
          <input
            {...CONTACT[part]}
            name={`${id}.${part}`}
            defaultValue={oneOf(given[`${id}.${part}`])}
            data-fault={part === 'name' ? undefined : words[part]}
            aria-invalid={errors.some((error) => error.part === part) || undefined}
            aria-describedby={`e-${id}`}
          />
        </label>
      ))}
    </>
  );
}
