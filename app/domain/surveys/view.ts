/** Turns a definition into what a surface renders. */
import { directionOf, formatDuration, resolveLocale } from '../core/locales.ts';
import type { Question, Route, Scale, SurveyDefinition, SurveyView, SurveyViewQuestion } from './contract.ts';
import { ROUTES, SCALES } from './contract.ts';
import { routeOf, scaleValues } from './routing.ts';
import { translate } from './texts.ts';

/** Longest comment that is kept, in characters (code points). */
export const MAX_TEXT_LENGTH = 2000;

export interface ViewContext {
  /** The shopper's locale tag; unknown languages get English. */
  locale: string | null;
  brandName: string;
  /** The promise of the apology: within how many hours someone looks into it (settings: cases.detractorTargetHours). */
  targetHours: number;
}

/** The scale of a rating question, null for choices and texts. */
export function scaleOf(question: Question): Scale | null {
  return SCALES.find((scale) => scale === question.type) ?? null;
}

/** The survey in the shopper's language, as JSON. A definition whose first question is no rating raises an Error. */
export function surveyView(definition: SurveyDefinition, context: ViewContext): SurveyView {
  const locale = resolveLocale(context.locale);
  const say = (id: string) => translate(locale, id, { brand: context.brandName });
  return {
    kind: definition.kind,
    version: definition.version,
    locale,
    dir: directionOf(locale),
    title: say(definition.title),
    intro: say(definition.intro),
    questions: definition.questions.map((question) => viewQuestion(question, say)),
    routes: firstAnswerRoutes(definition),
    thanks: Object.fromEntries(
      ROUTES.map((route) => [route, thanksFor(route, context)]),
    ) as SurveyView['thanks'],
    labels: {
      submit: say('label.submit'),
      optional: say('label.optional'),
      required: say('label.required'),
      sending: say('label.sending'),
      error: say('label.error'),
    },
  };
}

/** The words after answering. Low: sorry, and by when someone looks into it. */
export function thanksFor(route: Route, context: ViewContext): { title: string; text: string } {
  const locale = resolveLocale(context.locale);
  const params = { brand: context.brandName, time: formatDuration(locale, context.targetHours, 'hour') };
  return {
    title: translate(locale, `thanks.${route}.title`, params),
    text: translate(locale, `thanks.${route}.text`, params),
  };
}

function firstAnswerRoutes(definition: SurveyDefinition): Record<string, Route> {
  const first = definition.questions[0];
  const scale = first ? scaleOf(first) : null;
  if (!scale) {
    throw new Error(
      `The first question of the ${definition.kind} survey must be a rating: it routes the shopper.`,
    );
  }
  return Object.fromEntries(scaleValues(scale).map((value) => [String(value), routeOf(scale, value)]));
}

function viewQuestion(question: Question, say: (id: string) => string): SurveyViewQuestion {
  const { id, type, required, showWhen, ends, options, multiple } = question;
  const scale = scaleOf(question);
  return {
    id,
    type,
    required,
    text: say(question.text),
    ...(showWhen && { showWhen }),
    ...(scale && { values: scaleValues(scale) }),
    ...(ends && { ends: { least: say(ends.least), most: say(ends.most) } }),
    ...(options && { options: options.map((option) => ({ value: option.value, text: say(option.text) })) }),
    ...(multiple && { multiple }),
    ...(type === 'text' && { maxLength: MAX_TEXT_LENGTH }),
  };
}
