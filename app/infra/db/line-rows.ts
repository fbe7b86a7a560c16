import type {
  DisputeFact,
  FulfillmentEventFact,
  OrderLineFact,
  RefundFact,
} from '../../domain/core/facts.ts';
import type {
  CareFacts,
  CaseSummary,
  ContactState,
  CustomerState,
  InvitationState,
  OrderState,
  OrderSummary,
  ResponseState,
  ReturnState,
  ShipmentState,
  ShopState,
} from '../../domain/core/state.ts';

/** Rows as `to_json` gives them, and their translation into the domain's state. */

type Row = Record<string, unknown>;

const date = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string);
const certainDate = (value: unknown): Date => new Date(value as string);
const text = (value: unknown): string | null => (value ?? null) as string | null;

export function toShop(row: Row): ShopState {
  return {
    id: row['id'] as string,
    domain: row['domain'] as string,
    status: row['status'] as ShopState['status'],
    name: text(row['name']) ?? (row['domain'] as string),
    currency: row['currency'] as string,
    timeZone: row['time_zone'] as string,
    settings: row['settings'],
    exchangedAt: date(row['exchanged_at']),
    medianTransitDays: row['median_transit_days'] as number | null,
    typicalGapDays: row['typical_gap_days'] as number | null,
    pixelOnSince: date(row['pixel_on_since']),
    liveSurveys: row['live_surveys'] as ShopState['liveSurveys'],
    liveExperiments: row['live_experiments'] as ShopState['liveExperiments'],
  };
}

export function toCustomer(row: Row): CustomerState {
  const state = text(row['email_consent']);
  return {
    id: row['id'] as string,
    key: row['key'] as string,
    shopifyId: text(row['shopify_id']),
    email: text(row['email']),
    firstName: text(row['first_name']),
    lastName: text(row['last_name']),
    phone: text(row['phone']),
    locale: text(row['locale']),
    countryCode: text(row['country_code']),
    timeZone: text(row['time_zone']),
    profileToldAt: reviveDates(row['profile_told_at'] as Row, Object.keys(row['profile_told_at'] as Row)),
    consent: state
      ? {
          state: state as NonNullable<CustomerState['consent']>['state'],
          updatedAt: date(row['email_consent_at']),
        }
      : null,
    unsubscribedAt: date(row['unsubscribed_at']),
    surveysOffAt: date(row['surveys_off_at']),
    redactedAt: date(row['redacted_at']),
    tier: row['tier'] as CustomerState['tier'],
    health: row['health'] === null ? null : Number(row['health']),
    createdAt: certainDate(row['created_at']),
  };
}

interface OrderDoc {
  lines?: OrderLineFact[];
  fulfillments?: Row[];
  shipmentEvents?: Row[];
  refunds?: Row[];
  disputes?: Row[];
  taxMinor?: number;
  shippingMinor?: number;
}

export function toOrder(row: Row): OrderState {
  const doc = (row['doc'] ?? {}) as OrderDoc;
  return {
    orderId: row['order_id'] as string,
    known: row['source_updated_at'] !== null,
    name: row['name'] as string,
    currency: row['currency'] as string,
    channel: row['channel'] as string,
    countryCode: text(row['country_code']),
    locale: text(row['locale']),
    placedAt: date(row['placed_at']),
    paidAt: date(row['paid_at']),
    cancelledAt: date(row['cancelled_at']),
    financialStatus: text(row['financial_status']),
    subtotalMinor: Number(row['subtotal_minor']),
    discountMinor: Number(row['discount_minor']),
    discountCodes: row['discount_codes'] as string[],
    taxMinor: doc.taxMinor ?? 0,
    shippingMinor: doc.shippingMinor ?? 0,
    totalMinor: Number(row['total_minor']),
    test: row['test'] as boolean,
    lines: doc.lines ?? [],
    fulfillments: (doc.fulfillments ?? []).map((entry) =>
      reviveDates<ShipmentState>(entry, ['createdAt', 'sourceUpdatedAt', 'markedDeliveredAt']),
    ),
    shipmentEvents: (doc.shipmentEvents ?? []).map((entry) =>
      reviveDates<FulfillmentEventFact>(entry, ['happenedAt', 'estimatedDeliveryAt']),
    ),
    refunds: toRefunds(doc.refunds),
    disputes: (doc.disputes ?? []).map((entry) =>
      reviveDates<DisputeFact>(entry, ['initiatedAt', 'sourceUpdatedAt']),
    ),
    deliveredAt: date(row['delivered_at']),
    deliveredAssumed: row['delivered_assumed'] as boolean,
    approvedAt: date(row['approved_at']),
    sourceUpdatedAt: date(row['source_updated_at']),
  };
}

