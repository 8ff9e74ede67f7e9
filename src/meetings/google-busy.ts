import { setTimeout as delay } from 'node:timers/promises';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar/index.js';
import type { Span } from '../core/availability.ts';
import { type BusyCalendars, MeetingError } from '../core/ports.ts';
import { after, HOUR, SECOND } from '../core/time.ts';
import { FREE_BUSY_SCOPES, GOOGLE_SCOPES, loadCalendar, openGoogle } from './google-auth.ts';
import { commonRemedy, toMeetingError } from './google-errors.ts';
import type { GoogleMeetSettings } from './google-meet.ts';
import type { Refusal } from './google-refusal.ts';

/** Somebody waits for the times that this makes fewer. */
const PATIENCE = 2 * SECOND;

/** What is signed in for when everything is granted: who grants anew, grants all of it. */
const ALL_SCOPES = [...GOOGLE_SCOPES, ...FREE_BUSY_SCOPES];

/**
 * When people are busy, as Google tells the organiser: of those in the same organisation, and of those who shared their
 * calendar. It is one question, and its token is for nothing else.
 * https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
 */
export function googleBusy(settings: GoogleMeetSettings): BusyCalendars {
  const { identity, calendarId = 'primary' } = settings;
  // Signing in and asking share the patience.
  const patienceMs = Math.min(PATIENCE, settings.timeoutMs ?? PATIENCE);
  const ask = openGoogle({ ...settings, timeoutMs: patienceMs }, FREE_BUSY_SCOPES, loadCalendar);
  const wording = { identity, scopes: ALL_SCOPES, remedyOf };

  async function query(addresses: readonly string[], { from, to }: Span) {
    const requestBody = {
      timeMin: from.toISOString(),
      timeMax: to.toISOString(),
      items: addresses.map((id) => ({ id })),
    };
    try {
      return (await ask(({ freebusy }) => freebusy.query({ requestBody }))).calendars ?? {};
    } catch (error) {
      throw toMeetingError(error, wording);
    }
  }

  return {
    async busy(addresses, within) {
      const calendars = await inTime(query(addresses, within), patienceMs);
      return new Map(addresses.map((address) => [address, toldBy(calendars[address])]));
    },
    async check() {
      const from = new Date();
      await query([calendarId], { from, to: after(from, HOUR) });
    },
  };
}

function toldBy(calendar: calendar_v3.Schema$FreeBusyCalendar | undefined): Span[] | string {
  const [error] = calendar?.errors ?? [];
  if (!calendar || error) return error?.reason ?? 'missing';
  const spans = (calendar.busy ?? []).map(({ start, end }) => ({
    from: new Date(start ?? ''),
    to: new Date(end ?? ''),
  }));
  return spans.every(({ from, to }) => from < to) ? spans : 'unreadable';
}

/** @throws MeetingError when it takes too long */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const done = new AbortController();
  const late = async () => {
    await delay(ms, undefined, { signal: done.signal });
    throw new MeetingError('later', 'Google did not answer in time.');
  };
  try {
    return await Promise.race([work, late()]);
  } finally {
    done.abort();
  }
}

const remedyOf = (refusal: Refusal): string =>
  commonRemedy(refusal, ALL_SCOPES, 'Google Calendar API') ?? 'Google does not tell when people are busy.';
