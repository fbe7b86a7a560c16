-- What was sent off is changed where it is asked about again, and nowhere else (docs/decisions/024).

-- That nothing was stored because there is an answer, and not because the door is closed.
ALTER TYPE stored_answer ADD ATTRIBUTE answered boolean;

-- Mark of the page that an answer came from last, where pages may change what was sent off; null: from another door.
ALTER TABLE survey_response ADD COLUMN page text;

-- In place of "changeable": what was sent off is changed by the page that sent it (page, its mark), and by one that was
-- opened when it was there (seen, its revision then). Neither: it is not changed from that door.
ALTER TYPE answer_source DROP ATTRIBUTE changeable, ADD ATTRIBUTE page text, ADD ATTRIBUTE seen int;

-- Whether something may have followed from an answer: it was sent off, or its steps were taken for it in the end. What
-- a rule holds back counts as not being there.
CREATE FUNCTION answer_counted(r survey_response) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT r.held_reason IS NULL AND (NOT r.unfinished OR EXISTS (SELECT FROM timer t WHERE t.shop_id = r.shop_id
    AND t.kind = 'answer.due' AND t.subject_id = r.id::text AND t.firings > 0))
$$;

-- As before, and: it says when there is an answer that stays, and notes that on the invitation; and a promise that is
-- made for the answer that is there already is kept.
CREATE OR REPLACE FUNCTION store_answer(p_shop uuid, a new_answer, s answer_source)
RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := business_now();
  v_is_step boolean := a.step_minutes IS NOT NULL;
  v_newly_promised boolean;
  v_before record;
  v_row record;
  v_result stored_answer;
