import type { RefObject } from 'react';
import type { AnswerValue, SurveyLabels, SurveyViewQuestion } from '../../domain/surveys/contract.ts';
import { faceOf } from './preview-mail.tsx';
import type { GivenAnswers } from './preview-steps.tsx';

export interface PreviewQuestionProps {
  question: SurveyViewQuestion;
  labels: SurveyLabels;
  answers: GivenAnswers;
  heading: RefObject<HTMLElement>;
  /** What is wrong with the answer; null = nothing. */
  error: string | null;
  onAnswer: (field: string, value: AnswerValue | undefined) => void;
}

/** One question that can be answered, in plain controls. */
export function PreviewQuestion(props: PreviewQuestionProps) {
  const { question, labels, heading, error } = props;
  const single = question.type === 'short_text' || question.type === 'long_text';
  const errorId = `pv-error-${question.id}`;
  const name = (
    <>
      <span className="ac-pv__question" ref={heading} tabIndex={-1}>
        {question.text}
      </span>
      {!question.required && <span className="ac-pv__soft"> ({labels.optional})</span>}
      {question.help !== undefined && <span className="ac-pv__help">{question.help}</span>}
    </>
  );
  const message = error !== null && (
    <p className="ac-pv__error" role="alert" id={errorId}>
      {error}
    </p>
  );
  if (single) {
    return (
      <div>
        <label className="ac-pv__legend" htmlFor={`pv-${question.id}`}>
          {name}
        </label>
        <Words {...props} />
        {message}
      </div>
    );
  }
  return (
    <fieldset className="ac-pv__fieldset" aria-describedby={error === null ? undefined : errorId}>
      <legend className="ac-pv__legend">{name}</legend>
      <Body {...props} />
      {message}
    </fieldset>
  );
}

function Body(props: PreviewQuestionProps) {
  const { question, labels, answers, onAnswer } = props;
  const { id } = question;
  switch (question.type) {
    case 'line_rating': {
      const given = (answers[id] ?? {}) as Record<string, number>;
      return (question.lines ?? []).map((line) => (
        <div key={line.id} role="radiogroup" aria-label={line.title}>
          <p>{line.title}</p>
          <Scale
            question={question}
            name={`pv-${id}-${line.id}`}
            given={given[line.id]}
            onPick={(value) => onAnswer(id, { ...given, [line.id]: value })}
          />
        </div>
      ));
    }
    case 'choice':
    case 'multiple_choice':
      return <Options {...props} />;
    case 'ranking':
      return <Ranking {...props} />;
    case 'consent':
      return (
        <label className="ac-pv__option">
          <input
            type="checkbox"
            checked={answers[id] === true}
            onChange={(event) => onAnswer(id, event.target.checked)}
          />
          {labels.agree}
        </label>
      );
    case 'contact': {
      const given = (answers[id] ?? {}) as Record<string, string>;
      return (question.asks ?? []).map(({ part, label }) => (
        <label key={part} className="ac-pv__field">
          {label}
          <input
            value={given[part] ?? ''}
            onChange={(event) => onAnswer(id, { ...given, [part]: event.target.value })}
          />
        </label>
      ));
    }
    case 'image_upload':
    case 'voice_note':
      return <Files {...props} />;
    default:
      return (
        <Scale
          question={question}
          name={`pv-${id}`}
          given={answers[id] as number | undefined}
          onPick={(value) => onAnswer(id, value)}
        />
      );
  }
}

