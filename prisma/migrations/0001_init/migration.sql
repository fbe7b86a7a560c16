-- CreateTable
CREATE TABLE "shop" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "scopes" TEXT NOT NULL DEFAULT '',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "installed_at" TIMESTAMPTZ(3),
    "uninstalled_at" TIMESTAMPTZ(3),
    "throttled_until" TIMESTAMPTZ(3),
    "orders_polled_until" TIMESTAMPTZ(3),
    "median_transit_days" DOUBLE PRECISION,
    "typical_gap_days" DOUBLE PRECISION,
    "stats_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopify_session" (
    "id" TEXT NOT NULL,
    "shop_domain" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT '',
    "scope" TEXT,
    "access_token_enc" TEXT,
    "refresh_token_enc" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "refresh_expires_at" TIMESTAMPTZ(3),
    "refresh_lease_until" TIMESTAMPTZ(3),
    "online_data" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shopify_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "source_event_id" TEXT,
    "api_version" TEXT,
    "status" TEXT NOT NULL DEFAULT 'received',
    "reason" TEXT,
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "occurred_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" UUID,
    "order_id" TEXT,
    "ref_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "raw_body" (
    "shop_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "body" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "raw_body_pkey" PRIMARY KEY ("shop_id","event_id")
);

-- CreateTable
CREATE TABLE "customer" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "shopify_id" TEXT,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "country_code" TEXT,
    "time_zone" TEXT,
    "email_consent" TEXT,
    "email_consent_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),
    "merged_into_id" UUID,
    "redacted_at" TIMESTAMPTZ(3),
    "first_order_at" TIMESTAMPTZ(3),
    "last_order_at" TIMESTAMPTZ(3),
    "order_count" INTEGER NOT NULL DEFAULT 0,
    "revenue_year_minor" BIGINT NOT NULL DEFAULT 0,
    "tier" TEXT NOT NULL DEFAULT 'starter',
    "tier_since" TIMESTAMPTZ(3),
    "csi" DECIMAL(4,1),
    "csi_coverage" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "segment" TEXT,
    "health" DECIMAL(4,1),
    "health_coverage" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "band" TEXT,
    "flagged" BOOLEAN NOT NULL DEFAULT false,
    "score_reasons" JSONB,
    "main_reason" TEXT,
    "main_reason_key" TEXT,
    "score_version" TEXT,
    "scored_at" TIMESTAMPTZ(3),
    "value_at_risk_minor" BIGINT NOT NULL DEFAULT 0,
    "stale_seq" BIGINT NOT NULL DEFAULT 0,
    "scored_seq" BIGINT NOT NULL DEFAULT 0,
    "stale_since" TIMESTAMPTZ(3),
    "next_score_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" UUID,
    "name" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL DEFAULT '',
    "channel" TEXT NOT NULL DEFAULT '',
    "country_code" TEXT,
    "locale" TEXT,
    "placed_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "delivered_assumed" BOOLEAN NOT NULL DEFAULT false,
    "financial_status" TEXT,
    "subtotal_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "total_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "doc" JSONB NOT NULL DEFAULT '{}',
    "approved_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "order_return" (
    "shop_id" UUID NOT NULL,
    "return_id" TEXT NOT NULL,
    "order_id" TEXT,
    "status" TEXT NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "source_updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_return_pkey" PRIMARY KEY ("shop_id","return_id")
);

-- CreateTable
CREATE TABLE "survey_invitation" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "channel" TEXT NOT NULL,
    "first_due_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "assumed" BOOLEAN NOT NULL DEFAULT false,
    "decided_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_invitation_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "survey_link" (
    "shop_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invitation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_link_pkey" PRIMARY KEY ("shop_id","token_hash")
);

-- CreateTable
CREATE TABLE "survey_response" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "answer_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID,
    "order_id" TEXT NOT NULL,
    "invitation_id" UUID,
    "surface" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "claimed_by" TEXT,
    "metric" TEXT NOT NULL,
    "rating" INTEGER NOT NULL,
    "route" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "comment" TEXT,
    "definition" INTEGER NOT NULL DEFAULT 1,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "survey_response_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "shopify_session_shop_domain_idx" ON "shopify_session"("shop_domain");

-- CreateIndex
CREATE INDEX "event_shop_id_customer_id_received_at_idx" ON "event"("shop_id", "customer_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "event_shop_id_source_dedupe_key_key" ON "event"("shop_id", "source", "dedupe_key");

-- CreateIndex
CREATE INDEX "raw_body_expires_at_idx" ON "raw_body"("expires_at");

-- CreateIndex
CREATE INDEX "customer_shop_id_shopify_id_idx" ON "customer"("shop_id", "shopify_id");

-- CreateIndex
CREATE INDEX "customer_shop_id_value_at_risk_minor_id_idx" ON "customer"("shop_id", "value_at_risk_minor" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_shop_id_key_key" ON "customer"("shop_id", "key");

-- CreateIndex
CREATE INDEX "orders_shop_id_customer_id_placed_at_idx" ON "orders"("shop_id", "customer_id", "placed_at");

-- CreateIndex
CREATE INDEX "orders_shop_id_placed_at_idx" ON "orders"("shop_id", "placed_at");

-- CreateIndex
CREATE INDEX "order_return_shop_id_order_id_idx" ON "order_return"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "survey_invitation_shop_id_customer_id_idx" ON "survey_invitation"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_invitation_shop_id_kind_order_id_sequence_key" ON "survey_invitation"("shop_id", "kind", "order_id", "sequence");

-- CreateIndex
CREATE INDEX "survey_link_shop_id_customer_id_idx" ON "survey_link"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "survey_response_shop_id_customer_id_answered_at_idx" ON "survey_response"("shop_id", "customer_id", "answered_at");

-- CreateIndex
CREATE INDEX "survey_response_shop_id_order_id_idx" ON "survey_response"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "survey_response_shop_id_answered_at_idx" ON "survey_response"("shop_id", "answered_at");

-- CreateIndex
CREATE UNIQUE INDEX "survey_response_shop_id_answer_key_key" ON "survey_response"("shop_id", "answer_key");
