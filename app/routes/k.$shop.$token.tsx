import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { jsonDoor, submitResponse, TROUBLE, UNREADABLE } from '../components/survey/json-door.ts';
import { guarded } from '../components/survey/guarded.ts';
import { kioskPage } from '../components/survey/kiosk-page.server.tsx';
import { closedPage, pageOrTrouble } from '../components/survey/survey-pages.server.tsx';
import { browserLocale } from '../components/survey/texts.ts';
import { visitBody } from '../components/survey/visit-door.ts';
import { deps } from '../infra/deps.server.ts';
import { openKiosk } from '../services/open-kiosk.ts';
import { submitAtKiosk } from '../services/submit-at-kiosk.ts';

export const loader = (args: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => showKiosk(args));
export const action = (args: ActionFunctionArgs) =>
  guarded(
    deps().log,
    () => takeAnswer(args),
    () => jsonDoor(TROUBLE),
  );

/** The store's survey on a device that stands in the store. */
async function showKiosk({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const found = await openKiosk(deps(), { shopName: shop, token, client: context.clientAddress });
  if (found.outcome === 'open') return kioskPage(found);
  return closedPage(found.outcome, { brand: null, locale: browserLocale(request), ...found });
}

/** POST: one person's answers, now or when there was a connection again. */
async function takeAnswer({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const answer = await visitBody(request);
  if (!answer) return jsonDoor(UNREADABLE);
  const link = { shopName: shop, token, client: context.clientAddress };
  return jsonDoor(submitResponse(await submitAtKiosk(deps(), { ...answer, ...link })));
}
