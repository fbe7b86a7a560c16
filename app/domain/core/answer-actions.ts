import type { NewAction } from './actions.ts';
import type { NewId } from './events.ts';
import type { ResponseState } from './state.ts';

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

function aboutOf(response: ResponseState, now: Date) {
  return { customerId: response.customerId, orderId: response.orderId || null, dueAt: now };
}
