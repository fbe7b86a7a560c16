import { useMemo, useRef, useState } from 'preact/hooks';
import type { AnswerValue, FieldError, SubmitOutcome } from '../../../app/domain/surveys/contract.ts';
import { answersToSend, askedHere, isMissing } from './answers.ts';
import { sendAnswers } from './api.ts';
import type { Host, Offer } from './api.ts';
import { answersFrom, resumeAt } from './given.ts';
import { QuestionField } from './QuestionField.tsx';
import { stepsTo } from './steps.ts';
import type { Answers } from './visible.ts';

type Thanks = Extract<SubmitOutcome, { outcome: 'stored' }>['thanks'];

/** The second tap of a double tap must not answer the question that came after the first. */
const DOUBLE_TAP_MS = 300;

interface Props {
  host: Host;
  offer: Offer;
  onStored(thanks: Thanks): void;
}

/** One question at a time, beginning where one left off; what was answered is stored at each step. */
export function Questions({ host, offer, onStored }: Props) {
  const { survey, order } = offer;
  const { labels } = survey;
  const [before] = useState(() => answersFrom(survey, offer.given ?? {}));
  const [answers, setAnswers] = useState<Answers>(before);
  // A field's change comes with the tap on the button, before the next render.
  const latest = useRef(answers);
  const [at, setAt] = useState(() => resumeAt(survey, answers));
  const movedAt = useRef(0);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  const step = useMemo(
    () =>
      stepsTo(
        async (given) => (await sendAnswers(host, offer, given, true))?.outcome === 'stored',
        answersToSend(offer.survey, before),
      ),
    [host, offer, before],
  );

  const asked = askedHere(survey, answers);
  const index = Math.max(
    asked.findIndex(({ id }) => id === at),
    0,
  );
  const question = asked[index];
  if (!question) return null;

  const keep = (field: string, value: AnswerValue) => {
    latest.current = { ...latest.current, [field]: value };
    setAnswers(latest.current);
    setErrors((now) => now.filter((error) => error.field !== question.id));
  };
  const keepPart = (part: string, value: number | string) => {
    const was = latest.current[question.id];
    keep(question.id, { ...(typeof was === 'object' && !Array.isArray(was) && was), [part]: value });
  };
  const show = (id: string, wrong: FieldError[] = []) => {
    movedAt.current = Date.now();
    setAt(id);
    setErrors(wrong);
    setFailed(false);
  };
  const isDoubleTap = () => Date.now() - movedAt.current < DOUBLE_TAP_MS;
  const following = () => askedHere(survey, latest.current)[index + 1];
  const given = () => answersToSend(survey, latest.current);

  const choose = (value: number | string): boolean => {
    if (sending || isDoubleTap()) return false;
    keep(question.id, value);
    const next = following();
    if (value !== question.other) {
      void step(given());
      if (next) show(next.id);
    }
    return true;
  };

  const submit = async () => {
    setSending(true);
    setFailed(false);
    const result = await sendAnswers(host, offer, given(), false);
    setSending(false);
    if (result?.outcome === 'stored') return onStored(result.thanks);
    const wrong = result?.outcome === 'invalid' ? result.errors : [];
    const faulty = askedHere(survey, latest.current).find(({ id }) =>
      wrong.some(({ field }) => field === id),
    );
    if (faulty) show(faulty.id, wrong);
    else setFailed(true);
  };

  const goOn = () => {
    if (sending || isDoubleTap()) return;
    if (isMissing(question, latest.current)) {
      setErrors([{ field: question.id, code: 'required', message: labels.required }]);
      return;
    }
    // Left unticked and passed is an answer too.
    if (question.type === 'consent') keep(question.id, latest.current[question.id] ?? false);
    const next = following();
    if (!next) return void submit();
    void step(given());
    show(next.id);
  };

  const previous = asked[index - 1];
  const progress = labels.progress.replace('{now}', `${index + 1}`).replace('{all}', `${asked.length}`);
  return (
    <s-section heading={host.heading || survey.title}>
      <s-form onSubmit={goOn}>
        <s-stack gap="base">
          {order.name !== '' && survey.kind !== 'relationship' && (
            <s-text color="subdued">{host.say('order', { name: order.name })}</s-text>
          )}
          {!previous && <s-paragraph>{survey.intro}</s-paragraph>}
          {/* An extension cannot move the focus. The next question is read out as news. */}
          <s-stack gap="small-300" accessibilityRole="status">
            {asked.length > 1 && <s-text color="subdued">{progress}</s-text>}
            <s-heading>
              {question.required
                ? question.text
                : host.say('optional', { question: question.text, optional: labels.optional })}
            </s-heading>
            {question.help !== undefined && <s-text color="subdued">{question.help}</s-text>}
          </s-stack>
          {/* All of it is new with each question: browsers then go on from here with the Tab key. */}
          <s-stack key={question.id} gap="base">
            <QuestionField
              question={question}
              answers={answers}
              labels={labels}
              errors={errors}
              onKeep={keep}
              onPart={keepPart}
              onChoose={choose}
            />
            {failed && <s-banner tone="critical" heading={labels.error} />}
            <s-stack direction="inline" gap="small">
              {previous && (
                <s-button variant="secondary" disabled={sending} onClick={() => show(previous.id)}>
                  {labels.back}
                </s-button>
              )}
              <s-button type="submit" variant="primary" loading={sending}>
                {asked[index + 1] ? labels.next : labels.submit}
              </s-button>
            </s-stack>
          </s-stack>
        </s-stack>
      </s-form>
    </s-section>
  );
}
