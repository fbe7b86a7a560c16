-- Many events at once take the locks of their lines together (docs/decisions/020-shared-transactions.md).

-- Whom an event is about, as the rows say now; takes no lock. Who it is: the person that the event
-- names by p_key, unless the order's present owner is known better or from a newer source (p_at = the
-- source time of the event); without a name the order's owner, else p_customer. The other is whoever
-- of owner and named person it is not. key is null when nobody is known; an id is null without a row.
CREATE FUNCTION line_of(p_shop uuid, p_order text, p_key text, p_customer uuid, p_at timestamptz,
  OUT customer_id uuid, OUT key text, OUT other_id uuid, OUT other_key text) LANGUAGE plpgsql AS $$
DECLARE
  v_owner uuid;
  v_owner_key text;
  v_owner_at timestamptz;
BEGIN
  key := p_key;
  IF p_order IS NOT NULL THEN
    SELECT current_customer_id(p_shop, o.customer_id), o.owner_told_at INTO v_owner, v_owner_at
    FROM orders o WHERE o.shop_id = p_shop AND o.order_id = p_order;
  END IF;
  IF p_key IS NOT NULL THEN
    SELECT current_customer_id(p_shop, c.id) INTO customer_id FROM customer c WHERE c.shop_id = p_shop AND c.key = p_key;
  ELSE
    customer_id := coalesce(v_owner, current_customer_id(p_shop, p_customer));
  END IF;
  IF customer_id IS NOT NULL THEN
    SELECT c.key INTO key FROM customer c WHERE c.shop_id = p_shop AND c.id = customer_id;
  END IF;
  IF v_owner IS NOT NULL AND v_owner IS DISTINCT FROM customer_id THEN
    SELECT c.key INTO v_owner_key FROM customer c WHERE c.shop_id = p_shop AND c.id = v_owner;
    IF (customer_key_rank(v_owner_key), coalesce(v_owner_at, '-infinity'), v_owner_key)
      > (customer_key_rank(key), coalesce(p_at, '-infinity'), key) THEN
      other_id := customer_id;
      other_key := key;
      customer_id := v_owner;
      key := v_owner_key;
    ELSE
      other_id := v_owner;
      other_key := v_owner_key;
    END IF;
  END IF;
END
$$;

-- What became of a line whose locks were waited for: the row may have come into being, been merged or
-- erased meanwhile. moved says that a lock is not its customer's any more; customer_id is null while
-- there is no row.
CREATE FUNCTION line_after_waiting(p_shop uuid, p_id uuid, p_key text, p_other_id uuid, p_other_key text,
  OUT customer_id uuid, OUT moved boolean) LANGUAGE plpgsql AS $$
BEGIN
  customer_id := p_id;
  IF customer_id IS NULL AND p_key IS NOT NULL THEN
    SELECT c.id INTO customer_id FROM customer c WHERE c.shop_id = p_shop AND c.key = p_key;
  END IF;
  moved := customer_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM customer c WHERE c.shop_id = p_shop AND c.id = customer_id AND c.key = p_key AND c.merged_into_id IS NULL)
    OR p_other_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM customer c WHERE c.shop_id = p_shop AND c.id = p_other_id AND c.key = p_other_key AND c.merged_into_id IS NULL);
END
$$;

-- Takes the order's lock, then the customer's, always in that order, and returns the customer's id if
-- a row exists. Facts about one order can come before anybody knows whose it is, so the customer's
-- lock alone would not do.
CREATE OR REPLACE FUNCTION lock_line(p_shop uuid, p_order text, p_key text, p_customer uuid, p_at timestamptz DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_line record;
  v_now record;
BEGIN
  IF p_order IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':order:' || p_order, 1));
  END IF;
  SELECT * INTO v_line FROM line_of(p_shop, p_order, p_key, p_customer, p_at);
  PERFORM lock_customers(p_shop, ARRAY[v_line.key, v_line.other_key]);
  SELECT * INTO v_now
  FROM line_after_waiting(p_shop, v_line.customer_id, v_line.key, v_line.other_id, v_line.other_key);
  IF v_now.moved THEN
    RAISE EXCEPTION 'The customer was merged or erased while this waited; it is tried again.' USING ERRCODE = 'AC001';
  END IF;
  RETURN v_now.customer_id;
