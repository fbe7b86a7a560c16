import { linkDaysLeft, obstacleToReminder } from '../../domain/surveys/reminders.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { frameOf, sendMessage } from './message.ts';
import { claimSurveyMail, surveyMail } from './survey-mail.ts';

/** Mails a survey's second and last link. Days have passed since the first: everything is looked at once more. */
export function sendSurveyReminder(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  return sendMessage(deps, action, {
    async prepare() {
      const frame = frameOf(shop);
      const { settings } = frame;
      const claim = await claimSurveyMail(deps, action, frame, {
        topic: 'survey_reminder',
        obstacle: (context, resent) =>
          obstacleToReminder({ ...context, shop, policy: settings, resent, now }),
      });
      if (claim.outcome !== 'claimed') return claim;
      const { sentAt } = claim.context.invitation ?? {};
      if (!sentAt) return { outcome: 'skip', reason: 'redacted' };
      const linkDays = linkDaysLeft(sentAt, settings.surveyLinkDays, now);
      return surveyMail(deps, action, claim, { template: 'survey_reminder', frame, linkDays });
    },
    finish: ({ contact }) => deps.actionContext.endContact(shop.id, action.id, contact),
  });
}
