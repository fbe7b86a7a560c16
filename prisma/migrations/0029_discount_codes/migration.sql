-- The discount codes of an order, in capitals: who brought a friend is told by the code that the friend used. A column of its
-- own and not a part of the document, so that an order that changes does not touch its index (in a migration of its own).
ALTER TABLE "orders" ADD COLUMN "discount_codes" TEXT[] NOT NULL DEFAULT '{}';
