-- The two agreed on another time after all: nobody was absent.
ALTER TYPE "outcome" ADD VALUE 'MOVED' BEFORE 'UNCLEAR';

-- The student rates and says whether it helped; the mentor's comment is a note that the student never sees.
ALTER TABLE "feedback" ALTER COLUMN "rating" DROP NOT NULL;
ALTER TABLE "feedback" ADD COLUMN "helped" TEXT;
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_helped" CHECK (helped IN ('yes', 'partly', 'no'));

-- What the mentor suggests that the student does next; both see it.
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "follow_up" TEXT;
ALTER TABLE "mini_mentorship_sessions"
  ADD CONSTRAINT "session_follow_up_length" CHECK (char_length(follow_up) BETWEEN 1 AND 1000);
GRANT UPDATE (follow_up) ON mini_mentorship_sessions TO mini_mentorship_member;

-- Policies see only the new row of an UPDATE, so this looks at both.
CREATE FUNCTION guard_follow_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.follow_up IS DISTINCT FROM OLD.follow_up
    AND OLD.mentor_id <> public.claimed_member()
  THEN
    RAISE EXCEPTION 'only the mentor of a session says what comes next' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_follow_up BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW EXECUTE FUNCTION guard_follow_up();
