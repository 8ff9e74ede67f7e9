-- Sessions that were planned before meetings were looked at once more the day before are looked at, too. The owner of the
-- tables is held by policies, too.
ALTER TABLE mini_mentorship_sessions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
INSERT INTO notices (community_id, key, kind, recipient, mode, request_id, session_id, due_at, detail)
SELECT community_id, 'meeting_check:' || id || ':' || moves, 'meeting_check', 'meetings'::recipient, 'once'::notice_mode,
  request_id, id, starts_at - interval '25 hours', jsonb_build_object('sessionId', id)
FROM mini_mentorship_sessions
WHERE status = 'SCHEDULED' AND starts_at > now() + interval '25 hours'
  AND (meeting_provider IS NOT NULL OR meeting_event_id IS NOT NULL OR meeting_state = 'WANTED')
ON CONFLICT (key) DO NOTHING;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
ALTER TABLE mini_mentorship_sessions FORCE ROW LEVEL SECURITY;
