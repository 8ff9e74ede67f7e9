-- Accounts that opened the bot's Home on their platform, and what of it they look at.
CREATE TABLE "homes" (
  "account_id" UUID NOT NULL,
  "community_id" UUID NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "pages" JSONB NOT NULL DEFAULT '{}',

  CONSTRAINT "homes_pkey" PRIMARY KEY ("account_id")
);
CREATE UNIQUE INDEX "accounts_id_community_id_key" ON "accounts"("id", "community_id");
CREATE INDEX "homes_community_id_opened_at_idx" ON "homes"("community_id", "opened_at");
ALTER TABLE "homes" ADD CONSTRAINT "homes_account_id_community_id_fkey" FOREIGN KEY ("account_id", "community_id") REFERENCES "accounts"("id", "community_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Everybody keeps their own; the worker shows them.
GRANT SELECT, INSERT ON homes TO mini_mentorship_member;
GRANT UPDATE (opened_at, pages) ON homes TO mini_mentorship_member;
GRANT SELECT, INSERT, UPDATE, DELETE ON homes TO mini_mentorship_worker;
ALTER TABLE homes ENABLE ROW LEVEL SECURITY;
ALTER TABLE homes FORCE ROW LEVEL SECURITY;
CREATE POLICY worker ON homes TO mini_mentorship_worker USING (current_user = 'mini_mentorship_worker');
CREATE POLICY own ON homes TO mini_mentorship_member USING (
  community_id = claimed_community()
  AND EXISTS (SELECT FROM accounts WHERE accounts.id = account_id AND accounts.member_id = claimed_member())
);

-- A Home is about no single request. Its notice names the account.
ALTER TABLE "notices" ALTER COLUMN "request_id" DROP NOT NULL;
ALTER TYPE "recipient" ADD VALUE 'home';

-- Whoever changes something does not see whose Homes show it, nor may they write to those people. So this function,
-- which runs as the tables' owner, makes the Homes of a community due to be shown anew: at once that of who acts, and at
-- most every two seconds those of the other `people`; those of all mentors or coordinators, when it concerns them, at
-- most every quarter of a minute and one after the other, because a platform takes about two a second. Who has not
-- opened theirs for two weeks sees the present state when they do. Rows are taken in one order, so that two changes at
-- once do not wait for each other in a circle.
CREATE FUNCTION refresh_homes(community uuid, people uuid[], mentors boolean, coordinators boolean) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF community IS DISTINCT FROM public.claimed_community()
    AND current_setting('role', true) IS DISTINCT FROM 'mini_mentorship_worker' THEN RETURN; END IF;
  PERFORM set_config('app.homes', 'on', true);
  INSERT INTO public.notices (community_id, key, kind, recipient, mode, due_at, detail)
    SELECT shown.community_id, 'home:' || shown.account_id, 'home', 'home', 'latest',
      greatest(post.put_at + shown.pause, clock_timestamp() + shown.turn), jsonb_build_object('account', shown.account_id)
    FROM (
      SELECT home.account_id, home.community_id,
        CASE
          WHEN account.member_id = public.claimed_member() THEN interval '0'
          WHEN account.member_id = ANY (people) THEN interval '2 seconds'
          ELSE interval '15 seconds'
        END AS pause,
        interval '600 milliseconds' * CASE WHEN account.member_id = ANY (people) THEN 0 ELSE row_number() OVER (
          PARTITION BY account.member_id = ANY (people) ORDER BY home.opened_at DESC
        ) - 1 END AS turn
      FROM public.homes home JOIN public.accounts account ON account.id = home.account_id
      WHERE home.community_id = community AND (
        account.member_id = ANY (people)
        OR ((mentors AND account.is_mentor OR coordinators AND account.is_coordinator)
          AND home.opened_at > clock_timestamp() - interval '14 days')
      )
    ) shown LEFT JOIN public.posts post ON post.notice_key = 'home:' || shown.account_id
    ORDER BY shown.account_id
  ON CONFLICT (key) DO UPDATE SET state = 'PENDING', detail = excluded.detail, version = notices.version + 1,
    attempts = 0, finished_at = NULL, due_at = CASE
      -- What waits because the platform asked for patience goes on waiting.
      WHEN notices.state = 'PENDING' AND notices.why IS NOT NULL THEN notices.due_at
      WHEN notices.state = 'PENDING' THEN least(notices.due_at, excluded.due_at)
      ELSE excluded.due_at
    END, why = CASE WHEN notices.state = 'PENDING' THEN notices.why END;
  PERFORM set_config('app.homes', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION refresh_homes(uuid, uuid[], boolean, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_homes(uuid, uuid[], boolean, boolean) TO mini_mentorship_member, mini_mentorship_worker;
CREATE POLICY refresh ON homes FOR SELECT TO CURRENT_USER USING (current_setting('app.homes', true) = 'on');
CREATE POLICY refresh ON accounts FOR SELECT TO CURRENT_USER USING (current_setting('app.homes', true) = 'on');
CREATE POLICY refresh ON posts FOR SELECT TO CURRENT_USER USING (current_setting('app.homes', true) = 'on');
CREATE POLICY refresh_seen ON notices FOR SELECT TO CURRENT_USER
  USING (current_setting('app.homes', true) = 'on' AND kind = 'home');
CREATE POLICY refresh_new ON notices FOR INSERT TO CURRENT_USER
  WITH CHECK (current_setting('app.homes', true) = 'on' AND kind = 'home');
CREATE POLICY refresh_again ON notices FOR UPDATE TO CURRENT_USER
  USING (current_setting('app.homes', true) = 'on' AND kind = 'home');
