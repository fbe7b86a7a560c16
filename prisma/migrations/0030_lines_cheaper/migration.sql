-- Taking the locks of a hundred lines costs what looking up a hundred rows does: a lock that is free, as nearly all
-- are, is taken without a clock, and what became of the lines is one query instead of a function's queries for each.

DROP FUNCTION line_after_waiting(uuid, uuid, text, uuid, text);

-- What became of a line whose locks were waited for: the row may have come into being, been merged or
-- erased meanwhile. moved says that a lock is not its customer's any more; customer_id is null while
-- there is no row. In SQL, so that it becomes part of the query that asks; each look is one for itself, of EXISTS about
-- several lines PostgreSQL would rather make a table of all there are.
CREATE FUNCTION line_after_waiting(p_shop uuid, p_id uuid, p_key text, p_other_id uuid, p_other_key text)
RETURNS TABLE (customer_id uuid, moved boolean) LANGUAGE sql STABLE AS $$
  SELECT line.id,
    line.id IS NOT NULL AND (SELECT c.id FROM customer c
      WHERE c.shop_id = p_shop AND c.id = line.id AND c.key = p_key AND c.merged_into_id IS NULL LIMIT 1) IS NULL
    OR p_other_id IS NOT NULL AND (SELECT c.id FROM customer c
      WHERE c.shop_id = p_shop AND c.id = p_other_id AND c.key = p_other_key AND c.merged_into_id IS NULL LIMIT 1) IS NULL
  FROM (SELECT coalesce(p_id, (SELECT c.id FROM customer c WHERE c.shop_id = p_shop AND c.key = p_key)) AS id) line
$$;

-- As it was, but that a free lock is taken at once and only for others the time is looked at.
CREATE OR REPLACE FUNCTION lock_lines(p_shop uuid, p_lines jsonb, p_patience_ms int)
RETURNS TABLE (id uuid, customer_id uuid, moved boolean, keys text[]) LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
  v_deadline timestamptz := clock_timestamp() + p_patience_ms * interval '1 millisecond';
  v_lock bigint;
  v_ids uuid[];
  v_customers uuid[];
  v_keys text[];
  v_other_ids uuid[];
  v_others text[];
BEGIN
  FOR v_lock IN SELECT hashtextextended(p_shop || ':order:' || o.id, 1)
    FROM (SELECT DISTINCT (l->>'order_id') COLLATE "C" AS id FROM jsonb_array_elements(p_lines) l) o
    WHERE o.id IS NOT NULL ORDER BY o.id LOOP
    IF NOT pg_try_advisory_xact_lock(v_lock) THEN
      PERFORM wait_until(v_deadline);
      PERFORM pg_advisory_xact_lock(v_lock);
    END IF;
  END LOOP;
  SELECT array_agg(l.id), array_agg(f.customer_id), array_agg(f.key), array_agg(f.other_id), array_agg(f.other_key)
  INTO v_ids, v_customers, v_keys, v_other_ids, v_others
  FROM jsonb_to_recordset(p_lines)
    AS l(id uuid, order_id text, customer_key text, customer_id uuid, source_at timestamptz)
  CROSS JOIN LATERAL line_of(p_shop, l.order_id, l.customer_key, l.customer_id, l.source_at) f;
  -- As lock_customers names and sorts them.
  FOR v_lock IN SELECT hashtextextended(p_shop || ':customer:' || k.key, 2)
    FROM (SELECT DISTINCT key FROM unnest(v_keys || v_others) AS key) k
    WHERE k.key IS NOT NULL ORDER BY k.key LOOP
    IF NOT pg_try_advisory_xact_lock(v_lock) THEN
      PERFORM wait_until(v_deadline);
      PERFORM pg_advisory_xact_lock(v_lock);
    END IF;
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
