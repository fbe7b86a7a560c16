import { quietUntil } from '../../domain/core/calendar.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { languageFor, textOf } from '../../domain/surveys/definition-texts.ts';
import { factsMeet, orderFactsOf } from '../../domain/surveys/order-facts.ts';
import { reviewObstacle, wasAskedOnPage } from '../../domain/surveys/review-request.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { claimMessage, frameOf, sendMessage } from './message.ts';
import { stoppableMail } from './stoppable-mail.ts';

/**
 * Asks whoever had a case for a public review, once it is closed, in the words that everybody else read right after
 * answering. Survey mail by its rules: consent and unsubscribing count, and the quiet hours; the caps do not, since it
 * belongs to a survey that was answered.
 */
export function sendReviewRequest(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const frame = frameOf(shop);
      const claim = await claimMessage(
        deps,
        action,
        { topic: 'review', marketing: false },
        {
          obstacle: (context) =>
            reviewObstacle({ ...context, shopStatus: shop.status, policy: frame.settings }),
          quietUntil: ({ timeZone }) => quietUntil(now, timeZone ?? shop.timeZone, frame.settings.quietHours),
        },
      );
      if (claim.outcome !== 'claimed') return claim;
      const { customer, context } = claim;
      const { response, caseNumber } = context;
      if (!response || caseNumber === null) return { outcome: 'skip', reason: 'redacted' };
      if (wasAskedOnPage(response)) return { outcome: 'skip', reason: 'asked_on_page' };
      const ask = await askOf(deps, shop.id, context);
      if (!ask) return { outcome: 'skip', reason: 'no_review_asked' };
      const locale = context.order?.locale ?? customer.locale;
      return stoppableMail(deps, action, claim, frame, {
        list: 'surveys',
        render: (unsubscribeUrl) =>
          deps.renderMessage('review_request', {
            locale,
            brandName: frame.brandName,
            brandColour: frame.brandColour,
            firstName: customer.firstName,
            caseNumber,
            text: textOf(ask.definition, languageFor(ask.definition, locale), ask.text, {
              brand: frame.brandName,
            }),
            reviewUrl: ask.url,
            unsubscribeUrl,
          }),
      });
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}

/** The request as the survey makes it of this order; null: it makes none. */
async function askOf(
  deps: Pick<Deps, 'surveys'>,
  shopId: string,
  { response, customer }: Pick<ActionContext, 'response' | 'customer'>,
): Promise<(NonNullable<Definition['reviewAsk']> & { definition: Definition }) | null> {
  if (!response?.edition || !customer) return null;
  const { surveyId, version } = response.edition;
  const definition = await deps.surveys.version(shopId, surveyId, version);
  const ask = definition?.reviewAsk;
  if (!definition || !ask) return null;
  if (ask.when) {
    const { kind, orderId } = response;
    const facts = await deps.surveys.facts(shopId, { kind, orderId }, { id: customer.id });
    if (!factsMeet(ask.when, orderFactsOf(facts))) return null;
  }
  return { ...ask, definition };
}
