import { randomBytes, randomInt } from 'node:crypto';
import type { Answer } from '../service/answer.ts';
import { refusedByZoom } from './refusals.ts';

/** A meeting as Zoom keeps it. `start_url` lets whoever has it in as the host: a secret. */
export interface ZoomMeeting {
  id: number;
  uuid: string;
  host_id: string;
  topic: string;
  agenda: string;
  type: 2;
  status: 'waiting';
  start_time: string;
  duration: number;
  timezone: string;
  created_at: string;
  join_url: string;
  start_url: string;
  password: string;
  settings: Record<string, unknown>;
}

interface Wish {
  topic?: unknown;
  agenda?: unknown;
  type?: unknown;
  start_time?: unknown;
  duration?: unknown;
  timezone?: unknown;
  settings?: Record<string, unknown>;
}

/** Lists shorten the agenda: https://developers.zoom.us/docs/api/meetings/ (GET /users/{userId}/meetings) */
const AGENDA_IN_LISTS = 250;

/** The meetings of one user, and each thing that the API does with them. */
export function meetingsOf(hostId: string, now: () => Date) {
  const meetings = new Map<number, ZoomMeeting>();

  function existing(id: string): ZoomMeeting {
    const meeting = meetings.get(Number(id));
    if (!meeting) throw refusedByZoom(404, 3001, `Meeting does not exist: ${id}.`);
    return meeting;
  }

  return {
    create(wish: Wish): Answer {
      const id = randomInt(80_000_000_000, 90_000_000_000);
      const password = randomBytes(6).toString('base64url');
      const meeting: ZoomMeeting = {
        ...checked(wish, { topic: 'My Meeting', agenda: '', duration: 60, timezone: 'UTC', start_time: '' }),
        id,
        uuid: randomBytes(16).toString('base64'),
        host_id: hostId,
        type: 2,
        status: 'waiting',
        created_at: `${now().toISOString().slice(0, 19)}Z`,
        join_url: `https://zoom.example/j/${id}?pwd=${password}`,
        start_url: `https://zoom.example/s/${id}?zak=${randomBytes(32).toString('base64url')}`,
        password,
        settings: { ...wish.settings },
      };
      meetings.set(id, meeting);
      return { status: 201, body: meeting };
    },
    get: (id: string): Answer => ({ status: 200, body: existing(id) }),
    change(id: string, wish: Wish): Answer {
      const meeting = existing(id);
      meetings.set(meeting.id, { ...meeting, ...checked(wish, meeting) });
      return { status: 204 };
    },
    remove(id: string): Answer {
      meetings.delete(existing(id).id);
      return { status: 204 };
    },
    list(query: URLSearchParams): Answer {
      const size = Number(query.get('page_size') ?? 30);
      if (size > 300) throw refusedByZoom(300, 300, 'Invalid page_size.');
      const from = Number(query.get('next_page_token') || 0);
      const all = [...meetings.values()];
      const page = all
        .slice(from, from + size)
        .map(({ start_url: _, password: __, settings: ___, status: ____, ...meeting }) => ({
          ...meeting,
          agenda: meeting.agenda.slice(0, AGENDA_IN_LISTS),
        }));
      const next = from + size < all.length ? String(from + size) : '';
      return {
        status: 200,
        body: { page_size: size, total_records: all.length, next_page_token: next, meetings: page },
      };
    },
    all: () => [...meetings.values()],
    /** The host deletes it by hand. */
    lose: (id: number) => void meetings.delete(id),
  };
}

type Told = Pick<ZoomMeeting, 'topic' | 'agenda' | 'start_time' | 'duration' | 'timezone'>;

/** What Zoom accepts, over what was there before. */
function checked(wish: Wish, before: Told): Told {
  const told = {
    topic: String(wish.topic ?? before.topic),
    agenda: String(wish.agenda ?? before.agenda),
    start_time: String(wish.start_time ?? before.start_time),
    duration: Number(wish.duration ?? before.duration),
    timezone: String(wish.timezone ?? before.timezone),
  };
  if (wish.type !== undefined && wish.type !== 2) throw refusedByZoom(300, 300, 'Invalid type.');
  if (told.topic.length > 200) throw refusedByZoom(300, 300, 'Validation Failed. topic is too long.');
  if (told.agenda.length > 2_000) throw refusedByZoom(300, 300, 'Validation Failed. agenda is too long.');
  // UTC, to the second: https://developers.zoom.us/docs/api/meetings/ (start_time)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(told.start_time)) {
    throw refusedByZoom(300, 300, 'Validation Failed. start_time.');
  }
  return told;
}
