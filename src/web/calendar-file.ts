import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type CalendarEntry, sequenceFor, standsFor } from '../core/calendar.ts';
import type { WebLinks } from '../core/ports.ts';
import { endOf } from '../core/session.ts';
import { eventDescription, eventTitle } from '../messages/calendar-words.ts';
import { worded } from '../messages/in-language.ts';
import type { Locale } from '../messages/words.ts';

/** Whose calendar it is for. */
export interface Owner {
  memberId: string;
  locale: Locale;
}

const PRODUCT = { company: 'Mini Mentorship', product: 'Mini sessions', language: 'EN' };

/**
 * Sessions as iCalendar (RFC 5545). An event keeps its UID for good, and its SEQUENCE grows with every change, so that
 * calendars put the newer one in the older one's place. No ORGANIZER and no ATTENDEE: it is an entry in one person's own
 * calendar, and nobody has to answer it.
 * @param options.method `CANCEL` takes it off the calendar again
 * @param options.name of a calendar that is looked at again and again
 */
export function calendarOf(
  entries: readonly CalendarEntry[],
  { memberId, locale }: Owner,
  links: Pick<WebLinks, 'join'>,
  options: { method: 'PUBLISH' | 'CANCEL'; name?: string },
): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod[options.method] });
  if (options.name) calendar.name(options.name).ttl(REFRESH_SECONDS);
  for (const entry of entries) {
    const { session, changedAt } = entry;
    const link = links.join(session.id, memberId);
    const stands = standsFor(entry, memberId);
    calendar.createEvent({
      id: `${session.id}@mini-mentorship`,
      sequence: sequenceFor(entry, memberId),
      start: session.startsAt,
      end: endOf(session),
      stamp: changedAt,
      lastModified: changedAt,
      summary: worded(eventTitle(entry), locale),
      description: worded(eventDescription(entry, memberId, link), locale),
      ...(stands && { location: link, url: link }),
      status: stands ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    });
  }
  return calendar.toString();
}

/** How often calendar programs are asked to look again. Most have a mind of their own. */
const REFRESH_SECONDS = 3_600;
