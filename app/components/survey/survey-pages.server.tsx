import type { Locale } from '../../domain/core/locales.ts';
import type { FieldError, Route } from '../../domain/surveys/contract.ts';
import type { ClosedLink } from '../../services/open-survey.ts';
import type { RenderableSurvey, SurveyBrand } from '../../services/survey-context.ts';
import type { UnsubscribeOutcome } from '../../services/unsubscribe.ts';
import { translate } from '../../domain/surveys/texts.ts';
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
 * @param form what was stored, tapped or sent, by field; with errors the page says what is wrong (422)
 */
export function surveyPage(
  survey: RenderableSurvey & { orderName?: string },
  form: { given: GivenAnswers; errors: FieldError[] } = { given: {}, errors: [] },
): Response {
  const { view, brand } = survey;
  // The relationship survey is about the shop as a whole, whichever order made it due.
  const orderName = view.kind === 'relationship' ? undefined : survey.orderName;
  const { say } = pageWords(view.locale);
  return shopperPage({
    status: form.errors.length > 0 ? 422 : 200,
    lang: view.locale,
    dir: view.dir,
    title: `${view.title} · ${brand.name}`,
    brand,
    style: QUESTION_STYLE + (view.labels.files ? FILE_STYLE : '') + conditionStyle(view),
    script: scriptFor(view),
    blobs: view.labels.files ? ['img-src', 'media-src'] : [],
    body: (
      <>
        <h1>{view.title}</h1>
        <p className="soft intro">
          {view.intro} {orderName ? say('about.order', { order: orderName }) : null}
        </p>
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
          notes={{ saved: say('answer.saved'), offline: say('answer.offline') }}
        />
      </>
    ),
  });
}

/** What happens next, by where the answer led. */
export function thanksPage(survey: RenderableSurvey, route: Route): Response {
  const { view, brand } = survey;
  const { title, text } = view.thanks[route];
  return shopperPage({
    status: 200,
    lang: view.locale,
    dir: view.dir,
    title: `${title} · ${brand.name}`,
    brand,
    body: (
      <div role="status">
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
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
  about: { brand: SurveyBrand | null; locale: string | null; retryAfterSeconds?: number },
): Response {
  const { lang, dir, say } = pageWords(about.locale);
  const { retryAfterSeconds } = about;
  return shopperPage({
    status: STATUS[reason],
    lang,
    dir,
    title: say(`${reason}.title`),
    brand: about.brand,
    headers: retryAfterSeconds ? { 'Retry-After': String(Math.ceil(retryAfterSeconds)) } : {},
    body: (
      <>
        <h1>{say(`${reason}.title`)}</h1>
        <p>{say(`${reason}.text`)}</p>
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

/** @param visitor the browser's language, for those whose own is not known */
export function unsubscribePage(shown: UnsubscribeOutcome, visitor: Locale): Response {
  if (shown.outcome === 'not_found') return closedPage('not_found', { brand: null, locale: visitor });
  const { lang, dir, say } = pageWords(shown.locale ?? visitor);
  const brand = { brand: shown.brand.name };
  const state = shown.outcome === 'done' ? 'unsubscribed' : 'unsubscribe';
  return shopperPage({
    status: 200,
    lang,
    dir,
    title: `${say(`${state}.title`)} · ${shown.brand.name}`,
    brand: shown.brand,
    body: (
      <>
        <h1>{say(`${state}.title`)}</h1>
        <p>{say(`${state}.text`, brand)}</p>
        {shown.outcome === 'ask' && (
          <form method="post">
            <button type="submit">{say('unsubscribe.button')}</button>
          </form>
        )}
      </>
    ),
  });
}
