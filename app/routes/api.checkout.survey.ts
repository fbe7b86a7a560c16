import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import {
  jsonDoor,
  offerQuery,
  submissionBody,
  submitResponse,
  tooMany,
  TROUBLE,
  UNREADABLE,
} from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { offerAtCheckout } from '../services/open-survey.ts';
import { submitAtCheckout } from '../services/submit-answer.ts';

/** Extensions run in a sandbox without an origin of its own; the bearer token is what counts, and no cookie is read. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '7200',
};

/** OPTIONS (the preflight, which carries no token) and GET: the survey for the order on this page. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
  return readably(async () => {
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
    if (offer.outcome === 'none') return { status: 200, body: { survey: null, reason: offer.reason } };
    return { status: 200, body: { survey: offer.view, order: offer.order } };
  });
}

/** POST: an unverified answer. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  return readably(async () => {
    const caller = await deps().callers.checkout(request);
    if (caller.kind === 'refused') return refused(caller.reason);
    const body = await submissionBody(request);
    if (!body || (body.kind !== 'post_purchase' && body.kind !== 'delivery')) return UNREADABLE;
    const { kind, order: orderId, locale = null } = body;
    const door = {
      shopDomain: caller.shopDomain,
      customerId: caller.customerId,
      client: context.clientAddress,
    };
    const submission = { answers: body.answers };
    return submitResponse(await submitAtCheckout(deps(), { ...door, kind, orderId, locale, submission }));
  });
}

const refused = (message: string) => ({ status: 401, body: { outcome: 'unavailable', message } });

/** Errors carry the CORS headers too: without them the extension would see only "failed to fetch". */
function readably(answer: () => Promise<Parameters<typeof jsonDoor>[0]>): Promise<Response> {
  return guarded(
    deps().log,
    async () => jsonDoor(await answer(), CORS),
    () => jsonDoor(TROUBLE, CORS),
  );
}
