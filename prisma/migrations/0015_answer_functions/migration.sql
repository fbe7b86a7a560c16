-- An answer is stored by one call: the door's function finds out what it is about, takes the locks of the line, judges and
-- stores. Each statement inside sees what was committed while the locks were waited for. See docs/decisions/024.

-- What a surface sent, as it was accepted.
CREATE TYPE new_answer AS (
  response uuid,
  event uuid,
  surface text,
  metric text,
  rating int,
  route text,
  answers jsonb,
  comment text,
  definition int,
  -- After how many minutes a step counts; null: it counts now.
  step_minutes int,
  survey uuid,
  incentive boolean
);

-- What it is about, as the door found it.
CREATE TYPE answer_source AS (
  answer_key text,
  kind text,
  customer_id uuid,
  order_id text,
  invitation_id uuid,
  -- Why a rule holds the answer back.
  held text,
  status text,
  claimed_by text,
  -- Whether a finished answer may still be changed.
  changeable boolean
);

CREATE TYPE stored_answer AS (
  admitted boolean,
  response_id uuid,
  event_id uuid,
  revision int
);

-- The key of the answer to an invitation: one answer per survey, order and repeat. About no order, each invitation has its own.
CREATE FUNCTION answer_key_of(p_kind text, p_order text, p_sequence int, p_invitation uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_order = '' THEN p_kind || ':i:' || p_invitation ELSE p_kind || ':' || p_order || ':' || coalesce(p_sequence, 0) END
$$;

-- Stores an answer whose locks are held. What is held back leads to nothing: no event, no timer, and its invitation is not
-- answered. It may stand where nothing stands, or what a rule held back before, or, of a burst, the steps it began with;
-- whatever comes later and is not held back takes its place, as if it were not there.
CREATE FUNCTION store_answer(p_shop uuid, a new_answer, s answer_source) RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := business_now();
  v_is_step boolean := a.step_minutes IS NOT NULL;
  v_before record;
  v_row record;
  v_result stored_answer;
BEGIN
  SELECT r.id, r.unfinished, r.held_reason IS NOT NULL AS held, r.answers IS DISTINCT FROM a.answers AS differs,
    r.answers ? 'uploads' AS had_uploads, EXISTS (SELECT FROM timer t WHERE t.shop_id = p_shop AND t.kind = 'answer.due'
      AND t.subject_id = r.id::text AND t.status = 'open') AS awaits_steps
  INTO v_before FROM survey_response r WHERE r.shop_id = p_shop AND r.answer_key = s.answer_key;
  -- A finished answer takes no more steps.
  v_result.admitted := NOT (v_is_step AND v_before.id IS NOT NULL AND NOT v_before.unfinished AND NOT v_before.held);

  INSERT INTO survey_response AS r (shop_id, id, answer_key, kind, customer_id, order_id, invitation_id, surface, status,
    held_reason, claimed_by, metric, rating, route, answers, comment, definition, survey_id, answered_at, unfinished, incentive)
  VALUES (p_shop, a.response, s.answer_key, s.kind, s.customer_id, s.order_id, s.invitation_id, a.surface,
    CASE WHEN s.held IS NULL THEN s.status ELSE 'quarantined' END, s.held, s.claimed_by, a.metric, a.rating, a.route, a.answers,
    a.comment, a.definition, a.survey, v_now, v_is_step, a.incentive)
  ON CONFLICT (shop_id, answer_key) DO UPDATE SET
    customer_id = coalesce(excluded.customer_id, r.customer_id),
    invitation_id = coalesce(excluded.invitation_id, r.invitation_id),
    -- What staff hold back stays so, and a step says nothing new about the answer that it belongs to.
    status = CASE WHEN coalesce(excluded.held_reason, r.held_reason) IS NULL AND (r.status = 'quarantined' OR v_is_step)
      THEN r.status ELSE excluded.status END,
    held_reason = excluded.held_reason,
    incentive = r.incentive OR excluded.incentive,
    surface = excluded.surface, metric = excluded.metric, rating = excluded.rating, route = excluded.route,
    answers = excluded.answers, comment = excluded.comment, definition = excluded.definition, survey_id = excluded.survey_id,
    answered_at = CASE WHEN v_before.differs OR v_before.held THEN excluded.answered_at ELSE r.answered_at END,
    unfinished = (r.unfinished OR r.held_reason IS NOT NULL) AND excluded.unfinished,
    revision = r.revision + CASE WHEN v_before.differs THEN 1 ELSE 0 END
  WHERE (s.changeable OR r.unfinished) AND CASE
    WHEN r.held_reason IS NOT NULL THEN true
    WHEN excluded.held_reason IS NOT NULL
    THEN excluded.held_reason = 'burst' AND r.unfinished AND r.status <> 'quarantined' AND v_before.awaits_steps
    WHEN v_is_step THEN r.answers IS DISTINCT FROM excluded.answers AND r.unfinished
    ELSE r.answers IS DISTINCT FROM excluded.answers OR r.unfinished END
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
    ELSIF v_before.id IS NULL OR v_before.differs OR v_before.awaits_steps OR v_before.held
      OR (v_before.unfinished AND a.incentive) THEN
      INSERT INTO event (shop_id, id, source, topic, dedupe_key, occurred_at, received_at, customer_id, order_id, ref_id)
      VALUES (p_shop, a.event, 'answer', 'answer.submitted', v_row.id || ':' || v_row.revision, v_now, v_now,
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

-- Through a mailed link, which the last step uses up, so that two posts make one answer, and with it the other links of the
-- invitation. What is held back uses up none: the person is still to answer. How fast ratings follow each other is a matter of
-- machine time, now(): the shop's clock may stand still, and then all that is posted in an hour would come at once.
--
-- With p_kind the answers were accepted before the link was looked up: they are stored if the link asks exactly that, of a shop
-- that is installed, and page says whose page it is. Otherwise nothing is admitted, and the caller looks closer.
CREATE FUNCTION answer_by_link(p_shop uuid, p_token bytea, a new_answer, p_scanned_seconds int, p_burst_ratings int,
  p_burst_seconds int, p_kind text, p_edition text, OUT stored stored_answer, OUT page json) LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_key text;
  v_used record;
  v_at float8 := extract(epoch FROM now());
  v_now timestamptz;
BEGIN
  stored.admitted := false;
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
    v_link.invitation_id, v_used.held, 'verified', NULL, true)::answer_source);
  IF p_kind IS NOT NULL THEN
    SELECT json_build_object('orderId', v_link.order_id, 'customerId', c.id, 'locale', coalesce(o.locale, c.locale),
      'shop', json_build_object('id', s.id, 'domain', s.domain, 'status', s.status, 'name', coalesce(s.name, s.domain),
        'settings', s.settings, 'liveSurveys', s.live_surveys))
    INTO page FROM shop s JOIN customer c ON c.shop_id = s.id AND c.id = v_used.customer_id
    LEFT JOIN orders o ON o.shop_id = s.id AND o.order_id = v_link.order_id WHERE s.id = p_shop;
  END IF;
