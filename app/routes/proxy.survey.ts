import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import {
  jsonDoor,
  notOffered,
  offerQuery,
  sentAnswers,
  submissionBody,
  submitResponse,
  tooMany,
  TROUBLE,
  UNREADABLE,
} from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { withFiles } from '../components/survey/upload-door.ts';
import { offerToCustomer } from '../services/offer-survey.ts';
import { submitByCustomer } from '../services/submit-answer.ts';

export const loader = (args: LoaderFunctionArgs) => readably(() => offerSurvey(args));
export const action = (args: ActionFunctionArgs) => readably(() => takeAnswer(args));

/** Errors are JSON too, with the door's headers. */
const readably = (answer: () => Promise<Response>) => guarded(deps().log, answer, () => jsonDoor(TROUBLE));

/** GET /apps/aftercare/survey on the storefront: which survey is open for the customer who is logged in. */
async function offerSurvey({ request }: LoaderFunctionArgs): Promise<Response> {
  const caller = deps().callers.proxy(request);
  if (caller.kind === 'refused')
    return jsonDoor({ status: 401, body: { survey: null, reason: caller.reason } });
  const { shopDomain, customerId } = caller;
  const wish = offerQuery(new URL(request.url));
  const offer = await offerToCustomer(deps(), {
    shopDomain,
    customerId,
    ...wish,
  });
  if (offer.outcome === 'rate_limited') return jsonDoor(tooMany(offer.retryAfterSeconds));
  if (offer.outcome === 'none') return jsonDoor(notOffered(offer.reason, wish.locale));
  const { order, pageToken, given } = offer;
  const survey = withFiles(offer.view, { order: order.id, token: pageToken ?? '' });
  return jsonDoor({ status: 200, body: { survey, order, pageToken, given } });
}

/** POST: needs Shopify's signature and the token of a page that the same customer loaded. */
async function takeAnswer({ request }: ActionFunctionArgs): Promise<Response> {
  const caller = deps().callers.proxy(request);
  if (caller.kind === 'refused' || caller.customerId === null) {
    const message = caller.kind === 'refused' ? caller.reason : 'Please log in to answer.';
    return jsonDoor({ status: 401, body: { outcome: 'unavailable', message } });
  }
  const body = await submissionBody(request);
  if (!body) return jsonDoor(UNREADABLE);
  const { shopDomain, customerId } = caller;
  const { pageToken } = body;
  const door = { shopDomain, customerId, pageToken: pageToken ?? '' };
  const answer = sentAnswers(body);
  return jsonDoor(submitResponse(await submitByCustomer(deps(), { ...door, ...answer })));
}
