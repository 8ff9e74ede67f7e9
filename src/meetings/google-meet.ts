import type { calendar_v3 } from 'googleapis/build/src/apis/calendar/index.js';
import { type Meeting, MeetingError, type MeetingProvider, type MeetingWish } from '../core/ports.ts';
import { after, MINUTE, SECOND } from '../core/time.ts';
import { GOOGLE_SCOPES, type GoogleIdentity, loadCalendar, openGoogle } from './google-auth.ts';
import { commonRemedy, delegationOf, toMeetingError } from './google-errors.ts';
import { type Refusal, readRefusal, statusOf } from './google-refusal.ts';

export interface GoogleMeetSettings {
  provider: 'google-meet';
  identity: GoogleIdentity;
  /** Calendar that holds the meetings. Default "primary": the organiser's own. */
  calendarId?: string | undefined;
  /** Another address of the Calendar API: scheme, host and port. Default Google's. */
  apiUrl?: string | undefined;
  /** Another address of the token endpoint. Default Google's. */
  tokenUrl?: string | undefined;
  /** How long one HTTP request may take. Default 10 000. */
  timeoutMs?: number | undefined;
}

type Event = calendar_v3.Schema$Event;

/**
 * Meetings as events of a Google calendar, each with a Meet link.
 * The event's id follows from the session's, so a repeated or doubtful insert meets its own event (409), never a
 * second one. https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
 */
export function googleMeet(settings: GoogleMeetSettings): MeetingProvider {
  const { identity, calendarId = 'primary', timeoutMs = 10 * SECOND } = settings;
  const ask = openGoogle({ ...settings, timeoutMs }, GOOGLE_SCOPES, loadCalendar);
  const wording = {
    identity,
    scopes: GOOGLE_SCOPES,
    remedyOf: (refusal: Refusal) => calendarRemedy(refusal, identity, calendarId),
  };

  /** Runs `work`; whatever Google refuses leaves as a MeetingError. */
  async function worded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toMeetingError(error, wording);
    }
  }

  /** The new event, or undefined when an earlier call made it. */
  async function insert(wish: MeetingWish): Promise<Event | undefined> {
    const id = eventIdOf(wish.sessionId);
    const requestBody = {
      id,
      ...wordsOf(wish),
      ...timesOf(wish),
      conferenceData: meetRequest(id),
      ...guestsOf(wish.guests),
    };
    try {
      return await ask(({ events }) =>
        events.insert({ calendarId, conferenceDataVersion: 1, sendUpdates: 'all', requestBody }),
      );
    } catch (error) {
      if (statusOf(error) === 409) return undefined;
      throw error;
    }
  }

  /** The event of an earlier call, put right where it no longer matches the wish. */
  async function find(wish: MeetingWish): Promise<Event> {
    const eventId = eventIdOf(wish.sessionId);
    const event = await ask(({ events }) => events.get({ calendarId, eventId }));
    const requestBody = correction(event, wish);
    if (!requestBody) return event;
    return ask(({ events }) =>
      events.patch({ calendarId, eventId, conferenceDataVersion: 1, sendUpdates: 'all', requestBody }),
    );
  }

  const make = async (wish: MeetingWish): Promise<Event> => (await insert(wish)) ?? (await find(wish));

  /** Nobody goes without a meeting because an invitation cannot be sent. */
  async function makeWithGuests(wish: MeetingWish): Promise<Meeting> {
    try {
      return meetingOf(await make(wish));
    } catch (error) {
      if (wish.guests.length === 0 || !refusesGuests(error)) throw error;
      const meeting = meetingOf(await make({ ...wish, guests: [] }));
      return meeting.state === 'ready' ? { ...meeting, uninvited: whyUninvited(error) } : meeting;
    }
  }

  return {
    name: 'google-meet',

    create: (wish) => worded(() => makeWithGuests(wish)),

    cancel: ({ sessionId }) =>
      worded(async () => {
        try {
          await ask(({ events }) =>
            events.delete({ calendarId, eventId: eventIdOf(sessionId), sendUpdates: 'all' }),
          );
        } catch (error) {
          const status = statusOf(error);
          if (status !== 404 && status !== 410) throw error;
        }
      }),

    check: () =>
      worded(async () => {
        if (identity.kind === 'service-account' && !identity.subject) {
          throw new MeetingError(
            'setup',
            'GOOGLE_SUBJECT is missing: a service account has no Google Meet of its own and must act for a person. Set it to the address of the organiser.',
          );
        }
        const { accessRole } = await ask(({ events }) => events.list({ calendarId, maxResults: 1 }));
        if (!accessRole || READ_ONLY_ROLES.has(accessRole)) {
          throw new MeetingError(
            'setup',
            `This account may only read the calendar "${calendarId}" (as ${accessRole}): share it with "Make changes to events".`,
          );
        }
        const { conferenceProperties } = await ask(({ calendars }) => calendars.get({ calendarId }));
        if (!conferenceProperties?.allowedConferenceSolutionTypes?.includes('hangoutsMeet')) {
          throw new MeetingError(
            'setup',
            `The calendar "${calendarId}" may have no Google Meet links. Switch Meet on for its owner, or name another calendar in GOOGLE_CALENDAR_ID.`,
          );
        }
      }),
  };
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/list (accessRole) */
const READ_ONLY_ROLES = new Set(['none', 'freeBusyReader', 'reader']);

/** The hex digits of the session's UUID: legal as an event id, which takes a–v and 0–9, 5 to 1024 of them. */
function eventIdOf(sessionId: string): string {
  const id = sessionId.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(id)) throw new TypeError(`A session's id must be a UUID, not "${sessionId}".`);
  return id;
}