END
$$;

-- For a customer whom Shopify names, under any id that was merged into the owner, about an order of theirs. Of repeated
-- surveys the newest that was due counts, else the first. A test order is nobody's to answer for.
CREATE FUNCTION answer_for_customer(p_shop uuid, a new_answer, p_kind text, p_order text, p_shopify text)
RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_source answer_source;
  v_result stored_answer;
BEGIN
  PERFORM lock_line(p_shop, p_order, NULL, NULL);
  SELECT answer_key_of(p_kind, o.order_id, i.sequence, NULL), p_kind, c.id, o.order_id, i.id, NULL, 'verified', NULL, true
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
    RETURN v_result;
  END IF;
  RETURN store_answer(p_shop, a, v_source);
END
$$;

-- From checkout, where nothing proves the order. The order need not be known yet, and that of an erased person never will
-- be: there the tombstone is all that tells. A guest proves nothing, so only their first answer counts.
-- p_keys: the people it may be about, claimant first, the order's own guest last.
CREATE FUNCTION answer_claim(p_shop uuid, a new_answer, p_kind text, p_order text, p_claimed_by text, p_claimant text,
  p_keys text[], p_tombstones text[]) RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_claimed_by text := p_claimed_by;
  v_result stored_answer;
BEGIN
  PERFORM lock_line(p_shop, p_order, p_keys[1], NULL);
  -- A guest's own key sorts behind all others, so it may be locked after them.
  PERFORM lock_customers(p_shop, p_keys[2:]);
  IF p_claimed_by IS NOT NULL THEN
    v_result := answer_for_customer(p_shop, a, p_kind, p_order, p_claimed_by);
    IF v_result.admitted THEN
      RETURN v_result;
    END IF;
    -- Who was merged into another account claims as that account.
    SELECT coalesce(k.shopify_id, p_claimed_by) INTO v_claimed_by FROM customer n
    JOIN customer k ON k.shop_id = p_shop AND k.id = current_customer_id(p_shop, n.id)
    WHERE n.shop_id = p_shop AND n.shopify_id = p_claimed_by LIMIT 1;
    v_claimed_by := coalesce(v_claimed_by, p_claimed_by);
  END IF;
  IF EXISTS (SELECT FROM orders o JOIN customer c ON c.shop_id = p_shop AND c.id = current_customer_id(p_shop, o.customer_id)
      WHERE o.shop_id = p_shop AND o.order_id = p_order AND c.redacted_at IS NOT NULL)
    OR EXISTS (SELECT FROM tombstone WHERE shop_id = p_shop AND subject_key = ANY(p_tombstones)) THEN
    v_result.admitted := false;
    RETURN v_result;
  END IF;
  RETURN store_answer(p_shop, a, ROW(p_kind || ':' || p_order || ':u:' || p_claimant, p_kind, NULL, p_order, NULL, NULL,
    'unverified', v_claimed_by, p_claimed_by IS NOT NULL)::answer_source);
