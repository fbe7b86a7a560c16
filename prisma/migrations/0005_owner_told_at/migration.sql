-- When the source that named the order's owner was written. The order's own source time moves on
-- with versions that name nobody, or somebody who is known less well.
ALTER TABLE "orders" ADD COLUMN "owner_told_at" TIMESTAMPTZ(3);
UPDATE orders SET owner_told_at = source_updated_at WHERE customer_id IS NOT NULL;

-- An action that sleeps until its due time stands in no queue: queued_at is infinity until the tick wakes it.
CREATE INDEX action_asleep ON action (due_at) WHERE status = 'pending' AND queued_at = 'infinity';

-- As in 0002, but: the owner is compared by the time of the source that named them, two sources of
-- the same second by their keys, so that the order of arrival leaves no trace; and the lock of a
-- person who is named without becoming the owner is taken too, for what the event tells of them.
CREATE OR REPLACE FUNCTION lock_line(p_shop uuid, p_order text, p_key text, p_customer uuid, p_at timestamptz DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_key text := p_key;
  v_owner uuid;
  v_owner_key text;
  v_owner_at timestamptz;
  v_other_key text;
BEGIN
  IF p_order IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':order:' || p_order, 1));
    SELECT current_customer_id(p_shop, o.customer_id), o.owner_told_at INTO v_owner, v_owner_at
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
  IF v_owner IS NOT NULL AND v_owner IS DISTINCT FROM v_id THEN
    SELECT key INTO v_owner_key FROM customer WHERE shop_id = p_shop AND id = v_owner;
    v_other_key := v_owner_key;
    IF (customer_key_rank(v_owner_key), coalesce(v_owner_at, '-infinity'), v_owner_key)
      > (customer_key_rank(v_key), coalesce(p_at, '-infinity'), v_key) THEN
      v_other_key := v_key;
      v_id := v_owner;
      v_key := v_owner_key;
    END IF;
  END IF;
  IF v_key IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM lock_customers(p_shop, ARRAY[v_key, v_other_key]);
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

-- Whom a data request names, where no customer is stored: an answer at checkout may be all there is.
ALTER TABLE "privacy_request" ADD COLUMN "shopify_customer_id" TEXT;
ALTER TABLE "privacy_request" ADD COLUMN "order_ids" TEXT[] NOT NULL DEFAULT '{}';
