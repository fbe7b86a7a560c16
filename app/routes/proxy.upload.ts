import type { ActionFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import { jsonDoor, offerQuery, TROUBLE } from '../components/survey/json-door.ts';
import { noFilesByGet, sentFile, uploadResponse } from '../components/survey/upload-door.ts';
import { deps } from '../infra/deps.server.ts';
import { takeUploadOfCustomer } from '../services/take-upload.ts';

export const loader = noFilesByGet;
export const action = (args: ActionFunctionArgs) =>
  guarded(
    deps().log,
    () => takeFile(args),
    () => jsonDoor(TROUBLE),
  );

/** POST /apps/aftercare/upload on the storefront: needs Shopify's signature and the token of a page that the customer loaded. */
async function takeFile({ request }: ActionFunctionArgs): Promise<Response> {
  const caller = deps().callers.proxy(request);
  if (caller.kind === 'refused' || caller.customerId === null) {
    const message = caller.kind === 'refused' ? caller.reason : 'Please log in to answer.';
    return jsonDoor({ status: 401, body: { outcome: 'unavailable', message } });
  }
  const { shopDomain, customerId } = caller;
  const url = new URL(request.url);
  const { kind, orderId, locale } = offerQuery(url);
  if (kind === null || orderId === null) {
    const message = 'The address has to name the survey (kind) and the order (order).';
    return jsonDoor({ status: 400, body: { outcome: 'unavailable', message } });
  }
  const pageToken = url.searchParams.get('token') ?? '';
  const about = { shopDomain, customerId, kind, orderId, pageToken, locale };
  return uploadResponse(await takeUploadOfCustomer(deps(), { ...about, ...sentFile(request) }));
}
