import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { STEP_COUNTS_AFTER_MINUTES } from '../domain/surveys/answer-steps.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { textOf } from '../domain/surveys/definition-texts.ts';
import { dropOff } from '../domain/surveys/drop-off.ts';
import type { DropOff, QuestionDropOff } from '../domain/surveys/drop-off.ts';
import { editionText } from '../domain/surveys/live-surveys.ts';
import type { EditionAnswers, FunnelFilter } from '../infra/db/reads/funnel-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import { brandOf, definitionOf } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** A count as a part of others. */
export interface Part {
  count: number;
  /** 0-1, of how many with its interval. */
  share: Estimate;
}

/** From the first to the last: what became of those who were to be asked. */
export const FUNNEL_STEPS = ['sent', 'accepted', 'seen', 'started', 'finished'] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

export interface SurfaceFunnel {
  surface: string;
  started: number;
  /** Of those started. */
  finished: Part;
}

export interface QuestionFunnel extends Omit<QuestionDropOff, 'answered' | 'stopped'> {
  text: string;
  /** Both of those who reached it. */
  answered: Part;
  stopped: Part;
}

export interface EditionFunnel extends Omit<DropOff, 'questions' | 'finished'> {
  kind: SurveyKind;
  edition: string;
  /** The shop's own survey; null: the preset. */
  own: { id: string; name: string; version: number } | null;
  /** Answers in the period; `counted` of them, the newest, were looked at. */
  total: number;
  counted: number;
  /** Of those counted. */
  finished: Part;
  questions: QuestionFunnel[];
}

export interface FunnelReport {
  /** Invitations that were decided: suppressed + deferred + sent + offered. */
  eligible: number;
  /** Of those eligible, as the next three. */
  suppressed: Part;
  deferred: Part;
  offered: Part;
  /** Of those suppressed. */
  reasons: ({ reason: string } & Part)[];
  /** By e-mail; each of the one before, `sent` of those eligible. */
  steps: Record<FunnelStep, Part>;
  /** Of those who were on the mailed page, how many finished. */
  completion: Estimate;
  /** Of those sent: answered on another surface, and not by the link. */
  answeredElsewhere: number;
  surfaces: SurfaceFunnel[];
  editions: EditionFunnel[];
}

const part = (count: number, of: number): Part => ({ count, share: shareEstimate(count, of) });

/** From the decision to ask somebody to the last question: how many got how far, and where they stopped. */
export async function showFunnel(
  deps: Pick<Deps, 'admin' | 'surveys'>,
  { shop, filter }: { shop: ShopView; filter: FunnelFilter },
): Promise<FunnelReport> {
  const [counts, editions] = await Promise.all([
    deps.admin.funnel(shop.id, filter),
    deps.admin.editionAnswers(shop.id, filter, STEP_COUNTS_AFTER_MINUTES),
  ]);
  const { mailed, offered, deferred } = counts;
  const suppressed = counts.suppressed.reduce((sum, { count }) => sum + count, 0);
  const eligible = suppressed + deferred + mailed.sent + offered;
  return {
    eligible,
    suppressed: part(suppressed, eligible),
    deferred: part(deferred, eligible),
    offered: part(offered, eligible),
    reasons: counts.suppressed.map(({ reason, count }) => ({ reason, ...part(count, suppressed) })),
    steps: {
      sent: part(mailed.sent, eligible),
      accepted: part(mailed.accepted, mailed.sent),
      seen: part(mailed.seen, mailed.accepted),
      started: part(mailed.started, mailed.seen),
      finished: part(mailed.finished, mailed.started),
    },
    completion: shareEstimate(mailed.finished, mailed.seen),
    answeredElsewhere: mailed.answeredElsewhere,
    surfaces: counts.surfaces.map(({ surface, started, finished }) => ({
      ...{ surface, started },
      finished: part(finished, started),
    })),
    editions: (await Promise.all(editions.map((one) => editionFunnel(deps, shop, one)))).flat(),
  };
}

/** None where the questions are not known any more: a preset of an older version. */
async function editionFunnel(
  deps: Pick<Deps, 'surveys'>,
  shop: ShopView,
  { kind, edition, total, answers }: EditionAnswers,
): Promise<EditionFunnel[]> {
  const definition = await definitionOf(deps, shop.id, kind, edition);
  if (!definition) return [];
  const { questions, finished, ...found } = dropOff(definition, answers);
  const brand = { brand: brandOf(shop).name };
  const textIds = new Map(definition.questions.map(({ id, text }) => [id, text]));
  const { surveyId, version } = edition;
  return [
    {
      ...found,
      kind,
      edition: editionText(edition),
      own: surveyId === null ? null : { id: surveyId, name: definition.name, version },
      total,
      counted: answers.length,
      finished: part(finished, answers.length),
      questions: questions.map(({ answered, stopped, ...question }) => ({
        ...question,
        text: textOf(definition, definition.defaultLanguage, textIds.get(question.id) ?? question.id, brand),
        answered: part(answered, question.reached),
        stopped: part(stopped, question.reached),
      })),
    },
  ];
}
