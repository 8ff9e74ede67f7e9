-- A time that one of the two proposed and the other has not answered yet.
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_start" TIMESTAMPTZ(3);
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_by_id" UUID;
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_reason" TEXT;
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_proposed_by_id_community_id_fkey" FOREIGN KEY ("proposed_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "request_proposal_is_whole" CHECK (
  (proposed_start IS NULL) = (proposed_by_id IS NULL) AND (proposed_start IS NULL) = (proposed_reason IS NULL)
  AND (proposed_start IS NULL OR status IN ('CLAIMED', 'SCHEDULED'))
);

-- How often a session was moved, and who called it off, why, and whether it was late.
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "moves" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_by_id" UUID;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_reason" TEXT;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_late" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "mini_mentorship_sessions_called_off_by_id_community_id_fkey" FOREIGN KEY ("called_off_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "session_called_off_is_cancelled" CHECK (called_off_by_id IS NULL OR status = 'CANCELLED');
