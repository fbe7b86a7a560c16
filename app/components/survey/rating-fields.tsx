import type { ReactElement } from 'react';
import type { SurveyViewQuestion } from '../../domain/surveys/contract.ts';
import { oneOf } from './form-fields.ts';
import type { QuestionProps } from './question-field.tsx';

/** Every value of a scale as a radio button: numbers, stars or faces. `name` is the field. */
export function Scale({ question, given, name }: QuestionProps & { name: string }): ReactElement {
  const { type, values = [], ends, required, showWhen } = question;
  const last = values.length - 1;
  return (
    <>
      <div className={type === 'stars' ? 'stars' : 'scale'}>
        {values.map((value, index) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              required={required && !showWhen && type !== 'line_rating'}
              defaultChecked={oneOf(given[name]) === String(value)}
            />
            {type === 'stars' && <Star />}
            {type === 'smileys' && <Face place={last > 0 ? index / last : 0} />}
            <span className={type === 'smileys' ? 'hidden-text' : undefined}>
              {(type === 'smileys' && question.valueNames?.[index]) || value}
              {ends && index === 0 && <span className="hidden-text">, {ends.least}</span>}
              {ends && index === last && <span className="hidden-text">, {ends.most}</span>}
            </span>
          </label>
        ))}
      </div>
      {type !== 'line_rating' && <Ends question={question} />}
    </>
  );
}

/** Who sees the scale sees them at its sides; who hears it, with the first and the last value. */
function Ends({ question: { ends } }: { question: SurveyViewQuestion }): ReactElement | null {
  if (!ends) return null;
  return (
    <div className="ends" aria-hidden="true">
      <span>{ends.least}</span>
      <span>{ends.most}</span>
    </div>
  );
}

/** One scale for each line of the order. */
export function LineScales(props: QuestionProps): ReactElement {
  const { question, errors } = props;
  const { id, lines = [] } = question;
  return (
    <>
      {lines.map((line) => (
        <fieldset
          key={line.id}
          className="line"
          role="radiogroup"
          aria-invalid={errors.some(({ part }) => part === line.id) || undefined}
        >
          <legend>
            <bdi>{line.title}</bdi>
          </legend>
          <Scale {...props} name={`${id}.${line.id}`} />
        </fieldset>
      ))}
      <Ends question={question} />
    </>
  );
}

function Star(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.6-5.9-3.2-5.9 3.2 1.2-6.6L2.5 9.5l6.6-.9z" />
    </svg>
  );
}

/** @param place from 0, the unhappiest, to 1 */
function Face({ place }: { place: number }): ReactElement {
  const bend = Math.round((place - 0.5) * 11);
  const height = 15.8 - bend / 4;
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9.6" />
      <path d={`M8.6 9.2v1M15.4 9.2v1M7.8 ${height}q4.2 ${bend} 8.4 0`} />
    </svg>
  );
}
