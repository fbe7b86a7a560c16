-- Answers brought from other tools: the imports, and their rows between the check and the import.
CREATE TABLE "answer_import" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tool" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "staff_id" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "fine" INTEGER NOT NULL DEFAULT 0,
    "unmatched" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "faulty" INTEGER NOT NULL DEFAULT 0,
    "erased" INTEGER NOT NULL DEFAULT 0,
    "left_out" INTEGER NOT NULL DEFAULT 0,
    "imported" INTEGER NOT NULL DEFAULT 0,
    "verified" INTEGER NOT NULL DEFAULT 0,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_import_pkey" PRIMARY KEY ("shop_id","id")
);

CREATE TABLE "answer_import_row" (
    "shop_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "answer_key" TEXT NOT NULL,
    "person_key" TEXT,
    "marks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "email" TEXT,
    "order_ref" TEXT,
    "metric" TEXT NOT NULL,
    "rating" INTEGER NOT NULL,
    "route" TEXT NOT NULL,
    "comment" TEXT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_import_row_pkey" PRIMARY KEY ("shop_id","import_id","line")
);

CREATE UNIQUE INDEX "answer_import_row_shop_id_import_id_answer_key_key" ON "answer_import_row"("shop_id", "import_id", "answer_key");

-- The import an answer came with, so that the import can be undone.
ALTER TABLE "survey_response" ADD COLUMN "import_id" UUID;
CREATE INDEX response_imported ON survey_response (shop_id, import_id) WHERE import_id IS NOT NULL;

CREATE INDEX import_open ON answer_import (touched_at) WHERE status IN ('running', 'undoing');

-- By what an imported answer finds its customer.
CREATE INDEX customer_email ON customer (shop_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX orders_name ON orders (shop_id, lower(ltrim(name, '#'))) WHERE name <> '';
