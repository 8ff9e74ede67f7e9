-- What the operator's settings say of a space, which wins, and what its people chose themselves beside that (names and
-- values as in core/space.ts). No settings: its people choose nothing here. `greeted_at`: when the bot last said in the
-- space what is left to do; after it was removed and came back it says so again.
ALTER TABLE "spaces"
  ADD COLUMN "held" JSONB,
  ADD COLUMN "chosen" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "greeted_at" TIMESTAMPTZ(3);
