-- When the customer's browser was last known to be in the store, by their consent; null: unknown.
ALTER TABLE "customer" ADD COLUMN "last_seen_at" TIMESTAMPTZ(3);

-- What one customer looked at in the store on one day (UTC). Numbers only: no page, no address, no device.
CREATE TABLE "site_day" (
    "shop_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "product_views" INTEGER NOT NULL DEFAULT 0,
    "help_views" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "site_day_pkey" PRIMARY KEY ("shop_id","customer_id","day")
);

-- The first of the order's disputes that is a chargeback and was not won; the disputes themselves stand in its document.
ALTER TABLE "orders" ADD COLUMN "chargeback_at" TIMESTAMPTZ(3);

-- Mailed, to be answered by name. Of other mails nothing may show on the person: their clicks are in no score.
-- Older mails than 60 days are in no window of the score, and are left as they are.
ALTER TABLE "survey_invitation" ADD COLUMN "by_name" BOOLEAN NOT NULL DEFAULT false;
UPDATE "survey_invitation" i SET "by_name" = true
WHERE i."status" = 'sent' AND i."channel" = 'email' AND i."sent_at" > business_now() - interval '60 days'
  -- Of a mail whose fate is unknown nobody knows whether it was there to be opened.
  AND i."reason" IS DISTINCT FROM 'unknown'
  AND EXISTS (SELECT FROM "survey_link" l
    WHERE l."shop_id" = i."shop_id" AND l."customer_id" = i."customer_id" AND l."invitation_id" = i."id")
  AND NOT EXISTS (SELECT FROM "survey_link" l
    LEFT JOIN "survey_version" v ON v."shop_id" = l."shop_id" AND v."survey_id"::text = split_part(l."edition", '.', 1)
      AND v."version"::text = rtrim(split_part(l."edition", '.', 2), 'p')
    WHERE l."shop_id" = i."shop_id" AND l."customer_id" = i."customer_id" AND l."invitation_id" = i."id"
      AND (l."edition" IS NULL OR coalesce(v."definition" ->> 'identity', 'identified') <> 'identified'));
