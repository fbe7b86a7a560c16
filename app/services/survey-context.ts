import { parseSettings } from '../domain/shop-settings/settings.ts';
import { isVisitKind } from '../domain/surveys/contract.ts';
import type { SurveyKind, SurveyView } from '../domain/surveys/contract.ts';
import type { Definition } from '../domain/surveys/definition.ts';
import { earnsReward, promiseOf } from '../domain/surveys/incentives.ts';
import type { LiveSurvey } from '../domain/core/state.ts';
import type { SurveyEdition } from '../domain/surveys/live-surveys.ts';
import { editionsOf, editionText, factsNeeded } from '../domain/surveys/live-surveys.ts';
import { resolveSurvey } from '../domain/surveys/logic.ts';
import type { ResolvedSurvey } from '../domain/surveys/logic.ts';
import { factsMeet, NO_FACTS, orderFactsOf } from '../domain/surveys/order-facts.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import { reviewReaches } from '../domain/surveys/review-request.ts';
import { surveyView } from '../domain/surveys/view.ts';
import type { SurveyFacts } from '../infra/db/surveys.repo.server.ts';
import type { Deps } from './deps.ts';

/** What a shopper's page shows besides the survey itself. */
export interface SurveyBrand {
  name: string;
  /** #rrggbb */
  colour: string;
}

export interface RenderableSurvey {
  view: SurveyView;
  brand: SurveyBrand;
}

/** The survey for one person and order, with what its answers are read by. */
export interface AskedSurvey extends RenderableSurvey {
  resolved: ResolvedSurvey;
  edition: SurveyEdition;
}

/** A shop as far as its surveys ask. */
export interface AskingShop {
  id: string;
  name: string;
  /** As stored; parse with shop-settings. */
  settings: unknown;
  liveSurveys: readonly LiveSurvey[];
}

export interface SurveyOccasion {
  kind: SurveyKind;
  orderId: string;
  /** What a mail asks, or the visit that is asked about: whose answer is no news to the one who gives it. */
  invitationId?: string | null;
  visitId?: string | null;
  /** By our id or Shopify's; null: not proven to be anybody, so that nothing of anybody is looked up. */
  person: { id: string } | { shopifyId: string } | null;
  locale: string | null;
  /** Business time: of the shop's own surveys those are asked whose time it is. null: a mailed link, which stays good. */
  now: Date | null;
  /**
   * Of nobody proven: whether the order may yet be known to be theirs, so that a reward and a person of the shop reach
   * them; false: never.
   */
  reachable?: boolean;
  /** What the arm of an experiment asks instead of what is live. */
  armEdition?: SurveyEdition | null;
}

export function brandOf(shop: Pick<AskingShop, 'name' | 'settings'>): SurveyBrand {
  const settings = parseSettings(shop.settings);
  return { name: settings.brandName ?? shop.name, colour: settings.brandColor };
}

/**
 * The survey of this kind that fits the order, in the shopper's language; null when none of the shop's does.
 * @param asked the edition that a page showed: answers are read by it, also when a newer one is live
 */
export async function surveyFor(
  deps: Pick<Deps, 'surveys'>,
  shop: AskingShop,
  occasion: SurveyOccasion,
  asked: SurveyEdition | null = null,
): Promise<AskedSurvey | null> {
  const { armEdition: arm } = occasion;
  // Where the arm's is there no more, as a preset of before an update, what is live is asked.
  const given = asked ?? (arm && (await definitionOf(deps, shop.id, occasion.kind, arm)) ? arm : null);
  const editions = given
    ? [given]
    : editionsOf(shop.liveSurveys, occasion.kind, PRESETS[occasion.kind].version, occasion.now);
  let facts: SurveyFacts | null = null;
  for (const edition of editions) {
    const definition = await definitionOf(deps, shop.id, occasion.kind, edition);
    if (!definition) continue;
    const needed = factsNeeded(definition);
    const { incentive, reviewAsk } = definition;
    // Whom nothing could be sent to is promised nothing, and asked for a review at once; who earned it, promised no more.
    const sends = incentive !== undefined || reviewAsk !== undefined;
    if (occasion.person && (needed.order || needed.profileKeys.length > 0 || sends)) {
      facts ??= await deps.surveys.facts(shop.id, occasion, occasion.person);
    }
    const orderFacts = facts ? orderFactsOf(facts) : { ...NO_FACTS, locale: occasion.locale };
    if (!asked && definition.target && !factsMeet(definition.target, orderFacts)) continue;
    const resolved = resolveSurvey(definition, orderFacts, facts?.profile ?? {}, facts?.passed ?? {});
    // Everything is known, or nothing can be asked of this order.
    if (!asked && resolved.questions.every(({ silent }) => silent)) continue;
    const gone = shop.liveSurveys.some(({ id, rewardsGone }) => id === edition.surveyId && rewardsGone);
    const reachable = occasion.person ? Boolean(facts?.customer?.email) : occasion.reachable === true;
    const { promised, says: promise } = promiseOf(definition, {
      ...{ facts: orderFacts, gone, reachable },
      promisedBefore: asked && asked.promised === true,
      earned: facts?.answer ? earnsReward(facts.answer) : false,
    });
    const shown: SurveyEdition = {
      ...edition,
      ...(edition.surveyId === null && { kind: occasion.kind }),
      ...(promised && { promised }),
    };
    const brand = brandOf(shop);
    const settings = parseSettings(shop.settings);
    const view = surveyView(resolved, {
      locale: occasion.locale,
      brandName: brand.name,
      targetHours: settings.cases.detractorTargetHours,
      edition: editionText(shown),
      promise,
      mailable: !isVisitKind(occasion.kind) && reviewReaches(facts?.customer ?? null, settings),
      withoutReview: reviewAsk?.when !== undefined && !factsMeet(reviewAsk.when, orderFacts),
      unproven: occasion.reachable === false,
      lineTitles: Object.fromEntries((facts?.order?.lines ?? []).map(({ lineId, title }) => [lineId, title])),
    });
    return { view, brand, resolved, edition: shown };
  }
  return null;
}

/**
 * null: the edition does not exist, or is of another kind.
 * @param kind null: of whatever kind it is
 */
export async function definitionOf(
  deps: Pick<Deps, 'surveys'>,
  shopId: string,
  kind: SurveyKind | null,
  { surveyId, version, kind: named = kind ?? undefined }: SurveyEdition,
): Promise<Definition | null> {
  if (kind !== null && named !== kind) return null;
  if (surveyId === null) return named && PRESETS[named].version === version ? PRESETS[named] : null;
  const definition = await deps.surveys.version(shopId, surveyId, version);
  return kind === null || definition?.kind === kind ? definition : null;
}
