import type { Changes, NewAction } from './actions.ts';
import type { NewId } from './events.ts';
import type { ResponseState, Snapshot } from './state.ts';

/**
 * What follows from a low answer. Staff hear of each of its revisions; the customer is offered
 * something and written to once per answer and day, however often it is edited. The keys name only what
 * the answer says of itself, so whoever decides again, and whenever, comes to the same actions.
 */
export function lowAnswerActions(response: ResponseState, now: Date, newId: NewId): NewAction[] {
  const at = aboutOf(response, now);
  const payload = { responseId: response.id };
  const caseId = newId();
  const discountId = newId();
  const day = response.answeredAt.toISOString().slice(0, 10);
  return [
    {
      kind: 'open_case',
      payload,
      id: caseId,
      dedupeKey: `case:${response.id}:${response.revision}`,
      ...at,
    },
    {
      kind: 'create_recovery_discount',
      payload,
      id: discountId,
      dedupeKey: `recovery:${response.id}:${day}`,
      afterId: caseId,
      ...at,
    },
    {
      kind: 'send_acknowledgement',
      payload: { ...payload, discountActionId: discountId },
      id: newId(),
      dedupeKey: `acknowledge:${response.id}:${day}`,
      afterId: discountId,
      ...at,
    },
  ];
}

/**
 * What follows from an answer that is not low, where a case was opened because its order was likely to disappoint. Decided
 * for each revision, as a low one is.
 */
export function ratedCareActions(
  response: ResponseState,
  { foreseenCase, now }: Snapshot,
  newId: NewId,
): NewAction[] {
  if (!foreseenCase || foreseenCase.orderId !== response.orderId) return [];
  const payload = { responseId: response.id };
  const dedupeKey = `care-rated:${response.id}:${response.revision}`;
  return [{ kind: 'close_care_case', payload, id: newId(), dedupeKey, ...aboutOf(response, now) }];
}

/** What follows from NPS 9 or 10: a code to hand on, and the mail that brings it, once per answer. */
export function promoterActions(response: ResponseState, now: Date, newId: NewId): NewAction[] {
  const at = aboutOf(response, now);
  const codeId = newId();
  return [
    {
      kind: 'issue_referral_code',
      payload: { responseId: response.id },
      id: codeId,
      dedupeKey: `referral:${response.id}`,
      ...at,
    },
    {
      kind: 'send_referral_invite',
      payload: { codeActionId: codeId },
      id: newId(),
      dedupeKey: `referral-invite:${response.id}`,
      afterId: codeId,
      ...at,
    },
  ];
}

/** What completing earns, whatever was answered: the reward, and the mail that brings it, once per answer. */
export function rewardActions(response: ResponseState, now: Date, newId: NewId): NewAction[] {
  const at = aboutOf(response, now);
  const payload = { responseId: response.id };
  const rewardId = newId();
  return [
    { kind: 'give_incentive', payload, id: rewardId, dedupeKey: `reward:${response.id}`, ...at },
    {
      kind: 'send_incentive',
      payload: { ...payload, rewardActionId: rewardId },
      id: newId(),
      dedupeKey: `reward-mail:${response.id}`,
      afterId: rewardId,
      ...at,
    },
  ];
}

/** Whoever got a case is asked for a review once it is closed, and once only, however often it is opened again. */
export function withReviewRequest(changes: Changes, snapshot: Snapshot, newId: NewId): Changes {
  const { case: closed, customer, responses, now } = snapshot;
  const responseId = closed?.responseId;
  if (!responseId || !customer || customer.redactedAt) return changes;
  // The presets ask for no review.
  const response = responses.find(({ id }) => id === responseId);
  if (response && !response.edition) return changes;
  const request: NewAction = {
    kind: 'send_review_request',
    payload: { responseId },
    id: newId(),
    dedupeKey: `review:${responseId}`,
    customerId: customer.id,
    orderId: closed.orderId,
    dueAt: now,
  };
  return { ...changes, actions: [...changes.actions, request] };
}

function aboutOf(response: ResponseState, now: Date) {
  return { customerId: response.customerId, orderId: response.orderId || null, dueAt: now };
}
