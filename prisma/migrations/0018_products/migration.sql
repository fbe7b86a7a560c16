-- What Shopify says of the products that orders name: webhooks tell neither a picture nor the collections.
CREATE TABLE "product" (
    "shop_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "image_url" TEXT,
    "image_alt" TEXT,
    "collections" JSONB NOT NULL DEFAULT '[]',
    "missing" BOOLEAN NOT NULL DEFAULT false,
    "fetched_at" TIMESTAMPTZ(3),
    "refresh_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("shop_id","product_id")
);
