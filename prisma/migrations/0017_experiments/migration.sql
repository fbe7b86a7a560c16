-- Experiments on surveys. What runs stands on the shop's row as well (live_experiments).
CREATE TABLE "survey_experiment" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "arms" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "minimum_effect" DOUBLE PRECISION NOT NULL,
    "base_rate" DOUBLE PRECISION NOT NULL,
    "planned" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "adopted_arm" TEXT,
    CONSTRAINT "survey_experiment_pkey" PRIMARY KEY ("shop_id", "id")
);

-- Two at a time on one kind would treat the same invitation.
CREATE UNIQUE INDEX "survey_experiment_running" ON "survey_experiment" ("shop_id", "kind") WHERE "status" = 'running';

-- The invitations of an experiment; most take part in none.
CREATE INDEX "survey_invitation_experiment" ON "survey_invitation" ("shop_id", "experiment_id", "customer_id")
    WHERE "experiment_id" IS NOT NULL;