/** Stars fill up to the one chosen; each value keeps its number for those who do not see it. */
function Scale(props: {
  question: SurveyViewQuestion;
  name: string;
  given: number | undefined;
  onPick: (value: number) => void;
}) {
  const { question, name, given, onPick } = props;
  const { type, values = [], ends, valueNames } = question;
  const sign = (value: number, index: number) => {
    if (type === 'stars') return given !== undefined && value <= given ? '★' : '☆';
    return type === 'smileys' ? faceOf(index) : String(value);
  };
  return (
    <>
      <div className="ac-pv__scale">
        {values.map((value, index) => (
          <label key={value} className="ac-pv__value">
            <input
              type="radio"
              name={name}
              checked={given === value}
              onChange={() => onPick(value)}
              aria-label={[String(value), valueNames?.[index]].filter(Boolean).join(', ')}
            />
            <span aria-hidden="true">{sign(value, index)}</span>
          </label>
        ))}
      </div>
      {ends && (
        <div className="ac-pv__ends">
          <span>{ends.least}</span>
          <span>{ends.most}</span>
        </div>
      )}
    </>
  );
}

function Options({ question, labels, answers, onAnswer }: PreviewQuestionProps) {
  const { id, options = [], other, atMost, maxLength } = question;
  const many = question.type === 'multiple_choice';
  const given = [answers[id] ?? []].flat() as string[];
  const pick = (value: string, on: boolean) => {
    if (!many) return onAnswer(id, value);
    onAnswer(id, on ? [...given, value] : given.filter((each) => each !== value));
  };
  return (
    <>
      {options.map(({ value, text }) => (
        <label key={value} className="ac-pv__option">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={`pv-${id}`}
            checked={given.includes(value)}
            disabled={many && !given.includes(value) && given.length >= (atMost ?? Infinity)}
            onChange={(event) => pick(value, event.target.checked)}
          />
          {text}
        </label>
      ))}
      {other !== undefined && given.includes(other) && (
        <label className="ac-pv__field">
          {labels.other}
          <input
            maxLength={maxLength}
            value={String(answers[`${id}.other`] ?? '')}
            onChange={(event) => onAnswer(`${id}.other`, event.target.value)}
          />
        </label>
      )}
    </>
  );
}

/** Nothing is recorded or sent here: a press stands for it, the next one takes it back. */
function Files({ question, labels, answers, onAnswer }: PreviewQuestionProps) {
  const { id, type } = question;
  const { files } = labels;
  if (!files) return null;
  const isGiven = answers[id] !== undefined;
  const add = type === 'voice_note' ? files.record : files.addPicture;
  return (
    <>
      {isGiven && <p>{files.added}</p>}
      <button
        type="button"
        className="ac-pv__option"
        onClick={() => onAnswer(id, isGiven ? undefined : ['preview'])}
      >
        {isGiven ? files.remove : add}
      </button>
    </>
  );
}

/** Tapped in the order of preference. */
function Ranking({ question, labels, answers, onAnswer }: PreviewQuestionProps) {
  const { id, options = [] } = question;
  const order = (answers[id] ?? []) as string[];
  return (
    <>
      <p className="ac-pv__soft">{labels.ranking}</p>
      {options.map(({ value, text }) => {
        const place = order.indexOf(value) + 1;
        return (
          <button
            key={value}
            type="button"
            className="ac-pv__option ac-pv__option--rank"
            aria-pressed={place > 0}
            onClick={() => place === 0 && onAnswer(id, [...order, value])}
          >
            {place > 0 && <strong>{place}. </strong>}
            {text}
          </button>
        );
      })}
      {order.length > 0 && (
        <button
          type="button"
          className="ac-pv__button ac-pv__button--plain"
          onClick={() => onAnswer(id, undefined)}
        >
          {labels.startAgain}
        </button>
      )}
    </>
  );
}

function Words({ question, answers, error, onAnswer }: PreviewQuestionProps) {
  const field = {
    id: `pv-${question.id}`,
    maxLength: question.maxLength,
    value: String(answers[question.id] ?? ''),
    'aria-describedby': error === null ? undefined : `pv-error-${question.id}`,
    onChange: (event: { target: { value: string } }) => onAnswer(question.id, event.target.value),
  };
  return question.type === 'long_text' ? <textarea rows={3} {...field} /> : <input {...field} />;
}
