import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import type { AnswerDoor, AnswerEvent, MailAnswer, PlannedAnswer } from '../script.ts';
import { commentFor, type TalkedAbout } from './comments.ts';
import { arrivedAt, isLate, type OrderPlan } from './order-plan.ts';
import type { Random } from './random.ts';

/** What shoppers think of an order, and where they say so. */
export interface Opinions {
  /** Answers they give of their own accord. */
  events: AnswerEvent[];
  /** What they do with survey mails, should one come. */
  mails: [SurveyKind, MailAnswer][];
}

const MAILED = ['delivery', 'usage', 'relationship'] as const;

export function planOpinions(random: Random, plan: OrderPlan): Opinions {
  const opinions: Opinions = { events: [], mails: [] };
  const { persona, guest, spec } = plan.person;
  if (plan.test) return opinions;
  const customerId = guest ? null : spec.id;
  if (plan.channel === 'web' && random.chance(persona.thankYou)) {
    const at = plan.at + random.whole(25, 170) * 1000;
    opinions.events.push(
      answerEvent(
        plan,
        'post_purchase',
        at,
        { kind: 'thank_you', customerId },
        opinionOf(random, plan, 'post_purchase'),
      ),
    );
  }
  // A guest has no account to fall back on, so that what guests do must not hang on one mail.
  if (customerId === null) return opinions;
  for (const survey of MAILED) {
    if (!random.chance(persona.answers + (isLate(plan) ? 0.1 : 0))) continue;
    opinions.mails.push([survey, { ...opinionOf(random, plan, survey), delayMs: mailDelayMs(random) }]);
  }
  const arrived = arrivedAt(plan);
  if (arrived !== null && random.chance(0.035)) {
    const door: AnswerDoor = { kind: 'storefront', customerId };
    const at = arrived + random.between(2, 9) * DAY_MS;
    opinions.events.push(
      answerEvent(
        plan,
        random.pick(['usage', 'delivery'] as const),
        at,
        door,
        opinionOf(random, plan, 'usage'),
      ),
    );
  }
  addSecondThoughts(random, plan, opinions, customerId, arrived);
  addLookingBack(random, plan, opinions);
  return opinions;
}

/** Who had trouble has more to say: of the return, and of how they were helped, should there be a case; regulars of the shop. */
function addLookingBack(random: Random, plan: OrderPlan, opinions: Opinions): void {
  const cameBack = plan.refunds.some((refund) => refund.lineIds.length > 0);
  const surveys = [
    'support',
    ...(cameBack ? ['return' as const] : []),
    ...(plan.nth > 1 ? ['milestone' as const] : []),
  ] as const;
  for (const survey of surveys) {
    if (!random.chance(plan.person.persona.answers + 0.2)) continue;
    opinions.mails.push([survey, { ...opinionOf(random, plan, survey), delayMs: mailDelayMs(random) }]);
  }
}

/** Some who were unhappy with what they bought think better of it weeks later, and say so on the storefront. */
function addSecondThoughts(
  random: Random,
  plan: OrderPlan,
  opinions: Opinions,
  customerId: string,
  arrived: number | null,
): void {
  const first = opinions.mails.find(([survey, mail]) => survey === 'usage' && mail.rating <= 3)?.[1];
  if (!first || arrived === null || !random.chance(0.35)) return;
  const better: PlannedAnswer = {
    rating: Math.min(5, first.rating + 2),
    comment: plan.person.locale === 'de' ? 'Nach dem Umtausch alles gut.' : 'All good after the replacement.',
  };
  opinions.events.push(
    answerEvent(
      plan,
      'usage',
      arrived + random.between(24, 32) * DAY_MS,
      { kind: 'storefront', customerId },
      better,
    ),
  );
}

export function answerEvent(
  plan: OrderPlan,
  survey: SurveyKind,
  at: number,
  door: AnswerDoor,
  answer: PlannedAnswer,
): AnswerEvent {
  return { kind: 'answer', at: Math.round(at), subject: plan.id, orderId: plan.id, survey, door, answer };
}

/** Most answer on the same day, some only days later. */
function mailDelayMs(random: Random): number {
  const hours = random.chance(0.65) ? random.between(0.2, 9) : random.between(9, 76);
  return Math.round(hours * HOUR_MS);
}

function opinionOf(random: Random, plan: OrderPlan, survey: TalkedAbout): PlannedAnswer {
  const { mood } = plan.person.persona;
  const late = isLate(plan) ? 1 : 0;
  const trouble = plan.returned || plan.refunds.some((refund) => refund.lineIds.length > 0) ? 1 : 0;
  const locale = plan.person.locale;
  if (survey === 'return') {
    const effort = clamp(Math.round(2.6 - mood + 1.4 * random.normal()), 1, 7);
    return { rating: effort, comment: commentFor(random, survey, effort, locale) };
  }
  if (survey === 'relationship' || survey === 'milestone') {
    const rating = clamp(
      Math.round(8.75 + 1.6 * mood - 1.8 * late - 1.5 * trouble + 1.55 * random.normal()),
      0,
      10,
    );
    return { rating, comment: commentFor(random, survey, rating, locale) };
  }
  const blame = { post_purchase: 0, delivery: 1.9 * late, usage: 0.3 * late + 1.6 * trouble, support: 0.4 }[
    survey
  ];
  const rating = clamp(Math.round(4.5 + 0.75 * mood - blame + 0.8 * random.normal()), 1, 5);
  const comment = commentFor(random, survey, rating, locale);
  if (survey !== 'post_purchase') return { rating, comment };
  return { rating, comment, confidence: clamp(rating + random.whole(-1, 1), 1, 5) };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
