/**
 * The one map of where personal data is kept. Redaction is driven by it, and a test searches
 * every column of the database for what a redaction left; a new personal field is added here
 * or nowhere.
 */

export interface PersonalTable {
  table: string;
  /** Which rows `t` are the person's; `about` holds the ids of the person as arrays (see ABOUT). */
  rows: string;
  /** Columns that say something about the person, and what a redaction leaves in them (SQL). */
  fields: Record<string, string>;
  /** What a redaction does with the rows. */
  redaction: 'empty the fields' | 'delete the rows';
  /** Whether a data request hands the rows out. */
  exported: boolean;
}

/** What the conditions below refer to: one row, made of the statement's parameters. Claimants are Shopify's ids of the person's accounts, and keys; pseudonyms those of all rows that are the person. */
export const ABOUT = `about AS (SELECT $1::uuid AS shop_id, $2::uuid[] AS customers, $3::text[] AS orders,
  $4::text[] AS claimants, $5::uuid AS request_event, $6::text[] AS traces, $7::timestamptz AS now,
  $8::text[] AS pseudonyms)`;

const BY_CUSTOMER = 't.customer_id = ANY(about.customers)';
const BY_ORDER = 't.order_id = ANY(about.orders)';

export const PERSONAL_DATA: readonly PersonalTable[] = [
  {
    table: 'raw_body',
    // Bytes of events that never got as far as a customer are looked through for the person.
    rows: `t.event_id = about.request_event OR EXISTS (SELECT FROM event e WHERE e.shop_id = about.shop_id AND e.id = t.event_id
      AND (e.customer_id = ANY(about.customers) OR e.order_id = ANY(about.orders)
        OR (e.customer_id IS NULL AND e.status <> 'received'
          AND EXISTS (SELECT FROM unnest(about.traces) trace WHERE encode(t.body, 'escape') ~* trace))))`,
    fields: { body: 'the row goes' },
    redaction: 'delete the rows',
    exported: false,
  },
  {
    table: 'survey_response',
    rows: `${BY_CUSTOMER} OR ${BY_ORDER} OR t.claimed_by = ANY(about.claimants)
      OR t.pseudonym = ANY(about.pseudonyms)`,
    fields: { answers: "'{}'", comment: 'NULL', claimed_by: 'NULL', pseudonym: 'NULL' },
    redaction: 'empty the fields',
    exported: true,
  },
  {
    table: 'answer_import_row',
    rows: `t.person_key = ANY(about.claimants) OR t.order_ref = ANY(about.orders) OR EXISTS (
      SELECT FROM orders o WHERE o.shop_id = about.shop_id AND o.order_id = ANY(about.orders)
        AND lower(ltrim(o.name, '#')) = t.order_ref)`,
    fields: { email: 'the row goes', order_ref: 'the row goes', comment: 'the row goes' },
    redaction: 'delete the rows',
    exported: true,
  },
  {
    table: 'survey_link',
    rows: `${BY_CUSTOMER} OR ${BY_ORDER}`,
    fields: { token_hash: 'the row goes', recent_ratings: 'the row goes' },
    redaction: 'delete the rows',
    exported: false,
  },
  {
    // After the links: whoever stores a file holds the row of its link.
    table: 'survey_upload',
    rows: `${BY_CUSTOMER} OR ${BY_ORDER}`,
    fields: { bytes: 'the row goes' },
    redaction: 'delete the rows',
    exported: true,
  },
  {
    table: 'case_note',
    rows: `EXISTS (SELECT FROM support_case k WHERE k.shop_id = about.shop_id AND k.id = t.case_id
      AND (k.customer_id = ANY(about.customers) OR k.order_id = ANY(about.orders)))`,
    fields: { text: 'NULL' },
    redaction: 'empty the fields',
    exported: true,
  },
  {
    table: 'support_case',
    rows: `${BY_CUSTOMER} OR ${BY_ORDER}`,
    fields: { resolution: 'NULL', root_cause: 'NULL' },
    redaction: 'empty the fields',
    exported: true,
  },
  {
    table: 'referral_code',
    rows: BY_CUSTOMER,
    fields: { code: 'the row goes' },
    redaction: 'delete the rows',
    exported: true,
  },
  {
    table: 'site_day',
    rows: BY_CUSTOMER,
    fields: {
      day: 'the row goes',
      views: 'the row goes',
      product_views: 'the row goes',
      help_views: 'the row goes',
    },
    redaction: 'delete the rows',
    exported: true,
  },
  {
    table: 'orders',
    rows: BY_ORDER,
    // A code that was given to one person alone names them.
    fields: { country_code: 'NULL', locale: 'NULL', discount_codes: `'{}'` },
    redaction: 'empty the fields',
    exported: true,
  },
  {
    table: 'privacy_request',
    rows: `${BY_CUSTOMER} OR t.shopify_customer_id = ANY(about.claimants)`,
    fields: { shopify_customer_id: 'NULL', order_ids: `'{}'` },
    redaction: 'empty the fields',
    exported: false,
  },
  {
    table: 'customer',
    rows: 't.id = ANY(about.customers)',
    fields: {
      key: `'erased:' || t.id`,
      shopify_id: 'NULL',
      email: 'NULL',
      first_name: 'NULL',
      last_name: 'NULL',
      phone: 'NULL',
      locale: 'NULL',
      country_code: 'NULL',
      time_zone: 'NULL',
      profile_told_at: `'{}'`,
      email_consent: 'NULL',
      email_consent_at: 'NULL',
      last_seen_at: 'NULL',
      csi: 'NULL',
      csi_coverage: '0',
      segment: 'NULL',
      health: 'NULL',
      health_coverage: '0',
      band: 'NULL',
      flagged: 'false',
      high_risk: 'false',
      score_reasons: 'NULL',
      main_reason: 'NULL',
      main_reason_key: 'NULL',
      value_at_risk_minor: '0',
      score_version: 'NULL',
      scored_at: 'NULL',
      redacted_at: 'about.now',
    },
    redaction: 'empty the fields',
    exported: true,
  },
  // What is made of a person by itself goes after the person's row, in the order in which scores take the two. The history
  // keeps its numbers, as orders do.
  {
    table: 'score_history',
    rows: BY_CUSTOMER,
    fields: { reasons: `'[]'` },
    redaction: 'empty the fields',
    exported: true,
  },
  {
    table: 'customer_prediction',
    rows: BY_CUSTOMER,
    fields: {
      none_probability: 'the row goes',
      expected_purchases: 'the row goes',
      clv_minor: 'the row goes',
      next_order_on: 'the row goes',
    },
    redaction: 'delete the rows',
    exported: true,
  },
  {
    table: 'order_prediction',
    rows: `${BY_CUSTOMER} OR ${BY_ORDER}`,
    fields: { low_probability: 'the row goes', reasons: 'the row goes' },
    redaction: 'delete the rows',
    exported: true,
  },
];

/** The statement that redacts one table of the map; parameters as in ABOUT. */
export function redactionOf({ table, rows, fields, redaction }: PersonalTable): string {
  const scope = `t.shop_id = about.shop_id AND (${rows})`;
  if (redaction === 'delete the rows')
    return `WITH ${ABOUT} DELETE FROM ${table} t USING about WHERE ${scope}`;
  const set = Object.entries(fields).map(([field, value]) => `${field} = ${value}`);
  return `WITH ${ABOUT} UPDATE ${table} t SET ${set.join(', ')} FROM about WHERE ${scope}`;
}
