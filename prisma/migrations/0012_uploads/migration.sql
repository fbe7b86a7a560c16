-- How many files came through the link, also those that were taken back.
ALTER TABLE "survey_link" ADD COLUMN "uploads" INTEGER NOT NULL DEFAULT 0;

-- Pictures and voice notes that shoppers add to an answer.
CREATE TABLE "survey_upload" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "question_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "response_id" UUID,
    "customer_id" UUID,
    "order_id" TEXT,

    CONSTRAINT "survey_upload_pkey" PRIMARY KEY ("shop_id","id")
);

CREATE INDEX "survey_upload_shop_id_response_id_idx" ON "survey_upload"("shop_id", "response_id");

-- Pictures and sound are compressed already.
ALTER TABLE "survey_upload" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
