-- A time that one of the two proposed and the other has not answered yet.
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_start" TIMESTAMPTZ(3);
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_by_id" UUID;
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "proposed_reason" TEXT;
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_proposed_by_id_community_id_fkey" FOREIGN KEY ("proposed_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_requests"
  ADD CONSTRAINT "request_proposal_is_whole" CHECK (
    (proposed_start IS NULL) = (proposed_by_id IS NULL) AND (proposed_start IS NULL) = (proposed_reason IS NULL)
    AND (proposed_start IS NULL OR status IN ('CLAIMED', 'SCHEDULED'))
  ),
  ADD CONSTRAINT "request_proposal_is_by_one_of_the_two" CHECK (proposed_by_id IN (student_id, mentor_id)),
  ADD CONSTRAINT "request_proposal_reason_length" CHECK (char_length(proposed_reason) <= 300);

-- How often a session was moved, and who called it off, why, and whether it was late.
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "moves" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_by_id" UUID;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_reason" TEXT;
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "called_off_late" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "mini_mentorship_sessions_called_off_by_id_community_id_fkey" FOREIGN KEY ("called_off_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_sessions"
  ADD CONSTRAINT "session_called_off_is_cancelled" CHECK (called_off_by_id IS NULL OR status = 'CANCELLED'),
  ADD CONSTRAINT "session_called_off_is_whole" CHECK (
    (called_off_by_id IS NULL) = (called_off_reason IS NULL) AND (called_off_by_id IS NOT NULL OR NOT called_off_late)
  ),
  ADD CONSTRAINT "session_called_off_reason_length" CHECK (char_length(called_off_reason) <= 300),
  ADD CONSTRAINT "session_moves" CHECK (moves >= 0);

GRANT UPDATE (proposed_start, proposed_by_id, proposed_reason) ON mini_mentorship_requests TO mini_mentorship_member;
GRANT UPDATE (moves, called_off_by_id, called_off_reason, called_off_late)
  ON mini_mentorship_sessions TO mini_mentorship_member;

-- The mentor who holds a request plans its session; the student does too, at the very time that this mentor proposed.
-- A change writes the session first, while the request still carries the proposal.
DROP POLICY plans ON mini_mentorship_sessions;
CREATE POLICY plans ON mini_mentorship_sessions FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND EXISTS (
    SELECT FROM mini_mentorship_requests request
    WHERE request.id = mini_mentorship_sessions.request_id
      AND request.status IN ('CLAIMED', 'SCHEDULED')
      AND request.mentor_id = mini_mentorship_sessions.mentor_id
      AND (
        request.mentor_id = claimed_member()
        OR (request.student_id = claimed_member() AND request.proposed_by_id = request.mentor_id
          AND request.proposed_start = mini_mentorship_sessions.starts_at)
      )
  )
);

-- Policies see only the new row of an UPDATE, so these two look at both. Nobody proposes in another's name.
CREATE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.proposed_by_id <> public.claimed_member()
    AND (NEW.proposed_start, NEW.proposed_by_id, NEW.proposed_reason)
      IS DISTINCT FROM (OLD.proposed_start, OLD.proposed_by_id, OLD.proposed_reason)
  THEN
    RAISE EXCEPTION 'nobody proposes a time in another''s name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_proposal BEFORE UPDATE ON mini_mentorship_requests
  FOR EACH ROW EXECUTE FUNCTION guard_proposal();

-- A session moves only to what the other side proposed, and nobody calls off in another's name.
CREATE FUNCTION guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'mini_mentorship_member' THEN RETURN NEW; END IF;
  IF NEW.starts_at <> OLD.starts_at AND NOT EXISTS (
    SELECT FROM public.mini_mentorship_requests request
    WHERE request.id = NEW.request_id AND request.proposed_start = NEW.starts_at
      AND request.proposed_by_id <> public.claimed_member()
  ) THEN
    RAISE EXCEPTION 'a session moves only to a time that the other side proposed'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.called_off_by_id IS DISTINCT FROM OLD.called_off_by_id
    AND NEW.called_off_by_id IS DISTINCT FROM public.claimed_member()
  THEN
    RAISE EXCEPTION 'nobody calls a session off in another''s name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_session BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW EXECUTE FUNCTION guard_session();
