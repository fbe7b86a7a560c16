import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { preflight, readably, refused } from '../components/survey/extension-door.ts';
import {
  notOffered,
  offerQuery,
  sentAnswers,
  submissionBody,
  submitResponse,
  tooMany,
  UNREADABLE,
} from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { offerToCustomer } from '../services/offer-survey.ts';
import { submitByCustomer } from '../services/submit-answer.ts';

/** OPTIONS and GET, from the pages of customer accounts: the survey that is open for the customer whom the token names. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  return readably(deps().log, async () => {
    const caller = await deps().callers.checkout(request);
    if (caller.kind === 'refused') return refused(caller.reason);
    const { shopDomain, customerId } = caller;
    const wish = offerQuery(new URL(request.url));
    const offer = await offerToCustomer(deps(), {
      ...{ shopDomain, customerId, ...wish },
      surface: 'customer_account',
    });
    if (offer.outcome === 'rate_limited') return tooMany(offer.retryAfterSeconds);
    if (offer.outcome === 'none') return notOffered(offer.reason, wish.locale);
    const { view: survey, order, pageToken, given, continueAt } = offer;
    return { status: 200, body: { survey, order, pageToken, given, continueAt } };
  });
}

/** POST: needs the token of the page too, which binds the answer to that customer's order. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return readably(deps().log, async () => {
    const caller = await deps().callers.checkout(request);
    if (caller.kind === 'refused') return refused(caller.reason);
    const { shopDomain, customerId } = caller;
    if (customerId === null) return refused('Please log in to answer.');
    const body = await submissionBody(request);
    if (!body) return UNREADABLE;
    const door = {
      shopDomain,
      customerId,
      pageToken: body.pageToken ?? '',
      surface: 'customer_account' as const,
    };
    return submitResponse(await submitByCustomer(deps(), { ...door, ...sentAnswers(body) }));
  });
}
