import type { Answer } from '../service/answer.ts';
import type { Asked } from '../service/start.ts';
import { refused } from './answer.ts';
import { calendarOf } from './calendar.ts';
import { type CalendarOfSomebody, freeBusy } from './free-busy.ts';
import { CALENDAR_SCOPES, EVENT_SCOPES, FREE_BUSY_SCOPES, SPACE_SCOPES } from './scopes.ts';
import { spacesOf } from './spaces.ts';
import { type Accounts, type Bearer, tokenDesk } from './tokens.ts';

export const TOKEN_PATH = '/token';

/** Which request means what: the token endpoint, and the parts of Calendar v3 and Meet v2 that make meetings. */
export function googleApi(accounts: Accounts, now: () => Date, tokenUrl: () => string) {
  const desk = tokenDesk(accounts, tokenUrl);
  const common = {
    timeZone: 'Europe/Berlin',
    accessRole: 'owner',
    pendingGets: 0,
    conferencesFail: false,
  } as const;
  const organisers = calendarOf(
    {
      ...common,
      id: accounts.organiser,
      allowedConferenceSolutionTypes: ['hangoutsMeet'],
      ofServiceAccount: false,
    },
    now,
  );
  const serviceAccounts = calendarOf(
    {
      ...common,
      id: accounts.serviceAccount.clientEmail,
      allowedConferenceSolutionTypes: [],
      ofServiceAccount: true,
    },
    now,
  );

  const spaces = spacesOf();
  /** What other people's calendars tell, by address. */
  const people: Record<string, CalendarOfSomebody> = {};

  /** A bearer's own calendar; nothing is shared between the accounts. */
  function calendarFor(bearer: Bearer, calendarId: string) {
    if (calendarId !== 'primary' && calendarId !== bearer.email) throw refused(404, 'notFound', 'Not Found');
    return bearer.bareServiceAccount ? serviceAccounts : organisers;
  }

  /** @throws Refused */
  function answer({ method, target, authorization, body }: Asked): Answer {
    const { pathname, searchParams: query } = target;
    if (method === 'POST' && pathname === TOKEN_PATH) return desk.grant(new URLSearchParams(body));
    if (pathname === '/calendar/v3/freeBusy') {
      const { email } = desk.bearerOf(authorization, FREE_BUSY_SCOPES);
      if (method !== 'POST') throw refused(404, 'notFound', 'Not Found');
      return freeBusy(readJson(body), people, ['primary', email]);
    }
    if (pathname.startsWith('/v2/'))
      return answerOfMeet(method, pathname.slice('/v2/'.length), authorization, body);
    const path = /^\/calendar\/v3\/calendars\/(?<calendar>[^/]+)(?<events>\/events(?:\/(?<event>[^/]+))?)?$/;
    const named = path.exec(pathname)?.groups;
    if (!named) throw refused(404, 'notFound', 'Not Found');
    const bearer = desk.bearerOf(authorization, named.events ? EVENT_SCOPES : CALENDAR_SCOPES);
    const calendar = calendarFor(bearer, decodeURIComponent(named.calendar ?? ''));
    const eventId = decodeURIComponent(named.event ?? '');
    switch (`${method} ${eventId ? 'event' : named.events ? 'events' : 'calendar'}`) {
      case 'GET calendar':
        return calendar.describe();
      case 'GET events':
        return calendar.list(query);
      case 'POST events':
        return calendar.insert(readJson(body), query);
      case 'GET event':
        return calendar.get(eventId);
      case 'PATCH event':
        return calendar.patch(eventId, readJson(body), query);
      case 'DELETE event':
        return calendar.remove(eventId, query);
      default:
        throw refused(404, 'notFound', 'Not Found');
    }
  }

  function answerOfMeet(
    method: string,
    path: string,
    authorization: string | undefined,
    body: string,
  ): Answer {
    desk.bearerOf(authorization, SPACE_SCOPES);
    if (method === 'POST' && path === 'spaces') return spaces.create(readJson(body));
    if (method === 'GET' && path === 'conferenceRecords') return { status: 200, body: {} };
    if (method === 'GET') return spaces.get(path);
    throw refused(404, 'notFound', 'Not Found');
  }

  return { answer, desk, organisers, spaces, people };
}

function readJson(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Answered below, as any body that is not an object.
  }
  throw refused(400, 'parseError', 'Parse Error');
}