END
$$;

-- From here on a lock is waited for until p_deadline, machine time; null = for ever.
CREATE FUNCTION wait_until(p_deadline timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_left int := ceil(extract(epoch FROM p_deadline - clock_timestamp()) * 1000);
BEGIN
  IF p_deadline IS NULL THEN
    RETURN;
  ELSIF v_left <= 0 THEN
    RAISE EXCEPTION 'The locks were not free in time.' USING ERRCODE = 'lock_not_available';
  END IF;
  PERFORM set_config('lock_timeout', v_left::text, true);
END
$$;

-- The same as lock_line for many lines: all orders first, sorted, then all customers, sorted, as one
-- line does it; so a group and a single line never hold what the other waits for. Last the customers'
-- rows, sorted as scoring does it, which takes no line's lock. p_lines is a JSON array of {id,
-- order_id, customer_key, customer_id, source_at}; p_patience_ms is how long to wait for all locks
-- together, null for ever. keys are those of the customers who are locked for the line.
CREATE FUNCTION lock_lines(p_shop uuid, p_lines jsonb, p_patience_ms int)
RETURNS TABLE (id uuid, customer_id uuid, moved boolean, keys text[]) LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
  v_deadline timestamptz := clock_timestamp() + p_patience_ms * interval '1 millisecond';
  v_one text;
  v_ids uuid[];
  v_customers uuid[];
  v_keys text[];
  v_other_ids uuid[];
  v_others text[];
BEGIN
  FOR v_one IN SELECT DISTINCT (l->>'order_id') COLLATE "C" FROM jsonb_array_elements(p_lines) l
    WHERE l->>'order_id' IS NOT NULL ORDER BY 1 LOOP
    PERFORM wait_until(v_deadline);
    PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':order:' || v_one, 1));
  END LOOP;
  SELECT array_agg(l.id), array_agg(f.customer_id), array_agg(f.key), array_agg(f.other_id), array_agg(f.other_key)
  INTO v_ids, v_customers, v_keys, v_other_ids, v_others
  FROM jsonb_to_recordset(p_lines)
    AS l(id uuid, order_id text, customer_key text, customer_id uuid, source_at timestamptz)
  CROSS JOIN LATERAL line_of(p_shop, l.order_id, l.customer_key, l.customer_id, l.source_at) f;
  FOR v_one IN SELECT DISTINCT k FROM unnest(v_keys || v_others) AS k WHERE k IS NOT NULL ORDER BY k LOOP
    PERFORM wait_until(v_deadline);
    PERFORM lock_customers(p_shop, ARRAY[v_one]);
  END LOOP;
  PERFORM wait_until(v_deadline);
  PERFORM FROM customer c WHERE c.shop_id = p_shop AND c.id = ANY(v_customers || v_other_ids) ORDER BY c.id FOR NO KEY UPDATE;
  -- What follows in the transaction waits as every statement does.
  IF v_deadline IS NOT NULL THEN
    PERFORM set_config('lock_timeout', '0', true);
  END IF;
  RETURN QUERY
    SELECT v_ids[n], f.customer_id, f.moved, array_remove(ARRAY[v_keys[n], v_others[n]], NULL)
    FROM generate_subscripts(v_ids, 1) n
    CROSS JOIN LATERAL line_after_waiting(p_shop, v_customers[n], v_keys[n], v_other_ids[n], v_others[n]) f;
END
$$;

-- The daily figures of a shop read what they need, not every order.
CREATE INDEX order_gaps ON orders (shop_id, customer_id, placed_at)
  WHERE paid_at IS NOT NULL AND cancelled_at IS NULL AND NOT test AND customer_id IS NOT NULL;
CREATE INDEX order_arrivals ON orders (shop_id, delivered_at) WHERE NOT delivered_assumed AND NOT test;
-- Whether a message is about an open case.
CREATE INDEX case_response ON support_case (shop_id, response_id) WHERE response_id IS NOT NULL;

-- Where rows are due soon and done soon, what is done lies in front of what is due until it is vacuumed.
ALTER TABLE timer SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
