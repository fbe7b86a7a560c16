import { STEP_COUNTS_AFTER_MINUTES } from '../domain/surveys/answer-steps.ts';
import { SURVEY_PRESETS } from '../domain/surveys/presets.ts';
import { validateAnswers } from '../domain/surveys/validate-answers.ts';
import type { FieldError, Route, SurveyKind } from '../domain/surveys/contract.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { NewAnswer, StoredAnswer } from '../infra/db/answers.repo.server.ts';
import type { SurveyShop } from '../infra/db/links.repo.server.ts';
import type { ClosedLink } from './open-survey.ts';
import { brandOf, renderableSurvey } from './survey-context.ts';
import type { RenderableSurvey, SurveyBrand } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** What becomes of an answer, at every door. Only `stored` and `updated` have written anything. */
export type SubmitAnswerOutcome =
  | ({ outcome: 'stored' | 'updated'; route: Route } & RenderableSurvey)
  | ({ outcome: 'invalid'; errors: FieldError[] } & RenderableSurvey)
  | { outcome: ClosedLink | 'survey_off' | 'forbidden'; brand: SurveyBrand | null; locale: string | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/** The part that all doors share: switched on? valid? stored? then the event's id goes to the queue. */
export async function acceptAnswer(
  deps: Pick<Deps, 'producer' | 'newId'>,
  about: {
    shop: SurveyShop;
    kind: SurveyKind;
    locale: string | null;
    surface: NewAnswer['surface'];
    submission: unknown;
    /** One of several steps: stored at once, and the answer if nothing more comes. */
    isStep?: boolean;
  },
  door: { save: (answer: NewAnswer) => Promise<StoredAnswer>; refused: () => Promise<SubmitAnswerOutcome> },
): Promise<SubmitAnswerOutcome> {
  const { shop, kind, locale } = about;
  // A mailed link was a promise: it stays good when the survey is switched off later.
  if (about.surface !== 'hosted_page' && !parseSettings(shop.settings).surveys[kind].enabled) {
    return { outcome: 'survey_off', brand: brandOf(shop), locale };
  }
  const survey = renderableSurvey(shop, kind, locale);
  const checked = validateAnswers(SURVEY_PRESETS[kind], about.submission, locale);
  if (checked.outcome === 'invalid') return { outcome: 'invalid', errors: checked.errors, ...survey };
  const { route, first, ratings, choices, texts, comment } = checked;
  const stored = await door.save({
    responseId: deps.newId(),
    eventId: deps.newId(),
    surface: about.surface,
    metric: first.metric,
    rating: first.value,
    route,
    answers: {
      ratings: byQuestion(ratings, (rating) => rating.value),
      choices: byQuestion(choices, (choice) => choice.values),
      texts: byQuestion(texts, (entry) => entry.text),
    },
    comment,
    definition: survey.view.version,
    stepCountsAfterMinutes: about.isStep ? STEP_COUNTS_AFTER_MINUTES : null,
  });
  if (stored.outcome === 'refused') return door.refused();
  if (stored.outcome === 'unchanged') return { outcome: 'stored', route, ...survey };
  if (stored.eventId !== null) {
    const payload = { shopId: shop.id, eventId: stored.eventId };
    await deps.producer.enqueue([{ name: 'event.process', payload }]);
  }
  return { outcome: stored.outcome, route, ...survey };
}

function byQuestion<Answer extends { questionId: string }, Value>(
  answers: Answer[],
  value: (answer: Answer) => Value,
): Record<string, Value> {
  return Object.fromEntries(answers.map((answer) => [answer.questionId, value(answer)]));
}
