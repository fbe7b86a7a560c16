-- A link that no person sees was opened: what its survey's link answers soon after is a machine's.
ALTER TABLE "survey_link" ADD COLUMN "scanned_at" TIMESTAMPTZ(3),
-- Ratings that were posted through the link in the last seconds: {"3": epoch of machine time}.
    ADD COLUMN "recent_ratings" JSONB NOT NULL DEFAULT '{}';

-- Why a rule holds the answer back (scanned | burst); null where none does.
ALTER TABLE "survey_response" ADD COLUMN "held_reason" TEXT;
