-- What calendars must learn of beside moves: another link than there was, another mentor. Whoever is its mentor no more has
-- it called off in their calendar, which counts as a change of its own; so it grows by two then, and is new also when it
-- comes back.
ALTER TABLE "mini_mentorship_sessions" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;
CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision
    + CASE WHEN OLD.meeting_link IS NOT NULL AND NEW.meeting_link IS DISTINCT FROM OLD.meeting_link THEN 1 ELSE 0 END
    + CASE WHEN NEW.mentor_id <> OLD.mentor_id THEN 2 ELSE 0 END;
  RETURN NEW;
END
$$;
CREATE TRIGGER count_revision BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW EXECUTE FUNCTION count_revision();
