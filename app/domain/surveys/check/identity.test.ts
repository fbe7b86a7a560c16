import { describe, expect, it } from 'vitest';
import { options, survey } from '#tests/factories/surveys.ts';
import { checkIdentity } from './identity.ts';
import { checkDefinition } from '../check-definition.ts';

const csat = { id: 'rating', type: 'csat', metric: 'csat_product' };
const late = { if: 'fact', fact: 'days_late', op: 'at_least', value: 3 };
const codes = (questions: Record<string, unknown>[], over: object) =>
  checkIdentity(survey(questions, { identity: 'anonymous', ...over })).map(({ code }) => code);

describe.each(['anonymous', 'pseudonymous'])('answers that are %s', (identity) => {
  it.each([
    ['a rating and words', [csat, { id: 'more', type: 'long_text' }], {}, []],
    ['an address', [csat, { id: 'who', type: 'contact', asks: ['email'] }], {}, ['identity_question']],
    ['a consent', [csat, { id: 'news', type: 'consent' }], {}, ['identity_question']],
    ['a picture', [csat, { id: 'photo', type: 'image_upload' }], {}, ['identity_question']],
    ['a voice', [csat, { id: 'say', type: 'voice_note' }], {}, ['identity_question']],
    ['the lines of the order', [{ id: 'lines', type: 'line_rating' }], {}, ['identity_question']],
    [
      'what is remembered',
      [csat, { id: 'pet', type: 'choice', options: options('a', 'b'), profileKey: 'pet' }],
      {},
      ['identity_profile'],
    ],
    [
      'a question by the order',
      [csat, { id: 'x', type: 'long_text', showWhen: late }],
      {},
      ['identity_facts'],
    ],
    [
      'a question by the count',
      [csat, { id: 'x', type: 'csat', askOnOrder: { to: 1 } }],
      {},
      ['identity_facts'],
    ],
    ['a rule by the order', [{ ...csat, rules: [{ do: 'end', when: late }] }], {}, ['identity_facts']],
    [
      'a reward',
      [csat],
      { incentive: { text: 'usage.low', reward: { kind: 'points', points: 5 }, budget: 9 } },
      ['identity_incentive'],
    ],
    ['the thank-you page', [csat], { kind: 'post_purchase' }, ['identity_surface']],
    ['some orders only', [csat], { target: late }, ['identity_target']],
    [
      'a question by another',
      [
        csat,
        {
          id: 'x',
          type: 'long_text',
          showWhen: { if: 'answer', question: 'rating', op: 'at_most', value: 2 },
        },
      ],
      {},
      [],
    ],
  ])('with %s', (_name, questions, over, expected) => {
    expect(codes(questions, { ...over, identity })).toEqual(expected);
    expect(codes(questions, { ...over, identity: 'identified' })).toEqual([]);
  });
});

it('is part of the check before publishing, in sentences', () => {
  const definition = survey([csat, { id: 'who', type: 'contact', asks: ['email'] }], {
    identity: 'anonymous',
  });
  const [finding] = checkDefinition(definition).filter(({ code }) => code === 'identity_question');
  expect(finding).toMatchObject({ severity: 'error', questionId: 'who' });
  expect(finding!.message).toMatch(/asks for a name or an address: anonymous answers may not have that/);
});
