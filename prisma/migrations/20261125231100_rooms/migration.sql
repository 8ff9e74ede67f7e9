-- A room stands in a channel of a space.
ALTER TABLE "notices" DROP CONSTRAINT "notice_names_its_recipient";
ALTER TABLE "notices" ADD CONSTRAINT "notice_names_its_recipient" CHECK (
  (recipient = 'member') = (member_id IS NOT NULL)
  AND (recipient IN ('mentors', 'coordinators', 'room')) = (space_id IS NOT NULL)
);
