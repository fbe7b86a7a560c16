/**
 * What decide() wants to know about a customer and their answers, as columns of a query. Whoever uses them binds $1 to the shop.
 * Names match the readers in line-rows.ts.
 */

/**
 * Whether there is a row, looked up for each row by itself: of EXISTS in a query about several rows PostgreSQL would
 * rather make a table of all there are.
 * @param from FROM and WHERE of the query
 */
export const exists = (from: string) => `((SELECT true ${from} LIMIT 1) IS NOT NULL)`;

/** The newest orders. @param customer an SQL expression for the customer's id */
export const ordersOf = (customer: string) => `(SELECT json_agg(o) FROM (
       SELECT order_id, placed_at, cancelled_at, financial_status, total_minor, test, doc->'lines' AS lines, doc->'refunds' AS refunds
       FROM orders WHERE shop_id = $1 AND customer_id = ${customer} ORDER BY placed_at DESC LIMIT 200) o)`;

/** The newest invitations, whatever became of them. */
export const invitationsOf = (customer: string) =>
  `SELECT * FROM survey_invitation WHERE shop_id = $1 AND customer_id = ${customer} ORDER BY first_due_at DESC LIMIT 200`;

/**
 * Contacts of the last so many days.
 * @param ledgerDays an SQL expression for the number of days
 * @param now an SQL expression for business time
 */
export const contactsOf = (customer: string, ledgerDays: string, now: string) => `(SELECT json_agg(k) FROM (
       SELECT * FROM contact WHERE shop_id = $1 AND customer_id = ${customer} AND at > ${now} - ${ledgerDays} * interval '24 hours'
         AND status <> 'failed') k)`;

/**
 * SQL: the customer of a case, an SQL expression, has said something. Where it was opened for a prediction nobody has
 * complained yet, so that it keeps back neither surveys nor invitations: else nobody would learn whether care helped.
 */
export const spokenOf = (supportCase: string) => `${supportCase}.source_kind <> 'prediction'`;

export const openCasesOf = (customer: string) =>
  `(SELECT json_agg(json_build_object('id', k.id, 'orderId', k.order_id, 'responseId', k.response_id)) FROM support_case k
       WHERE k.shop_id = $1 AND k.customer_id = ${customer} AND k.status IN ('open', 'acknowledged') AND ${spokenOf('k')})`;

/** The case that waits for what the customer of an order has to say. @param order an SQL expression for the order's id */
export const foreseenCaseOf = (order: string) =>
  `(SELECT json_build_object('orderId', k.order_id) FROM support_case k WHERE k.shop_id = $1 AND k.order_id = ${order}
       AND k.prediction IS NOT NULL AND k.status IN ('open', 'acknowledged') AND NOT (${spokenOf('k')}))`;

/** Whether more steps of an answer may come. @param response an SQL expression for the response's id */
export const awaitsSteps = (response: string) =>
  exists(
    `FROM timer t WHERE t.shop_id = $1 AND t.kind = 'answer.due' AND t.subject_id = ${response}::text AND t.status = 'open'`,
  );
