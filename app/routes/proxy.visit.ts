import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import { jsonDoor, submitResponse, tooMany, TROUBLE, UNREADABLE } from '../components/survey/json-door.ts';
import { shopperAddress, visitBody, visitQuery } from '../components/survey/visit-door.ts';
import { deps } from '../infra/deps.server.ts';
import { offerToVisitor } from '../services/offer-visit.ts';
import { submitByVisitor } from '../services/submit-visit.ts';

export const loader = (args: LoaderFunctionArgs) => readably(() => offerSurvey(args));
export const action = (args: ActionFunctionArgs) => readably(() => takeAnswer(args));

const readably = (answer: () => Promise<Response>) => guarded(deps().log, answer, () => jsonDoor(TROUBLE));

/** GET /apps/aftercare/visit on the storefront: the survey about this visit, for whoever is there. */
async function offerSurvey({ request }: LoaderFunctionArgs): Promise<Response> {
  const caller = deps().callers.proxy(request);
  if (caller.kind === 'refused')
    return jsonDoor({ status: 401, body: { survey: null, reason: caller.reason } });
  const wish = visitQuery(new URL(request.url));
  if (!wish) return jsonDoor({ status: 200, body: { survey: null, reason: 'not_about_a_visit' } });
  const { shopDomain, customerId } = caller;
  const address = shopperAddress(request);
  const offer = await offerToVisitor(deps(), { shopDomain, customerId, address, ...wish });
  if (offer.outcome === 'rate_limited') return jsonDoor(tooMany(offer.retryAfterSeconds));
  if (offer.outcome === 'none')
    return jsonDoor({ status: 200, body: { survey: null, reason: offer.reason } });
  const { view: survey, visitId: id, pageToken } = offer;
  // As the survey of an order is offered: the block's form serves both.
  return jsonDoor({ status: 200, body: { survey, order: { id, name: '' }, pageToken, given: {} } });
}

/** POST: needs Shopify's signature and the token of a page of the same shop, person, visit and survey. */
async function takeAnswer({ request }: ActionFunctionArgs): Promise<Response> {
  const caller = deps().callers.proxy(request);
  if (caller.kind === 'refused')
    return jsonDoor({ status: 401, body: { outcome: 'unavailable', message: caller.reason } });
  const answer = await visitBody(request);
  if (!answer) return jsonDoor(UNREADABLE);
  const { shopDomain, customerId } = caller;
  const address = shopperAddress(request);
  return jsonDoor(
    submitResponse(await submitByVisitor(deps(), { shopDomain, customerId, address, ...answer })),
  );
}
