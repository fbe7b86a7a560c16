import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { pageOrTrouble, unsubscribePage } from '../components/survey/survey-pages.server.tsx';
import { browserLocale } from '../components/survey/texts.ts';
import { deps } from '../infra/deps.server.ts';
import { showUnsubscribe, unsubscribe } from '../services/unsubscribe.ts';

export const loader = (args: LoaderFunctionArgs) => pageOrTrouble(deps().log, args.request, () => ask(args));
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => optOut(args));

/** Asks; reads only, since mail scanners open every link. */
async function ask({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const shown = await showUnsubscribe(deps(), { shopId: shop, token });
  return unsubscribePage(shown, browserLocale(request));
}

/** The page's button and a mail client's one click (RFC 8058) alike: the address says it all, the body is not needed. */
async function optOut({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const done = await unsubscribe(deps(), { shopId: shop, token });
  return unsubscribePage(done, browserLocale(request));
}
