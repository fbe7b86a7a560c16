import type { ReactElement } from 'react';
import type { FieldError, SurveyView } from '../../domain/surveys/contract.ts';
import { EDITION_FIELD } from './form-fields.ts';
import type { GivenAnswers } from './form-fields.ts';
import { QuestionField } from './question-field.tsx';
import type { FormWords } from './question-field.tsx';

/**
 * The survey as a plain form: works without a script, with a keyboard and with a screen reader. The script
 * (ask-one-by-one.ts) shows one question of it at a time.
 */
export function SurveyForm(props: {
  view: SurveyView;
  /** What the shopper sent, stored or tapped, by field. */
  given: GivenAnswers;
  errors: FieldError[];
  errorsTitle: string;
  words: FormWords;
  /** What the script says about what is stored. */
  notes: { saved: string; offline: string };
}): ReactElement {
  const { view, given, errors, notes, words } = props;
  const { labels } = view;
  const asked = view.questions.filter(({ silent }) => !silent);
  const logic = view.questions.map(({ id, showWhen, silent }) => ({ id, showWhen, silent }));
  return (
    <form
      method="post"
      noValidate={errors.length > 0}
      data-logic={JSON.stringify(logic)}
      data-unnamed={view.identity}
    >
      {errors.length > 0 && <ErrorSummary title={props.errorsTitle} view={view} errors={errors} />}
      <input type="hidden" name={EDITION_FIELD} value={view.edition} />
      <div id="progress" className="progress" data-text={labels.progress} hidden>
        <button type="button" className="plain">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M15 5l-7 7 7 7" />
          </svg>
          {labels.back}
        </button>
        <p id="step" className="soft"></p>
      </div>
      {asked.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          labels={labels}
          words={words}
          given={given}
          errors={errors.filter(({ field }) => field === question.id)}
        />
      ))}
      <button
        type="submit"
        className="main"
        data-next={labels.next}
        data-submit={labels.submit}
        data-sending={labels.sending}
      >
        {labels.submit}
      </button>
      <p id="note" role="status" className="soft" data-saved={notes.saved} data-offline={notes.offline}></p>
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
            <li key={`${error.field}-${error.part}-${error.code}`}>
              {question ? <a href={`#q-${question.id}`}>{question.text}</a> : null} {error.message}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
