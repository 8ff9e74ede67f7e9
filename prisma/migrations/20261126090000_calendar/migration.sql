-- What the links to the bot's own pages are signed with: made once, by the first start that needs it.
CREATE TABLE "link_secrets" (
  "id" SMALLINT NOT NULL DEFAULT 1,
  "secret" TEXT NOT NULL,

  CONSTRAINT "link_secrets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "only_one" CHECK ("id" = 1)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON link_secrets TO mini_mentorship_worker;
ALTER TABLE link_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE link_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON link_secrets TO mini_mentorship_worker USING (current_user = 'mini_mentorship_worker');

-- Of the address of somebody's private feed only a hash is kept.
ALTER TABLE "member_preferences" ADD COLUMN "calendar_feed" TEXT;
CREATE UNIQUE INDEX "member_preferences_calendar_feed_key" ON "member_preferences"("calendar_feed");
GRANT UPDATE (calendar_feed) ON member_preferences TO mini_mentorship_member;
