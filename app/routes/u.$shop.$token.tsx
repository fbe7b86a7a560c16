import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { unsubscribePage } from '../components/survey/unsubscribe-page.server.tsx';
import { pageOrTrouble } from '../components/survey/survey-pages.server.tsx';
import { browserLocale } from '../components/survey/texts.ts';
import { deps } from '../infra/deps.server.ts';
import { resubscribe, showUnsubscribe, unsubscribe } from '../services/unsubscribe.ts';

export const loader = (args: LoaderFunctionArgs) => pageOrTrouble(deps().log, args.request, () => ask(args));
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => decide(args));

/** Asks; reads only, since mail scanners open every link. */
async function ask({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const shown = await showUnsubscribe(deps(), { shopId: shop, token });
  return unsubscribePage(shown, browserLocale(request));
}

/** The page's buttons say what to end. A mail client's one click (RFC 8058) ends the list that its address names, else all. */
async function decide({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const form = await request.formData().catch(() => new FormData());
  const wish = form.get('list') ?? new URL(request.url).searchParams.get('list');
  const about = { shopId: shop, token };
  const done =
    form.get('list') === 'none'
      ? await resubscribe(deps(), about)
      : await unsubscribe(deps(), { ...about, list: wish === 'surveys' ? 'surveys' : 'all' });
  return unsubscribePage(done, browserLocale(request));
}
