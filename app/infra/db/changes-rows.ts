import type { Changes } from '../../domain/core/actions.ts';
import { chargebackAt } from '../../domain/core/apply-order-fact.ts';
import { shownAt } from '../../domain/core/returns.ts';
import type { CustomerState, OrderState } from '../../domain/core/state.ts';
import { orderDoc } from './line-rows.ts';

/** The domain's state as the rows that changes.repo saves. */

/** @param eventId the event that tells of the customer */
export function customerRow(c: CustomerState, eventId: string) {
  return {
    id: c.id,
    key: c.key,
    shopify_id: c.shopifyId,
    email: c.email,
    first_name: c.firstName,
    last_name: c.lastName,
    phone: c.phone,
    locale: c.locale,
    country_code: c.countryCode,
    time_zone: c.timeZone,
    email_consent: c.consent?.state ?? null,
    email_consent_at: c.consent?.updatedAt ?? null,
    profile_told_at: c.profileToldAt,
    created_at: c.createdAt,
    event_id: eventId,
  };
}

export function orderRow(o: OrderState, customerId: string | null, ownerToldAt: Date | null) {
  return {
    order_id: o.orderId,
    customer_id: customerId,
    name: o.name,
    currency: o.currency,
    channel: o.channel,
    country_code: o.countryCode,
    locale: o.locale,
    placed_at: o.placedAt,
    paid_at: o.paidAt,
    cancelled_at: o.cancelledAt,
    delivered_at: o.deliveredAt,
    delivered_assumed: o.deliveredAssumed,
    financial_status: o.financialStatus,
    subtotal_minor: o.subtotalMinor,
    discount_minor: o.discountMinor,
    discount_codes: o.discountCodes,
    total_minor: o.totalMinor,
    refunded_minor: o.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    test: o.test,
    chargeback_at: chargebackAt(o),
    doc: orderDoc(o),
    source_updated_at: o.sourceUpdatedAt,
    owner_told_at: ownerToldAt,
  };
}

export function returnRow(r: NonNullable<Changes['return']>) {
  return {
    return_id: r.returnId,
    order_id: r.orderId,
    status: r.status,
    lines: r.lines,
    shown_at: shownAt(r),
    source_updated_at: r.sourceUpdatedAt,
  };
}

export function invitationRow(i: Changes['invitations'][number]) {
  return {
    id: i.id,
    kind: i.kind,
    customer_id: i.customerId,
    order_id: i.orderId,
    sequence: i.sequence,
    subject_id: i.subjectId,
    experiment_id: i.experimentId,
    arm: i.arm,
    status: i.status,
    reason: i.reason,
    channel: i.channel,
    first_due_at: i.firstDueAt,
    due_at: i.dueAt,
    assumed: i.assumed,
    decided_at: i.decidedAt,
    sent_at: i.sentAt,
    answered_at: i.answeredAt,
  };
}

export function responseRow(r: Changes['responses'][number]) {
  return {
    id: r.id,
    status: r.status,
    customer_id: r.customerId,
    answer_key: r.answerKey,
    invitation_id: r.invitationId,
  };
}

export function actionRow(a: Changes['actions'][number], eventId: string) {
  return {
    event_id: eventId,
    id: a.id,
    kind: a.kind,
    dedupe_key: a.dedupeKey,
    customer_id: a.customerId,
    order_id: a.orderId,
    status: a.afterId ? 'waiting' : 'pending',
    after_id: a.afterId ?? null,
    payload: a.payload,
    due_at: a.dueAt,
  };
}

export function contactRow(c: Changes['contacts'][number]) {
  return {
    action_id: c.actionId,
    customer_id: c.customerId,
    topic: c.topic,
    marketing: c.marketing,
    survey_kind: c.surveyKind,
    metric: c.metric,
    status: 'claimed',
    at: c.at,
  };
}

export function timerRow(t: Changes['timers'][number]) {
  return {
    kind: t.kind,
    subject_id: t.subjectId,
    due_at: t.dueAt ?? new Date(0),
    status: t.dueAt ? 'open' : 'fired',
  };
}
