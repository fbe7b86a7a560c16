import { useEffect, useRef, useState } from 'preact/hooks';
import type { FieldError, SurveyView } from '../../../app/domain/surveys/contract.ts';
import { errorOf, loadSurvey, sendAnswers } from './api.ts';
import type { Host } from './api.ts';
import { QuestionField } from './QuestionField.tsx';

type State =
  | { step: 'loading' }
  | { step: 'none' }
  | { step: 'asking'; survey: SurveyView; errors: FieldError[]; failed: boolean; sending: boolean }
  | { step: 'done'; title: string; text: string };

/** One survey inside a Shopify page: a skeleton, the questions, the thanks; nothing where there is nothing to ask. */
export function SurveyBlock({ host }: { host: Host }) {
  const [state, setState] = useState<State>({ step: 'loading' });
  const [answers, setAnswers] = useState<Record<string, string | string[]>>({});
  // A comment's change comes with the tap on the button, before the next render.
  const latest = useRef(answers);

  useEffect(() => {
    void loadSurvey(host).then((survey) => {
      setState(
        survey ? { step: 'asking', survey, errors: [], failed: false, sending: false } : { step: 'none' },
      );
    });
  }, [host]);

  if (state.step === 'none') return host.preview ? <s-text>{host.say('preview')}</s-text> : null;
  if (state.step === 'loading') {
    return (
      <s-section>
        <s-skeleton-paragraph />
      </s-section>
    );
  }
  if (state.step === 'done') {
    return (
      <s-banner heading={state.title} tone="success">
        <s-text>{state.text}</s-text>
      </s-banner>
    );
  }

  const { survey, errors, failed, sending } = state;
  const first = survey.questions[0];
  const shownFor = (given: typeof answers) => {
    const route = first && survey.routes[String(given[first.id] ?? '')];
    return survey.questions.filter((question) => !question.showWhen || question.showWhen === route);
  };
  const answer = (id: string, value: string | string[]) => {
    latest.current = { ...latest.current, [id]: value };
    setAnswers(latest.current);
    setState((now) =>
      now.step === 'asking' ? { ...now, errors: now.errors.filter((error) => error.field !== id) } : now,
    );
  };

  const submit = async () => {
    if (sending) return;
    setState({ ...state, errors: [], failed: false, sending: true });
    const given = Object.fromEntries(
      shownFor(latest.current).flatMap(({ id }) => {
        const value = latest.current[id];
        return value === undefined ? [] : [[id, value]];
      }),
    );
    const result = await sendAnswers(host, survey, given);
    if (result?.outcome === 'stored') setState({ step: 'done', ...result.thanks });
    else if (result?.outcome === 'invalid')
      setState({ ...state, errors: result.errors, failed: false, sending: false });
    else setState({ ...state, errors: [], failed: true, sending: false });
  };

  return (
    <s-section heading={host.heading || survey.title}>
      <s-form onSubmit={() => void submit()}>
        <s-stack gap="base">
          <s-paragraph>{survey.intro}</s-paragraph>
          {shownFor(answers).map((question) => (
            <QuestionField
              key={question.id}
              question={question}
              label={
                question.required
                  ? question.text
                  : host.say('optional', { question: question.text, optional: survey.labels.optional })
              }
              value={answers[question.id]}
              error={errorOf(errors, question.id)}
              onChange={(value) => answer(question.id, value)}
            />
          ))}
          {failed && <s-banner tone="critical" heading={survey.labels.error} />}
          <s-button type="submit" variant="primary" loading={sending}>
            {survey.labels.submit}
          </s-button>
        </s-stack>
      </s-form>
    </s-section>
  );
}
