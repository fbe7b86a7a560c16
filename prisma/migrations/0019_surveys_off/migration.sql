-- Who wants no more surveys may still want everything else: a choice of its own beside unsubscribed_at.
ALTER TABLE "customer" ADD COLUMN "surveys_off_at" TIMESTAMPTZ(3);
