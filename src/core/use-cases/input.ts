import { z } from 'zod';
import { MINUTE } from '../time.ts';

/** How many requests a list shows at once: what fits a message on every platform with its buttons. */
export const PAGE_SIZE = 5;

export const Id = z.uuid();
/** Minutes after midnight on a clock. */
export const minuteOfDay = z.coerce.number().int().min(0).max(1439);
export const requestInput = z.object({ requestId: Id });
export const pageInput = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });
/** What was typed with commas between: in lower case, none twice. @param most how many, each of at most `length` */
export const tagList = (most: number, length: number) =>
  z
    .array(z.string().trim().max(length))
    .transform((tags) => [...new Set(tags.filter((tag) => tag !== '').map((tag) => tag.toLowerCase()))])
    .pipe(z.array(z.string()).max(most))
    .default([]);
/** An instant, as ISO text with an offset. */
export const InstantText = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
/** When to meet: at a full minute. The seconds of "in two hours" are left off. */
export const MeetingTime = InstantText.transform(
  (at) => new Date(Math.floor(at.getTime() / MINUTE) * MINUTE),
);

/** Of a link to a video call. */
export const LINK_LIMIT = 500;
/** The address of a video call. */
export const HttpsLink = z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(LINK_LIMIT);

export const REASON_LIMIT = 300;
/** Why somebody moves or calls off; may be empty. */
export const Reason = z.string().trim().max(REASON_LIMIT).default('');

/** A time from a button that carries it (`startsAt`), or from a form (`time`). */
export const TimeOrButton = {
  startsAt: MeetingTime.optional(),
  time: z.array(z.object({ start: MeetingTime, end: MeetingTime.nullable() })).optional(),
};

/** The one time that was given, if any. */
export const timeOf = (given: { startsAt?: Date | undefined; time?: { start: Date }[] | undefined }) =>
  given.startsAt ?? given.time?.[0]?.start;

export const QUESTION_LIMIT = 1000;
/** A question, or the answer to one. */
export const Words = z.string().trim().min(1).max(QUESTION_LIMIT);
