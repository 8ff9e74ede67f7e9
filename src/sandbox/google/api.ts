import { type Answer, refused } from './answer.ts';
import { calendarOf } from './calendar.ts';
import { CALENDAR_SCOPES, EVENT_SCOPES } from './scopes.ts';
import { type Accounts, type Bearer, tokenDesk } from './tokens.ts';

export const TOKEN_PATH = '/token';

/** One request, read but not understood. */
export interface Asked {
  method: string;
  /** Scheme and host do not matter. */
  target: URL;
  authorization: string | undefined;
  body: string;
}

/** Which request means what: the token endpoint, and the part of Calendar v3 that makes meetings. */
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

  /** A bearer's own calendar; nothing is shared between the accounts. */
  function calendarFor(bearer: Bearer, calendarId: string) {
    if (calendarId !== 'primary' && calendarId !== bearer.email) throw refused(404, 'notFound', 'Not Found');
    return bearer.bareServiceAccount ? serviceAccounts : organisers;
  }

  /** @throws Refused */
  function answer({ method, target, authorization, body }: Asked): Answer {
    const { pathname, searchParams: query } = target;
    if (method === 'POST' && pathname === TOKEN_PATH) return desk.grant(new URLSearchParams(body));
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
        return calendar.remove(eventId);
      default:
        throw refused(404, 'notFound', 'Not Found');
    }
  }

  return { answer, desk, organisers };
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
