-- While a mentor asks something first, the request is held for them.
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "held_by_id" UUID;
ALTER TABLE "mini_mentorship_requests" ADD COLUMN "held_until" TIMESTAMPTZ(3);
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_held_by_id_community_id_fkey" FOREIGN KEY ("held_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_requests"
  ADD CONSTRAINT "request_hold_is_whole" CHECK (
    (held_by_id IS NULL) = (held_until IS NULL) AND (held_by_id IS NULL OR status = 'OPEN')
  ),
  ADD CONSTRAINT "request_is_not_held_by_its_student" CHECK (held_by_id <> student_id);
CREATE INDEX "requests_held_by_end_partial" ON "mini_mentorship_requests" (held_until)
  WHERE held_until IS NOT NULL;

-- What mentors asked before they claimed, and what the student answered.
CREATE TABLE "request_questions" (
  "id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "request_id" UUID NOT NULL,
  "student_id" UUID NOT NULL,
  "asker_id" UUID NOT NULL,
  "words" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "answer" TEXT,
  "answered_at" TIMESTAMPTZ(3),

  CONSTRAINT "request_questions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "request_questions_request_id_idx" ON "request_questions"("request_id");
ALTER TABLE "request_questions" ADD CONSTRAINT "request_questions_request_id_community_id_student_id_fkey" FOREIGN KEY ("request_id", "community_id", "student_id") REFERENCES "mini_mentorship_requests"("id", "community_id", "student_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "request_questions" ADD CONSTRAINT "request_questions_asker_id_community_id_fkey" FOREIGN KEY ("asker_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "request_questions"
  ADD CONSTRAINT "question_is_of_two_people" CHECK (asker_id <> student_id),
  ADD CONSTRAINT "question_length" CHECK (char_length(words) BETWEEN 1 AND 1000),
  ADD CONSTRAINT "question_answer_length" CHECK (char_length(answer) BETWEEN 1 AND 1000),
  ADD CONSTRAINT "question_answer_is_whole" CHECK ((answer IS NULL) = (answered_at IS NULL));

GRANT UPDATE (held_by_id, held_until) ON mini_mentorship_requests TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE (answer, answered_at) ON request_questions TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE, DELETE ON request_questions TO mini_mentorship_worker;
ALTER TABLE request_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON request_questions TO mini_mentorship_worker
  USING (current_user = 'mini_mentorship_worker');
-- The student, whoever asked, and the mentor who holds the request now.
CREATE POLICY sees ON request_questions FOR SELECT TO mini_mentorship_member USING (
  community_id = claimed_community() AND (
    claimed_member() IN (student_id, asker_id) OR EXISTS (
      SELECT FROM mini_mentorship_requests request
      WHERE request.id = request_id AND request.mentor_id = claimed_member()
    )
  )
);
-- A mentor asks in their own name, while the request is held for them.
CREATE POLICY asks ON request_questions FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND asker_id = claimed_member() AND claims_mentor() AND answer IS NULL
  AND EXISTS (
    SELECT FROM mini_mentorship_requests request
    WHERE request.id = request_id AND request.held_by_id = claimed_member()
  )
);
-- The student answers, once.
CREATE POLICY answers ON request_questions FOR UPDATE TO mini_mentorship_member USING (
  community_id = claimed_community() AND student_id = claimed_member() AND answer IS NULL
) WITH CHECK (
  community_id = claimed_community() AND student_id = claimed_member()
);

-- Policies see only the new row of an UPDATE, so this looks at both: nobody holds in another's name.
CREATE FUNCTION guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.held_by_id IS NOT NULL
    AND (NEW.held_by_id, NEW.held_until) IS DISTINCT FROM (OLD.held_by_id, OLD.held_until)
    AND NOT (public.claims_mentor() AND NEW.held_by_id = public.claimed_member())
  THEN
    RAISE EXCEPTION 'nobody holds a request in another''s name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_hold BEFORE UPDATE ON mini_mentorship_requests
  FOR EACH ROW EXECUTE FUNCTION guard_hold();
