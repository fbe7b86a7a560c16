/** What a survey may not ask or promise when its answers are stored without the person. */
import type { QuestionType } from '../contract.ts';
import { isVisitKind } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { identityOf } from '../identity.ts';
import { listed, questionName } from '../wording.ts';
import type { Finding } from './finding.ts';
import { error, warning } from './finding.ts';
import { conditionsOf } from './places.ts';

/** Whoever answers these says, or shows, who they are or what they bought. */
const NAMING: Partial<Record<QuestionType, string>> = {
  contact: 'asks for a name or an address',
  consent: 'asks for a consent, which is a person’s',
  image_upload: 'asks for a picture',
  voice_note: 'asks for a recording of a voice',
  line_rating: 'asks about the lines of an order',
};

/** Findings about what would lead from an answer back to the person, or promise what nobody could get. */
export function checkIdentity(definition: Definition): Finding[] {
  const identity = identityOf(definition);
  if (identity === 'identified') return [];
  const what = identity === 'anonymous' ? 'Anonymous answers' : 'Answers under a pseudonym';
  return [
    ...checkQuestions(definition, what),
    ...checkFacts(definition, what),
    ...(definition.incentive
      ? [error('identity_incentive', null, `${what} cannot be rewarded: leave the incentive out.`)]
      : []),
    ...(definition.kind === 'post_purchase'
      ? [
          error(
            'identity_surface',
            null,
            `${what} come by mail only, and this survey is asked where the customer is logged in or has just paid: store them with the customer, or ask after the delivery.`,
          ),
        ]
      : []),
    ...(definition.target && !isVisitKind(definition.kind)
      ? [
          warning(
            'identity_target',
            null,
            'Only orders that fit are asked: if they are few, people may guess whose answer is whose.',
          ),
        ]
      : []),
  ];
}

function checkQuestions(definition: Definition, what: string): Finding[] {
  return definition.questions.flatMap((question): Finding[] => {
    const { id, type } = question;
    const name = questionName(definition, id);
    const naming = NAMING[type];
    if (naming !== undefined) {
      const message = `${name} ${naming}: ${what.toLowerCase()} may not have that, so remove it or store the answers with the customer.`;
      return [error('identity_question', id, message)];
    }
    if (!('profileKey' in question) || question.profileKey === undefined) return [];
    const message = `${name} is to be remembered of the customer: ${what.toLowerCase()} teach nothing about anybody, so let it be asked each time.`;
    return [error('identity_profile', id, message)];
  });
}

/** Which questions were shown is part of an answer, so what they depend on can be read off it. */
function checkFacts(definition: Definition, what: string): Finding[] {
  const onFacts = conditionsOf(definition).flatMap(({ of, questionId, tests }) =>
    (of === 'question' || of === 'rule') && questionId !== null && tests.some((test) => test.if === 'fact')
      ? [questionId]
      : [],
  );
  const onOrder = definition.questions.flatMap(({ id, askOnOrder }) => (askOnOrder ? [id] : []));
  const ids = [...new Set([...onFacts, ...onOrder])];
  if (ids.length === 0) return [];
  const names = listed(
    ids.map((id) => questionName(definition, id)),
    'and',
  );
  const message = `${names} depend${ids.length === 1 ? 's' : ''} on facts of the order, which could then be read off the answer: ${what.toLowerCase()} may depend on other answers only.`;
  return [error('identity_facts', null, message)];
}
