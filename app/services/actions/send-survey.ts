import { obstacleAtSend } from '../../domain/surveys/check-at-send.ts';
import { reminderTime } from '../../domain/surveys/reminders.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { frameOf, sendMessage } from './message.ts';
import { claimSurveyMail, surveyMail } from './survey-mail.ts';

/** Mails one survey link. Whether the customer may still be asked is checked again here, at send time. */
export function sendSurvey(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  let remindAt: Date | null = null;
  let byName = false;
  return sendMessage(deps, action, {
    async prepare() {
      const frame = frameOf(shop);
      const { settings } = frame;
      const claim = await claimSurveyMail(deps, action, frame, {
        topic: 'survey',
        obstacle: (context, resent) => obstacleAtSend({ ...context, shop, policy: settings, resent, now }),
      });
      if (claim.outcome !== 'claimed') return claim;
      remindAt = reminderTime(now, settings, claim.customer.timeZone ?? shop.timeZone);
      const linkDays = settings.surveyLinkDays;
      const mail = await surveyMail(deps, action, claim, { template: 'survey_invitation', frame, linkDays });
      byName = mail.byName === true;
      return mail;
    },
    finish: ({ contact, reason }) =>
      deps.actionContext.endInvitation(shop.id, {
        actionId: action.id,
        invitationId: action.payload['invitationId'] ?? '',
        contact,
        status: contact === 'failed' ? 'suppressed' : 'sent',
        reason: contact === 'unknown' ? 'unknown' : reason,
        // Nobody is reminded of what they may never have got, or taken to pass it by.
        byName: contact === 'sent' && byName,
        remindAt: contact === 'sent' ? remindAt : null,
        now,
      }),
  });
}
