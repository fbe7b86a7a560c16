import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import {
  closedPage,
  pageOrTrouble,
  surveyPage,
  thanksPage,
} from '../components/survey/survey-pages.server.tsx';
import { readFields, SEEN_FIELD, tappedAnswers } from '../components/survey/form-fields.ts';
import { browserLocale } from '../components/survey/texts.ts';
import { jsonDoor, submitResponse, tooMany } from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { noteVisit } from '../services/note-visit.ts';
import { openLink } from '../services/open-survey.ts';
import { submitByLink } from '../services/submit-answer.ts';

export const loader = (args: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => showSurvey(args));
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => takeAnswer(args));

/** The survey behind a mailed link. Stores no answer. */
async function showSurvey({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const address = new URL(request.url);
  const tapped = [...address.searchParams.values()];
  const found = await openLink(deps(), { shopId: shop, token, client: context.clientAddress, tapped });
  if (found.outcome === 'open') {
    // What was tapped in the mail is chosen on the page, and stored by nobody but the shopper.
    const given = { ...found.given, ...tappedAnswers(address, found.view) };
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
  const form = await request.formData().catch(() => new FormData());
  const isStep = request.headers.get('Accept') === 'application/json';
  const link = { shopId: shop, token, client: context.clientAddress };
  if (isStep && form.get(SEEN_FIELD) === '1') {
    const visit = await noteVisit(deps(), link);
    return jsonDoor(
      visit.outcome === 'noted' ? { status: 200, body: visit } : tooMany(visit.retryAfterSeconds),
    );
  }
  const { edition, answers } = readFields(form);
  const result = await submitByLink(deps(), { ...link, submission: { answers }, edition, isStep });
  if (isStep) return jsonDoor(submitResponse(result));
  switch (result.outcome) {
    case 'stored':
    case 'updated':
      return thanksPage(result, result.route);
    case 'invalid':
      return surveyPage(result, { given: answers, errors: result.errors });
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

/** The shopper's own language wins over the browser's, where it is known. */
function withoutNull<About extends object>(about: About): About {
  return Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null)) as About;
}
