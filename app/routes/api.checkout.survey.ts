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
import { offerAtCheckout } from '../services/offer-survey.ts';
import { submitAtCheckout } from '../services/submit-answer.ts';

/** OPTIONS (the preflight, which carries no token) and GET: the survey for the order on this page. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  return readably(deps().log, async () => {
    const caller = await deps().callers.checkout(request);
    if (caller.kind === 'refused') return refused(caller.reason);
    const url = new URL(request.url);
    const { orderId, locale } = offerQuery(url);
    if (!orderId) return { status: 422, body: { survey: null, reason: 'no_order' } };
    const page = url.searchParams.get('page') === 'order_status' ? 'order_status' : 'thank_you';
    const door = {
      shopDomain: caller.shopDomain,
      customerId: caller.customerId,
      client: context.clientAddress,
    };
    const offer = await offerAtCheckout(deps(), { ...door, orderId, page, locale });
    if (offer.outcome === 'rate_limited') return tooMany(offer.retryAfterSeconds);
    if (offer.outcome === 'none') return notOffered(offer.reason, locale);
    return { status: 200, body: { survey: offer.view, order: offer.order, pageToken: offer.pageToken } };
  });
}

/** POST: an unverified answer. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  return readably(deps().log, async () => {
    const caller = await deps().callers.checkout(request);
    if (caller.kind === 'refused') return refused(caller.reason);
    const body = await submissionBody(request);
    if (!body || (body.kind !== 'post_purchase' && body.kind !== 'delivery')) return UNREADABLE;
    const door = {
      shopDomain: caller.shopDomain,
      customerId: caller.customerId,
      client: context.clientAddress,
    };
    const { pageToken } = body;
    return submitResponse(await submitAtCheckout(deps(), { ...door, pageToken, ...sentAnswers(body) }));
  });
}
