/** Turns a survey that was resolved for one person and order into what a surface renders. */
import { formatDuration, resolveLocale } from '../core/locales.ts';
import type {
  FileLabels,
  Route,
  SubmitOutcome,
  SurveyLabels,
  SurveyView,
  SurveyViewQuestion,
} from './contract.ts';
import { ROUTES } from './contract.ts';
import type { Definition } from './definition.ts';
import { directionOfLanguage, languageFor, textOf } from './definition-texts.ts';
import type { ResolvedQuestion, ResolvedSurvey } from './logic.ts';
import { identityOf } from './identity.ts';
import { reviewAskedAt } from './review-request.ts';
import { isRating, MAX_SHORT_TEXT, OTHER, RATING_SCALES } from './question-types.ts';
import { scaleValues } from './routing.ts';
import { translate } from './texts.ts';
import { UPLOAD_KIND_OF } from './uploads.ts';

export interface ViewContext {
  /** The shopper's locale tag; a language that the survey does not have gets its default language. */
  locale: string | null;
  brandName: string;
  /** The promise of the apology: within how many hours someone looks into it (settings: cases.detractorTargetHours). */
  targetHours: number;
  /** Sent back by surfaces with the answers. */
  edition: string;
  /** Titles of the order's lines, by line id; a line without one is named by its place. */
  lineTitles?: Readonly<Record<string, string>>;
  /** What is said of the survey's incentive; absent: that it is promised. */
  promise?: 'made' | 'none' | 'gone';
  /** The order does not meet the condition of the review request. */
  withoutReview?: boolean;
  /** Who answers is proven, so that a low answer opens a case, and may be mailed once it is closed. */
  mailable?: boolean;
  /** Nothing will ever tell whose answer it is, as of a guest at checkout: it opens no case. */
  unproven?: boolean;
}

type Say = (id: string, params?: Record<string, string | number>) => string;

/** The survey in the shopper's language, as JSON. */
export function surveyView(survey: ResolvedSurvey, context: ViewContext): SurveyView {
  const { definition } = survey;
  const language = languageFor(definition, context.locale);
  const identity = identityOf(definition);
  const say: Say = (id, params = {}) =>
    textOf(definition, language, id, { brand: context.brandName, ...params });
  return {
    kind: definition.kind,
    edition: context.edition,
    locale: language,
    dir: directionOfLanguage(language),
    title: say(definition.title),
    intro: say(definition.intro),
    questions: survey.questions.map((resolved) => viewQuestion(resolved, survey.lineIds, context, say)),
    thanks: Object.fromEntries(
      ROUTES.map((route) => [route, thanksFor(definition, route, context)]),
    ) as SurveyView['thanks'],
    ...(identity !== 'identified' && { identity }),
    ...promiseIn(definition, language, context, say),
    ...reviewIn(definition, context, say),
    labels: {
      ...labelsIn(language),
      ...(survey.questions.some(asksForFiles) && { files: fileLabelsIn(language) }),
    },
  };
}

/** The budget is limited, and says so; whoever was promised a reward earlier is told when there is none left. */
function promiseIn(
  { incentive }: Definition,
  language: string,
  { promise = 'made' }: ViewContext,
  say: Say,
): Pick<SurveyView, 'promise' | 'reward'> {
  if (!incentive || promise === 'none') return {};
  if (promise === 'gone') {
    const gone = translate(language, 'promise.gone');
    return { promise: gone, reward: gone };
  }
  return {
    promise: `${say(incentive.text)} ${translate(language, 'promise.limited')}`,
    reward: translate(language, 'promise.kept'),
  };
}

function reviewIn(
  { reviewAsk, identity }: Definition,
  { withoutReview = false, mailable = false }: ViewContext,
  say: Say,
): Pick<SurveyView, 'review'> {
  if (!reviewAsk || withoutReview) return {};
  const lowAfterCase = mailable && identity === 'identified';
  return {
    review: { text: say(reviewAsk.text), url: reviewAsk.url, ...(lowAfterCase && { lowAfterCase }) },
  };
}

/**
 * What is said under the thanks: how the reward comes, and the request for a review unless it comes later. The request
 * is the same for every answer but for its time.
 */
export function afterAnswer(
  view: Pick<SurveyView, 'reward' | 'review'>,
  route: Route,
): Pick<Extract<SubmitOutcome, { outcome: 'stored' }>, 'reward' | 'review'> {
  const { reward, review } = view;
  const now = review && reviewAskedAt(route, review.lowAfterCase === true) === 'at_once';
  return {
    ...(reward !== undefined && { reward }),
    ...(now && { review: { text: review.text, url: review.url } }),
  };
}

