import { quietUntil } from '../../domain/core/calendar.ts';
import type { CustomerState, InvitationState } from '../../domain/core/state.ts';
import { editionInArm } from '../../domain/core/experiment-arms.ts';
import { isMessageKind } from '../../domain/surveys/contract.ts';
import { lineReturned } from '../../domain/surveys/goods-returned.ts';
import { questionInMail } from '../../domain/surveys/mail-question.ts';
import type { ContactReason } from '../../domain/surveys/reasons.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import { surveyFor } from '../survey-context.ts';
import type { AskedSurvey } from '../survey-context.ts';
import { claimMessage } from './message.ts';
import { stoppableMail } from './stoppable-mail.ts';
import type { ClaimedMessage, frameOf, PreparedMessage } from './message.ts';

/**
 * Takes the place in the contact ledger for a mail that asks for a survey, once nothing stands against it: what may,
 * `obstacle` says. Staff who send it again answer for the hour and the delay.
 */
export async function claimSurveyMail(
  deps: Deps,
  action: ClaimedAction,
  { settings }: Pick<ReturnType<typeof frameOf>, 'settings'>,
  about: {
    topic: 'survey' | 'survey_reminder';
    obstacle: (context: ActionContext, resent: boolean) => ContactReason | null;
  },
): Promise<ClaimedMessage> {
  const { shop, now, payload } = action;
  const resent = payload['resent'] === 'true';
  const reason = await obstacleBefore(deps, action, (context) => about.obstacle(context, resent));
  if (reason) return { outcome: 'skip', reason };
  return claimMessage(
    deps,
    action,
    { topic: about.topic, marketing: false },
    {
      obstacle: (context) => about.obstacle(context, resent),
      quietUntil: ({ timeZone }) =>
        resent ? null : quietUntil(now, timeZone ?? shop.timeZone, settings.quietHours),
    },
  );
}

/**
 * Whether any of the shop's own surveys is meant for the order, looked at before a place in the caps is taken: one that
 * is left out must not keep others from being sent. A preset fits every order, so that nothing need be read for it.
 */
async function obstacleBefore(
  deps: Deps,
  { id: actionId, shop, now, customerId, orderId, payload }: ClaimedAction,
  obstacle: (context: ActionContext) => ContactReason | null,
): Promise<ContactReason | null> {
  if (shop.liveSurveys.length === 0) return null;
  const invitationId = payload['invitationId'] ?? null;
  const about = { actionId, customerId, orderId, responseId: null, invitationId };
  const context = await deps.actionContext.load(shop.id, about);
  const { invitation, customer } = context;
  if (!invitation || !customer || !shop.liveSurveys.some(({ kind }) => kind === invitation.kind)) return null;
  const standing = obstacle(context);
  if (standing) return standing;
  return (await surveyOf(deps, shop, now, { ...context, invitation, customer })) ? null : 'not_targeted';
}

/** In the language of the order that the survey hangs on, as its page; the customer may have bought in another one since. */
function surveyOf(
  deps: Deps,
  shop: ClaimedAction['shop'],
  now: Date,
  {
    invitation,
    customer,
    invitedLocale,
  }: Pick<ActionContext, 'invitedLocale'> & {
    invitation: InvitationState;
    customer: CustomerState;
  },
): Promise<AskedSurvey | null> {
  const { id: invitationId, kind, orderId } = invitation;
  const locale = invitedLocale ?? customer.locale;
  const armEdition = editionInArm(shop, invitation);
  const person = { id: customer.id };
  return surveyFor(deps, shop, { kind, orderId, invitationId, person, locale, now, armEdition });
}

/**
 * A mail that asks for a survey, with a link of its own: the survey as it fits the order now, its first question in the mail.
 * @param mail.linkDays for how many business days the link works
 * @returns with it, whether who answers it answers by name
 */
export async function surveyMail(
  deps: Deps,
  action: ClaimedAction,
  claim: Extract<ClaimedMessage, { outcome: 'claimed' }>,
  mail: {
    template: 'survey_invitation' | 'survey_reminder';
    frame: ReturnType<typeof frameOf>;
    linkDays: number;
  },
): Promise<PreparedMessage & { byName?: boolean }> {
  const { shop, now } = action;
  const { customer, context } = claim;
  const { order, invitation, invitedLocale, returnLines } = context;
  if (!invitation || !isMessageKind(invitation.kind)) return { outcome: 'skip', reason: 'page_only' };
  const { id: invitationId, orderId } = invitation;
  const kind = invitation.kind;
  const { frame, linkDays: days } = mail;
  const customerId = customer.id;
  const survey = await surveyOf(deps, shop, now, { invitation, customer, invitedLocale });
  if (!survey) return { outcome: 'skip', reason: 'not_targeted' };
  const { token, hash: tokenHash } = deps.tokens.newLinkToken();
  await deps.links.insert(shop.id, {
    ...{ tokenHash, invitationId, kind, customerId, orderId, days },
    edition: survey.view.edition,
  });
  const { appUrl } = deps.config;
  const surveyUrl = `${appUrl}/s/${shop.id}/${token}`;
  const question = questionInMail(survey.view);
  // As the links beside it that choose a value.
  const unseenUrl = `${surveyUrl}?${question?.id ?? 'rating'}=${deps.tokens.unseenMark(token)}`;
  // Of a return what came back, and nothing rather than what was kept.
  const [first] = order?.lines ?? [];
  const bought = kind === 'return' ? order && lineReturned(invitation.subjectId, order, returnLines) : first;
  const productImage = bought?.productId ? await deps.products.image(shop.id, bought.productId) : null;
  const message = stoppableMail(deps, action, claim, frame, {
    list: 'surveys',
    render: (unsubscribeUrl) =>
      deps.renderMessage(mail.template, {
        // All of one mail in one language: that which the survey has for this customer.
        locale: survey.view.locale,
        brandName: frame.brandName,
        brandColour: frame.brandColour,
        surveyKind: kind,
        firstName: customer.firstName,
        orderName: order?.name ?? '',
        productTitle: bought?.title ?? null,
        productImage,
        surveyUrl,
        unseenUrl,
        promise: survey.view.promise,
        question,
        linkDays: days,
        unsubscribeUrl,
      }),
  });
  return { ...message, byName: survey.view.identity === undefined };
}
