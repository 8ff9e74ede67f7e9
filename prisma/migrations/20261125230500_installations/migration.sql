-- Workspaces that installed the bot by OAuth. The token is sealed by the bot, with a key that is not in the database.
-- The row goes when the bot is removed there; the space and what belongs to it stay.
CREATE TABLE "installations" (
  "space_id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "sealed_token" TEXT NOT NULL,
  "bot_user_id" TEXT NOT NULL,
  "scopes" TEXT[],
  "installed_by" TEXT NOT NULL,
  "installed_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "installations_pkey" PRIMARY KEY ("space_id")
);

CREATE UNIQUE INDEX "installations_space_id_community_id_key" ON "installations"("space_id", "community_id");

ALTER TABLE "installations" ADD CONSTRAINT "installations_space_id_community_id_fkey" FOREIGN KEY ("space_id", "community_id") REFERENCES "spaces"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "installations"
  ADD CONSTRAINT "installation_scopes" CHECK (scopes IS NOT NULL),
  ADD CONSTRAINT "installation_token_is_sealed" CHECK (sealed_token LIKE 'v_.%.%.%.%');

-- Members may know who installed the bot, so that this person can be told; never the token.
GRANT SELECT (space_id, community_id, installed_by) ON installations TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE, DELETE ON installations TO mini_mentorship_worker;

ALTER TABLE installations ENABLE ROW LEVEL SECURITY;
ALTER TABLE installations FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON installations TO mini_mentorship_worker
  USING (current_user = 'mini_mentorship_worker');
CREATE POLICY same_community ON installations FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community());
