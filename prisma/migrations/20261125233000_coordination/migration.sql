-- Coordinators see what happens in their community; sessions, notices and feedback follow. They change nothing in their
-- own name but the settings, and that a notice is tried again: a request they change as the bot does.
CREATE POLICY coordinates ON mini_mentorship_requests FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community() AND claims_coordinator());
CREATE POLICY coordinates ON mini_mentorship_sessions FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community() AND claims_coordinator());
CREATE POLICY coordinates ON feedback FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community() AND claims_coordinator());
-- Who is on a pause is not asked to take something on.
CREATE POLICY coordinates ON mini_mentorship_availability_rules FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community() AND claims_coordinator());
