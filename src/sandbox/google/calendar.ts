import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Answer } from '../service/answer.ts';
import { refused } from './answer.ts';
import { type ConferenceData, type ConferenceWish, requestConference, withLink } from './conference.ts';

/** An event as the calendar keeps it and answers it. */
export interface GoogleEvent {
  kind: 'calendar#event';
  etag: string;
  id: string;
  status: 'confirmed' | 'tentative' | 'cancelled';
  htmlLink: string;
  created: string;
  updated: string;
  summary?: string;
  description?: string;
  creator: { email: string };
  organizer: { email: string; self: true };
  start: GoogleTime;
  end: GoogleTime;
  iCalUID: string;
  sequence: number;
  attendees?: Attendee[];
  /** Missing: they may. */
  guestsCanSeeOtherGuests?: boolean;
  extendedProperties?: { private?: Record<string, string> };
  hangoutLink?: string;
  conferenceData?: ConferenceData;
  reminders: { useDefault: boolean };
  eventType: 'default';
}

export interface Attendee {
  email: string;
  responseStatus?: string;
}

/** A mail that Google sent to a guest because of a change. */
export interface Mail {
  to: string;
  what: 'invited' | 'changed' | 'cancelled';
  eventId: string;
}

export interface GoogleTime {
  dateTime: string;
  timeZone?: string;
}

/** What a client sends: unchecked. */
interface EventBody {
  id?: unknown;
  status?: GoogleEvent['status'];
  summary?: string;
  description?: string;
  start?: Partial<GoogleTime>;
  end?: Partial<GoogleTime>;
  attendees?: Attendee[];
  guestsCanSeeOtherGuests?: boolean;
  extendedProperties?: { private?: Record<string, string> };
  conferenceData?: ConferenceWish | null;
}

/** A calendar's own settings; tests change them. */
export interface CalendarSetup {
  id: string;
  /** Google answers times in the calendar's zone, whatever zone they came in. */
  timeZone: string;
  accessRole: 'owner' | 'writer' | 'reader';
  allowedConferenceSolutionTypes: string[];
  /** How many `get`s of a new conference still answer "pending". */
  pendingGets: number;
  /** Whether new conferences fail. */
  conferencesFail: boolean;
  /** A service account's own calendar: nobody can be invited from it. */
  ofServiceAccount: boolean;
}