BEGIN
  SELECT r.id, r.unfinished, r.answered_at, r.incentive, r.held_reason IS NOT NULL AS held,
    answer_counted(r) AS counted, coalesce(r.page = s.page OR r.revision = s.seen, false) AS known_there,
    (r.survey_id, r.definition) IS DISTINCT FROM (a.survey, a.definition) AS asked_otherwise,
    r.answers IS DISTINCT FROM a.answers AS differs, r.answers ? 'uploads' AS had_uploads,
    EXISTS (SELECT FROM timer t WHERE t.shop_id = p_shop AND t.kind = 'answer.due'
      AND t.subject_id = r.id::text AND t.status = 'open') AS awaits_steps
  INTO v_before FROM survey_response r WHERE r.shop_id = p_shop AND r.answer_key = s.answer_key;
  -- What has counted is not replaced by answers to other questions; what was sent off takes no more steps, and nothing
  -- that differs, but from a page that knows it: there a step is no news (it changes nothing), and what is sent off in
  -- the end does. There is an answer then, whichever invitation was about to ask for it.
  v_result.answered := coalesce(v_before.counted AND (v_before.asked_otherwise
    OR (NOT v_before.unfinished AND NOT v_before.known_there AND (v_is_step OR v_before.differs))), false);
  v_result.admitted := NOT v_result.answered;
  IF v_result.answered THEN
    UPDATE survey_invitation i SET answered_at = v_before.answered_at
    WHERE i.shop_id = p_shop AND i.id = s.invitation_id AND i.answered_at IS NULL;
    RETURN v_result;
  END IF;
  v_newly_promised := coalesce(a.incentive AND NOT v_is_step AND NOT v_before.incentive AND NOT v_before.unfinished
    AND NOT v_before.differs AND NOT v_before.held, false);

  INSERT INTO survey_response AS r (shop_id, id, answer_key, kind, customer_id, order_id, invitation_id, surface, status,
    held_reason, claimed_by, metric, rating, route, answers, comment, definition, survey_id, answered_at, unfinished,
    incentive, page)
  VALUES (p_shop, a.response, s.answer_key, s.kind, s.customer_id, s.order_id, s.invitation_id, a.surface,
    CASE WHEN s.held IS NULL THEN s.status ELSE 'quarantined' END, s.held, s.claimed_by, a.metric, a.rating, a.route,
    a.answers, a.comment, a.definition, a.survey, v_now, v_is_step, a.incentive, s.page)
  ON CONFLICT (shop_id, answer_key) DO UPDATE SET
    customer_id = coalesce(excluded.customer_id, r.customer_id),
    invitation_id = coalesce(excluded.invitation_id, r.invitation_id),
    -- What staff hold back stays so, and a step says nothing new about the answer that it belongs to.
    status = CASE WHEN coalesce(excluded.held_reason, r.held_reason) IS NULL AND (r.status = 'quarantined' OR v_is_step)
      THEN r.status ELSE excluded.status END,
    held_reason = excluded.held_reason,
    incentive = r.incentive OR excluded.incentive,
    page = excluded.page,
    surface = excluded.surface, metric = excluded.metric, rating = excluded.rating, route = excluded.route,
    answers = excluded.answers, comment = excluded.comment,
    definition = excluded.definition, survey_id = excluded.survey_id,
    answered_at = CASE WHEN v_before.differs OR v_before.held THEN excluded.answered_at ELSE r.answered_at END,
    unfinished = (r.unfinished OR r.held_reason IS NOT NULL) AND excluded.unfinished,
    revision = r.revision + CASE WHEN v_before.differs THEN 1 ELSE 0 END
  WHERE CASE
    WHEN r.held_reason IS NOT NULL THEN true
    WHEN excluded.held_reason IS NOT NULL
    THEN excluded.held_reason = 'burst' AND r.unfinished AND r.status <> 'quarantined' AND v_before.awaits_steps
    WHEN v_is_step THEN r.answers IS DISTINCT FROM excluded.answers AND r.unfinished
    ELSE r.answers IS DISTINCT FROM excluded.answers OR r.unfinished OR v_newly_promised END
  RETURNING r.id, r.revision, r.customer_id, r.order_id INTO v_row;
  v_result.response_id := v_row.id;
  v_result.revision := v_row.revision;

  -- From a visitor's answer about no order nothing follows.
  IF v_row.id IS NOT NULL AND s.held IS NULL AND (v_row.customer_id IS NOT NULL OR v_row.order_id <> '') THEN
    IF v_is_step THEN
      INSERT INTO timer (shop_id, kind, subject_id, due_at, status)
      VALUES (p_shop, 'answer.due', v_row.id::text, v_now + a.step_minutes * interval '1 minute', 'open')
      ON CONFLICT (shop_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at, status = 'open';
    -- The same again after it counted changes nothing, but that completing it may earn what was promised.
    ELSIF v_before.id IS NULL OR v_before.differs OR v_before.awaits_steps OR v_before.held OR v_newly_promised
      OR (v_before.unfinished AND a.incentive) THEN
      INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
      VALUES (p_shop, a.event, 'answer', 'answer.submitted',
        v_row.id || ':' || v_row.revision || CASE WHEN v_newly_promised THEN ':promised' ELSE '' END, v_now, v_now,
        v_row.customer_id, nullif(v_row.order_id, ''), v_row.id::text);
      v_result.event_id := a.event;
    END IF;
  END IF;
  IF v_row.id IS NOT NULL AND NOT v_is_step AND v_before.awaits_steps THEN
    UPDATE timer t SET status = 'fired' WHERE t.shop_id = p_shop AND t.kind = 'answer.due' AND t.subject_id = v_row.id::text;
  END IF;
  -- Files that the answer had and names no more are left to the purge.
  IF v_row.id IS NOT NULL AND v_before.had_uploads AND NOT a.answers ? 'uploads' THEN
    UPDATE survey_upload u SET response_id = NULL, customer_id = coalesce(v_row.customer_id, u.customer_id)
    WHERE u.shop_id = p_shop AND u.response_id = v_row.id;
  END IF;
  -- What was begun before a burst does not count any more.
  IF s.invitation_id IS NOT NULL AND (s.held IS NULL OR v_row.id IS NOT NULL) THEN
    UPDATE survey_invitation i SET answered_at = CASE WHEN s.held IS NULL THEN coalesce(i.answered_at, v_now) END
    WHERE i.shop_id = p_shop AND i.id = s.invitation_id;
  END IF;
  RETURN v_result;
END
$$;

-- As before, but an answer that was sent off elsewhere stays as it is: whoever opens an older mail saw an empty form.
CREATE OR REPLACE FUNCTION answer_by_link(p_shop uuid, p_token bytea, a new_answer, p_scanned_seconds int, p_burst_ratings int,
  p_burst_seconds int, p_kind text, p_edition text, OUT stored stored_answer, OUT page json) LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_key text;
  v_used record;
  v_at float8 := extract(epoch FROM now());
  v_now timestamptz;
BEGIN
  stored.admitted := false;
  stored.answered := false;
  SELECT l.kind, l.edition, l.order_id, l.customer_id, l.invitation_id INTO v_link
  FROM survey_link l WHERE l.shop_id = p_shop AND l.token_hash = p_token;
  IF NOT FOUND OR v_link.kind <> p_kind OR v_link.edition <> p_edition THEN
    RETURN;
  END IF;
  PERFORM lock_line(p_shop, nullif(v_link.order_id, ''), NULL, v_link.customer_id);
  -- Not before the locks: the shop's clock may have been set forward meanwhile.
  v_now := business_now();
  SELECT answer_key_of(v_link.kind, v_link.order_id, (SELECT i.sequence FROM survey_invitation i
    WHERE i.shop_id = p_shop AND i.id = v_link.invitation_id), v_link.invitation_id) INTO v_key;

  WITH posted AS (
    SELECT recent.ratings, CASE
      -- Words to a rating that a person gave before the scan are that person's.
      WHEN v_now < l.scanned_at + p_scanned_seconds * interval '1 second' AND NOT EXISTS (
        SELECT FROM survey_response r WHERE r.shop_id = p_shop AND r.answer_key = v_key AND r.held_reason IS NULL
          AND r.rating IS NOT DISTINCT FROM a.rating) THEN 'scanned'
      WHEN (SELECT count(*) FROM jsonb_object_keys(recent.ratings)) >= p_burst_ratings THEN 'burst' END AS held
    FROM survey_link l CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_object_agg(key, value), '{}')
        -- Lines are rated one after another, each as it deserves: no burst.
        || CASE WHEN EXISTS (SELECT FROM jsonb_each(a.answers -> 'ratings') WHERE value = to_jsonb(a.rating))
          THEN jsonb_build_object(a.rating, v_at) ELSE '{}' END AS ratings
      FROM jsonb_each(l.recent_ratings) WHERE value::float8 > v_at - p_burst_seconds) recent
    WHERE l.shop_id = p_shop AND l.token_hash = p_token
  )
  UPDATE survey_link l SET recent_ratings = p.ratings,
    used_at = CASE WHEN a.step_minutes IS NULL AND p.held IS NULL THEN v_now END
  FROM posted p
  WHERE l.shop_id = p_shop AND l.token_hash = p_token AND l.used_at IS NULL AND l.expires_at > v_now
    AND (p_kind IS NULL OR EXISTS (SELECT FROM shop WHERE id = p_shop AND status = 'installed'))
    AND EXISTS (SELECT FROM customer c WHERE c.shop_id = p_shop AND c.id = current_customer_id(p_shop, l.customer_id)
      AND c.redacted_at IS NULL)
  RETURNING current_customer_id(p_shop, l.customer_id) AS customer_id, p.held INTO v_used;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF a.step_minutes IS NULL AND v_used.held IS NULL THEN
    UPDATE survey_link o SET used_at = v_now
    WHERE o.shop_id = p_shop AND o.customer_id = v_link.customer_id AND o.invitation_id = v_link.invitation_id
      AND o.token_hash <> p_token AND o.used_at IS NULL;
  END IF;
  stored := store_answer(p_shop, a, ROW(v_key, v_link.kind, v_used.customer_id, v_link.order_id,
    v_link.invitation_id, v_used.held, 'verified', NULL, NULL, NULL)::answer_source);
  IF p_kind IS NOT NULL THEN
    SELECT json_build_object('orderId', v_link.order_id, 'customerId', c.id, 'locale', coalesce(o.locale, c.locale),
      'shop', json_build_object('id', s.id, 'domain', s.domain, 'status', s.status, 'name', coalesce(s.name, s.domain),
        'settings', s.settings, 'liveSurveys', s.live_surveys))
    INTO page FROM shop s JOIN customer c ON c.shop_id = s.id AND c.id = v_used.customer_id
    LEFT JOIN orders o ON o.shop_id = s.id AND o.order_id = v_link.order_id WHERE s.id = p_shop;
  END IF;
