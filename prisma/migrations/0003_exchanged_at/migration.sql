-- When the app was last proved to be installed: an uninstall from before is a late notice.
ALTER TABLE "shop" ADD COLUMN "exchanged_at" TIMESTAMPTZ(3);

-- What is known so far is the first exchange of the present installation.
UPDATE shop SET exchanged_at = installed_at;

-- What an installation puts back to be processed, without reading all events of the shop.
CREATE INDEX event_ignored ON event (shop_id, processed_at) WHERE status = 'ignored';
