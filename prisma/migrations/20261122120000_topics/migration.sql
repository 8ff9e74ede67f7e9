-- What a mentor knows well, in lower case: who is asked first when a request is about it.
ALTER TABLE "members" ADD COLUMN "topics" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "members"
  ADD CONSTRAINT "member_topics" CHECK (
    topics IS NOT NULL AND cardinality(topics) <= 20 AND array_position(topics, NULL) IS NULL
  );

-- The worker finds out who is asked.
ALTER TYPE "recipient" ADD VALUE 'matching';

-- Coordinators have a channel in each space, as mentors do.
ALTER TABLE "notices" DROP CONSTRAINT "notice_names_its_recipient";
ALTER TABLE "notices" ADD CONSTRAINT "notice_names_its_recipient" CHECK (
  (recipient = 'member') = (member_id IS NOT NULL)
  AND (recipient IN ('mentors', 'coordinators')) = (space_id IS NOT NULL)
);

-- Who was asked least recently is asked first.
CREATE INDEX "notices_topic_match_partial" ON "notices" (member_id, created_at) WHERE kind = 'topic_match';

-- Members say for themselves what they know.
GRANT UPDATE (topics) ON members TO mini_mentorship_member;
CREATE POLICY own_topics ON members FOR UPDATE TO mini_mentorship_member
  USING (community_id = claimed_community() AND id = claimed_member())
  WITH CHECK (community_id = claimed_community() AND id = claimed_member());
