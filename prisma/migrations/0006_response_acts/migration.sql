-- Who of the staff held an answer back or let it count again, when and why.
CREATE TABLE "response_act" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "staff_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "response_act_pkey" PRIMARY KEY ("shop_id","id")
);

CREATE INDEX "response_act_shop_id_response_id_at_idx" ON "response_act"("shop_id", "response_id", "at");
