-- How many rewards of a survey's incentive are given or about to be, against the budget in its definition.
ALTER TABLE "survey" ADD COLUMN "rewards_given" INTEGER NOT NULL DEFAULT 0;

-- What completing a survey earned: the code or the points, or that none was left.
CREATE TABLE "survey_reward" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" TEXT,
    "kind" TEXT NOT NULL,
    "worth" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "code" TEXT,
    "status" TEXT NOT NULL,
    "node_id" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_reward_pkey" PRIMARY KEY ("shop_id","id")
);

-- An answer earns once.
CREATE UNIQUE INDEX "survey_reward_shop_id_response_id_key" ON "survey_reward"("shop_id", "response_id");

CREATE INDEX "survey_reward_shop_id_customer_id_idx" ON "survey_reward"("shop_id", "customer_id");
