-- Answers under a pseudonym are hidden in small groups as anonymous ones are: one index for both.
DROP INDEX survey_response_anonymous;
CREATE INDEX survey_response_unnamed ON survey_response (shop_id, kind, answered_at) WHERE identity <> 'identified';

-- Answers without a name are listed by their month: see SHOWN_AT in app/infra/db/reads/anonymous-cells.ts.
CREATE INDEX survey_response_shown ON survey_response (shop_id, (CASE WHEN identity = 'identified' THEN answered_at
  ELSE date_trunc('month', answered_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' END), id);
