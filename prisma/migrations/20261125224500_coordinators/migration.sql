-- Who looks after the programme, as the platform last told.
ALTER TABLE "accounts" ADD COLUMN "is_coordinator" BOOLEAN NOT NULL DEFAULT false;

-- For policies: what a member claims for one transaction, as claims_mentor() does.
CREATE FUNCTION claims_coordinator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.is_coordinator', true) = 'true', false);