END
$$;

-- About a visit and no order. p_visit: a hash of its id; p_shopify: whom Shopify names, or null. Of a customer who is not
-- known here, or was erased, it is a visitor's.
CREATE FUNCTION answer_of_visit(p_shop uuid, a new_answer, p_kind text, p_visit text, p_shopify text)
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
  RETURN store_answer(p_shop, a, ROW(p_kind || ':v:' || p_visit, p_kind, v_customer, '', NULL, NULL, 'verified', NULL, true)::answer_source);
END
$$;

-- Stores an answer without the person behind it (docs/decisions/025): neither customer, order nor invitation, an id that
-- carries no instant, and of its time the day. Nothing follows from it. An anonymous one is never changed, unless a rule held
-- it back. Returns what became of it: held, stored, updated or unchanged.
CREATE FUNCTION store_unnamed(p_shop uuid, a new_answer, p_key text, p_kind text, p_held text, p_identity text, p_pseudonym text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_revision int;
BEGIN
  INSERT INTO survey_response AS r (shop_id, id, answer_key, kind, order_id, surface, status, held_reason, identity, pseudonym,
    metric, rating, route, answers, comment, definition, survey_id, answered_at)
  VALUES (p_shop, gen_random_uuid(), p_key, p_kind, '', a.surface, CASE WHEN p_held IS NULL THEN 'verified' ELSE 'quarantined' END,
    p_held, p_identity, p_pseudonym, a.metric, a.rating, a.route, a.answers, a.comment, a.definition, a.survey,
    date_trunc('day', business_now()))
  ON CONFLICT (shop_id, answer_key) DO UPDATE SET
    -- What staff hold back stays so.
    status = CASE WHEN r.held_reason IS NULL THEN r.status ELSE excluded.status END,
    held_reason = excluded.held_reason, surface = excluded.surface, metric = excluded.metric, rating = excluded.rating,
    route = excluded.route, answers = excluded.answers, comment = excluded.comment, definition = excluded.definition,
    survey_id = excluded.survey_id, answered_at = excluded.answered_at, revision = r.revision + 1
  WHERE r.held_reason IS NOT NULL
    OR (p_identity = 'pseudonymous' AND excluded.held_reason IS NULL AND r.answers IS DISTINCT FROM excluded.answers)
  RETURNING revision INTO v_revision;
  RETURN CASE WHEN p_held IS NOT NULL THEN 'held' WHEN v_revision IS NULL THEN 'unchanged'
    WHEN v_revision = 1 THEN 'stored' ELSE 'updated' END;
END
$$;

-- Through a mailed link. The link is used up by a statement of its own, so that no transaction names both: what fails in
-- between leaves the answer stored and the link open, and the same again stores nothing.
CREATE FUNCTION answer_unnamed(p_shop uuid, p_token bytea, a new_answer, p_scanned_seconds int, p_key text, p_identity text,
  p_pseudonym text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_link record;
  v_now timestamptz;
BEGIN
  SELECT l.kind, l.order_id, l.customer_id INTO v_link FROM survey_link l WHERE l.shop_id = p_shop AND l.token_hash = p_token;
  IF NOT FOUND THEN
    RETURN 'refused';
  END IF;
  -- An erasure takes the answers under the pseudonym with it, whichever is first.
  PERFORM lock_line(p_shop, nullif(v_link.order_id, ''), NULL, v_link.customer_id);
  v_now := business_now();
  SELECT v_now < l.scanned_at + p_scanned_seconds * interval '1 second' AS scanned INTO v_link
  FROM survey_link l JOIN customer c ON c.shop_id = p_shop AND c.id = current_customer_id(p_shop, l.customer_id)
  WHERE l.shop_id = p_shop AND l.token_hash = p_token AND l.used_at IS NULL AND l.expires_at > v_now AND c.redacted_at IS NULL;
  IF NOT FOUND THEN
    RETURN 'refused';
  END IF;
  -- Nothing would lead from a machine's anonymous answer to the person's, which may come by another link: both could count.
  IF v_link.scanned AND p_identity = 'anonymous' THEN
    RETURN 'held';
  END IF;
  RETURN store_unnamed(p_shop, a, p_key, split_part(p_key, ':', 1), CASE WHEN v_link.scanned THEN 'scanned' END, p_identity,
    p_pseudonym);
END
$$;

-- Few answers are anonymous; pages that hide small groups of them look for nothing else.
CREATE INDEX survey_response_anonymous ON survey_response (shop_id, kind, answered_at) WHERE identity = 'anonymous';
-- An erasure and a data request look for a person's answers by their pseudonyms.
CREATE INDEX survey_response_pseudonym ON survey_response (shop_id, pseudonym) WHERE pseudonym IS NOT NULL;
