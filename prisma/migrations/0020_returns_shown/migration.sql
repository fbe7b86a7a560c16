-- When a return first showed that goods come back: its survey counts from there, whichever delivery came first.
ALTER TABLE "order_return" ADD COLUMN "shown_at" TIMESTAMPTZ(3);
UPDATE "order_return" SET "shown_at" = "source_updated_at" WHERE "status" IN ('processed', 'closed');
