-- Coordinators hear of what waits too long.
ALTER TYPE "recipient" ADD VALUE 'coordinators';
ALTER TABLE "spaces" ADD COLUMN "coordinators_channel" TEXT NOT NULL DEFAULT '';

-- How a session ended when somebody did not come.
ALTER TYPE "outcome" ADD VALUE 'STUDENT_ABSENT' BEFORE 'UNCLEAR';
ALTER TYPE "outcome" ADD VALUE 'MENTOR_ABSENT' BEFORE 'UNCLEAR';

-- The clock asks for claims that did not become a session.
CREATE INDEX "mini_mentorship_requests_status_claimed_at_idx" ON "mini_mentorship_requests"("status", "claimed_at");
