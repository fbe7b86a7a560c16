-- What the straight line needs beside tables: business time, the two locks, and the
-- partial indexes behind the due scans.

-- Business time: the row that only the dev store writes, else the wall clock.
CREATE FUNCTION business_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT now_at FROM business_clock WHERE id = 1), clock_timestamp())
$$;

ALTER TABLE business_clock ADD CONSTRAINT business_clock_one_row CHECK (id = 1);

-- The customer that is meant today by a customer row: merges are followed, at most 16 deep.
-- Nearly nobody was ever merged: a loop that ends at its first look costs a fraction of a recursive query.
CREATE FUNCTION current_customer_id(p_shop uuid, p_id uuid) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_id uuid;
  v_next uuid := p_id;
  v_into uuid;
BEGIN
  FOR depth IN 0..16 LOOP
    SELECT merged_into_id INTO v_into FROM customer WHERE shop_id = p_shop AND id = v_next;
    EXIT WHEN NOT FOUND;
    v_id := v_next;
    EXIT WHEN v_into IS NULL;
    v_next := v_into;
  END LOOP;
  RETURN v_id;
END
$$;

-- Takes the locks of these customer keys, always in the same order, for as long as the
-- transaction lasts. Only what joins or splits people needs two: a merge, an erasure, and
-- an order that turns out to be somebody else's.
CREATE FUNCTION lock_customers(p_shop uuid, p_keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_key text;
BEGIN
  FOR v_key IN SELECT DISTINCT k FROM unnest(p_keys) AS k WHERE k IS NOT NULL ORDER BY k LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':customer:' || v_key, 2));
  END LOOP;
END
$$;

-- How much a customer key says about who somebody is: an erased person stays erased, then
-- Shopify's customer, then a guest's e-mail, then a guest known by the order alone.
CREATE FUNCTION customer_key_rank(p_key text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE split_part(p_key, ':', 1) WHEN 'erased' THEN 4 WHEN 'c' THEN 3 WHEN 'e' THEN 2 WHEN 'o' THEN 1 ELSE 0 END
$$;

-- Takes the order's lock, then the customer's, always in that order, and returns the
-- customer's id if a row exists. Facts about one order can come before anybody knows whose
-- it is, so the customer's lock alone would not do. Who it is: the person that the event
-- names by p_key, unless the order's present owner is known better or from a newer source
-- (p_at = the source time of the event); without a name the order's owner, else p_customer.
CREATE FUNCTION lock_line(p_shop uuid, p_order text, p_key text, p_customer uuid, p_at timestamptz DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_key text := p_key;
  v_owner uuid;
  v_owner_key text;
  v_owner_at timestamptz;
BEGIN
  IF p_order IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':order:' || p_order, 1));
    SELECT current_customer_id(p_shop, o.customer_id), o.source_updated_at INTO v_owner, v_owner_at
    FROM orders o WHERE o.shop_id = p_shop AND o.order_id = p_order;
  END IF;
  IF p_key IS NOT NULL THEN
    SELECT current_customer_id(p_shop, id) INTO v_id FROM customer WHERE shop_id = p_shop AND key = p_key;
  ELSE
    v_id := coalesce(v_owner, current_customer_id(p_shop, p_customer));
  END IF;
  IF v_id IS NOT NULL THEN
    SELECT key INTO v_key FROM customer WHERE shop_id = p_shop AND id = v_id;
  END IF;
  IF v_owner IS NOT DISTINCT FROM v_id THEN
    v_owner := NULL;
  ELSIF v_owner IS NOT NULL THEN
    SELECT key INTO v_owner_key FROM customer WHERE shop_id = p_shop AND id = v_owner;
    IF customer_key_rank(v_owner_key) > customer_key_rank(v_key)
      OR (customer_key_rank(v_owner_key) = customer_key_rank(v_key) AND v_owner_at > p_at) THEN
      v_id := v_owner;
      v_key := v_owner_key;
      v_owner := NULL;
      v_owner_key := NULL;
    END IF;
  END IF;
  IF v_key IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM lock_customers(p_shop, ARRAY[v_key, v_owner_key]);
  -- The row may have come into being, been merged or erased while we waited.
  IF v_id IS NULL THEN
    SELECT id INTO v_id FROM customer WHERE shop_id = p_shop AND key = v_key;
  END IF;
  IF v_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM customer WHERE shop_id = p_shop AND id = v_id AND key = v_key AND merged_into_id IS NULL
  ) THEN
    RAISE EXCEPTION 'The customer was merged or erased while this waited; it is tried again.' USING ERRCODE = 'AC001';
  END IF;
  RETURN v_id;
END
$$;

CREATE INDEX event_open ON event (created_at) WHERE status = 'received';
CREATE INDEX event_trouble ON event (shop_id, received_at) WHERE status = 'failed';
CREATE INDEX action_open ON action (due_at) WHERE status = 'pending';
CREATE INDEX action_claimed ON action (lease_until) WHERE status = 'claimed';
CREATE INDEX action_waiting ON action (shop_id, after_id) WHERE status = 'waiting';
CREATE INDEX action_trouble ON action (shop_id, created_at) WHERE status IN ('failed', 'unknown');
CREATE INDEX timer_due ON timer (due_at) WHERE status = 'open';
CREATE INDEX customer_score_due ON customer (next_score_at) WHERE merged_into_id IS NULL AND next_score_at IS NOT NULL;
CREATE INDEX customer_stale ON customer (shop_id, id) WHERE stale_seq <> scored_seq;
CREATE INDEX customer_flagged ON customer (shop_id, value_at_risk_minor DESC, id) WHERE flagged;
CREATE INDEX invitation_open ON survey_invitation (shop_id, customer_id, due_at) WHERE status IN ('scheduled', 'deferred');
CREATE INDEX invitation_decided ON survey_invitation (shop_id, kind, decided_at);
CREATE INDEX case_open ON support_case (shop_id, due_at) WHERE status IN ('open', 'acknowledged');