/** One calendar and its events. Each operation answers, or throws what Google would answer. */
export function calendarOf(setup: CalendarSetup, now: () => Date) {
  const events = new Map<string, GoogleEvent>();
  const pendingGets = new Map<string, number>();
  const mails: Mail[] = [];
  let version = 0;

  /** Google writes to guests when it is asked to (`sendUpdates=all`). */
  function mail(before: GoogleEvent | undefined, after: GoogleEvent, query: URLSearchParams): void {
    if (query.get('sendUpdates') !== 'all') return;
    const guests = (event: GoogleEvent | undefined) =>
      event && event.status !== 'cancelled' ? (event.attendees ?? []).map(({ email }) => email) : [];
    const [had, has] = [guests(before), guests(after)];
    for (const to of new Set([...had, ...has])) {
      const what = !has.includes(to) ? 'cancelled' : had.includes(to) ? 'changed' : 'invited';
      mails.push({ to, what, eventId: after.id });
    }
  }

  function stamped(event: GoogleEvent): GoogleEvent {
    version += 1;
    const stored: GoogleEvent = {
      ...event,
      etag: `"${3_500_000_000_000 + version}"`,
      updated: now().toISOString(),
    };
    delete stored.hangoutLink;
    const link = event.conferenceData?.entryPoints?.[0]?.uri;
    if (link) stored.hangoutLink = link;
    events.set(stored.id, stored);
    return stored;
  }

  /** Conference data only counts when the client says that it knows it (`conferenceDataVersion=1`). */
  function conferenceFor(body: EventBody, query: URLSearchParams, current: GoogleEvent | undefined) {
    if (body.conferenceData === undefined || query.get('conferenceDataVersion') !== '1')
      return current?.conferenceData;
    if (body.conferenceData === null) return undefined;
    const code = setup.conferencesFail ? 'failure' : setup.pendingGets > 0 ? 'pending' : 'success';
    return requestConference(
      body.conferenceData,
      current?.conferenceData,
      setup.allowedConferenceSolutionTypes,
      code,
    );
  }

  /** https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
  function insert(body: EventBody, query: URLSearchParams): Answer {
    mayWrite(setup, body);
    const id = body.id === undefined ? createHash('md5').update(`${version}`).digest('hex') : body.id;
    // 5 to 1024 characters of base32hex: https://developers.google.com/workspace/calendar/api/v3/reference/events#id
    if (typeof id !== 'string' || !/^[a-v0-9]{5,1024}$/.test(id)) {
      throw refused(400, 'invalid', 'Invalid resource id value.');
    }
    if (events.has(id)) throw refused(409, 'duplicate', 'The requested identifier already exists.');
    const times = timesOf(body, undefined, setup.timeZone);
    const conferenceData = conferenceFor(body, query, undefined);
    const event = stamped({
      kind: 'calendar#event',
      etag: '',
      id,
      status: body.status ?? 'confirmed',
      htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${setup.id}`).toString('base64url')}`,
      created: now().toISOString(),
      updated: '',
      ...wordsOf(body),
      creator: { email: setup.id },
      organizer: { email: setup.id, self: true },
      ...times,
      iCalUID: `${id}@google.com`,
      sequence: 0,
      ...(conferenceData && { conferenceData }),
      reminders: { useDefault: true },
      eventType: 'default',
    });
    pendingGets.set(id, setup.pendingGets);
    mail(undefined, event, query);
    return { status: 200, body: event };
  }

  /** Cancelled events stay readable, so that they can be restored. */
  function get(id: string): Answer {
    const event = existing(id);
    const conference = event.conferenceData;
    if (conference?.createRequest.status.statusCode !== 'pending') return { status: 200, body: event };
    const left = pendingGets.get(id) ?? 0;
    pendingGets.set(id, left - 1);
    return {
      status: 200,
      body: left > 0 ? event : stamped({ ...event, conferenceData: withLink(conference) }),
    };
  }

  function list(query: URLSearchParams): Answer {
    const showDeleted = query.get('showDeleted') === 'true';
    const items = [...events.values()].filter((event) => showDeleted || event.status !== 'cancelled');
    const body = {
      kind: 'calendar#events',
      etag: `"p${version}"`,
      summary: setup.id,
      updated: now().toISOString(),
      timeZone: setup.timeZone,
      accessRole: setup.accessRole,
      defaultReminders: [],
      items: items.slice(0, Number(query.get('maxResults') ?? 250)),
    };
    return { status: 200, body };
  }

  /** https://developers.google.com/workspace/calendar/api/v3/reference/events/patch */
  function patch(id: string, body: EventBody, query: URLSearchParams): Answer {
    mayWrite(setup, body);
    const event = existing(id);
    const times = timesOf(body, event, setup.timeZone);
    const conferenceData = conferenceFor(body, query, event);
    if (conferenceData !== event.conferenceData) pendingGets.set(id, setup.pendingGets);
    const moved = times.start.dateTime !== event.start.dateTime || times.end.dateTime !== event.end.dateTime;
    const changed: GoogleEvent = {
      ...event,
      ...wordsOf(body),
      ...times,
      status: body.status ?? event.status,
      sequence: event.sequence + (moved ? 1 : 0),
    };
    delete changed.conferenceData;
    const stored = stamped({ ...changed, ...(conferenceData && { conferenceData }) });
    mail(event, stored, query);
    return { status: 200, body: stored };
  }

  function remove(id: string, query: URLSearchParams): Answer {
    mayWrite(setup, {});
    const event = existing(id);
    if (event.status === 'cancelled') throw refused(410, 'deleted', 'Resource has been deleted');
    mail(event, stamped({ ...event, status: 'cancelled' }), query);
    return { status: 204 };
  }

  function existing(id: string): GoogleEvent {
    const event = events.get(id);
    if (!event) throw refused(404, 'notFound', 'Not Found');
    return event;
  }

  /** https://developers.google.com/workspace/calendar/api/v3/reference/calendars */
  function describe(): Answer {
    const { id, timeZone, allowedConferenceSolutionTypes } = setup;
    const conferenceProperties = { allowedConferenceSolutionTypes };
    return {
      status: 200,
      body: { kind: 'calendar#calendar', etag: '"c1"', id, summary: id, timeZone, conferenceProperties },
    };
  }

  /** What the calendar's owner does by hand. */
  function edit(id: string, change: Partial<Pick<GoogleEvent, 'status' | 'conferenceData'>>): void {
    stamped({ ...existing(id), ...change });
  }

  return { edit, mails, setup, insert, get, list, patch, remove, describe, all: () => [...events.values()] };
}

function mayWrite(setup: CalendarSetup, body: EventBody): void {
  if (setup.accessRole === 'reader') {
    throw refused(403, 'requiredAccessLevel', 'You need to have writer access to this calendar.', {
      domain: 'calendar',
    });
  }
  if (body.attendees?.some(({ email }) => !/^[^@\s]+@[^@\s]+$/.test(String(email)))) {
    throw refused(400, 'invalid', 'Invalid attendee email.');
  }
  if (setup.ofServiceAccount && body.attendees?.length) {
    throw refused(
      403,
      'forbiddenForServiceAccounts',
      'Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.',
      { domain: 'calendar' },
    );
  }
}

function wordsOf({
  summary,
  description,
  attendees,
  guestsCanSeeOtherGuests,
  extendedProperties,
}: EventBody) {
  return {
    ...(guestsCanSeeOtherGuests !== undefined && { guestsCanSeeOtherGuests }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(attendees !== undefined && {
      attendees: attendees.map((guest) => ({ responseStatus: 'needsAction', ...guest })),
    }),
    ...(extendedProperties !== undefined && { extendedProperties }),
  };
}

function timesOf(body: EventBody, current: GoogleEvent | undefined, calendarZone: string) {
  const start = timeOf(body.start, current?.start, 'start', calendarZone);
  const end = timeOf(body.end, current?.end, 'end', calendarZone);
  if (Date.parse(end.dateTime) < Date.parse(start.dateTime)) {
    throw refused(400, 'timeRangeEmpty', 'The specified time range is empty.', { domain: 'calendar' });
  }
  return { start, end };
}

function timeOf(
  sent: Partial<GoogleTime> | undefined,
  current: GoogleTime | undefined,
  which: 'start' | 'end',
  calendarZone: string,
): GoogleTime {
  if (!sent && current) return current;
  if (!sent?.dateTime) throw refused(400, 'required', `Missing ${which} time.`);
  const at = DateTime.fromISO(sent.dateTime, { zone: sent.timeZone ?? calendarZone });
  const dateTime = at.setZone(calendarZone).toISO({ suppressMilliseconds: true });
  if (!dateTime) throw refused(400, 'invalid', `Invalid value for: ${which}.dateTime`);
  return { dateTime, timeZone: sent.timeZone ?? calendarZone };
}