/** Descriptions are HTML at Google, titles are not: what a person wrote must stay what they wrote. */
function wordsOf({ title, description }: MeetingWish): Event {
  const escaped = description.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { summary: title, description: escaped };
}

function timesOf({ start, durationMinutes }: MeetingWish): { start: Time; end: Time } {
  const end = after(start, durationMinutes * MINUTE);
  return {
    start: { dateTime: start.toISOString(), timeZone: 'UTC' },
    end: { dateTime: end.toISOString(), timeZone: 'UTC' },
  };
}

interface Time {
  dateTime: string;
  timeZone: 'UTC';
}

/** Google ignores a request whose id it has seen on this event, so repeating one never changes the link. */
function meetRequest(requestId: string): Event['conferenceData'] {
  return { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } };
}

/** Guests do not see each other, or everybody would be shown their addresses. */
function guestsOf(guests: readonly string[]): Event {
  if (guests.length === 0) return {};
  return {
    attendees: guests.map((email) => ({ email })),
    guestsCanSeeOtherGuests: false,
    ...invited(guests),
  };
}

/** Which of the guests we invited, so that those whom somebody adds by hand are left alone. */
const invited = (guests: readonly string[]): Event => ({
  extendedProperties: { private: { invited: guests.join(' ') } },
});

/** Who is to be invited now; undefined when the right ones are. */
function correctedGuests(event: Event, guests: readonly string[]): Event | undefined {
  const ours = event.extendedProperties?.private?.invited?.split(' ').filter(Boolean) ?? [];
  if (guests.length === ours.length && guests.every((guest) => ours.includes(guest))) return undefined;
  const attendees = event.attendees ?? [];
  const is = (email: string) => (guest: { email?: string | null }) =>
    guest.email?.toLowerCase() === email.toLowerCase();
  const others = attendees.filter((guest) => ![...ours, ...guests].some((email) => is(email)(guest)));
  const wanted = guests.map((email) => attendees.find(is(email)) ?? { email });
  return { attendees: [...others, ...wanted], guestsCanSeeOtherGuests: false, ...invited(guests) };
}

/**
 * Whether it is the invitation that Google does not take: from a service account in its own name, or to what it knows for
 * no address. https://developers.google.com/workspace/calendar/api/guides/errors
 */
function refusesGuests(error: unknown): boolean {
  const refusal = readRefusal(error);
  return refusal?.reason === 'forbiddenForServiceAccounts' || /attendee/i.test(refusal?.message ?? '');
}

/** Google's own words may hold an address. */
function whyUninvited(error: unknown): string {
  const { status, reason } = readRefusal(error) ?? {};
  return `Google does not take an address, or may not invite from here: ${status} ${reason}`;
}

/** What to change on an event that was cancelled or moved, or whose link failed; undefined when all is well. */
function correction(event: Event, wish: MeetingWish): Event | undefined {
  const times = timesOf(wish);
  const cancelled = event.status === 'cancelled';
  const moved = !sameTime(event.start, times.start) || !sameTime(event.end, times.end);
  const linkless = !linkOf(event) && !isPending(event);
  const guests = correctedGuests(event, wish.guests);
  if (!cancelled && !moved && !linkless && !guests) return undefined;
  return {
    ...(cancelled && { status: 'confirmed', ...wordsOf(wish) }),
    ...times,
    ...guests,
    // A new id, or Google ignores the request; from the event's version, so that two bots at once ask for one link.
    ...(linkless && {
      conferenceData: meetRequest(`${eventIdOf(wish.sessionId)}-${event.etag?.replace(/\W/g, '')}`),
    }),
  };
}

/** Google answers in the calendar's own zone, so times compare as instants. */
function sameTime(a: calendar_v3.Schema$EventDateTime | undefined, b: Time): boolean {
  return Date.parse(a?.dateTime ?? '') === Date.parse(b.dateTime);
}

const isPending = (event: Event): boolean =>
  event.conferenceData?.createRequest?.status?.statusCode === 'pending';

function linkOf(event: Event): string | undefined {
  const video = event.conferenceData?.entryPoints?.find((entry) => entry.entryPointType === 'video');
  return video?.uri ?? event.hangoutLink ?? undefined;
}

function meetingOf(event: Event): Meeting {
  const eventId = event.id ?? '';
  const link = linkOf(event);
  if (link) return { state: 'ready', link, eventId };
  if (isPending(event)) return { state: 'pending', eventId };
  throw new MeetingError('later', 'Google put the meeting on the calendar but could not make its Meet link.');
}

function calendarRemedy(
  { status, reason, message }: Refusal,
  identity: GoogleIdentity,
  calendarId: string,
): string {
  if (reason === 'forbiddenForServiceAccounts' || /service accounts cannot invite/i.test(message)) {
    return `A service account may invite nobody in its own name. Set GOOGLE_SUBJECT and grant domain-wide delegation. ${delegationOf(GOOGLE_SCOPES)}`;
  }
  if (/invalid conference type/i.test(message)) {
    return identity.kind === 'service-account' && !identity.subject
      ? `A service account has no Google Meet of its own. Set GOOGLE_SUBJECT to the organiser's address. ${delegationOf(GOOGLE_SCOPES)}`
      : `The calendar "${calendarId}" may have no Google Meet links. Switch Meet on for its owner, or name another calendar in GOOGLE_CALENDAR_ID.`;
  }
  const common = commonRemedy({ status, reason, message }, GOOGLE_SCOPES, 'Google Calendar API');
  if (common) return common;
  if (status === 404)
    return `There is no calendar "${calendarId}" for this account: check GOOGLE_CALENDAR_ID.`;
  if (status === 403)
    return `This account may not write to the calendar "${calendarId}": share it with "Make changes to events".`;
  return 'Google refused the meeting.';
}
