/** The review request goes to everyone who answered, and the incentive rewards answering: neither may hang on the score. */
import type { Compiled } from '../compile.ts';
import { isVisitKind } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { textOf } from '../definition-texts.ts';
import type { Formula } from '../formula.ts';
import { testsIn } from '../formula.ts';
import { isRating } from '../question-types.ts';
import { listed, questionName } from '../wording.ts';
import type { Finding } from './finding.ts';
import { error, warning } from './finding.ts';
import { conditionsOf } from './places.ts';
import type { Chance } from './possibilities.ts';

const LINK = /https?:\/\/|www\./i;

/** Findings about what depends on the score, directly or through a question that does. */
export function checkFairness(definition: Definition, compiled: Compiled<Chance>): Finding[] {
  return [
    ...checkReviewAsk(definition),
    ...checkIncentive(definition),
    ...checkVisitors(definition),
    ...checkLinks(definition, compiled),
  ];
}

/** Any answer may carry the score (a choice of "happy" does), and a health band holds earlier scores. */
function checkReviewAsk(definition: Definition): Finding[] {
  const tests = conditionsOf(definition).flatMap(({ of, tests }) => (of === 'review_ask' ? tests : []));
  const asked = tests.flatMap((test) =>
    test.if === 'answer' ? [`the answer to ${questionName(definition, test.question)}`] : [],
  );
  const band = tests.some((test) => test.if === 'fact' && test.fact === 'health_band');
  const reasons = [...new Set([...asked, ...(band ? ['the health band'] : [])])];
  if (reasons.length === 0) return [];
  const message = `The review request depends on ${listed(reasons, 'and')}: asking only the satisfied for reviews is forbidden, so make it depend on the order or on nothing.`;
  return [error('review_gating', null, message)];
}

function checkIncentive(definition: Definition): Finding[] {
  const tests = conditionsOf(definition).flatMap(({ of, tests }) => (of === 'incentive' ? tests : []));
  const asked = tests.flatMap((test) =>
    test.if === 'answer' ? [`the answer to ${questionName(definition, test.question)}`] : [],
  );
  if (asked.length === 0) return [];
  const message = `The incentive depends on ${listed([...new Set(asked)], 'and')}: it is for answering, whatever the answer, so make it depend on the order or on nothing.`;
  return [error('incentive_on_score', null, message)];
}

/** Nobody is known who could be sent a reward, and a visit can be made again at will. */
function checkVisitors({ incentive, kind }: Definition): Finding[] {
  if (!incentive || !isVisitKind(kind)) return [];
  const message = `The incentive cannot be given: a survey about a visit does not know who answers. Take it out, or make a survey about an order.`;
  return [error('incentive_for_visitors', null, message)];
}

/** A link that only some scores see may be a request for reviews; it may as well be an invitation to refer a friend. */
function checkLinks(definition: Definition, compiled: Compiled<Chance>): Finding[] {
  const hasLink = (textId: string) =>
    definition.languages.some((language) => LINK.test(textOf(definition, language, textId)));
  const ratings = new Set(definition.questions.filter(isRating).map(({ id }) => id));
  const onScore = (formula: Formula<Chance>) =>
    [...testsIn(formula)].some(({ variable }) => ratings.has(variable.questionId ?? ''));
  const questions = definition.questions.filter(
    ({ text, help }, index) =>
      (hasLink(text) || (help !== undefined && hasLink(help))) && onScore(compiled.visible[index] ?? false),
  );
  const advice =
    'if it leads to a review, show it to everyone; a link to refer a friend may stay where it is.';
  const linked = (['low', 'middle', 'high'] as const).map(
    (route) => hasLink(definition.thanks[route].title) || hasLink(definition.thanks[route].text),
  );
  return [
    ...questions.map(({ id }) =>
      warning(
        'link_on_score',
        id,
        `${questionName(definition, id)} has a link and is shown by score: ${advice}`,
      ),
    ),
    ...(linked.some(Boolean) && !linked.every(Boolean)
      ? [warning('link_on_score', null, `The thanks have a link for some scores only: ${advice}`)]
      : []),
  ];
}
