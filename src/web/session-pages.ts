import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { entranceOf, standsFor } from '../core/calendar.ts';
import { UserError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { Clock } from '../core/ports.ts';
import { join } from '../core/scheduling.ts';
import { after, DAY } from '../core/time.ts';
import type { Log } from '../log.ts';
import { worded } from '../messages/in-language.ts';
import { feedPage, joinPage, unknownFeed, unknownLinkPage, webFaultPage } from '../messages/join-pages.ts';
import { type Locale, say } from '../messages/words.ts';
import type { LinkFollower, Links, Store } from '../store/store.ts';
import { calendarOf } from './calendar-file.ts';
import { CALENDAR_PATH, FEED_PATH, JOIN_PATH, type SignedLinks } from './links.ts';
import { guard, show, spokenBy } from './page.ts';
import type { Pages } from './server.ts';

interface Parts {
  store: Pick<Store, 'links' | 'requestsAs'>;
  links: SignedLinks;
  /** For readers of whom nobody knows a language of their own. */
  language: Language;
  clock: Clock;
  log: Log;
}

const CALENDAR_TYPE = 'text/calendar; charset=utf-8';
/** How long past sessions stay in a feed. */
const LOOKS_BACK = 90 * DAY;

type Feed = NonNullable<Awaited<ReturnType<Links['feed']>>>;
type Followed = NonNullable<Awaited<ReturnType<Links['session']>>>;

/** Adds what the bot's links lead to: the way into a session, and the session as a file for a calendar. */
export function addSessionPages(pages: Pick<Pages, 'under'>, parts: Parts): void {
  const { store, links, clock, log } = parts;

  const follow = async (path: string | undefined, ending = ''): Promise<Followed | null> => {
    const ticket = path?.endsWith(ending) ? links.read(path.slice(0, path.length - ending.length)) : null;
    return ticket && store.links.session(ticket.sessionId, ticket.memberId);
  };
  const localeOf = ({ reader }: Pick<LinkFollower, 'reader'>): Locale => ({
    language: reader.language ?? parts.language,
    timeZone: reader.timeZone,
  });

  const showJoin = (response: ServerResponse, followed: Followed) =>
    show(
      response,
      200,
      joinPage(followed.entry, followed.follower.actor.memberId, clock.now()),
      localeOf(followed.follower),
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
    FEED_PATH,
    answering(log, ['GET', 'HEAD'], async (request, response) => {
      const path = lastOf(request) ?? '';
      const token = path.replace(/\.ics$/, '');
      const kept = links.keptOf(token);
      const feed = kept && (await store.links.feed(kept, after(clock.now(), -LOOKS_BACK)));
      if (path === token) {
        if (!feed) show(response, 404, unknownLinkPage());
        else show(response, 200, feedPage(links.webcal(token)), localeOf(feed));
        return;
      }
      if (!feed) {
        const words = worded(unknownFeed(), { language: spokenBy(request), timeZone: null });
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
        return;
      }
      sendFeed(request, response, feed);
    }),
  );

  /** Calendar programs ask again and again, so what has not changed is not sent again. */
  function sendFeed(request: IncomingMessage, response: ServerResponse, feed: Feed): void {
    const { memberId, entries } = feed;
    const locale = localeOf(feed);
    const name = worded(say('Mini sessions'), locale);
    const body = calendarOf(entries, { memberId, locale }, links, { method: 'PUBLISH', name });
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const changed = Math.max(...entries.map(({ changedAt }) => changedAt.getTime()));
    const headers = {
      etag,
      'cache-control': 'private, no-cache',
      ...(entries.length > 0 && { 'last-modified': new Date(changed).toUTCString() }),
    };
    const has = (request.headers['if-none-match'] ?? '')
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''));
    if (has.includes(etag)) response.writeHead(304, headers).end();
    else response.writeHead(200, { ...headers, 'content-type': CALENDAR_TYPE }).end(body);
  }

  pages.under(
    CALENDAR_PATH,
    answering(log, ['GET', 'HEAD'], async (request, response) => {
      const followed = await follow(lastOf(request), '.ics');
      if (!followed) return show(response, 404, unknownLinkPage());
      const { entry, follower } = followed;
      const { memberId } = follower.actor;
      const method = standsFor(entry, memberId) ? 'PUBLISH' : 'CANCEL';
      const file = calendarOf([entry], { memberId, locale: localeOf(follower) }, links, { method });
      response
        .writeHead(200, {
          'content-type': `${CALENDAR_TYPE}; method=${method}`,
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
