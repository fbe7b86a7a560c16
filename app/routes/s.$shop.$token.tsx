import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import {
  closedPage,
  pageOrTrouble,
  surveyPage,
  thanksPage,
} from '../components/survey/survey-pages.server.tsx';
import type { GivenAnswers } from '../components/survey/survey-form.tsx';
import { browserLocale } from '../components/survey/texts.ts';
import { jsonDoor, submitResponse } from '../components/survey/json-door.ts';
import type { SurveyView } from '../domain/surveys/contract.ts';
import { deps } from '../infra/deps.server.ts';
import { openLink } from '../services/open-survey.ts';
import { submitByLink } from '../services/submit-answer.ts';

export const loader = (args: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => showSurvey(args));
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => takeAnswer(args));

/** The survey behind a mailed link. Reads only. */
async function showSurvey({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const found = await openLink(deps(), { shopId: shop, token, client: context.clientAddress });
  if (found.outcome === 'open') {
    // What was tapped in the mail is chosen on the page, and stored by nobody but the shopper.
    const given = { ...found.given, ...tappedAnswers(new URL(request.url), found.view) };
    return surveyPage(found, { given, errors: [] });
  }
  return closedPage(found.outcome, {
    brand: null,
    locale: browserLocale(request),
    ...withoutNull(found),
  });
}

async function takeAnswer({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const given = givenAnswers(await request.formData().catch(() => new FormData()));
  const isStep = request.headers.get('Accept') === 'application/json';
  const result = await submitByLink(deps(), {
    shopId: shop,
    token,
    client: context.clientAddress,
    submission: { answers: given },
    isStep,
  });
  if (isStep) return jsonDoor(submitResponse(result));
  switch (result.outcome) {
    case 'stored':
    case 'updated':
      return thanksPage(result, result.route);
    case 'invalid':
      return surveyPage(result, { given, errors: result.errors });
    case 'survey_off':
    case 'forbidden':
      return closedPage('shop_uninstalled', result);
    default:
      return closedPage(result.outcome, {
        brand: null,
        locale: browserLocale(request),
        ...withoutNull(result),
      });
  }
}

/** Ratings that a link of the mail names; anything else in the address is nothing. */
function tappedAnswers(url: URL, view: SurveyView): GivenAnswers {
  return Object.fromEntries(
    view.questions.flatMap(({ id, values = [] }) => {
      const tapped = url.searchParams.get(id);
      return tapped !== null && values.map(String).includes(tapped) ? [[id, tapped]] : [];
    }),
  );
}

/** A repeated field (checkboxes) becomes a list; uploaded files are no answers. */
function givenAnswers(form: FormData): GivenAnswers {
  const answers: GivenAnswers = {};
  for (const field of new Set(form.keys())) {
    const values = form.getAll(field).filter((value) => typeof value === 'string');
    if (values.length > 0) answers[field] = values.length > 1 ? values : (values[0] ?? '');
  }
  return answers;
}

/** The shopper's own language wins over the browser's, where it is known. */
function withoutNull<About extends object>(about: About): About {
  return Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null)) as About;
}
