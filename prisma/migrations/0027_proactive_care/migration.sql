-- A prediction that speaks of an unhappy customer may open a case before anybody complains. The case keeps what was
-- predicted then, also once the customer has answered; null: opened for another reason. Of an order there is one such case.
ALTER TABLE "support_case" ADD COLUMN "prediction" JSONB;
CREATE UNIQUE INDEX "support_case_predicted" ON "support_case" ("shop_id", "order_id") WHERE "prediction" IS NOT NULL;

-- Where the order stood when it was predicted: each stage has a back-test of its own. null: predicted before this was kept,
-- and told again within a day.
ALTER TABLE "order_prediction" ADD COLUMN "stage" TEXT;
