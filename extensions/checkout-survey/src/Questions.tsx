import { useMemo, useRef, useState } from 'preact/hooks';
import type { AnswerValue, FieldError, SubmitOutcome } from '../../../app/domain/surveys/contract.ts';
import { answersToSend, askedHere, isElsewhere, isMissing } from './answers.ts';
import { loadAgain, sendAnswers } from './api.ts';
import type { Answered, Host, Offer, SendOutcome } from './api.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { answersFrom, merged, resumeAt } from './given.ts';
import { QuestionField } from './QuestionField.tsx';
import { ranked } from './Ranking.tsx';
import { stepsTo } from './steps.ts';
import { isGiven } from './visible.ts';
import type { Answers } from './visible.ts';

/** What is said after the last answer. */
export type Stored = Extract<SubmitOutcome, { outcome: 'stored' }>;

/** The second tap of a double tap must not answer the question that came after the first. */
const DOUBLE_TAP_MS = 300;

/** What is asked, and what was answered here that the app does not have. */
export interface Began {
  offer: Offer;
  answers?: Answers | undefined;
  /** Other questions were asked here before. */
  hasChanged?: boolean;
}

/** What stands here while they are on the page that asks the rest; no answers: the app has them. */
export interface Left extends Began {
  /** Nothing that must be answered needs that page. */
  canStay: boolean;
}

interface Props extends Began {
  host: Host;
  onStored(stored: Stored | Answered): void;
  /** They went on to the page that asks the rest. */
  onLeft(left: Left): void;
  /** Another survey is asked by now. */
  onChanged(offer: Offer, answers: Answers): void;
}

/** One question at a time, beginning where one left off; what was answered is stored at each step. */
export function Questions({ host, offer, hasChanged, onStored, onLeft, onChanged, ...began }: Props) {
  const { survey, order } = offer;
  const { labels } = survey;
  const [before] = useState(() => answersFrom(survey, offer.given ?? {}));
  // Where the app has an answer, that is the newer one: it was given on the other page.
  const [answers, setAnswers] = useState<Answers>(() => merged(before, {}, began.answers ?? {}));
  // A field's change comes with the tap on the button, before the next render.
  const latest = useRef(answers);
  const [at, setAt] = useState(() => resumeAt(offer, answers));
  const movedAt = useRef(0);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  const [storing, setStoring] = useState(false);
  // What was stored from here last, and what the last step heard if it was not stored.
  const stored = useRef<Answers>(before);
  const heard = useRef<SendOutcome>(null);
  // Being sent off, or not to be: what a step hears now is no news.
  const isOver = useRef(false);
  /** @returns whether there is nothing more to ask here */
  const ends = (result: SendOutcome): boolean => {
    isOver.current = true;
    if (result?.outcome === 'stored' || result?.outcome === 'already_answered') onStored(result);
    else if (result?.outcome === 'changed') onChanged(result.offer, latest.current);
    else isOver.current = false;
    return isOver.current;
  };
  const step = useMemo(
    () =>
      stepsTo(
        async (given) => {
          const result = await sendAnswers(host, offer, given, true);
          const isStored = result?.outcome === 'stored';
          heard.current = isStored ? null : result;
          if (isStored) stored.current = given;
          return isStored;
        },
        answersToSend(offer.survey, before),
      ),
    [host, offer, before],
  );

  const asked = askedHere(offer, answers);
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
  const following = () => askedHere(offer, latest.current)[index + 1];
  const given = () => answersToSend(survey, latest.current);
  const store = async (): Promise<boolean> => {
    setStoring(true);
    const isStored = await step(given());
    setStoring(false);
    if (!isOver.current) ends(heard.current);
    return isStored;
  };

  const choose = (value: number | string): boolean => {
    if (sending || isDoubleTap()) return false;
    keep(question.id, value);
    const next = following();
    if (value !== question.other) {
      void store();
      if (next) show(next.id);
    }
    return true;
  };

  const rank = (value: string): boolean => {
    const was = latest.current[question.id];
    const order = Array.isArray(was) ? was : [];
    if (sending || isDoubleTap()) return order.includes(value);
    const now = ranked(order, value);
    keep(question.id, now);
    return now.includes(value);
  };

  // The page is open by then, whether or not what was answered here has arrived: answering at both would wipe out one.
  const leave = async () => {
    const isKept = await store();
    if (isOver.current) return;
    const canStay = !asked.some((each) => isElsewhere(each) && isMissing(each, latest.current));
    onLeft({ offer, canStay, ...(!isKept && { answers: latest.current }) });
  };

  /** Takes in what was answered on the other page meanwhile. @returns what became of the survey there, if anything */
  const catchUp = async (): Promise<SendOutcome> => {
    const fresh = await loadAgain(host, offer);
    if (typeof fresh === 'string') return null;
    if ('thanks' in fresh) return { outcome: 'already_answered', message: '', ...fresh };
    if (fresh.survey.edition !== survey.edition) return { outcome: 'changed', offer: fresh };
    offer.pageToken = fresh.pageToken;
    latest.current = merged(latest.current, stored.current, answersFrom(survey, fresh.given ?? {}));
    setAnswers(latest.current);
    return null;
  };

  const submit = async () => {
    setSending(true);
    setFailed(false);
    isOver.current = true;
    const isShared = offer.continueAt !== undefined || offer.isContinued === true;
    const result = (isShared && (await catchUp())) || (await sendAnswers(host, offer, given(), false));
    setSending(false);
    if (ends(result)) return;
    const wrong = result?.outcome === 'invalid' ? result.errors : [];
    const faulty = askedHere(offer, latest.current).find(({ id }) => wrong.some(({ field }) => field === id));
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
    void store();
    show(next.id);
  };

  const previous = asked[index - 1];
  const elsewhere = isElsewhere(question);
  const open = elsewhere && !isGiven(answers[question.id]);
  const onward = open ? host.say('elsewhere.skip') : labels.next;
  const progress = labels.progress.replace('{now}', `${index + 1}`).replace('{all}', `${asked.length}`);
  return (
    <s-section heading={host.heading || survey.title}>
      <s-form onSubmit={goOn}>
        <s-stack gap="base">
          {order.name !== '' && survey.kind !== 'relationship' && (
            <s-text color="subdued">{host.say('order', { name: order.name })}</s-text>
          )}
          {hasChanged && <s-banner tone="info" heading={host.say('changed')} />}
          {!previous && <s-paragraph>{survey.intro}</s-paragraph>}
          {!previous && survey.promise !== undefined && <s-banner tone="info" heading={survey.promise} />}
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
            {elsewhere ? (
              <Elsewhere
                host={host}
                name={question.text}
                at={offer.continueAt}
                done={open ? undefined : labels.files?.added}
                error={errors.find(({ field }) => field === question.id)?.message}
                waits={storing}
                onGo={() => void leave()}
              />
            ) : (
              <QuestionField
                question={question}
                answers={answers}
                labels={labels}
                errors={errors}
                onKeep={keep}
                onPart={keepPart}
                onChoose={choose}
                onRank={rank}
              />
            )}
            {failed && <s-banner tone="critical" heading={labels.error} />}
            <s-stack direction="inline" gap="small">
              {previous && (
                <s-button variant="secondary" disabled={sending} onClick={() => show(previous.id)}>
                  {labels.back}
                </s-button>
              )}
              {!(open && question.required) && (
                <s-button type="submit" variant={elsewhere ? 'secondary' : 'primary'} loading={sending}>
                  {asked[index + 1] ? onward : labels.submit}
                </s-button>
              )}
            </s-stack>
          </s-stack>
        </s-stack>
      </s-form>
    </s-section>
  );
}
