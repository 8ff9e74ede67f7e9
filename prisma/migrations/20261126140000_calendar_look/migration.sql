-- Who wants their own calendar looked at while a time with them is sought. Only at the address that they gave.
ALTER TABLE "member_preferences" ADD COLUMN "look_at_calendar" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "member_preferences" ADD CONSTRAINT "looked_at_where_invited" CHECK (NOT look_at_calendar OR invite_at IS NOT NULL);
GRANT UPDATE (look_at_calendar) ON member_preferences TO mini_mentorship_member;
