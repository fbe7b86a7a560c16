import { parseSettings } from '../domain/shop-settings/settings.ts';
import { STEP_COUNTS_AFTER_MINUTES } from '../domain/surveys/answer-steps.ts';
import type { FieldError, Route, SurveyView } from '../domain/surveys/contract.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import { readAnswers } from '../domain/surveys/read-answers/read-answers.ts';
import { storedAnswers } from '../domain/surveys/stored-answers.ts';
import { translate } from '../domain/surveys/texts.ts';
import type { NewAnswer, StoredAnswer } from '../infra/db/answers.repo.server.ts';
import type { SurveyShop } from '../infra/db/links.repo.server.ts';
import type { ClosedLink } from './open-survey.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { RenderableSurvey, SurveyBrand, SurveyOccasion } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** What becomes of an answer, at every door. Only `stored` and `updated` have written anything. */
export type SubmitAnswerOutcome =
  | ({ outcome: 'stored' | 'updated'; route: Route } & RenderableSurvey)
  | ({ outcome: 'invalid'; errors: FieldError[] } & RenderableSurvey)
  | { outcome: ClosedLink | 'survey_off' | 'forbidden'; brand: SurveyBrand | null; locale: string | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/** What a surface sent. */
export interface SentAnswers {
  /** As the page showed it; null: a page of before editions, or one that was made by hand. */
  edition?: string | null;
  submission: unknown;
  /** One of several steps: stored at once, and the answer if nothing more comes. */
  isStep?: boolean;
}

/** The part that all doors share: switched on? valid? stored? then the event's id goes to the queue. */
export async function acceptAnswer(
  deps: Pick<Deps, 'producer' | 'newId' | 'surveys'>,
  about: SurveyOccasion & SentAnswers & { shop: SurveyShop; surface: NewAnswer['surface'] },
  door: { save: (answer: NewAnswer) => Promise<StoredAnswer>; refused: () => Promise<SubmitAnswerOutcome> },
): Promise<SubmitAnswerOutcome> {
  const { shop, kind, locale, isStep = false } = about;
  const closed = (outcome: 'survey_off' | 'expired'): SubmitAnswerOutcome => ({
    outcome,
    brand: brandOf(shop),
    locale,
  });
  // A mailed link was a promise: it stays good when the survey is switched off later.
  if (about.surface !== 'hosted_page' && !parseSettings(shop.settings).surveys[kind].enabled) {
    return closed('survey_off');
  }
  const edition = parseEdition(about.edition);
  const survey = await surveyFor(deps, shop, about, edition);
  if (!survey) return closed(edition ? 'expired' : 'survey_off');
  const { view, brand, resolved } = survey;
  const read = readAnswers(resolved, about.submission, {
    locale: view.locale,
    partial: isStep,
    pageWithoutScript: about.surface === 'hosted_page' && !isStep,
  });
  if (read.outcome === 'invalid') return { outcome: 'invalid', errors: read.errors, view, brand };
  const route = read.route ?? 'middle';
  if (read.answers.length === 0) {
    // A step of nothing is nothing; sending nothing off is a mistake.
    if (isStep) return { outcome: 'stored', route, view, brand };
    return { outcome: 'invalid', errors: [nothingAnswered(view)], view, brand };
  }
  const stored = await door.save({
    responseId: deps.newId(),
    eventId: deps.newId(),
    surface: about.surface,
    metric: read.first?.metric ?? null,
    rating: read.first?.value ?? null,
    route,
    answers: storedAnswers(resolved.definition, read.answers, read.values),
    comment: read.comment,
    edition: survey.edition,
    stepCountsAfterMinutes: isStep ? STEP_COUNTS_AFTER_MINUTES : null,
  });
  if (stored.outcome === 'refused') return door.refused();
  if (stored.outcome === 'unknown_uploads') {
    const message = translate(view.locale, 'error.upload');
    const errors = stored.questionIds.map((field) => ({ field, code: 'wrong_type' as const, message }));
    return { outcome: 'invalid', errors, view, brand };
  }
  if (stored.outcome === 'unchanged') return { outcome: 'stored', route, view, brand };
  if (stored.eventId !== null) {
    const payload = { shopId: shop.id, eventId: stored.eventId };
    await deps.producer.enqueue([{ name: 'event.process', payload }]);
  }
  return { outcome: stored.outcome, route, view, brand };
}

function nothingAnswered({ questions, locale }: SurveyView): FieldError {
  const field = questions.find(({ silent }) => !silent)?.id ?? 'answers';
  return { field, code: 'required', message: translate(locale, 'error.required') };
}
