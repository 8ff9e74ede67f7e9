-- Where a mentor meets, whoever else could make a link. It stands with the member, where whoever plans a session reads it.
ALTER TABLE "members" ADD COLUMN "meeting_room" TEXT;
ALTER TABLE "members" ADD CONSTRAINT "member_meeting_room" CHECK (meeting_room ~ '^https://' AND char_length(meeting_room) <= 500);
-- Whose row they may change is in the policy "own_topics".
GRANT UPDATE (meeting_room) ON members TO mini_mentorship_member;

-- Whether the link is the mentor's own, beside which a provider may hold a meeting that it made; and whether the two
-- have had a link, so that another one is told to them.
ALTER TABLE "mini_mentorship_sessions"
  ADD COLUMN "own_link" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "link_given" BOOLEAN NOT NULL DEFAULT false;
GRANT UPDATE (own_link, link_given) ON mini_mentorship_sessions TO mini_mentorship_member;

-- Until now the provider's name was lost when the mentor gave a link. The owner of the tables is held by policies, too.
ALTER TABLE mini_mentorship_sessions NO FORCE ROW LEVEL SECURITY;
UPDATE mini_mentorship_sessions SET link_given = true WHERE meeting_link IS NOT NULL;
UPDATE mini_mentorship_sessions SET own_link = true, meeting_provider = NULL WHERE meeting_provider = 'manual';
ALTER TABLE mini_mentorship_sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE "mini_mentorship_sessions"
  ADD CONSTRAINT "session_link_is_given" CHECK (link_given OR meeting_link IS NULL),
  ADD CONSTRAINT "session_own_link_is_one" CHECK (meeting_link IS NOT NULL OR NOT own_link);
