-- Direct messages to one member about one request are one conversation: where a platform has threads, later messages go
-- into that of the first; and only the newest message carries buttons. The card is kept as it stands without them, for
-- then, because its words were true when they were said. Only the worker reads posts.
ALTER TABLE "posts" ADD COLUMN "thread_id" TEXT, ADD COLUMN "bare_card" JSONB;
ALTER TABLE "notices" ADD COLUMN "bare" BOOLEAN NOT NULL DEFAULT false;
