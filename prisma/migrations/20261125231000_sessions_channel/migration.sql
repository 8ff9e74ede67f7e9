-- Student and mentor get a room of their own in it.
ALTER TABLE "spaces" ADD COLUMN "sessions_channel" TEXT NOT NULL DEFAULT '';
ALTER TYPE "recipient" ADD VALUE 'room';
