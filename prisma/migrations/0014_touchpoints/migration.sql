-- Invitations about a case, a return or a milestone, and those that take part in an experiment.
ALTER TABLE "survey_invitation" ADD COLUMN "subject_id" TEXT,
  ADD COLUMN "experiment_id" UUID,
  ADD COLUMN "arm" TEXT;

-- Answers without a person behind them, and those that were promised something.
ALTER TABLE "survey_response" ADD COLUMN "identity" TEXT NOT NULL DEFAULT 'identified',
  ADD COLUMN "pseudonym" TEXT,
  ADD COLUMN "incentive" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "shop" ADD COLUMN "live_experiments" JSONB NOT NULL DEFAULT '[]';
