-- How members want the bot to treat them. A member without a row has the usual.
CREATE TABLE "member_preferences" (
  "member_id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "member_preferences_pkey" PRIMARY KEY ("member_id")
);
ALTER TABLE "member_preferences" ADD CONSTRAINT "member_preferences_member_id_community_id_fkey" FOREIGN KEY ("member_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT ON member_preferences TO mini_mentorship_member;
GRANT UPDATE (changed_at) ON member_preferences TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE, DELETE ON member_preferences TO mini_mentorship_worker;
ALTER TABLE member_preferences ENABLE ROW LEVEL SECURITY;
ALTER TABLE member_preferences FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON member_preferences TO mini_mentorship_worker
  USING (current_user = 'mini_mentorship_worker');
CREATE POLICY own ON member_preferences TO mini_mentorship_member
  USING (community_id = claimed_community() AND member_id = claimed_member());

-- Where a platform does not know it, members say for themselves in which zone they live. Whose row they may change is
-- in the policy "own_topics".
GRANT UPDATE (time_zone) ON members TO mini_mentorship_member;
