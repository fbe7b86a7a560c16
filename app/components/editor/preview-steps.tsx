import { useEffect, useRef, useState } from 'react';
import { brandColour } from '../../domain/core/brand-colour.ts';
import type { AnswerValue, Route, SurveyView, SurveyViewQuestion } from '../../domain/surveys/contract.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { isRating, RATING_SCALES } from '../../domain/surveys/question-types.ts';
import { isOnScale, routeOf } from '../../domain/surveys/routing.ts';
import { translate } from '../../domain/surveys/texts.ts';
import { afterAnswer } from '../../domain/surveys/view.ts';
import { shownQuestions } from '../../domain/surveys/visibility.ts';
import type { SurveyBrand } from '../../services/survey-context.ts';
import { pageWords } from '../survey/texts.ts';
import { PreviewQuestion } from './preview-question.tsx';

export type GivenAnswers = Record<string, AnswerValue | undefined>;

export interface PreviewStepsProps {
  view: SurveyView;
  definition: Definition;
  answers: GivenAnswers;
  setAnswers: (change: (answers: GivenAnswers) => GivenAnswers) => void;
  /** Of the question that is being edited; null = none. */
  editedId: string | null;
  brand: SurveyBrand;
  /** Ids of questions that this surface leaves to the survey page. */
  linked: readonly string[];
  /** Whether it leads there; else they are left out. */
  leadsOn: boolean;
}

const DONE = 'done';

/** One question at a time, as surfaces do it: what was answered decides what comes next. */
export function PreviewSteps(props: PreviewStepsProps) {
  const { view, definition, answers, setAnswers, editedId, brand, linked, leadsOn } = props;
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const heading = useRef<HTMLElement>(null);
  const moved = useRef(false);
  const shown = shownQuestions(view.questions, answers);
  const at = currentId === DONE ? shown.length : Math.max(0, shown.indexOf(currentId ?? ''));
  const question = view.questions.find(({ id }) => id === shown[at]);

  // Whoever edits a question sees it here, as far as the answers so far lead there.
  useEffect(() => {
    if (editedId !== null) setCurrentId(editedId);
  }, [editedId]);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = false;
  }, [currentId]);

  const go = (index: number) => {
    moved.current = true;
    setMissing(false);
    setCurrentId(index >= shown.length ? DONE : (shown[index] ?? null));
  };
  const next = () => {
    const leaves = question !== undefined && linked.includes(question.id);
    if (question?.required && !leaves && !isAnswered(answers[question.id])) setMissing(true);
    else go(at + 1);
  };
  const { background, text } = brandColour(brand.colour);
  const button = { background, color: text };
  if (!question) {
    const route = routeAfter(definition, shown, answers);
    const thanks = view.thanks[route];
    const { reward, review } = afterAnswer(view, route);
    return (
      <div className="ac-pv__page">
        <p className="ac-pv__title" ref={heading as never} tabIndex={-1}>
          {shown.length === 0 ? view.title : thanks.title}
        </p>
        <p>{shown.length === 0 ? null : thanks.text}</p>
        {shown.length > 0 && reward !== undefined && <p>{reward}</p>}
        {shown.length > 0 && review && <p className="ac-pv__linked">{review.text}</p>}
        {shown.length > 0 && view.review && !review && (
          <p className="ac-pv__linked" lang="en" dir="ltr">
            The review request goes out by e-mail once the case is closed.
          </p>
        )}
        {shown.length === 0 ? (
          <p lang="en" dir="ltr">
            With this order nothing is asked.
          </p>
        ) : (
          <button
            type="button"
            className="ac-pv__button ac-pv__button--plain"
            lang="en"
            onClick={() => {
              setAnswers(() => ({}));
              setCurrentId(null);
            }}
          >
            Start again
          </button>
        )}
      </div>
    );
  }
  const isLinked = linked.includes(question.id);
  return (
    <div className="ac-pv__page">
      {at === 0 && (
        <>
          <p className="ac-pv__title">{view.title}</p>
          <p className="ac-pv__soft">{view.intro}</p>
          {view.identity !== undefined && (
            <p className="ac-pv__soft">{pageWords(view.locale).say(`identity.${view.identity}`)}</p>
          )}
          {view.promise !== undefined && <p>{view.promise}</p>}
        </>
      )}
      <p className="ac-pv__soft">
        {view.labels.progress.replace('{now}', String(at + 1)).replace('{all}', String(shown.length))}
      </p>
      {isLinked ? (
        <LinkedQuestion question={question} leadsOn={leadsOn} heading={heading} />
      ) : (
        <PreviewQuestion
          key={question.id}
          question={question}
          labels={view.labels}
          answers={answers}
          heading={heading}
          error={missing ? translate(view.locale, 'error.required') : null}
          onAnswer={(field, value) => {
            setMissing(false);
            setAnswers((before) => ({ ...before, [field]: value }));
          }}
        />
      )}
      <div className="ac-pv__buttons">
        {at > 0 && (
          <button type="button" className="ac-pv__button ac-pv__button--plain" onClick={() => go(at - 1)}>
            {view.labels.back}
          </button>
        )}
        <button type="button" className="ac-pv__button" style={button} onClick={next}>
          {at === shown.length - 1 ? view.labels.submit : view.labels.next}
        </button>
      </div>
      {editedId !== null && !shown.includes(editedId) && (
        <p className="ac-pv__soft" lang="en" dir="ltr">
          The question you are editing is not shown with these answers.
        </p>
      )}
    </div>
  );
}

function LinkedQuestion({
  question,
  leadsOn,
  heading,
}: {
  question: SurveyViewQuestion;
  leadsOn: boolean;
  heading: React.RefObject<HTMLElement>;
}) {
  return (
    <div>
      <p className="ac-pv__question" ref={heading as never} tabIndex={-1}>
        {question.text}
      </p>
      <p className="ac-pv__linked" lang="en" dir="ltr">
        {leadsOn ? 'Opens the survey page' : 'Not asked here'}
      </p>
    </div>
  );
}

function isAnswered(answer: AnswerValue | undefined): boolean {
  if (answer === undefined || answer === '') return false;
  return typeof answer !== 'object' || Object.values(answer).some((part) => part !== '');
}

/** Where the first rating given leads; a rating by item counts as its worst. */
function routeAfter(definition: Definition, shown: readonly string[], answers: GivenAnswers): Route {
  for (const question of definition.questions) {
    if (!isRating(question) || !question.metric || !shown.includes(question.id)) continue;
    const scale = RATING_SCALES[question.type];
    const answer = answers[question.id];
    const given =
      typeof answer === 'object' ? Object.values(answer).map(Number) : [Number(answer ?? Number.NaN)];
    const ratings = given.filter((value) => isOnScale(scale, value));
    if (ratings.length > 0) return routeOf(scale, Math.min(...ratings));
  }
  return 'middle';
}
