-- What a mentor asks for beside hours and dates.
CREATE TABLE "mini_mentorship_availability_rules" (
  "mentor_id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "notice_minutes" INTEGER NOT NULL DEFAULT 0,
  "buffer_minutes" INTEGER NOT NULL DEFAULT 0,
  "per_week" INTEGER,
  "paused" BOOLEAN NOT NULL DEFAULT false,
  "paused_until" TIMESTAMPTZ(3),

  CONSTRAINT "mini_mentorship_availability_rules_pkey" PRIMARY KEY ("mentor_id")
);
ALTER TABLE "mini_mentorship_availability_rules" ADD CONSTRAINT "mini_mentorship_availability_rules_mentor_id_community_id_fkey" FOREIGN KEY ("mentor_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mini_mentorship_availability_rules"
  ADD CONSTRAINT "availability_notice" CHECK (notice_minutes BETWEEN 0 AND 20160),
  ADD CONSTRAINT "availability_buffer" CHECK (buffer_minutes BETWEEN 0 AND 240),
  ADD CONSTRAINT "availability_per_week" CHECK (per_week BETWEEN 1 AND 50),
  ADD CONSTRAINT "availability_pause" CHECK (paused OR paused_until IS NULL);

GRANT SELECT, INSERT ON mini_mentorship_availability_rules TO mini_mentorship_member;
GRANT UPDATE (notice_minutes, buffer_minutes, per_week, paused, paused_until)
  ON mini_mentorship_availability_rules TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE, DELETE ON mini_mentorship_availability_rules TO mini_mentorship_worker;
ALTER TABLE mini_mentorship_availability_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE mini_mentorship_availability_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON mini_mentorship_availability_rules TO mini_mentorship_worker
  USING (current_user = 'mini_mentorship_worker');
CREATE POLICY own ON mini_mentorship_availability_rules TO mini_mentorship_member
  USING (community_id = claimed_community() AND mentor_id = claimed_member());

-- Nobody sits in two sessions at once, in whichever role. The two people of a session are two points on the line of
-- all ids: sessions share a person exactly when their points overlap. Ranges need no extension for that.
CREATE TYPE member_range AS RANGE (subtype = uuid, multirange_type_name = member_multirange);
ALTER TABLE mini_mentorship_sessions ADD CONSTRAINT nobody_in_two_sessions EXCLUDE USING gist (
  (member_multirange(member_range(mentor_id, mentor_id, '[]'), member_range(student_id, student_id, '[]'))) WITH &&,
  (tsrange(
    starts_at AT TIME ZONE 'UTC', (starts_at AT TIME ZONE 'UTC') + make_interval(mins => duration_minutes)
  )) WITH &&
) WHERE (status = 'SCHEDULED');

-- Two who plan for the same person at once would wait for each other, until the database gives one of them up after a
-- second. So they take turns, by one of 256 locks for each of the two people: few enough for any restore.
CREATE FUNCTION take_turns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  turn bigint;
BEGIN
  FOR turn IN
    SELECT DISTINCT hashtextextended(person::text, 0) & 255
    FROM unnest(ARRAY[NEW.mentor_id, NEW.student_id]) person ORDER BY 1
  LOOP
    PERFORM pg_advisory_xact_lock(hashtext('mini_mentorship_sessions'), turn::int);
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER take_turns_at_first BEFORE INSERT ON mini_mentorship_sessions
  FOR EACH ROW WHEN (NEW.status = 'SCHEDULED') EXECUTE FUNCTION take_turns();
CREATE TRIGGER take_turns_again BEFORE UPDATE ON mini_mentorship_sessions
  FOR EACH ROW WHEN (NEW.status = 'SCHEDULED' AND (
    OLD.status <> 'SCHEDULED' OR OLD.starts_at <> NEW.starts_at OR OLD.duration_minutes <> NEW.duration_minutes
  )) EXECUTE FUNCTION take_turns();

-- When the two of a request have other sessions: times and no more, for these two only. It runs as the tables' owner,
-- whom policies named "outline" let see rows while this function reads.
CREATE FUNCTION busy_times(wanted uuid, since timestamptz)
  RETURNS TABLE (member_id uuid, starts_at timestamptz, duration_minutes integer, held boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.outline', 'on', true);
  RETURN QUERY
    SELECT person.id, session.starts_at, session.duration_minutes, session.status <> 'SCHEDULED'
    FROM public.mini_mentorship_requests request
    CROSS JOIN LATERAL unnest(ARRAY[request.student_id, request.mentor_id]) person (id)
    JOIN public.mini_mentorship_sessions session
      ON session.request_id <> request.id AND person.id IN (session.mentor_id, session.student_id)
    WHERE request.id = wanted AND request.community_id = public.claimed_community()
      AND request.status IN ('CLAIMED', 'SCHEDULED')
      AND public.claimed_member() IN (request.student_id, request.mentor_id)
      AND session.status IN ('SCHEDULED', 'COMPLETED') AND session.starts_at >= since
    ORDER BY session.starts_at;
  PERFORM set_config('app.outline', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION busy_times(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION busy_times(uuid, timestamptz) TO mini_mentorship_member;
CREATE POLICY outline ON mini_mentorship_sessions FOR SELECT TO CURRENT_USER
  USING (current_setting('app.outline', true) = 'on');
