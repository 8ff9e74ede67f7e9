-- What coordinators set for their community, and what people chose for themselves; what is not there has its default.
ALTER TABLE "communities" ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';
-- Reminders stand where whoever plans a session reads them.
ALTER TABLE "members" ADD COLUMN "reminders" JSONB;
ALTER TABLE "member_preferences" ADD COLUMN "quiet_from" SMALLINT, ADD COLUMN "quiet_to" SMALLINT;
ALTER TABLE "communities" ADD CONSTRAINT "community_settings" CHECK (jsonb_typeof(settings) = 'object');
ALTER TABLE "members" ADD CONSTRAINT "member_reminders" CHECK (jsonb_typeof(reminders) = 'array');
ALTER TABLE "member_preferences" ADD CONSTRAINT "preferred_quiet_hours" CHECK (
  (quiet_from IS NULL) = (quiet_to IS NULL) AND quiet_from BETWEEN 0 AND 1439 AND quiet_to BETWEEN 0 AND 1439
);

-- Not all that is done is done to a request.
ALTER TABLE "audit_log" ALTER COLUMN "request_id" DROP NOT NULL;
ALTER TABLE "audit_log" ALTER COLUMN "to_status" DROP NOT NULL;
ALTER TABLE "audit_log" ADD COLUMN "detail" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_of_a_request_is_whole" CHECK ((request_id IS NULL) = (to_status IS NULL));

-- Everybody reads the settings of their community; its coordinators write them.
GRANT UPDATE (settings) ON communities TO mini_mentorship_member;
CREATE POLICY sets ON communities FOR UPDATE TO mini_mentorship_member
  USING (id = claimed_community() AND claims_coordinator())
  WITH CHECK (id = claimed_community() AND claims_coordinator());

-- People choose for themselves: "own_topics" says whose row it may be.
GRANT UPDATE (reminders) ON members TO mini_mentorship_member;
GRANT UPDATE (quiet_from, quiet_to) ON member_preferences TO mini_mentorship_member;
