import type { FieldError, Route } from '../../domain/surveys/contract.ts';
import type { ClosedLink } from '../../services/open-survey.ts';
import type { RenderableSurvey, SurveyBrand } from '../../services/survey-context.ts';
import { translate } from '../../domain/surveys/texts.ts';
import { afterAnswer } from '../../domain/surveys/view.ts';
import { conditionStyle } from './condition-style.ts';
import { FILE_STYLE } from './file-fields.tsx';
import type { GivenAnswers } from './form-fields.ts';
import { guarded } from './guarded.ts';
import { QUESTION_STYLE } from './question-style.ts';
import { shopperPage } from './shopper-page.server.tsx';
import { SurveyForm } from './survey-form.tsx';
import { scriptFor } from './survey-script.ts';
import { browserLocale, pageWords } from './texts.ts';

/**
 * The survey behind a link.
 * @param survey.isTest says at the top that nothing is stored
 * @param form what was stored, tapped or sent, by field; with errors the page says what is wrong (422)
 */
export function surveyPage(
  survey: RenderableSurvey & { orderName?: string; isTest?: boolean },
  form: { given: GivenAnswers; errors: FieldError[] } = { given: {}, errors: [] },
): Response {
  const { view, brand } = survey;
  // The relationship survey is about the shop as a whole, whichever order made it due.
  const aboutShop = view.kind === 'relationship' || view.kind === 'milestone';
  const orderName = aboutShop ? undefined : survey.orderName;
  const { say } = pageWords(view.locale);
  return shopperPage({
    status: form.errors.length > 0 ? 422 : 200,
    lang: view.locale,
    dir: view.dir,
    title: `${view.title} · ${brand.name}`,
    brand,
    notice: survey.isTest ? say('test.notice') : undefined,
    style: QUESTION_STYLE + (view.labels.files ? FILE_STYLE : '') + conditionStyle(view),
    script: scriptFor(view),
    blobs: view.labels.files ? ['img-src', 'media-src'] : [],
    body: (
      <>
        <h1>{view.title}</h1>
        <p className="soft intro">
          {view.intro} {orderName ? say('about.order', { order: orderName }) : null}
        </p>
        {view.identity !== undefined && <p className="soft">{say(`identity.${view.identity}`)}</p>}
        {view.promise !== undefined && <p className="promise">{view.promise}</p>}
        <SurveyForm
          view={view}
          {...form}
          errorsTitle={say('errors.title')}
          words={{
            required: translate(view.locale, 'error.required'),
            email: translate(view.locale, 'error.email'),
            phone: translate(view.locale, 'error.phone'),
            atMost: translate(view.locale, 'error.too_many'),
          }}
          notes={{ saved: survey.isTest ? '' : say('answer.saved'), offline: say('answer.offline') }}
        />
      </>
    ),
  });
}

/** What happens next, by where the answer led. */
export function thanksPage(survey: RenderableSurvey & { isTest?: boolean }, route: Route): Response {
  const { view, brand } = survey;
  const { title, text } = view.thanks[route];
  const { reward, review } = afterAnswer(view, route);
  return shopperPage({
    status: 200,
    lang: view.locale,
    dir: view.dir,
    title: `${title} · ${brand.name}`,
    brand,
    notice: survey.isTest ? pageWords(view.locale).say('test.notice') : undefined,
    body: (
      <>
        <div role="status">
          <h1>{title}</h1>
          <p>{text}</p>
          {reward !== undefined && <p>{reward}</p>}
        </div>
        {review && (
          <p>
            <a className="ask" href={review.url} rel="noreferrer">
              {review.text}
            </a>
          </p>
        )}
      </>
    ),
  });
}

/** A link that leads nowhere (404), or nowhere any more (410); too many requests (429); our own trouble (503). */
const STATUS: Record<ClosedLink | 'rate_limited' | 'trouble', number> = {
  not_found: 404,
  expired: 410,
  already_answered: 410,
  redacted: 410,
  shop_uninstalled: 410,
  rate_limited: 429,
  trouble: 503,
};

export function closedPage(
  reason: keyof typeof STATUS,
  about: {
    brand: SurveyBrand | null;
    locale: string | null;
    retryAfterSeconds?: number;
    /** They have sent something just now, which was not taken. */
    isPosted?: boolean;
  },
): Response {
  const { lang, dir, say } = pageWords(about.locale);
  const { retryAfterSeconds, isPosted = false } = about;
  const isKept = isPosted && reason === 'already_answered';
  return shopperPage({
    status: isKept ? 409 : STATUS[reason],
    lang,
    dir,
    title: say(`${reason}.title`),
    brand: about.brand,
    headers: retryAfterSeconds ? { 'Retry-After': String(Math.ceil(retryAfterSeconds)) } : {},
    body: (
      <>
        <h1>{say(`${reason}.title`)}</h1>
        <p>{say(isKept ? 'already_answered.kept' : `${reason}.text`)}</p>
      </>
    ),
  });
}

/** A page's answer, or a page that says to come back: the link is fine, something failed on our side. */
export function pageOrTrouble(
  log: Parameters<typeof guarded>[0],
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  return guarded(log, answer, () => closedPage('trouble', { brand: null, locale: browserLocale(request) }));
}
