-- By itself, so that orders go on being read and written while it is built.
CREATE INDEX CONCURRENTLY "orders_discount_codes_idx" ON "orders" USING GIN ("discount_codes") WHERE "discount_codes" <> '{}';
