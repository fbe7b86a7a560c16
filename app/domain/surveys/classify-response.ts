import type { CustomerState, OrderState, ResponseState } from '../core/state.ts';

/** Surveys about something that has to have arrived first. */
const NEEDS_DELIVERY: readonly ResponseState['kind'][] = ['delivery', 'usage'];

/**
 * What an answer counts as, given what is known of its order and customer now. It is
 * asked again whenever the order changes, so the order of arrival leaves no trace.
 * - `unverified`: claimed at checkout; becomes verified once the order is known and belongs
 *   to the customer that the checkout token named. A test order confirms nothing: what was
 *   tried out on it is kept, and never counts (no case, no score, no message).
 * - `unsolicited`: about a delivery that had not happened when it was written, or of an
 *   order never delivered (domain.md section 2). Where the shop's deliveries are reported, one
 *   that is merely assumed has not happened until it is reported too.
 *   An answer about no order stays as it is.
 * - `quarantined`: held back, by a rule or by staff; only `releaseResponse` leads out of it.
 */
export function classifyResponse(
  response: ResponseState,
  order: OrderState | null,
  customer: CustomerState | null,
  deliveriesReported: boolean,
): ResponseState {
  if (response.status === 'quarantined') return response;
  // About a visit, or without the person: there is no order to judge it by, and its key names none.
  if (response.orderId === '') return response;
  if (response.status === 'unverified') {
    const confirmed =
      order?.known === true &&
      !order.test &&
      response.claimedBy !== null &&
      customer?.shopifyId === response.claimedBy;
    if (!confirmed) return response;
  }
  const customerId = customer?.id ?? response.customerId;
  const answerKey = `${response.kind}:${response.orderId}:${sequenceOf(response)}`;
  const delivered = order?.deliveredAt != null && !(order.deliveredAssumed && deliveriesReported);
  const arrived = delivered && order.deliveredAt! <= response.answeredAt;
  const status = NEEDS_DELIVERY.includes(response.kind) && !arrived ? 'unsolicited' : 'verified';
  return { ...response, status, customerId, answerKey };
}

/**
 * What staff let count again, ready to be classified: a claim as a claim, whose key still names
 * the claimant, and everything else as an answer whose giver is known. One that is not held back
 * stays as it is.
 */
export function releaseResponse(response: ResponseState): ResponseState {
  if (response.status !== 'quarantined') return response;
  const [, , claim] = response.answerKey.split(':');
  return { ...response, status: claim === 'u' ? 'unverified' : 'verified' };
}

/** The sequence is the last part of a verified key; a claim is always about the first. */
function sequenceOf(response: ResponseState): string {
  const parts = response.answerKey.split(':');
  return response.status === 'unverified' ? '0' : (parts.at(-1) ?? '0');
}
