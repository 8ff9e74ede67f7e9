-- The mentor who holds a request offers it to another; it moves once they accept.
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "offered_to_id" UUID;
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "offered_word" TEXT;
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "declined_by_id" UUID;
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_offered_to_id_community_id_fkey" FOREIGN KEY ("offered_to_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_declined_by_id_community_id_fkey" FOREIGN KEY ("declined_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "requests_offered_partial" ON "mini_mentorship_requests" (offered_to_id) WHERE offered_to_id IS NOT NULL;
ALTER TABLE "mini_mentorship_requests"
  ADD CONSTRAINT "request_offer_is_whole" CHECK (
    (offered_to_id IS NULL) = (offered_word IS NULL)
    AND (offered_to_id IS NULL OR status IN ('CLAIMED', 'SCHEDULED'))
  ),
  ADD CONSTRAINT "request_is_offered_to_another_mentor" CHECK (offered_to_id NOT IN (student_id, mentor_id)),
  ADD CONSTRAINT "request_offer_word_length" CHECK (char_length(offered_word) <= 300);

GRANT UPDATE (offered_to_id, offered_word) ON mini_mentorship_requests TO mini_mentorship_member;
GRANT UPDATE (mentor_id) ON mini_mentorship_sessions TO mini_mentorship_member;

-- Whoever it is offered to sees it, with its session, and may take it. Who declined sees it until it changes again: the
-- row that they write must be one that they may see.
ALTER POLICY sees ON mini_mentorship_requests USING (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id, released_by_id, offered_to_id, declined_by_id)
    OR (claims_mentor() AND status = 'OPEN')
  )
);
ALTER POLICY changes ON mini_mentorship_requests USING (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id, released_by_id, offered_to_id, declined_by_id)
    OR (claims_mentor() AND status = 'OPEN')
  )
) WITH CHECK (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id, released_by_id, offered_to_id, declined_by_id)
    OR (claims_mentor() AND status = 'OPEN')
  )
);
ALTER POLICY sees ON mini_mentorship_sessions USING (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id) OR EXISTS (
      SELECT FROM mini_mentorship_requests request
      WHERE request.id = request_id AND request.offered_to_id = claimed_member()
    )
  )
);
ALTER POLICY changes ON mini_mentorship_sessions USING (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id) OR EXISTS (
      SELECT FROM mini_mentorship_requests request
      WHERE request.id = request_id AND request.offered_to_id = claimed_member()
    )
  )
) WITH CHECK (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, mentor_id) OR EXISTS (
      SELECT FROM mini_mentorship_requests request
      WHERE request.id = request_id AND request.offered_to_id = claimed_member()
    )
  )
);

-- A member takes a request for themselves when it is open or offered to them, or gives back their own.
CREATE OR REPLACE FUNCTION guard_request_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.mentor_id IS DISTINCT FROM OLD.mentor_id AND NOT coalesce(
    CASE
      WHEN NEW.mentor_id IS NULL THEN OLD.mentor_id = public.claimed_member()
      ELSE public.claims_mentor() AND NEW.mentor_id = public.claimed_member()
        AND (OLD.mentor_id IS NULL OR OLD.offered_to_id = public.claimed_member())
    END, false)
  THEN
    RAISE EXCEPTION 'only a mentor takes a request, and only who holds it gives it back'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.released_by_id := CASE WHEN NEW.status = 'OPEN' THEN coalesce(OLD.mentor_id, OLD.released_by_id) END;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;

-- Only the mentor who holds a request offers it.
CREATE FUNCTION guard_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.offered_to_id IS NOT NULL
    AND (NEW.offered_to_id, NEW.offered_word) IS DISTINCT FROM (OLD.offered_to_id, OLD.offered_word)
    AND OLD.mentor_id IS DISTINCT FROM public.claimed_member()
  THEN
    RAISE EXCEPTION 'only who holds a request hands it over' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.declined_by_id := CASE
    WHEN OLD.offered_to_id = public.claimed_member() AND NEW.offered_to_id IS NULL
      AND NEW.mentor_id = OLD.mentor_id THEN OLD.offered_to_id
  END;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_offer BEFORE UPDATE ON mini_mentorship_requests
  FOR EACH ROW EXECUTE FUNCTION guard_offer();

-- A session goes to another mentor only when that mentor takes what was offered to them. A change writes the session
-- first, while the request still carries the offer.
CREATE FUNCTION guard_session_mentor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.mentor_id <> OLD.mentor_id AND NOT (
    NEW.mentor_id = public.claimed_member() AND public.claims_mentor() AND EXISTS (
      SELECT FROM public.mini_mentorship_requests request
      WHERE request.id = NEW.request_id AND request.offered_to_id = NEW.mentor_id
    )
  )
  THEN
    RAISE EXCEPTION 'a session goes only to the mentor to whom it is offered'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_session_mentor BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW EXECUTE FUNCTION guard_session_mentor();

DROP TRIGGER take_turns_again ON mini_mentorship_sessions;
CREATE TRIGGER take_turns_again BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW WHEN (NEW.status = 'SCHEDULED' AND (
    OLD.status <> 'SCHEDULED' OR OLD.starts_at <> NEW.starts_at OR OLD.duration_minutes <> NEW.duration_minutes
    OR OLD.mentor_id <> NEW.mentor_id
  )) EXECUTE FUNCTION take_turns();
