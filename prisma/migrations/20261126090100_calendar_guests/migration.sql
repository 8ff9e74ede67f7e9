-- Where invitations to a member's sessions go, when they agreed to that. For nobody else's eyes, as all of this table.
ALTER TABLE "member_preferences" ADD COLUMN "invite_at" TEXT;
GRANT UPDATE (invite_at) ON member_preferences TO mini_mentorship_member;
