-- When a person was first on the page that was mailed. It stands with the invitation: links are deleted some time after
-- they ran out, and what became of their invitations is still counted then.
ALTER TABLE "survey_invitation" ADD COLUMN "seen_at" TIMESTAMPTZ(3);
