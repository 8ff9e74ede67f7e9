import { z } from 'zod';
import type { MadeMeeting, Meeting, MeetingProvider, MeetingWish } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import { inTurn } from '../in-turn.ts';
import { type Answered, openZoom } from './zoom-api.ts';

export interface ZoomSettings {
  provider: 'zoom';
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** Whose meetings they are: an id, an e-mail address, or "me", the owner of the app. Default "me". */
  userId?: string | undefined;
  /** Another address of the API, up to and with "/v2". Default Zoom's. */
  apiUrl?: string | undefined;
  /** Another address of the token endpoint. Default Zoom's. */
  tokenUrl?: string | undefined;
  /** How long one HTTP request may take, in milliseconds. Default 10 000. */
  timeoutMs?: number | undefined;
}

/** What is read of a meeting. Zoom also sends `start_url`, with which anybody is the host: it is never taken in. */
const ZoomMeeting = z.object({
  id: z.coerce.string(),
  join_url: z.string(),
  start_time: z.string().optional(),
  duration: z.number().optional(),
});
const ZoomPage = z.object({
  next_page_token: z.string().optional(),
  meetings: z.array(z.object({ id: z.coerce.string(), agenda: z.string().optional() })),
});
type ZoomMeeting = z.output<typeof ZoomMeeting>;

/** Lists show at most this many at once. */
const PAGE = 300;
const TOPIC_LIMIT = 200;

/** How the app of `check` may be without a scope: https://developers.zoom.us/docs/integrations/oauth-scopes-granular/ */
const NEEDED_SCOPES = [
  'meeting:write:meeting',
  'meeting:update:meeting',
  'meeting:read:meeting',
  'meeting:delete:meeting',
  'meeting:read:list_meetings',
];

/**
 * Meetings of a Zoom account, by a server-to-server app.
 * Zoom takes no id of ours, so every meeting carries the session's id at the beginning of its agenda: before one is
 * made, and when its own id is not known, that mark is looked for. Calls for one session wait for each other.
 * https://developers.zoom.us/docs/api/meetings/
 */
export function zoom(settings: ZoomSettings): MeetingProvider {
  const { userId = 'me', timeoutMs = 10 * SECOND } = settings;
  const api = openZoom({ ...settings, timeoutMs });
  const ofUser = `/users/${encodeURIComponent(userId)}/meetings`;

  async function get(id: string): Promise<ZoomMeeting | null> {
    const { status, body } = await api.ask('GET', `/meetings/${encodeURIComponent(id)}`, { gone: true });
    return status === 404 ? null : ZoomMeeting.parse(body);
  }

  /** The ids of meetings with the session's mark. */
  async function marked(sessionId: string): Promise<string[]> {
    const found: string[] = [];
    let token = '';
    do {
      const query = new URLSearchParams({
        type: 'scheduled',
        page_size: String(PAGE),
        next_page_token: token,
      });
      const { body } = await api.ask('GET', `${ofUser}?${query}`);
      const page = ZoomPage.parse(body);
      found.push(
        ...page.meetings.filter(({ agenda }) => agenda?.startsWith(markOf(sessionId))).map(({ id }) => id),
      );
      token = page.next_page_token ?? '';
    } while (token);
    return found;
  }

  /** The meeting that an earlier call made, whether or not its answer arrived. */
  async function find({ sessionId, eventId }: MadeMeeting): Promise<ZoomMeeting | null> {
    const known = eventId ? await get(eventId) : null;
    if (known) return known;
    const [id] = await marked(sessionId);
    return id ? get(id) : null;
  }

  async function make(wish: MeetingWish): Promise<ZoomMeeting> {
    const { body } = await api.ask('POST', ofUser, {
      body: { type: 2, ...wordsOf(wish), ...timesOf(wish), settings: OPEN_DOOR },
    });
    return ZoomMeeting.parse(body);
  }

  /** Puts right what no longer matches the wish. */
  async function correct(meeting: ZoomMeeting, wish: MeetingWish): Promise<Answered | null> {
    const asItIs =
      Date.parse(meeting.start_time ?? '') === seconds(wish.start) &&
      meeting.duration === wish.durationMinutes;
    return asItIs
      ? null
      : api.ask('PATCH', `/meetings/${meeting.id}`, { body: { ...wordsOf(wish), ...timesOf(wish) } });
  }

  return {
    name: 'zoom',

    create: (wish) =>
      inTurn(`zoom ${wish.sessionId}`, async (): Promise<Meeting> => {
        const earlier = await find(wish);
        if (earlier) await correct(earlier, wish);
        const { id, join_url: link } = earlier ?? (await make(wish));
        return { state: 'ready', link, eventId: id };
      }),

    cancel: (made) =>
      inTurn(`zoom ${made.sessionId}`, async () => {
        const ids = made.eventId ? [made.eventId] : await marked(made.sessionId);
        for (const id of ids) await api.ask('DELETE', `/meetings/${encodeURIComponent(id)}`, { gone: true });
      }),

    check: async () => {
      await api.mustHave(NEEDED_SCOPES);
      await api.ask('GET', `${ofUser}?type=scheduled&page_size=1`);
    },
  };
}

const markOf = (sessionId: string): string => `[mini session ${sessionId}]`;

/** Both come in by themselves: nobody sits there as the host. */
const OPEN_DOOR = { join_before_host: true, jbh_time: 0, waiting_room: false };

const wordsOf = ({ sessionId, title, description }: MeetingWish) => ({
  topic: title.slice(0, TOPIC_LIMIT),
  agenda: `${markOf(sessionId)}\n${description}`.slice(0, 2_000),
});

const timesOf = ({ start, durationMinutes }: MeetingWish) => ({
  start_time: `${start.toISOString().slice(0, 19)}Z`,
  duration: durationMinutes,
  timezone: 'UTC',
});

/** Zoom keeps times to the second. */
const seconds = (at: Date): number => Math.floor(at.getTime() / SECOND) * SECOND;
