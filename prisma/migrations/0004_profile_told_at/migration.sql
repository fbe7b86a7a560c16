-- Per field of a customer's profile, when its source was written: tellings that leave a field
-- open say nothing about it, so one time for all fields let the order of arrival decide.
ALTER TABLE "customer" ADD COLUMN "profile_told_at" JSONB NOT NULL DEFAULT '{}';

-- What is known so far is as old as the newest telling.
UPDATE customer SET profile_told_at = jsonb_strip_nulls(jsonb_build_object(
  'email', CASE WHEN email IS NOT NULL THEN source_updated_at END,
  'firstName', CASE WHEN first_name IS NOT NULL THEN source_updated_at END,
  'lastName', CASE WHEN last_name IS NOT NULL THEN source_updated_at END,
  'phone', CASE WHEN phone IS NOT NULL THEN source_updated_at END,
  'locale', CASE WHEN locale IS NOT NULL THEN source_updated_at END,
  'countryCode', CASE WHEN country_code IS NOT NULL THEN source_updated_at END,
  'timeZone', CASE WHEN time_zone IS NOT NULL THEN source_updated_at END
)) WHERE source_updated_at IS NOT NULL;

ALTER TABLE "customer" DROP COLUMN "source_updated_at";
