import { parseSettings } from '../domain/shop-settings/settings.ts';
import { STEP_COUNTS_AFTER_MINUTES } from '../domain/surveys/answer-steps.ts';
import type { FieldError, Route } from '../domain/surveys/contract.ts';
import { parseEdition } from '../domain/surveys/live-surveys.ts';
import { identityOf, mayStayUnnamed } from '../domain/surveys/identity.ts';
import { readAnswers } from '../domain/surveys/read-answers/read-answers.ts';
import type { AcceptedAnswers } from '../domain/surveys/read-answers/read-answers.ts';
import { storedAnswers } from '../domain/surveys/stored-answers.ts';
import { translate } from '../domain/surveys/texts.ts';
import type { StoredAnswer } from '../infra/db/answer-outcome.ts';
import type { NewAnswer } from '../infra/db/answers.repo.server.ts';
import type { SurveyShop } from '../infra/db/links.repo.server.ts';
import type { ClosedLink } from './open-survey.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { AskedSurvey, RenderableSurvey, SurveyBrand, SurveyOccasion } from './survey-context.ts';
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
  door: {
    save: (answer: NewAnswer) => Promise<StoredAnswer>;
    /** What is said where the door was closed meanwhile; unless given, that what it was about is not there. */
    refused?: () => Promise<SubmitAnswerOutcome>;
  },
): Promise<SubmitAnswerOutcome> {
  const { shop, kind, locale, isStep = false } = about;
  const closed = (outcome: ClosedLink | 'survey_off'): SubmitAnswerOutcome => ({
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
  if (!mayStayUnnamed(about, identityOf(survey.resolved.definition))) return closed('survey_off');
  const { view, brand, resolved } = survey;
  const read = readAnswers(resolved, about.submission, {
    locale: view.locale,
    partial: isStep,
    pageWithoutScript: about.surface === 'hosted_page' && !isStep,
  });
  if (read.outcome === 'invalid') return { outcome: 'invalid', errors: read.errors, view, brand };
  const route = read.route ?? 'middle';
  if (read.answers.length === 0) return emptyAnswer({ view, brand }, isStep);
  const answer = newAnswer(deps, survey, read, { surface: about.surface, isStep });
  // Whoever is not named has no steps kept: they would tell the same person from another.
  if (isStep && answer.identity !== 'identified') return { outcome: 'stored', route, view, brand };
  const stored = await door.save(answer);
  if (stored.outcome === 'refused') return door.refused?.() ?? closed('not_found');
  if (stored.outcome === 'already_answered') return closed('already_answered');
  if (stored.outcome === 'unknown_uploads') {
    const message = translate(view.locale, 'error.upload');
    const errors = stored.questionIds.map((field) => ({ field, code: 'wrong_type' as const, message }));
    return { outcome: 'invalid', errors, view, brand };
  }
  if (stored.outcome === 'unchanged') return { outcome: 'stored', route, view, brand };
  await handOn(deps, shop.id, stored);
  return { outcome: stored.outcome, route, view, brand };
}

/** What is stored of answers that were accepted. */
export function newAnswer(
  deps: Pick<Deps, 'newId'>,
  { resolved, edition }: Pick<AskedSurvey, 'resolved' | 'edition'>,
  read: AcceptedAnswers,
  { surface, isStep }: { surface: NewAnswer['surface']; isStep: boolean },
): NewAnswer {
  return {
    responseId: deps.newId(),
    eventId: deps.newId(),
    surface,
    metric: read.first?.metric ?? null,
    rating: read.first?.value ?? null,
    route: read.route ?? 'middle',
    // After a step more may come: nothing was passed by yet.
    answers: storedAnswers(resolved.definition, read, isStep ? null : surface),
    comment: read.comment,
    edition,
    stepCountsAfterMinutes: isStep ? STEP_COUNTS_AFTER_MINUTES : null,
    identity: identityOf(resolved.definition),
    // Where nothing proves what the page showed, its edition may name a promise that the survey never makes.
    incentive: edition.promised === true && resolved.definition.incentive !== undefined,
  };
}

/** Puts the event of a stored answer into the queue, where something follows from it. */
export async function handOn(
  deps: Pick<Deps, 'producer'>,
  shopId: string,
  stored: Extract<StoredAnswer, { responseId: string }>,
): Promise<void> {
  if (stored.eventId === null) return;
  await deps.producer.enqueue([{ name: 'event.process', payload: { shopId, eventId: stored.eventId } }]);
}

/** What is said to answers that are none: a step of nothing is nothing; sending nothing off is a mistake. */
export function emptyAnswer({ view, brand }: RenderableSurvey, isStep: boolean): SubmitAnswerOutcome {
  if (isStep) return { outcome: 'stored', route: 'middle', view, brand };
  const field = view.questions.find(({ silent }) => !silent)?.id ?? 'answers';
  const message = translate(view.locale, 'error.required');
  return { outcome: 'invalid', errors: [{ field, code: 'required', message }], view, brand };
}
