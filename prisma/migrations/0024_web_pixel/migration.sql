-- The web pixel of each shop. What it sends names the shop by `pixel_account`, which nobody can guess.
ALTER TABLE "shop" ADD COLUMN "pixel_account" TEXT,
    -- Shopify's id of the pixel while it is switched on.
    ADD COLUMN "pixel_id" TEXT,
    -- Business time since which it runs without a break; null: it is off, and silence says nothing.
    ADD COLUMN "pixel_on_since" TIMESTAMPTZ(3),
    -- Why it is off, or why its last change has not reached Shopify.
    ADD COLUMN "pixel_problem" TEXT,
    -- Machine time from which Shopify is told (again).
    ADD COLUMN "pixel_due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
-- Not all shops in the first minute.
UPDATE "shop" SET "pixel_due_at" = now() + random() * interval '1 hour';

-- Visits that were counted, for a day or two: a beacon that comes again is not counted again. Hashes of Shopify's ids of
-- events; they say nothing about anybody.
CREATE TABLE "site_event" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    -- Machine time.
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "site_event_pkey" PRIMARY KEY ("shop_id","id")
);

-- By these the daily purge finds what is over, without reading what is not.
CREATE INDEX "site_event_created_at_idx" ON "site_event" ("created_at");
CREATE INDEX "site_day_day_idx" ON "site_day" ("day");
