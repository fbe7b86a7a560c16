import { quietUntil } from '../../domain/core/calendar.ts';
import { questionInMail } from '../../domain/surveys/mail-question.ts';
import type { ContactReason } from '../../domain/surveys/reasons.ts';
import type { ActionContext } from '../../infra/db/action-context.repo.server.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import { surveyFor } from '../survey-context.ts';
import { claimMessage, listIdOf } from './message.ts';
import type { ClaimedMessage, frameOf, PreparedMessage } from './message.ts';

/**
 * Takes the place in the contact ledger for a mail that asks for a survey, once nothing stands against it: what may,
 * `obstacle` says. Staff who send it again answer for the hour and the delay.
 */
export function claimSurveyMail(
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
 * A mail that asks for a survey, with a link of its own: the survey as it fits the order now, its first question in the mail.
 * @param mail.linkDays for how many business days the link works
 */
export async function surveyMail(
  deps: Deps,
  { shop }: ClaimedAction,
  { customer, email, context: { order, invitation } }: Extract<ClaimedMessage, { outcome: 'claimed' }>,
  mail: {
    template: 'survey_invitation' | 'survey_reminder';
    frame: ReturnType<typeof frameOf>;
    linkDays: number;
  },
): Promise<PreparedMessage> {
  if (!invitation || invitation.kind === 'post_purchase') return { outcome: 'skip', reason: 'page_only' };
  const { id: invitationId, kind, orderId } = invitation;
  const { frame, linkDays: days } = mail;
  const customerId = customer.id;
  // The language of the order that the mail is about; the customer may have bought in another one since.
  const locale = order?.locale ?? customer.locale;
  const survey = await surveyFor(deps, shop, { kind, orderId, person: { id: customerId }, locale });
  if (!survey) return { outcome: 'skip', reason: 'not_targeted' };
  const { token, hash: tokenHash } = deps.tokens.newLinkToken();
  await deps.links.insert(shop.id, {
    ...{ tokenHash, invitationId, kind, customerId, orderId, days },
    edition: survey.view.edition,
  });
  const { appUrl } = deps.config;
  const unsubscribeUrl = `${appUrl}/u/${shop.id}/${deps.tokens.unsubscribeToken(shop.id, customerId)}`;
  const surveyUrl = `${appUrl}/s/${shop.id}/${token}`;
  const question = questionInMail(survey.view);
  // As the links beside it that choose a value.
  const unseenUrl = `${surveyUrl}?${question?.id ?? 'rating'}=${deps.tokens.unseenMark(token)}`;
  const rendered = deps.renderMessage(mail.template, {
    locale,
    brandName: frame.brandName,
    brandColour: frame.brandColour,
    surveyKind: kind,
    firstName: customer.firstName,
    orderName: order?.name ?? '',
    productTitle: order?.lines[0]?.title ?? null,
    surveyUrl,
    unseenUrl,
    question,
    linkDays: days,
    unsubscribeUrl,
  });
  return {
    outcome: 'send',
    mail: {
      to: email,
      fromName: frame.brandName,
      replyTo: frame.replyTo,
      unsubscribeUrl,
      listId: listIdOf('surveys', shop.id, appUrl),
      ...rendered,
    },
  };
}
