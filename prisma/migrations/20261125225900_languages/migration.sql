-- The language in which a member reads, such as "es": what is sent to them by direct message is worded in it.
ALTER TABLE "members" ADD COLUMN "language" TEXT;
ALTER TABLE "members" ADD CONSTRAINT "member_language" CHECK (language ~ '^[a-z]{2,3}$');