const asksForFiles = ({ question, silent }: ResolvedQuestion) =>
  !silent && UPLOAD_KIND_OF[question.type] !== undefined;

/**
 * The words after answering, in the shopper's language. Low: sorry, and by when someone looks into it; not where nobody
 * knows whose answer it is, so that nobody can.
 */
export function thanksFor(
  definition: Definition,
  route: Route,
  context: Omit<ViewContext, 'edition'>,
): { title: string; text: string } {
  const language = languageFor(definition, context.locale);
  const time = formatDuration(resolveLocale(language), context.targetHours, 'hour');
  const params = { brand: context.brandName, time };
  const { title, text: own } = definition.thanks[route];
  const isNobodys = definition.identity !== 'identified' || context.unproven === true;
  const promisesCall = isNobodys && textOf(definition, language, own).includes('{time}');
  const text = promisesCall ? definition.thanks.middle.text : own;
  return {
    title: textOf(definition, language, title, params),
    text: textOf(definition, language, text, params),
  };
}

/** Words around the questions are the app's own: a language it does not speak gets English. */
function labelsIn(language: string): SurveyLabels {
  const label = (id: string) => translate(language, `label.${id}`);
  return {
    submit: label('submit'),
    next: label('next'),
    back: label('back'),
    optional: label('optional'),
    required: translate(language, 'error.required'),
    sending: label('sending'),
    error: label('error'),
    progress: label('progress'),
    other: label('other'),
    agree: label('agree'),
    ranking: label('ranking'),
    startAgain: label('start_again'),
  };
}

function fileLabelsIn(language: string): FileLabels {
  const label = (id: string) => translate(language, `label.${id}`);
  return {
    addPicture: label('add_picture'),
    addAudio: label('add_audio'),
    record: label('record'),
    stop: label('stop'),
    play: label('play'),
    remove: label('remove'),
    tryAgain: label('try_again'),
    uploading: label('uploading'),
    added: label('added'),
    recording: label('recording'),
    microphoneRefused: label('microphone_refused'),
    needsScript: label('files_need_script'),
    tooLarge: translate(language, 'error.file_size'),
    failed: translate(language, 'error.file_failed'),
    pending: translate(language, 'error.file_pending'),
  };
}

function viewQuestion(
  { question, showWhen, silent }: ResolvedQuestion,
  lineIds: readonly string[],
  { lineTitles = {} }: ViewContext,
  say: Say,
): SurveyViewQuestion {
  const { id, type, required } = question;
  const any: SurveyViewQuestion = {
    id,
    type,
    required,
    text: say(question.text),
    ...(question.help !== undefined && { help: say(question.help) }),
    ...(showWhen && { showWhen }),
    ...(silent && { silent }),
  };
  if (silent) return any;
  if (isRating(question)) {
    const values = scaleValues(RATING_SCALES[question.type]);
    const { ends } = question;
    return {
      ...any,
      values,
      ...(ends && { ends: { least: say(ends.least), most: say(ends.most) } }),
      ...(type === 'smileys' && { valueNames: values.map((value) => say(`smiley.${value}`)) }),
      ...(type === 'line_rating' && {
        lines: lineIds.map((line, index) => ({ id: line, title: lineTitles[line] ?? String(index + 1) })),
      }),
    };
  }
  switch (question.type) {
    case 'choice':
    case 'multiple_choice':
      return {
        ...any,
        options: [
          ...question.options.map((option) => ({ value: option.id, text: say(option.text) })),
          ...(question.other ? [{ value: OTHER, text: say(question.other.text) }] : []),
        ],
        ...(question.other && { other: OTHER, maxLength: MAX_SHORT_TEXT }),
        ...(question.type === 'multiple_choice' &&
          question.atMost !== undefined && { atMost: question.atMost }),
      };
    case 'ranking':
      return {
        ...any,
        options: question.options.map((option) => ({ value: option.id, text: say(option.text) })),
      };
    case 'short_text':
    case 'long_text':
      return { ...any, maxLength: question.maxLength };
    case 'contact':
      return { ...any, asks: question.asks.map((part) => ({ part, label: say(`contact.${part}`) })) };
    case 'image_upload':
      return { ...any, maxFiles: question.maxFiles };
    case 'voice_note':
      return { ...any, maxSeconds: question.maxSeconds };
    default:
      return any;
  }
}
