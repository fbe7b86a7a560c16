import { expect, it } from 'vitest';
import { decideHeld, decideRestored } from './held-answers.ts';
import { NOTHING } from './actions.ts';
import type { ResponseState, Snapshot } from './state.ts';

const response = (status: ResponseState['status']) =>
  ({ id: 'r', status, answerKey: 'usage:1:0' }) as ResponseState;
const snapshot = (responses: ResponseState[], redactedAt: Date | null = null) =>
  ({ responses, customer: { id: 'c', redactedAt } }) as unknown as Snapshot;
const release = (held: ResponseState): ResponseState => ({ ...held, status: 'unverified' });
const rules = { release, judge: () => NOTHING };

it.each(['verified', 'unverified', 'unsolicited'] as const)('holds back what is %s', (status) => {
  expect(decideHeld('r', snapshot([response(status)]))).toEqual({
    ...NOTHING,
    responses: [response('quarantined')],
    rescore: true,
  });
});

it.each([
  ['is erased', []],
  ['is held back already', [response('quarantined')]],
])('changes nothing when the answer %s', (_why, responses) => {
  const changes = decideHeld('r', snapshot(responses));
  expect(changes).toEqual({ ...NOTHING, ignoredBecause: expect.any(String) });
});

it.each([
  ['is erased', snapshot([])],
  ['counts already', snapshot([response('verified')])],
  ['is of a customer who was erased', snapshot([response('quarantined')], new Date(0))],
])('restores nothing when the answer %s', (_why, seen) => {
  expect(decideRestored('r', seen, rules)).toEqual({ ...NOTHING, ignoredBecause: expect.any(String) });
});

it('judges the answer as let go, and stores that it is, also where the judgement changes nothing', () => {
  const other = { ...response('verified'), id: 'o' };
  const seen = snapshot([response('quarantined'), other]);
  let judged: ResponseState[] = [];
  const judge = ({ responses }: Snapshot) => {
    judged = responses;
    return NOTHING;
  };
  const changes = decideRestored('r', seen, { release, judge });
  expect(judged).toEqual([response('unverified'), other]);
  expect(changes).toEqual({ ...NOTHING, responses: [response('unverified')], rescore: true });

  const verified = { ...NOTHING, responses: [response('verified')], rescore: true };
  expect(decideRestored('r', seen, { release, judge: () => verified })).toBe(verified);
});
