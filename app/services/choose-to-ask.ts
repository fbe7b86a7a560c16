import { chooseOpenSurvey } from '../domain/surveys/choose-open-survey.ts';
import type { OpenSurveyChoice, SurveyWish } from '../domain/surveys/choose-open-survey.ts';
import { isKept, revisionSeen } from '../domain/surveys/earlier-answer.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { AskableOrder } from '../infra/db/open-surveys.repo.server.ts';
import { surveyFor } from './survey-context.ts';
import type { AskedSurvey, AskingShop, SurveyOccasion } from './survey-context.ts';
import type { Deps } from './deps.ts';

type Chosen = Extract<OpenSurveyChoice<AskableOrder>, { outcome: 'open' }> & { survey: AskedSurvey };

/**
 * The survey to ask a customer who comes by, with its questions. What would stay as it is, whatever they answered, is
 * passed over for the next one that is open.
 * @param orders newest first
 * @param about.asksAgain whether what was sent off is asked again where one order and one survey are wished for
 */
export async function chooseToAsk(
  deps: Pick<Deps, 'surveys'>,
  shop: AskingShop & { now: Date },
  orders: readonly AskableOrder[],
  about: Pick<SurveyOccasion, 'person' | 'locale'> & { wish: SurveyWish; asksAgain: boolean },
): Promise<Chosen | { outcome: 'none'; reason: string }> {
  const { wish, asksAgain, person, locale } = about;
  const { surveys } = parseSettings(shop.settings);
  const { now } = shop;
  for (let left = orders; ;) {
    const choice = chooseOpenSurvey(left, surveys, now, wish);
    if (choice.outcome === 'none') return choice;
    const { order, kind } = choice;
    const survey = await surveyFor(deps, shop, { kind, orderId: order.orderId, person, locale, now });
    const earlier = order.earlier[kind];
    const page = asksAgain ? { mark: '', seen: revisionSeen(earlier) } : null;
    if (!isKept(earlier, survey?.edition, page)) {
      return survey ? { ...choice, survey } : { outcome: 'none', reason: 'not_targeted' };
    }
    if (wish.kind && wish.named) return { outcome: 'none', reason: 'already_answered' };
    left = left.map((each) => (each === order ? { ...each, answered: [...each.answered, kind] } : each));
  }
}
