-- The second half of the first schema. A database that was made before it stood by itself has it all.

-- CreateTable
CREATE TABLE IF NOT EXISTS "action" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "event_id" UUID,
    "customer_id" UUID,
    "order_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "after_id" UUID,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB,
    "reason" TEXT,
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "contact" (
    "shop_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "marketing" BOOLEAN NOT NULL DEFAULT false,
    "survey_kind" TEXT,
    "metric" TEXT,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("shop_id","action_id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "points_entry" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "action_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "points_entry_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "support_case" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "customer_id" UUID,
    "order_id" TEXT,
    "response_id" UUID,
    "status" TEXT NOT NULL,
    "severity" INTEGER NOT NULL,
    "critical" BOOLEAN NOT NULL DEFAULT false,
    "title" TEXT NOT NULL,
    "issue_type" TEXT NOT NULL,
    "value_minor" BIGINT NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "owner_id" TEXT,
    "root_cause" TEXT,
    "resolution" TEXT,

    CONSTRAINT "support_case_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "case_note" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" TEXT,
    "kind" TEXT NOT NULL,
    "text" TEXT,

    CONSTRAINT "case_note_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "staff" (
    "shop_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'agent',
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("shop_id","user_id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "referral_code" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "discount_node_id" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_code_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "discount_grant" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" TEXT,
    "code" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "node_id" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discount_grant_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "budget" (
    "shop_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "limit_minor" BIGINT NOT NULL,
    "used_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("shop_id","purpose","period")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "timer" (
    "shop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "firings" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("shop_id","kind","subject_id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "score_history" (
    "shop_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "csi" DECIMAL(4,1),
    "csi_coverage" DOUBLE PRECISION NOT NULL,
    "segment" TEXT,
    "health" DECIMAL(4,1),
    "health_coverage" DOUBLE PRECISION NOT NULL,
    "band" TEXT,
    "reasons" JSONB NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "score_history_pkey" PRIMARY KEY ("shop_id","customer_id","at")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "tombstone" (
    "shop_id" UUID NOT NULL,
    "subject_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("shop_id","subject_key")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "privacy_request" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID,
    "status" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "business_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "now_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "business_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX IF NOT EXISTS "action_shop_id_customer_id_created_at_idx" ON "action"("shop_id", "customer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "action_shop_id_dedupe_key_key" ON "action"("shop_id", "dedupe_key");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "contact_shop_id_customer_id_at_idx" ON "contact"("shop_id", "customer_id", "at");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "points_entry_shop_id_customer_id_at_idx" ON "points_entry"("shop_id", "customer_id", "at");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "points_entry_shop_id_order_id_idx" ON "points_entry"("shop_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "points_entry_shop_id_source_kind_source_id_reason_key" ON "points_entry"("shop_id", "source_kind", "source_id", "reason");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "support_case_shop_id_customer_id_idx" ON "support_case"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "support_case_shop_id_source_kind_source_id_key" ON "support_case"("shop_id", "source_kind", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "support_case_shop_id_number_key" ON "support_case"("shop_id", "number");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "case_note_shop_id_case_id_at_idx" ON "case_note"("shop_id", "case_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "referral_code_shop_id_customer_id_key" ON "referral_code"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX IF NOT EXISTS "referral_code_shop_id_code_key" ON "referral_code"("shop_id", "code");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "discount_grant_shop_id_customer_id_issued_at_idx" ON "discount_grant"("shop_id", "customer_id", "issued_at");
