import type { ReactElement } from 'react';
import { oneOf } from './form-fields.ts';
import type { QuestionProps } from './question-field.tsx';

/** Options to pick one or several of; the one that asks for words has a box for them. */
export function ChoiceFields({ question, labels, given, errors }: QuestionProps): ReactElement {
  const { id, type, options = [], other, required, showWhen, maxLength } = question;
  const isOne = type === 'choice';
  const chosen = [given[id] ?? []].flat();
  return (
    <>
      {options.map(({ value, text }) => (
        <label key={value} className="choice">
          <input
            type={isOne ? 'radio' : 'checkbox'}
            name={id}
            value={value}
            required={isOne && required && !showWhen}
            defaultChecked={chosen.includes(value)}
            data-other={value === other ? '' : undefined}
            aria-invalid={(!isOne && errors.length > 0) || undefined}
          />
          <span>{text}</span>
        </label>
      ))}
      {other && (
        <label className="part other">
          <span>{labels.other}</span>
          <input
            type="text"
            name={`${id}.other`}
            maxLength={maxLength}
            defaultValue={oneOf(given[`${id}.other`])}
          />
        </label>
      )}
    </>
  );
}

/**
 * One list per place, the best first, all of one name: together they are the order. The script puts buttons in their
 * stead, which are tapped in order (rank-by-tapping.ts).
 */
export function RankingFields({ question, labels, given, errors }: QuestionProps): ReactElement {
  const { id, options = [] } = question;
  const order = [given[id] ?? []].flat();
  return (
    <>
      <div className="places">
        {options.map(({ value }, index) => (
          <label key={value} className="part place-list">
            <span>{index + 1}.</span>
            <select name={id} defaultValue={order[index] ?? ''} aria-invalid={errors.length > 0 || undefined}>
              <option value="">–</option>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.text}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <div className="taps" hidden>
        {options.map(({ value, text }) => (
          <button key={value} type="button" className="choice" value={value} aria-pressed="false">
            <span className="place"></span>
            <span>{text}</span>
          </button>
        ))}
        <button type="button" className="plain again">
          {labels.startAgain}
        </button>
      </div>
    </>
  );
}
