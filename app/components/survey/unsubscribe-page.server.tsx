import type { Locale } from '../../domain/core/locales.ts';
import type { UnsubscribeOutcome } from '../../services/unsubscribe.ts';
import { shopperPage } from './shopper-page.server.tsx';
import { closedPage } from './survey-pages.server.tsx';
import { pageWords } from './texts.ts';

const STYLE =
  'form{display:grid;gap:12px;margin-top:20px}button.plain{background:none;color:inherit;border:2px solid currentColor}';

type Shown = Extract<UnsubscribeOutcome, { outcome: 'shown' }>;

const stateOf = ({ stopped, resumed }: Shown) => {
  if (resumed) return 'resubscribed';
  if (stopped === null) return 'unsubscribe';
  return stopped === 'surveys' ? 'unsubscribed_surveys' : 'unsubscribed';
};

/**
 * What the customer gets no more, and what may be ended or taken back. Each button sends the list that it ends.
 * @param visitor the browser's language, for those whose own is not known
 */
export function unsubscribePage(shown: UnsubscribeOutcome, visitor: Locale): Response {
  if (shown.outcome === 'not_found') return closedPage('not_found', { brand: null, locale: visitor });
  const { lang, dir, say } = pageWords(shown.locale ?? visitor);
  const { brand, stopped } = shown;
  const state = stateOf(shown);
  return shopperPage({
    status: 200,
    lang,
    dir,
    title: `${say(`${state}.title`)} · ${brand.name}`,
    brand,
    style: STYLE,
    body: (
      <>
        <h1>{say(`${state}.title`)}</h1>
        <p>{say(`${state}.text`, { brand: brand.name })}</p>
        <form method="post">
          {stopped === null && (
            <button type="submit" name="list" value="surveys">
              {say('unsubscribe.surveys')}
            </button>
          )}
          {stopped !== 'all' && (
            <button type="submit" name="list" value="all" className="plain">
              {say('unsubscribe.all')}
            </button>
          )}
          {stopped !== null && (
            <button type="submit" name="list" value="none" className="plain">
              {say('unsubscribe.undo')}
            </button>
          )}
        </form>
      </>
    ),
  });
}
