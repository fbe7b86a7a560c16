import type { ReactElement } from 'react';
import type { FieldError, SurveyView, SurveyViewQuestion } from '../../domain/surveys/contract.ts';

/** What the shopper sent, so that a form with a mistake keeps the rest. */
export type GivenAnswers = Record<string, string | string[]>;

/** The survey as a plain form: works without a script, with a keyboard and with a screen reader. */
export function SurveyForm(props: {
  view: SurveyView;
  given: GivenAnswers;
  errors: FieldError[];
  errorsTitle: string;
  /** What the script says about what is stored. */
  notes: { saved: string; offline: string };
}): ReactElement {
  const { view, given, errors, notes } = props;
  return (
    <form method="post" noValidate={errors.length > 0}>
      {errors.length > 0 && <ErrorSummary title={props.errorsTitle} view={view} errors={errors} />}
      {view.questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          labels={view.labels}
          given={given[question.id]}
          error={errors.find((error) => error.field === question.id)}
        />
      ))}
      <p id="note" role="status" className="soft" data-saved={notes.saved} data-offline={notes.offline}></p>
      <button type="submit" data-sending={view.labels.sending}>
        {view.labels.submit}
      </button>
    </form>
  );
}

function ErrorSummary(props: { title: string; view: SurveyView; errors: FieldError[] }): ReactElement {
  return (
    <div className="errors" role="alert" id="errors">
      <strong>{props.title}</strong>
      <ul>
        {props.errors.map((error) => {
          const question = props.view.questions.find(({ id }) => id === error.field);
          return (
            <li key={`${error.field}-${error.code}`}>
              {question ? <a href={`#q-${question.id}`}>{question.text}</a> : null} {error.message}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface QuestionProps {
  question: SurveyViewQuestion;
  labels: SurveyView['labels'];
  given: string | string[] | undefined;
  error: FieldError | undefined;
}

function Question(props: QuestionProps): ReactElement {
  const { question, labels, error } = props;
  const errorId = `e-${question.id}`;
  const described = error ? { 'aria-invalid': true, 'aria-describedby': errorId } : {};
  const name = (
    <>
      {question.text} {!question.required && <span className="soft">({labels.optional})</span>}
    </>
  );
  const message = error && (
    <p className="error" id={errorId}>
      {error.message}
    </p>
  );
  if (question.type === 'text') {
    return (
      <fieldset data-question={question.id} data-route={question.showWhen}>
        <label className="label" htmlFor={`q-${question.id}`}>
          {name}
        </label>
        <textarea
          id={`q-${question.id}`}
          name={question.id}
          maxLength={question.maxLength}
          required={question.required && !question.showWhen}
          defaultValue={[props.given ?? ''].flat()[0]}
          {...described}
        />
        {message}
      </fieldset>
    );
  }
  return (
    <fieldset
      id={`q-${question.id}`}
      data-question={question.id}
      data-route={question.showWhen}
      tabIndex={-1}
      {...(question.multiple ? {} : { role: 'radiogroup', 'aria-required': question.required })}
      {...described}
    >
      <legend>{name}</legend>
      {question.values ? <Scale {...props} /> : <Choices {...props} />}
      {message}
    </fieldset>
  );
}

function Scale({ question, given }: QuestionProps): ReactElement {
  const values = question.values ?? [];
  const end = (index: number) =>
    index === 0 ? question.ends?.least : index === values.length - 1 ? question.ends?.most : undefined;
  return (
    <>
      <div className="scale">
        {values.map((value, index) => (
          <label key={value}>
            <input
              type="radio"
              name={question.id}
              value={value}
              required={question.required}
              defaultChecked={given === String(value)}
            />
            <span>
              {value}
              {end(index) && <span className="hidden-text">, {end(index)}</span>}
            </span>
          </label>
        ))}
      </div>
      {question.ends && (
        <div className="ends" aria-hidden="true">
          <span>{question.ends.least}</span>
          <span>{question.ends.most}</span>
        </div>
      )}
    </>
  );
}

function Choices({ question, given }: QuestionProps): ReactElement {
  const chosen = [given ?? []].flat();
  return (
    <>
      {question.options?.map((option) => (
        <label key={option.value} className="choice">
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={question.id}
            value={option.value}
            required={question.required && !question.multiple}
            defaultChecked={chosen.includes(option.value)}
          />
          {option.text}
        </label>
      ))}
    </>
  );
}
