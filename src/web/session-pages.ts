import type { IncomingMessage, ServerResponse } from 'node:http';
import { entranceOf, standsFor } from '../core/calendar.ts';
import { UserError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { Clock } from '../core/ports.ts';
import { join } from '../core/scheduling.ts';
import type { Log } from '../log.ts';
import { joinPage, unknownLinkPage, webFaultPage } from '../messages/join-pages.ts';
import type { Locale } from '../messages/words.ts';
import type { Links, Store } from '../store/store.ts';
import { calendarOf } from './calendar-file.ts';
import { CALENDAR_PATH, JOIN_PATH, type SignedLinks } from './links.ts';
import { guard, show } from './page.ts';
import type { Pages } from './server.ts';

interface Parts {
  store: Pick<Store, 'links' | 'requestsAs'>;
  links: SignedLinks;
  /** For readers of whom nobody knows a language of their own. */
  language: Language;
  clock: Clock;
  log: Log;
}

type Followed = NonNullable<Awaited<ReturnType<Links['session']>>>;

/** Adds what the bot's links lead to: the way into a session, and the session as a file for a calendar. */
export function addSessionPages(pages: Pick<Pages, 'under'>, parts: Parts): void {
  const { store, links, clock, log } = parts;

  const follow = async (path: string | undefined, ending = ''): Promise<Followed | null> => {
    const ticket = path?.endsWith(ending) ? links.read(path.slice(0, path.length - ending.length)) : null;
    return ticket && store.links.session(ticket.sessionId, ticket.memberId);
  };
  const localeOf = ({ follower: { reader } }: Followed): Locale => ({
    language: reader.language ?? parts.language,
    timeZone: reader.timeZone,
  });

  const showJoin = (response: ServerResponse, followed: Followed) =>
    show(
      response,
      200,
      joinPage(followed.entry, followed.follower.actor.memberId, clock.now()),
      localeOf(followed),
    );

  /** Notes that they are here, and leads on to the call. What cannot be joined any more is shown as it is. */
  async function checkIn(path: string | undefined, response: ServerResponse, followed: Followed) {
    const { entry, follower } = followed;
    if (entranceOf(entry, follower.actor.memberId, clock.now()) !== 'open')
      return showJoin(response, followed);
    try {
      const { session } = await store
        .requestsAs(follower.actor, 'joinSession')
        .changeRequest(entry.requestId, (request) =>
          request.session?.id === entry.session.id ? join(request, follower.actor, clock.now()) : null,
        );
      const link = session?.id === entry.session.id ? session.meetingLink : null;
      response.writeHead(303, { location: link ? new URL(link).href : `${path}` }).end();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      // Called off, or over, a moment ago.
      const now = await follow(path);
      if (now) showJoin(response, now);
      else show(response, 404, unknownLinkPage());
    }
  }

  pages.under(
    JOIN_PATH,
    answering(log, ['GET', 'HEAD', 'POST'], async (request, response) => {
      const path = lastOf(request);
      const followed = await follow(path);
      if (!followed) show(response, 404, unknownLinkPage());
      else if (request.method === 'POST') await checkIn(path, response, followed);
      else showJoin(response, followed);
    }),
  );

  pages.under(
    CALENDAR_PATH,
    answering(log, ['GET', 'HEAD'], async (request, response) => {
      const followed = await follow(lastOf(request), '.ics');
      if (!followed) return show(response, 404, unknownLinkPage());
      const { entry, follower } = followed;
      const { memberId } = follower.actor;
      const method = standsFor(entry, memberId) ? 'PUBLISH' : 'CANCEL';
      const file = calendarOf([entry], { memberId, locale: localeOf(followed) }, links, { method });
      response
        .writeHead(200, {
          'content-type': `text/calendar; charset=utf-8; method=${method}`,
          'content-disposition': 'inline; filename="mini-session.ics"',
        })
        .end(file);
    }),
  );
}

/** The last part of a request's path. */
const lastOf = ({ url = '' }: IncomingMessage): string | undefined => url.split('?')[0]?.split('/').at(-1);

/** Answers whatever happens; other methods are refused. */
function answering(
  log: Log,
  methods: readonly string[],
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    guard(response);
    // Whatever else is sent along is nothing to us.
    request.resume();
    if (!methods.includes(request.method ?? '')) {
      response.writeHead(405, { allow: methods.join(', '), 'content-type': 'text/plain' }).end();
      return;
    }
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'A page of a session failed');
      if (response.headersSent) response.end();
      else show(response, 500, webFaultPage());
    });
  };
}
