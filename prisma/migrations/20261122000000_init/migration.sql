-- CreateEnum
CREATE TYPE "session_type" AS ENUM ('debugging', 'code_review', 'pair_programming', 'concept', 'career', 'interview', 'other');

-- CreateEnum
CREATE TYPE "urgency" AS ENUM ('low', 'normal', 'high');

-- CreateEnum
CREATE TYPE "request_status" AS ENUM ('OPEN', 'CLAIMED', 'SCHEDULED', 'COMPLETED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "session_status" AS ENUM ('SCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW');

-- CreateEnum
CREATE TYPE "outcome" AS ENUM ('HELD', 'UNCLEAR');

-- CreateEnum
CREATE TYPE "meeting_state" AS ENUM ('NONE', 'WANTED', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "recipient" AS ENUM ('mentors', 'member', 'meetings');

-- CreateEnum
CREATE TYPE "notice_mode" AS ENUM ('once', 'latest');

-- CreateEnum
CREATE TYPE "notice_state" AS ENUM ('PENDING', 'SENT', 'SKIPPED', 'WITHDRAWN', 'UNREACHABLE', 'DEAD');

-- CreateTable
CREATE TABLE "communities" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "slug" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "communities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spaces" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "platform" TEXT NOT NULL,
  "external_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "mentors_channel" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "spaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "time_zone" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "space_id" UUID NOT NULL,
  "user_id" TEXT NOT NULL,
  "is_mentor" BOOLEAN NOT NULL DEFAULT false,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mini_mentorship_requests" (
  "id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "student_id" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "session_type" "session_type" NOT NULL,
  "description" TEXT NOT NULL,
  "duration_minutes" INTEGER NOT NULL,
  "urgency" "urgency" NOT NULL,
  "preferred_times" JSONB NOT NULL,
  "tags" TEXT[],
  "status" "request_status" NOT NULL DEFAULT 'OPEN',
  "mentor_id" UUID,
  "claimed_at" TIMESTAMPTZ(3),
  "released_by_id" UUID,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "mini_mentorship_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mini_mentorship_sessions" (
  "id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "request_id" UUID NOT NULL,
  "mentor_id" UUID NOT NULL,
  "student_id" UUID NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "duration_minutes" INTEGER NOT NULL,
  "status" "session_status" NOT NULL DEFAULT 'SCHEDULED',
  "meeting_state" "meeting_state" NOT NULL,
  "meeting_provider" TEXT,
  "meeting_link" TEXT,
  "meeting_event_id" TEXT,
  "student_joined_at" TIMESTAMPTZ(3),
  "mentor_joined_at" TIMESTAMPTZ(3),
  "asked_at" TIMESTAMPTZ(3),
  "outcome" "outcome",
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "mini_mentorship_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mini_mentorship_availability" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "mentor_id" UUID NOT NULL,
  "time_zone" TEXT NOT NULL,
  "weekday" SMALLINT,
  "on_date" DATE,
  "from_minute" SMALLINT,
  "to_minute" SMALLINT,

  CONSTRAINT "mini_mentorship_availability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feedback" (
  "session_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "rating" SMALLINT NOT NULL,
  "comment" TEXT NOT NULL,
  "given_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "feedback_pkey" PRIMARY KEY ("session_id","member_id")
);

-- CreateTable
CREATE TABLE "notices" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "recipient" "recipient" NOT NULL,
  "member_id" UUID,
  "space_id" UUID,
  "mode" "notice_mode" NOT NULL,
  "request_id" UUID NOT NULL,
  "session_id" UUID,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "detail" JSONB NOT NULL DEFAULT '{}',
  "state" "notice_state" NOT NULL DEFAULT 'PENDING',
  "version" INTEGER NOT NULL DEFAULT 1,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "leased_until" TIMESTAMPTZ(3),
  "why" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posts" (
  "notice_key" TEXT NOT NULL,
  "platform" TEXT NOT NULL,
  "space_id" TEXT NOT NULL,
  "channel_id" TEXT NOT NULL,
  "message_id" TEXT NOT NULL,
  "put_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "posts_pkey" PRIMARY KEY ("notice_key")
);

-- CreateTable
CREATE TABLE "audit_log" (
  "id" BIGSERIAL NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
  "community_id" UUID NOT NULL,
  "actor_id" UUID,
  "action" TEXT NOT NULL,
  "request_id" UUID NOT NULL,
  "session_id" UUID,
  "from_status" "request_status",
  "to_status" "request_status" NOT NULL,

  CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "community_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "intent" TEXT NOT NULL,
  "args" JSONB NOT NULL,
  "values" JSONB NOT NULL,
  "kept_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "communities_slug_key" ON "communities"("slug");

-- CreateIndex
CREATE INDEX "spaces_community_id_idx" ON "spaces"("community_id");

-- CreateIndex
CREATE UNIQUE INDEX "spaces_platform_external_id_key" ON "spaces"("platform", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "spaces_id_community_id_key" ON "spaces"("id", "community_id");

-- CreateIndex
CREATE INDEX "members_community_id_idx" ON "members"("community_id");

-- CreateIndex
CREATE UNIQUE INDEX "members_id_community_id_key" ON "members"("id", "community_id");

-- CreateIndex
CREATE INDEX "accounts_member_id_last_seen_at_idx" ON "accounts"("member_id", "last_seen_at");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_space_id_user_id_key" ON "accounts"("space_id", "user_id");

-- CreateIndex
CREATE INDEX "mini_mentorship_requests_community_id_status_created_at_idx" ON "mini_mentorship_requests"("community_id", "status", "created_at");

-- CreateIndex
CREATE INDEX "mini_mentorship_requests_student_id_created_at_idx" ON "mini_mentorship_requests"("student_id", "created_at");

-- CreateIndex
CREATE INDEX "mini_mentorship_requests_mentor_id_created_at_idx" ON "mini_mentorship_requests"("mentor_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "mini_mentorship_requests_id_community_id_student_id_key" ON "mini_mentorship_requests"("id", "community_id", "student_id");

-- CreateIndex
CREATE INDEX "mini_mentorship_sessions_request_id_idx" ON "mini_mentorship_sessions"("request_id");

-- CreateIndex
CREATE INDEX "mini_mentorship_sessions_mentor_id_starts_at_idx" ON "mini_mentorship_sessions"("mentor_id", "starts_at");

-- CreateIndex
CREATE INDEX "mini_mentorship_sessions_student_id_starts_at_idx" ON "mini_mentorship_sessions"("student_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "mini_mentorship_sessions_id_community_id_key" ON "mini_mentorship_sessions"("id", "community_id");

-- CreateIndex
CREATE INDEX "mini_mentorship_availability_mentor_id_idx" ON "mini_mentorship_availability"("mentor_id");

-- CreateIndex
CREATE UNIQUE INDEX "notices_key_key" ON "notices"("key");

-- CreateIndex
CREATE INDEX "notices_request_id_idx" ON "notices"("request_id");

-- CreateIndex
CREATE INDEX "notices_session_id_idx" ON "notices"("session_id");

-- CreateIndex
CREATE INDEX "audit_log_request_id_idx" ON "audit_log"("request_id");

-- CreateIndex
CREATE INDEX "audit_log_community_id_at_idx" ON "audit_log"("community_id", "at");

-- CreateIndex
CREATE INDEX "drafts_member_id_kept_at_idx" ON "drafts"("member_id", "kept_at");

-- AddForeignKey
ALTER TABLE "spaces" ADD CONSTRAINT "spaces_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_member_id_community_id_fkey" FOREIGN KEY ("member_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_space_id_community_id_fkey" FOREIGN KEY ("space_id", "community_id") REFERENCES "spaces"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_student_id_community_id_fkey" FOREIGN KEY ("student_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_mentor_id_community_id_fkey" FOREIGN KEY ("mentor_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_requests" ADD CONSTRAINT "mini_mentorship_requests_released_by_id_community_id_fkey" FOREIGN KEY ("released_by_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "mini_mentorship_sessions_request_id_community_id_student_i_fkey" FOREIGN KEY ("request_id", "community_id", "student_id") REFERENCES "mini_mentorship_requests"("id", "community_id", "student_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "mini_mentorship_sessions_mentor_id_community_id_fkey" FOREIGN KEY ("mentor_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_sessions" ADD CONSTRAINT "mini_mentorship_sessions_student_id_community_id_fkey" FOREIGN KEY ("student_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mini_mentorship_availability" ADD CONSTRAINT "mini_mentorship_availability_mentor_id_community_id_fkey" FOREIGN KEY ("mentor_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_session_id_community_id_fkey" FOREIGN KEY ("session_id", "community_id") REFERENCES "mini_mentorship_sessions"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_member_id_community_id_fkey" FOREIGN KEY ("member_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_member_id_community_id_fkey" FOREIGN KEY ("member_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_space_id_community_id_fkey" FOREIGN KEY ("space_id", "community_id") REFERENCES "spaces"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "mini_mentorship_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_session_id_community_id_fkey" FOREIGN KEY ("session_id", "community_id") REFERENCES "mini_mentorship_sessions"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_member_id_community_id_fkey" FOREIGN KEY ("member_id", "community_id") REFERENCES "members"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on by hand: what Prisma's schema cannot say.

-- What must never be false, whoever writes.
ALTER TABLE "mini_mentorship_requests"
  ADD CONSTRAINT "request_title_length" CHECK (char_length(title) BETWEEN 1 AND 120),
  ADD CONSTRAINT "request_description_length" CHECK (char_length(description) <= 2000),
  ADD CONSTRAINT "request_duration" CHECK (duration_minutes IN (30, 45, 60)),
  ADD CONSTRAINT "request_tags" CHECK (tags IS NOT NULL AND cardinality(tags) <= 10),
  ADD CONSTRAINT "request_preferred_times" CHECK (
    CASE jsonb_typeof(preferred_times) WHEN 'array' THEN jsonb_array_length(preferred_times) <= 5 ELSE false END
  ),
  ADD CONSTRAINT "request_mentor_fits_status" CHECK (
    CASE
      WHEN status IN ('CLAIMED', 'SCHEDULED', 'COMPLETED') THEN mentor_id IS NOT NULL AND claimed_at IS NOT NULL
      WHEN status IN ('OPEN', 'EXPIRED') THEN mentor_id IS NULL AND claimed_at IS NULL
      ELSE (mentor_id IS NULL) = (claimed_at IS NULL)
    END
  ),
  ADD CONSTRAINT "request_is_not_claimed_by_its_student" CHECK (mentor_id <> student_id),
  ADD CONSTRAINT "request_released_while_open" CHECK (released_by_id IS NULL OR status = 'OPEN');

ALTER TABLE "mini_mentorship_sessions"
  ADD CONSTRAINT "session_of_two_people" CHECK (mentor_id <> student_id),
  ADD CONSTRAINT "session_duration" CHECK (duration_minutes IN (30, 45, 60)),
  ADD CONSTRAINT "session_ready_meeting_has_link" CHECK (meeting_state <> 'READY' OR meeting_link IS NOT NULL);

ALTER TABLE "mini_mentorship_availability"
  ADD CONSTRAINT "availability_is_weekly_or_override" CHECK ((weekday IS NULL) <> (on_date IS NULL)),
  ADD CONSTRAINT "availability_weekday" CHECK (weekday BETWEEN 1 AND 7),
  ADD CONSTRAINT "availability_minutes" CHECK (
    CASE
      WHEN from_minute IS NULL AND to_minute IS NULL THEN on_date IS NOT NULL
      ELSE from_minute IS NOT NULL AND to_minute IS NOT NULL
        AND from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440
    END
  );

ALTER TABLE "feedback" ADD CONSTRAINT "feedback_rating" CHECK (rating BETWEEN 1 AND 5);

ALTER TABLE "notices" ADD CONSTRAINT "notice_names_its_recipient" CHECK (
  (recipient = 'member') = (member_id IS NOT NULL) AND (recipient = 'mentors') = (space_id IS NOT NULL)
);

CREATE UNIQUE INDEX "sessions_one_live_a_request_partial" ON "mini_mentorship_sessions" (request_id)
  WHERE status IN ('SCHEDULED', 'COMPLETED');

-- For the clock and the courier, who look at the few rows that wait.
CREATE INDEX "requests_open_by_expiry_partial" ON "mini_mentorship_requests" (expires_at) WHERE status = 'OPEN';
CREATE INDEX "sessions_scheduled_by_start_partial" ON "mini_mentorship_sessions" (starts_at)
  WHERE status = 'SCHEDULED';
CREATE INDEX "notices_pending_by_due_partial" ON "notices" (due_at) WHERE state = 'PENDING';
CREATE INDEX "notices_unreachable_partial" ON "notices" (member_id) WHERE state = 'UNREACHABLE';
CREATE INDEX "notices_dead_partial" ON "notices" (due_at) WHERE state = 'DEAD';

-- Two roles without a login. Whoever connects takes on one of them for each transaction.
-- Roles belong to the whole server, so another database may make the same ones at this moment.
DO $$
DECLARE
  wanted text;
  modern boolean := current_setting('server_version_num')::int >= 160000;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['mini_mentorship_member', 'mini_mentorship_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'the role % is missing, and % may not create it', wanted, current_user
            USING ERRCODE = 'insufficient_privilege',
              DETAIL = format('An administrator can run: CREATE ROLE %I NOLOGIN; GRANT %1$I TO %I;', wanted, current_user);
      END;
    END IF;
    IF NOT pg_has_role(current_user, wanted, CASE WHEN modern THEN 'SET' ELSE 'MEMBER' END) THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', wanted) || CASE WHEN modern THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
      EXCEPTION
        WHEN unique_violation THEN NULL;
        WHEN insufficient_privilege OR invalid_grant_operation THEN
          RAISE EXCEPTION '% may not take on the role %', current_user, wanted
            USING ERRCODE = 'insufficient_privilege',
              DETAIL = format('An administrator can run: GRANT %I TO %I;', wanted, current_user);
      END;
    END IF;
  END LOOP;
END $$;

-- Who acts: set together with the role, for one transaction. Afterwards such a setting reads '', not NULL.
CREATE FUNCTION claimed_community() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.community', true), '')::uuid;
CREATE FUNCTION claimed_member() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.member', true), '')::uuid;
CREATE FUNCTION claims_mentor() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.is_mentor', true) = 'true', false);

-- What members may touch at all. The columns that are left out never change: whose a row is, and what it is about.
GRANT USAGE ON SCHEMA public TO mini_mentorship_member, mini_mentorship_worker;
GRANT SELECT ON communities, spaces, members, accounts, mini_mentorship_requests, mini_mentorship_sessions,
  mini_mentorship_availability, feedback, notices, drafts TO mini_mentorship_member;
GRANT INSERT ON mini_mentorship_requests, mini_mentorship_sessions, mini_mentorship_availability, feedback, notices,
  audit_log, drafts TO mini_mentorship_member;
GRANT UPDATE (title, session_type, description, duration_minutes, urgency, preferred_times, tags, status, mentor_id,
  claimed_at, expires_at) ON mini_mentorship_requests TO mini_mentorship_member;
GRANT UPDATE (starts_at, duration_minutes, status, meeting_state, meeting_provider, meeting_link, meeting_event_id,
  student_joined_at, mentor_joined_at, asked_at, outcome) ON mini_mentorship_sessions TO mini_mentorship_member;
GRANT UPDATE (time_zone, weekday, on_date, from_minute, to_minute), DELETE
  ON mini_mentorship_availability TO mini_mentorship_member;
GRANT UPDATE (due_at, detail, state, version, attempts, why, finished_at) ON notices TO mini_mentorship_member;
GRANT UPDATE (intent, args, "values", kept_at), DELETE ON drafts TO mini_mentorship_member;

GRANT SELECT, INSERT, UPDATE, DELETE ON communities, spaces, members, accounts, mini_mentorship_requests,
  mini_mentorship_sessions, mini_mentorship_availability, feedback, notices, posts, drafts TO mini_mentorship_worker;
GRANT SELECT, INSERT ON audit_log TO mini_mentorship_worker;
GRANT USAGE ON SEQUENCE audit_log_id_seq TO mini_mentorship_member, mini_mentorship_worker;

-- Row level security. Without a role and claims nobody sees a row, the tables' owner included. The worker's policy
-- asks for the role that is taken on: before PostgreSQL 16, a login also inherits what its roles may do.
DO $$
DECLARE
  protected regclass;
BEGIN
  FOREACH protected IN ARRAY ARRAY['communities', 'spaces', 'members', 'accounts', 'mini_mentorship_requests',
    'mini_mentorship_sessions', 'mini_mentorship_availability', 'feedback', 'notices', 'posts', 'audit_log',
    'drafts']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('CREATE POLICY worker ON %s TO mini_mentorship_worker '
      'USING (current_user = ''mini_mentorship_worker'')', protected);
  END LOOP;
END $$;

-- Members of a community know each other.
CREATE POLICY own ON communities FOR SELECT TO mini_mentorship_member USING (id = claimed_community());
CREATE POLICY same_community ON spaces FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community());
CREATE POLICY same_community ON members FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community());
CREATE POLICY same_community ON accounts FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community());

-- A student's own; a mentor's claims, even of one who is a mentor no longer; what is open to mentors. Who gave a
-- request back sees it while it is open: the row that they write must be one that they may see.
CREATE POLICY sees ON mini_mentorship_requests FOR SELECT TO mini_mentorship_member USING (
  community_id = claimed_community() AND (
    student_id = claimed_member() OR mentor_id = claimed_member() OR released_by_id = claimed_member()
    OR (claims_mentor() AND status = 'OPEN')
  )
);
CREATE POLICY opens ON mini_mentorship_requests FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND student_id = claimed_member() AND status = 'OPEN'
);
CREATE POLICY changes ON mini_mentorship_requests FOR UPDATE TO mini_mentorship_member USING (
  community_id = claimed_community() AND (
    student_id = claimed_member() OR mentor_id = claimed_member() OR released_by_id = claimed_member()
    OR (claims_mentor() AND status = 'OPEN')
  )
) WITH CHECK (
  community_id = claimed_community() AND (
    student_id = claimed_member() OR mentor_id = claimed_member() OR released_by_id = claimed_member()
    OR (claims_mentor() AND status = 'OPEN')
  )
);

CREATE POLICY sees ON mini_mentorship_sessions FOR SELECT TO mini_mentorship_member USING (
  community_id = claimed_community() AND claimed_member() IN (student_id, mentor_id)
);
CREATE POLICY plans ON mini_mentorship_sessions FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND mentor_id = claimed_member() AND EXISTS (
    SELECT FROM mini_mentorship_requests request WHERE request.id = request_id AND request.mentor_id = claimed_member()
  )
);
CREATE POLICY changes ON mini_mentorship_sessions FOR UPDATE TO mini_mentorship_member USING (
  community_id = claimed_community() AND claimed_member() IN (student_id, mentor_id)
) WITH CHECK (
  community_id = claimed_community() AND claimed_member() IN (student_id, mentor_id)
);

CREATE POLICY same_community ON mini_mentorship_availability FOR SELECT TO mini_mentorship_member
  USING (community_id = claimed_community());
CREATE POLICY own_new ON mini_mentorship_availability FOR INSERT TO mini_mentorship_member
  WITH CHECK (community_id = claimed_community() AND mentor_id = claimed_member());
CREATE POLICY own_change ON mini_mentorship_availability FOR UPDATE TO mini_mentorship_member
  USING (community_id = claimed_community() AND mentor_id = claimed_member())
  WITH CHECK (community_id = claimed_community() AND mentor_id = claimed_member());
CREATE POLICY own_delete ON mini_mentorship_availability FOR DELETE TO mini_mentorship_member
  USING (community_id = claimed_community() AND mentor_id = claimed_member());

-- The student never sees what the mentor said.
CREATE POLICY sees ON feedback FOR SELECT TO mini_mentorship_member USING (
  community_id = claimed_community() AND (
    member_id = claimed_member() OR EXISTS (
      SELECT FROM mini_mentorship_sessions session
      WHERE session.id = session_id AND session.mentor_id = claimed_member()
    )
  )
);
CREATE POLICY gives ON feedback FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND member_id = claimed_member() AND EXISTS (
    SELECT FROM mini_mentorship_sessions session
    WHERE session.id = session_id AND claimed_member() IN (session.student_id, session.mentor_id)
  )
);

-- Notices follow the request: row level security holds inside this EXISTS too.
CREATE POLICY sees ON notices FOR SELECT TO mini_mentorship_member USING (
  community_id = claimed_community() AND EXISTS (
    SELECT FROM mini_mentorship_requests request
    WHERE request.id = request_id AND request.community_id = notices.community_id
  )
);
CREATE POLICY tells ON notices FOR INSERT TO mini_mentorship_member WITH CHECK (
  community_id = claimed_community() AND EXISTS (
    SELECT FROM mini_mentorship_requests request
    WHERE request.id = request_id AND request.community_id = notices.community_id
  )
);
CREATE POLICY tells_again ON notices FOR UPDATE TO mini_mentorship_member USING (
  community_id = claimed_community() AND EXISTS (
    SELECT FROM mini_mentorship_requests request
    WHERE request.id = request_id AND request.community_id = notices.community_id
  )
);

CREATE POLICY records ON audit_log FOR INSERT TO mini_mentorship_member
  WITH CHECK (community_id = claimed_community() AND actor_id = claimed_member());

CREATE POLICY own ON drafts TO mini_mentorship_member
  USING (community_id = claimed_community() AND member_id = claimed_member());

-- Policies see only the new row of an UPDATE, so this looks at both: a member takes a request for themselves or
-- gives back their own, and nobody else's hands are moved.
CREATE FUNCTION guard_request_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'mini_mentorship_member' AND NEW.mentor_id IS DISTINCT FROM OLD.mentor_id AND NOT coalesce(
    CASE
      WHEN OLD.mentor_id IS NULL THEN public.claims_mentor() AND NEW.mentor_id = public.claimed_member()
      ELSE NEW.mentor_id IS NULL AND OLD.mentor_id = public.claimed_member()
    END, false)
  THEN
    RAISE EXCEPTION 'only a mentor takes a request, and only who holds it gives it back'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.released_by_id := CASE WHEN NEW.status = 'OPEN' THEN coalesce(OLD.mentor_id, OLD.released_by_id) END;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER guard_request_hands BEFORE UPDATE ON mini_mentorship_requests
  FOR EACH ROW EXECUTE FUNCTION guard_request_hands();

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Wakes the couriers of every instance as soon as the notices are committed.
CREATE FUNCTION wake_couriers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('mini_mentorship_notices', '');
  RETURN NULL;
END $$;
CREATE TRIGGER wake_couriers AFTER INSERT ON notices FOR EACH STATEMENT EXECUTE FUNCTION wake_couriers();

-- What the card in the mentors channel shows anyway: a mentor who lost a race reads here who won. It runs as the
-- tables' owner, whom the two policies below let see rows while this function reads.
CREATE FUNCTION request_outline(wanted uuid)
  RETURNS TABLE (status request_status, mentor_id uuid, mentor_name text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT public.claims_mentor() THEN RETURN; END IF;
  PERFORM set_config('app.outline', 'on', true);
  RETURN QUERY
    SELECT request.status, mentor.id, mentor.name
    FROM public.mini_mentorship_requests request LEFT JOIN public.members mentor ON mentor.id = request.mentor_id
    WHERE request.id = wanted AND request.community_id = public.claimed_community();
  PERFORM set_config('app.outline', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION request_outline(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_outline(uuid) TO mini_mentorship_member;
CREATE POLICY outline ON mini_mentorship_requests FOR SELECT TO CURRENT_USER
  USING (current_setting('app.outline', true) = 'on');
CREATE POLICY outline ON members FOR SELECT TO CURRENT_USER USING (current_setting('app.outline', true) = 'on');