END
$$;

-- As before, and: p_page and p_seen, the page that may change what was sent off; without them it stays.
DROP FUNCTION answer_for_customer(uuid, new_answer, text, text, text);
CREATE FUNCTION answer_for_customer(p_shop uuid, a new_answer, p_kind text, p_order text, p_shopify text,
  p_page text DEFAULT NULL, p_seen int DEFAULT NULL) RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_source answer_source;
  v_result stored_answer;
BEGIN
  PERFORM lock_line(p_shop, p_order, NULL, NULL);
  SELECT answer_key_of(p_kind, o.order_id, i.sequence, NULL), p_kind, c.id, o.order_id, i.id, NULL, 'verified', NULL,
    p_page, p_seen
  INTO v_source FROM orders o
  JOIN customer c ON c.shop_id = p_shop AND c.id = current_customer_id(p_shop, o.customer_id) AND c.redacted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT id, sequence FROM survey_invitation i
    WHERE i.shop_id = p_shop AND i.kind = p_kind AND i.order_id = o.order_id AND (i.sequence = 0 OR i.due_at <= business_now())
    ORDER BY sequence DESC LIMIT 1) i ON true
  WHERE o.shop_id = p_shop AND o.order_id = p_order AND NOT o.test
    AND EXISTS (SELECT FROM customer n WHERE n.shop_id = p_shop AND n.shopify_id = p_shopify
      AND current_customer_id(p_shop, n.id) = c.id);
  IF NOT FOUND THEN
    v_result.admitted := false;
    v_result.answered := false;
    RETURN v_result;
  END IF;
  RETURN store_answer(p_shop, a, v_source);
