import type { CaseCourse } from '../../domain/cases/escalated.ts';
import type { EscalationFacts } from '../../domain/prediction/escalation.ts';
import { spokenOf } from './snapshot-sql.ts';

/** A case as it stood when it was opened, and what became of it. */
export interface CaseWithCourse {
  id: string;
  facts: EscalationFacts;
  course: CaseCourse;
}

export interface SettledCase extends CaseWithCourse {
  openedAt: Date;
  /** When what became of it was known. */
  settledAt: Date;
}

const days = (from: string) => `extract(epoch FROM ${from}) / 86400`;
/** What was known of the order's delivery when the case was opened; an assumed delivery may turn out otherwise. */
const DELIVERED = `CASE WHEN NOT o.delivered_assumed AND o.delivered_at <= k.opened_at THEN o.delivered_at END`;
const PROMISED = `(SELECT (e ->> 'estimatedDeliveryAt')::timestamptz FROM jsonb_array_elements(o.doc -> 'shipmentEvents') e
  WHERE e ->> 'estimatedDeliveryAt' IS NOT NULL AND (e ->> 'happenedAt')::timestamptz <= k.opened_at
  ORDER BY (e ->> 'happenedAt')::timestamptz LIMIT 1)`;
const noted = (kind: string, until: string, supportCase = 'k') => `EXISTS (SELECT FROM case_note n
  WHERE n.shop_id = $1 AND n.case_id = ${supportCase}.id AND n.kind = '${kind}' AND n.at <= ${until})`;
/** A case that was opened for a prediction is a complaint only since its customer answered. */
const COMPLAINED_BEFORE = `${spokenOf('e')} AND (e.prediction IS NULL OR ${noted('first_answer', 'k.opened_at', 'e')})`;

/** SQL: as far as it was made worse by then. Of an answer that its customer changed again later only the worst is known. */
const worsened = (now: string, opened: string, until: string) =>
  `CASE WHEN ${noted('revised', until)} THEN ${now} ELSE ${opened} END`;

/**
 * SQL: the columns of CaseWithCourse, and the opening, of the cases k and their orders o. $1 is the shop. In the facts is
 * nothing that came after the opening; the course ends at `until`.
 */
export const courseOf = (until: string) => `k.id, k.opened_at AS "openedAt",
  json_build_object('source', k.source_kind, 'severity', k.opened_severity, 'critical', k.opened_critical,
    'valueMinor', k.value_minor, 'textLength', k.opened_text_length,
    'earlierCases', (SELECT count(*) FROM support_case e
      WHERE e.shop_id = $1 AND e.customer_id = k.customer_id AND e.opened_at < k.opened_at AND ${COMPLAINED_BEFORE}),
    'earlierOrders', (SELECT count(*) FROM orders e WHERE e.shop_id = $1 AND e.customer_id = k.customer_id
      AND NOT e.test AND e.paid_at <= k.opened_at AND e.order_id IS DISTINCT FROM k.order_id),
    'lateDays', ${days(`(${DELIVERED} - ${PROMISED})`)},
    'daysSinceDelivery', ${days(`(k.opened_at - ${DELIVERED})`)}) AS facts,
  json_build_object('openedSeverity', k.opened_severity, 'openedCritical', k.opened_critical,
    'severity', ${worsened('k.severity', 'k.opened_severity', until)}, 'critical', ${worsened('k.critical', 'k.opened_critical', until)},
    'reopened', ${noted('reopen', until)}, 'joined', ${noted('answer', until)},
    'followed', EXISTS (SELECT FROM support_case n WHERE n.shop_id = $1 AND n.customer_id = k.customer_id AND n.id <> k.id
      AND n.opened_at > k.opened_at AND n.opened_at <= ${until} AND (n.issue_type = k.issue_type OR n.order_id = k.order_id)),
    'chargedBack', coalesce(o.chargeback_at > k.opened_at AND o.chargeback_at <= ${until}, false)) AS course`;
