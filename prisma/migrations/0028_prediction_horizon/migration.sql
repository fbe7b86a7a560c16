-- What a fit of orders rests on beside the orders, as the merchant had chosen it when the fit was planned: whoever takes it
-- over comes to the same. Days ahead that it is to predict: null of fits that were planned before they could be chosen, all
-- for 90. Domains of the e-mail addresses of staff, who are left out.
ALTER TABLE "model_run" ADD COLUMN "horizon_days" INTEGER,
    ADD COLUMN "staff_domains" TEXT[] NOT NULL DEFAULT '{}';
