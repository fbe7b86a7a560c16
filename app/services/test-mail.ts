import { parseSettings } from '../domain/shop-settings/settings.ts';
import { isMessageKind } from '../domain/surveys/contract.ts';
import type { Definition } from '../domain/surveys/definition.ts';
import { questionInMail } from '../domain/surveys/mail-question.ts';
import type { TestedDraft } from '../infra/db/survey-drafts.repo.server.ts';
import type { Deps } from './deps.ts';
import { testedSurvey, type TestedAs } from './tested-survey.ts';

/** The order and the person that a test speaks of. */
const SAMPLE = { firstName: 'Alex', orderName: '#1001' };

/**
 * The mail that would ask this survey, by the template of real mails. Every link in it leads to `surveyUrl`, also the
 * one to unsubscribe: there is nobody to unsubscribe. A survey that is not mailed gets a mail that says so.
 */
export function testMail(
  deps: Pick<Deps, 'renderMessage'>,
  about: TestedAs & {
    shop: Pick<TestedDraft['shop'], 'name' | 'settings'>;
    definition: Definition;
    surveyUrl: string;
  },
): ReturnType<Deps['renderMessage']> {
  const { shop, definition, surveyUrl, sample } = about;
  const { kind } = definition;
  const { view, brand } = testedSurvey(shop, definition, about);
  const frame = { locale: view.locale, brandName: brand.name, brandColour: brand.colour };
  const question = questionInMail(view);
  if (!isMessageKind(kind)) {
    return deps.renderMessage('survey_test', { ...frame, title: view.title, question, surveyUrl });
  }
  return deps.renderMessage('survey_invitation', {
    ...frame,
    ...SAMPLE,
    surveyKind: kind,
    productTitle: Object.values(sample.titles)[0] ?? null,
    surveyUrl,
    unseenUrl: surveyUrl,
    promise: view.promise,
    question,
    linkDays: parseSettings(shop.settings).surveyLinkDays,
    unsubscribeUrl: surveyUrl,
  });
}
