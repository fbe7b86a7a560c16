import { editionText, factsNeeded, parseEdition } from '../domain/surveys/live-surveys.ts';
import { identityOf } from '../domain/surveys/identity.ts';
import { resolveSurvey } from '../domain/surveys/logic.ts';
import { NO_FACTS } from '../domain/surveys/order-facts.ts';
import { readAnswers } from '../domain/surveys/read-answers/read-answers.ts';
import { SCANNER_RULES } from '../domain/surveys/scanners.ts';
import { handOn, newAnswer } from './accept-answer.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import { brandOf, definitionOf, surveyFor } from './survey-context.ts';
import type { Deps } from './deps.ts';

/**
 * The usual answer through a mailed link, in one round trip: the page says what it asked, so that the answers are read before
 * anything is looked up, and stored only if the link asks just that.
 * @returns null: anything is unusual; nothing was stored, and the link has to be looked at first
 */
export async function answerUnseen(
  deps: Pick<Deps, 'answers' | 'surveys' | 'producer' | 'newId'>,
  input: SentAnswers & { shopId: string; tokenHash: Buffer },
): Promise<SubmitAnswerOutcome | null> {
  const { shopId, tokenHash, isStep = false } = input;
  const edition = parseEdition(input.edition);
  if (!edition || edition.promised) return null;
  const definition = await definitionOf(deps, shopId, edition.kind ?? null, edition);
  if (!definition || definition.incentive || identityOf(definition) !== 'identified') return null;
  const needed = factsNeeded(definition);
  if (needed.order || needed.profileKeys.length > 0) return null;
  const resolved = resolveSurvey(definition, NO_FACTS, {});
  const read = readAnswers(resolved, input.submission, { partial: isStep, pageWithoutScript: !isStep });
  // What is wrong is said in the shopper's language.
  if (read.outcome === 'invalid' || read.answers.length === 0) return null;
  const answer = newAnswer(deps, { resolved, edition }, read, { surface: 'hosted_page', isStep });
  if (answer.answers.uploads) return null;
  const { kind } = definition;
  const link = { tokenHash, rules: SCANNER_RULES, kind, edition: editionText(edition) };
  const done = await deps.answers.storeUnseen(shopId, link, answer);
  if (!done || done.stored.outcome === 'refused' || done.stored.outcome === 'unknown_uploads') return null;
  const { shop, orderId, customerId, locale } = done.page;
  if (done.stored.outcome === 'already_answered')
    return { outcome: 'already_answered', brand: brandOf(shop), locale };
  const occasion = { kind, orderId, person: { id: customerId }, locale, now: null };
  const survey = await surveyFor(deps, shop, occasion, edition);
  if ('responseId' in done.stored) await handOn(deps, shopId, done.stored);
  if (!survey) return null;
  const { view, brand } = survey;
  const outcome = done.stored.outcome === 'unchanged' ? 'stored' : done.stored.outcome;
  return { outcome, route: answer.route, view, brand };
}
