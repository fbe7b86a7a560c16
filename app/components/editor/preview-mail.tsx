import { brandColour } from '../../domain/core/brand-colour.ts';
import { questionInMail } from '../../domain/surveys/mail-question.ts';
import type { SurveyView } from '../../domain/surveys/contract.ts';
import type { SurveyBrand } from '../../services/survey-context.ts';

/** What the invitation asks: the first question, a tap for each answer; or a button where a tap cannot answer it. The rest of it is the app's. */
export function PreviewMail({ view, brand }: { view: SurveyView; brand: SurveyBrand }) {
  const question = questionInMail(view);
  const { background, text } = brandColour(brand.colour);
  return (
    <div className="ac-pv__page">
      <p className="ac-pv__soft">{brand.name}</p>
      <p className="ac-pv__linked" lang="en" dir="ltr">
        Here the mail greets the customer and names the order.
      </p>
      {question ? (
        <>
          <p className="ac-pv__question">{question.text}</p>
          <ul className={`ac-pv__taps ac-pv__taps--${question.ends ? 'scale' : 'list'}`}>
            {question.choices.map(({ value, label, name }) => (
              <li key={value}>
                {label}
                {name !== undefined && <span className="ac-pv__soft"> {name}</span>}
              </li>
            ))}
          </ul>
          {question.ends && (
            <div className="ac-pv__ends">
              <span>{question.ends.least}</span>
              <span>{question.ends.most}</span>
            </div>
          )}
        </>
      ) : (
        <p className="ac-pv__button" style={{ background, color: text }}>
          {view.title}
        </p>
      )}
    </div>
  );
}

/** From the unhappiest to the happiest. */
const FACES = ['😞', '🙁', '😐', '🙂', '😀'];

export const faceOf = (index: number): string => FACES[index] ?? '';