END
$$;

-- As before, and: where there is an answer, no claim is kept beside it; and p_page, as above. A guest changes nothing.
DROP FUNCTION answer_claim(uuid, new_answer, text, text, text, text, text[], text[]);
CREATE FUNCTION answer_claim(p_shop uuid, a new_answer, p_kind text, p_order text, p_claimed_by text, p_claimant text,
  p_keys text[], p_tombstones text[], p_page text DEFAULT NULL) RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_claimed_by text := p_claimed_by;
  v_result stored_answer;
BEGIN
  PERFORM lock_line(p_shop, p_order, p_keys[1], NULL);
  -- A guest's own key sorts behind all others, so it may be locked after them.
  PERFORM lock_customers(p_shop, p_keys[2:]);
  IF p_claimed_by IS NOT NULL THEN
    v_result := answer_for_customer(p_shop, a, p_kind, p_order, p_claimed_by, p_page);
    IF v_result.admitted OR v_result.answered THEN
      RETURN v_result;
    END IF;
    -- Who was merged into another account claims as that account.
    SELECT coalesce(k.shopify_id, p_claimed_by) INTO v_claimed_by FROM customer n
    JOIN customer k ON k.shop_id = p_shop AND k.id = current_customer_id(p_shop, n.id)
    WHERE n.shop_id = p_shop AND n.shopify_id = p_claimed_by LIMIT 1;
    v_claimed_by := coalesce(v_claimed_by, p_claimed_by);
  END IF;
  IF EXISTS (SELECT FROM orders o
      JOIN customer c ON c.shop_id = p_shop AND c.id = current_customer_id(p_shop, o.customer_id)
      WHERE o.shop_id = p_shop AND o.order_id = p_order AND c.redacted_at IS NOT NULL)
    OR EXISTS (SELECT FROM tombstone WHERE shop_id = p_shop AND subject_key = ANY(p_tombstones)) THEN
    v_result.admitted := false;
    RETURN v_result;
  END IF;
  RETURN store_answer(p_shop, a, ROW(p_kind || ':' || p_order || ':u:' || p_claimant, p_kind, NULL, p_order, NULL, NULL,
    'unverified', v_claimed_by, CASE WHEN p_claimed_by IS NOT NULL THEN p_page END, NULL)::answer_source);
END
$$;

-- As before: a visit is its own page, whose answers may change.
CREATE OR REPLACE FUNCTION answer_of_visit(p_shop uuid, a new_answer, p_kind text, p_visit text, p_shopify text)
RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_customer uuid;
BEGIN
  PERFORM lock_line(p_shop, NULL, 'c:' || p_shopify, NULL);
  -- Nobody else has the lock of a visitor.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_shop || ':visit:' || p_visit, 4));
  SELECT k.id INTO v_customer FROM customer n
  JOIN customer k ON k.shop_id = p_shop AND k.id = current_customer_id(p_shop, n.id) AND k.redacted_at IS NULL
  WHERE n.shop_id = p_shop AND n.shopify_id = p_shopify LIMIT 1;
  RETURN store_answer(p_shop, a, ROW(p_kind || ':v:' || p_visit, p_kind, v_customer, '', NULL, NULL, 'verified', NULL,
    p_visit, NULL)::answer_source);
END
$$;

-- The key under which the answer to a link stands that has a name.
CREATE FUNCTION answer_key_of_link(l survey_link) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT answer_key_of(l.kind, l.order_id, (SELECT i.sequence FROM survey_invitation i
    WHERE i.shop_id = l.shop_id AND i.id = l.invitation_id), l.invitation_id)