function reviveDates<Fact>(entry: Row, keys: string[]): Fact {
  const revived = { ...entry };
  for (const key of keys) revived[key] = date(entry[key]);
  return revived as Fact;
}

/** The part of an order that is stored as one document. */
export function orderDoc(order: OrderState): OrderDoc {
  return {
    lines: order.lines,
    fulfillments: order.fulfillments as unknown as Row[],
    shipmentEvents: order.shipmentEvents as unknown as Row[],
    refunds: order.refunds as unknown as Row[],
    disputes: order.disputes as unknown as Row[],
    taxMinor: order.taxMinor,
    shippingMinor: order.shippingMinor,
  };
}

export function toOrderSummary(row: Row): OrderSummary {
  return {
    orderId: row['order_id'] as string,
    placedAt: date(row['placed_at']),
    cancelledAt: date(row['cancelled_at']),
    financialStatus: text(row['financial_status']),
    totalMinor: Number(row['total_minor']),
    test: row['test'] as boolean,
    lines: (row['lines'] ?? []) as OrderLineFact[],
    refunds: toRefunds(row['refunds'] as Row[] | null),
  };
}

function toRefunds(rows: Row[] | null | undefined): RefundFact[] {
  return (rows ?? []).map((entry) => reviveDates<RefundFact>(entry, ['createdAt']));
}

export function toInvitation(row: Row): InvitationState {
  return {
    id: row['id'] as string,
    kind: row['kind'] as InvitationState['kind'],
    customerId: row['customer_id'] as string,
    orderId: row['order_id'] as string,
    sequence: row['sequence'] as number,
    subjectId: text(row['subject_id']),
    experimentId: text(row['experiment_id']),
    arm: text(row['arm']),
    status: row['status'] as InvitationState['status'],
    reason: text(row['reason']),
    channel: row['channel'] as InvitationState['channel'],
    firstDueAt: certainDate(row['first_due_at']),
    dueAt: certainDate(row['due_at']),
    assumed: row['assumed'] as boolean,
    decidedAt: date(row['decided_at']),
    sentAt: date(row['sent_at']),
    answeredAt: date(row['answered_at']),
  };
}

export function toResponse(row: Row): ResponseState {
  return {
    id: row['id'] as string,
    kind: row['kind'] as ResponseState['kind'],
    customerId: text(row['customer_id']),
    orderId: row['order_id'] as string,
    invitationId: text(row['invitation_id']),
    status: row['status'] as ResponseState['status'],
    claimedBy: text(row['claimed_by']),
    answerKey: row['answer_key'] as string,
    metric: row['metric'] as ResponseState['metric'],
    rating: row['rating'] as number,
    route: row['route'] as ResponseState['route'],
    answeredAt: certainDate(row['answered_at']),
    revision: row['revision'] as number,
    ...(row['awaits_steps'] === true && { awaitsSteps: true }),
    ...(row['unfinished'] === true && { unfinished: true }),
    surface: row['surface'] as string,
    ...(row['incentive'] === true && { incentive: true }),
    ...(row['survey_id'] != null && {
      edition: { surveyId: row['survey_id'] as string, version: row['definition'] as number },
    }),
  };
}

export function toContact(row: Row): ContactState {
  return {
    actionId: row['action_id'] as string,
    topic: row['topic'] as string,
    marketing: row['marketing'] as boolean,
    surveyKind: text(row['survey_kind']) as ContactState['surveyKind'],
    metric: text(row['metric']) as ContactState['metric'],
    at: certainDate(row['at']),
    ...(row['status'] === 'claimed' && { pending: true }),
  };
}

export function toReturn(row: Row): ReturnState {
  return {
    returnId: row['return_id'] as string,
    orderId: text(row['order_id']),
    status: row['status'] as ReturnState['status'],
    lines: row['lines'] as ReturnState['lines'],
    shownAt: date(row['shown_at']),
    sourceUpdatedAt: certainDate(row['source_updated_at']),
  };
}

export function toCase(row: Row): CaseSummary {
  return {
    id: row['id'] as string,
    number: row['number'] as number,
    sourceKind: row['source_kind'] as CaseSummary['sourceKind'],
    orderId: text(row['order_id']),
    responseId: text(row['response_id']),
    status: row['status'] as CaseSummary['status'],
    resolvedAt: date(row['resolved_at']),
  };
}

export function toCare(row: Row): CareFacts {
  return { ...(row as unknown as CareFacts), lastCaredAt: date(row['lastCaredAt']) };
}
