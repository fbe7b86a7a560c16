-- A finished answer is changed only by the same questions (docs/decisions/024).

-- As before, and: what was answered in full is not replaced by answers to another survey or version.
CREATE OR REPLACE FUNCTION store_answer(p_shop uuid, a new_answer, s answer_source) RETURNS stored_answer LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := business_now();
  v_is_step boolean := a.step_minutes IS NOT NULL;
  v_before record;
  v_row record;
  v_result stored_answer;
BEGIN
  SELECT r.id, r.unfinished, r.held_reason IS NOT NULL AS held,
    (r.survey_id, r.definition) IS DISTINCT FROM (a.survey, a.definition) AS asked_otherwise,
    r.answers IS DISTINCT FROM a.answers AS differs, r.answers ? 'uploads' AS had_uploads, EXISTS (SELECT FROM timer t WHERE t.shop_id = p_shop AND t.kind = 'answer.due'
      AND t.subject_id = r.id::text AND t.status = 'open') AS awaits_steps
  INTO v_before FROM survey_response r WHERE r.shop_id = p_shop AND r.answer_key = s.answer_key;
  -- A finished answer takes no more steps, and nothing that answers other questions than it did: an old mail's survey would
  -- wipe out what was said to another one.
  v_result.admitted := NOT ((v_is_step OR v_before.asked_otherwise) AND v_before.id IS NOT NULL AND NOT v_before.unfinished
    AND NOT v_before.held);
  IF NOT v_result.admitted THEN
    RETURN v_result;
  END IF;

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