$$;

-- As before, and: what was said by name elsewhere is the answer, judged under the locks of the line; without the name
-- it would count as another one. The invitation is noted as answered then. The caller holds the lock of the invitation,
-- so that of its links one is used.
CREATE OR REPLACE FUNCTION answer_unnamed(p_shop uuid, p_token bytea, a new_answer, p_scanned_seconds int, p_key text,
  p_identity text, p_pseudonym text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_named record;
  v_now timestamptz;
BEGIN
  SELECT l.order_id, l.customer_id, l.invitation_id, answer_key_of_link(l) AS named_key INTO v_link
  FROM survey_link l WHERE l.shop_id = p_shop AND l.token_hash = p_token;
  IF NOT FOUND THEN
    RETURN 'refused';
  END IF;
  -- An erasure takes the answers under the pseudonym with it, whichever is first.
  PERFORM lock_line(p_shop, nullif(v_link.order_id, ''), NULL, v_link.customer_id);
  v_now := business_now();
  SELECT v_link.named_key, v_link.invitation_id, v_now < l.scanned_at + p_scanned_seconds * interval '1 second' AS scanned
  INTO v_link FROM survey_link l
  JOIN customer c ON c.shop_id = p_shop AND c.id = current_customer_id(p_shop, l.customer_id)
  WHERE l.shop_id = p_shop AND l.token_hash = p_token AND l.used_at IS NULL AND l.expires_at > v_now
    AND c.redacted_at IS NULL;
  IF NOT FOUND THEN
    RETURN 'refused';
  END IF;
  SELECT r.answered_at INTO v_named FROM survey_response r
  WHERE r.shop_id = p_shop AND r.answer_key = v_link.named_key AND answer_counted(r);
  IF FOUND THEN
    UPDATE survey_invitation i SET answered_at = v_named.answered_at
    WHERE i.shop_id = p_shop AND i.id = v_link.invitation_id AND i.answered_at IS NULL;
    RETURN 'answered';
  END IF;
  -- Nothing would lead from a machine's anonymous answer to the person's, which may come by another link: both could
  -- count.
  IF v_link.scanned AND p_identity = 'anonymous' THEN
    RETURN 'held';
  END IF;
  RETURN store_unnamed(p_shop, a, p_key, split_part(p_key, ':', 1), CASE WHEN v_link.scanned THEN 'scanned' END,
    p_identity, p_pseudonym);
END
$$;

-- Uses up all links of the invitation, behind an answer without a name. Steps that the person took by name and that
-- have not counted give way to it: their files are left to the purge. Of when the answer came only the day is noted, and
-- no time before the mail, so that nothing leads from here to the answer.
CREATE FUNCTION use_up_links(p_shop uuid, p_token bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_steps uuid;
  v_day timestamptz;
BEGIN
  SELECT l.order_id, l.customer_id, l.invitation_id, answer_key_of_link(l) AS named_key INTO v_link
  FROM survey_link l WHERE l.shop_id = p_shop AND l.token_hash = p_token;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- As every answer takes them, so that no two wait for a link that the other has.
  PERFORM lock_line(p_shop, nullif(v_link.order_id, ''), NULL, v_link.customer_id);
  v_day := date_trunc('day', business_now());
  UPDATE survey_link l SET used_at = greatest(l.issued_at, v_day)
  WHERE l.shop_id = p_shop AND l.customer_id = v_link.customer_id AND l.invitation_id = v_link.invitation_id
    AND (l.used_at IS NULL OR l.token_hash = p_token);
  SELECT r.id INTO v_steps FROM survey_response r
  WHERE r.shop_id = p_shop AND r.answer_key = v_link.named_key AND r.unfinished AND r.held_reason IS NULL
    AND NOT answer_counted(r);
  IF FOUND THEN
    UPDATE survey_upload u SET response_id = NULL WHERE u.shop_id = p_shop AND u.response_id = v_steps;
    DELETE FROM timer t WHERE t.shop_id = p_shop AND t.kind = 'answer.due' AND t.subject_id = v_steps::text;
    DELETE FROM survey_response r WHERE r.shop_id = p_shop AND r.id = v_steps;
  END IF;
  UPDATE survey_invitation i SET answered_at = coalesce(i.answered_at, greatest(i.sent_at, v_day))
  WHERE i.shop_id = p_shop AND i.id = v_link.invitation_id;
END
$$;
