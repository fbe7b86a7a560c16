-- Everybody's score is to be made anew when the shop's rules, figures or predictions change. That is one number on the
-- shop's row, compared with the one that each score was made with, instead of a mark on a million rows.
ALTER TABLE "shop" ADD COLUMN "rules_seq" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "refreshed_seq" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "refresh_after" UUID;
-- The scores there are know none of the signals of 0022: all of them are made anew.
UPDATE "shop" SET "rules_seq" = 1;
ALTER TABLE "customer" ADD COLUMN "rules_seq" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "high_risk" BOOLEAN NOT NULL DEFAULT false;

-- Asked for shop by shop: what is due at shops that left must not stand in front of the others.
DROP INDEX customer_score_due;
CREATE INDEX customer_score_due ON customer (shop_id, next_score_at) WHERE merged_into_id IS NULL AND next_score_at IS NOT NULL;
-- The at-risk list is both: low health, and a high risk of no further order.
DROP INDEX customer_flagged;
CREATE INDEX customer_at_risk ON customer (shop_id, value_at_risk_minor DESC, id) WHERE flagged OR high_risk;

-- A model as it was fitted on a shop's own data, with the proof by which it is shown or hidden.
CREATE TABLE "model_run" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL DEFAULT '{}',
    "parameters" JSONB,
    "report" JSONB,
    "reason" TEXT,
    CONSTRAINT "model_run_pkey" PRIMARY KEY ("shop_id", "id")
);
-- One at a time; also what the sweep looks through.
CREATE UNIQUE INDEX "model_run_running" ON "model_run" ("shop_id", "kind") WHERE "status" = 'running';
CREATE INDEX "model_run_shop_id_kind_started_at_idx" ON "model_run" ("shop_id", "kind", "started_at" DESC);

-- Renewed for nearly every buyer every night: room on each page, and no index but the key, so that the row stays in its place.
CREATE TABLE "customer_prediction" (
    "shop_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "model_run_id" UUID NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "level" TEXT NOT NULL,
    "none_probability" DOUBLE PRECISION NOT NULL,
    "expected_purchases" DOUBLE PRECISION NOT NULL,
    "purchases_low" INTEGER NOT NULL,
    "purchases_high" INTEGER NOT NULL,
    "clv_minor" BIGINT,
    "clv_low_minor" BIGINT,
    "clv_high_minor" BIGINT,
    "next_order_on" DATE,
    "typical_gap_days" DOUBLE PRECISION,
    CONSTRAINT "customer_prediction_pkey" PRIMARY KEY ("shop_id", "customer_id")
) WITH (fillfactor = 50);

-- How likely the rating of an order is a low one, before anyone answers.
CREATE TABLE "order_prediction" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" UUID,
    "model_run_id" UUID NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "low_probability" DOUBLE PRECISION NOT NULL,
    "reasons" JSONB NOT NULL,
    CONSTRAINT "order_prediction_pkey" PRIMARY KEY ("shop_id", "order_id")
) WITH (fillfactor = 70);
CREATE INDEX "order_prediction_shop_id_customer_id_idx" ON "order_prediction" ("shop_id", "customer_id");
