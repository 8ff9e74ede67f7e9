-- What a community's requests were like lately: tags and times, and nothing of whose they were. Both run as the tables'
-- owner, whom policies named "outline" let see rows while they read.
CREATE FUNCTION tags_in_use(since timestamptz) RETURNS TABLE (tag text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.outline', 'on', true);
  RETURN QUERY
    SELECT used.word FROM (
      SELECT unnest(request.tags) AS word FROM public.mini_mentorship_requests request
      WHERE request.community_id = public.claimed_community() AND request.created_at >= since
      UNION ALL
      SELECT unnest(member.topics) FROM public.members member
      WHERE member.community_id = public.claimed_community()
    ) used GROUP BY used.word ORDER BY count(*) DESC, used.word LIMIT 500;
  PERFORM set_config('app.outline', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION tags_in_use(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tags_in_use(timestamptz) TO mini_mentorship_member;

-- Minutes from asking to the claim, the newest first; NULL where nobody has claimed. Requests that were taken back
-- before anybody claimed them say nothing.
CREATE FUNCTION claim_waits(since timestamptz, until timestamptz) RETURNS TABLE (minutes integer)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('app.outline', 'on', true);
  RETURN QUERY
    SELECT ceil(extract(epoch FROM request.claimed_at - request.created_at) / 60)::int
    FROM public.mini_mentorship_requests request
    WHERE request.community_id = public.claimed_community()
      AND request.created_at >= since AND request.created_at < until
      AND (request.claimed_at IS NOT NULL OR request.status <> 'CANCELLED')
    ORDER BY request.created_at DESC LIMIT 500;
  PERFORM set_config('app.outline', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION claim_waits(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_waits(timestamptz, timestamptz) TO mini_mentorship_member;
