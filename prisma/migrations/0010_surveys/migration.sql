-- A shop's own surveys: a draft that is edited, and published versions that never change.
CREATE TABLE "survey" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "live_version" INTEGER,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "survey_pkey" PRIMARY KEY ("shop_id", "id")
);

CREATE TABLE "survey_version" (
    "shop_id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by" TEXT,
    CONSTRAINT "survey_version_pkey" PRIMARY KEY ("shop_id", "survey_id", "version")
);

-- Which versions are live, with the shop that every path reads anyway: asking costs no further statement.
ALTER TABLE "shop" ADD COLUMN "live_surveys" JSONB NOT NULL DEFAULT '[]';

-- A survey need not have a rating; which survey was answered stands beside its version (null: the preset).
ALTER TABLE "survey_response" ALTER COLUMN "metric" DROP NOT NULL,
    ALTER COLUMN "rating" DROP NOT NULL,
    ADD COLUMN "survey_id" UUID;

-- A mail asks one version, and its link goes on asking it (null: sent before there were any).
ALTER TABLE "survey_link" ADD COLUMN "edition" TEXT;

-- What each rating measures stands with the answer from now on, since definitions are the merchant's.
UPDATE "survey_response" SET "answers" = jsonb_set("answers", '{metrics}', jsonb_build_object('rating', "metric")
    || CASE WHEN "answers" -> 'ratings' ? 'confidence' THEN '{"confidence": "confidence_purchase"}'::jsonb ELSE '{}'::jsonb END)
WHERE "answers" <> '{}' AND "metric" <> 'other';
