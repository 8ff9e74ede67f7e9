import type { meet_v2 } from 'googleapis/build/src/apis/meet/index.js';
import { type Meeting, MeetingError, type MeetingProvider } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import { inTurn } from '../in-turn.ts';
import { type GoogleReach, openGoogle, SPACE_SCOPES } from './google-auth.ts';
import { commonRemedy, delegationOf, toMeetingError } from './google-errors.ts';
import { type Refusal, statusOf } from './google-refusal.ts';

export interface GoogleMeetSpaceSettings extends Omit<GoogleReach, 'timeoutMs'> {
  provider: 'google-meet-space';
  /** How long one HTTP request may take, in milliseconds. Default 10 000. */
  timeoutMs?: number | undefined;
}

/** How many rooms that were just made are remembered, for calls that came at the same moment. */
const REMEMBERED = 200;

/**
 * Rooms of Google Meet without a calendar: a link, and no more. Google takes no id of ours here and lists no rooms, so
 * the room is known by the id that the session keeps. One whose making was not answered stands empty where nobody
 * sees it, and is nobody's: a room is told of once it is kept.
 * https://developers.google.com/workspace/meet/api/reference/rest/v2/spaces
 */
export function googleMeetSpace(settings: GoogleMeetSpaceSettings): MeetingProvider {
  const { identity, timeoutMs = 10 * SECOND } = settings;
  const ask = openGoogle<meet_v2.Meet>({ ...settings, timeoutMs }, SPACE_SCOPES, async () => {
    const { auth, meet } = await import('googleapis/build/src/apis/meet/index.js');
    return { auth, open: (signedIn, address) => meet({ version: 'v2', auth: signedIn, ...address }) };
  });

  async function worded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toMeetingError(error, { identity, scopes: SPACE_SCOPES, remedyOf });
    }
  }

  /** The room that an earlier call made; null when it is gone. */
  async function find(name: string): Promise<meet_v2.Schema$Space | null> {
    try {
      return await ask(({ spaces }) => spaces.get({ name }));
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  // Open: nobody sits there to let the two in.
  const make = () => ask(({ spaces }) => spaces.create({ requestBody: { config: { accessType: 'OPEN' } } }));

  return {
    name: 'google-meet-space',

    create: ({ sessionId, eventId }) =>
      inTurn(`google-meet-space ${sessionId}`, () =>
        worded(async () => {
          const name = eventId ?? justMade.get(sessionId);
          const meeting = meetingOf((name ? await find(name) : null) ?? (await make()));
          remember(sessionId, meeting.eventId);
          return meeting;
        }),
      ),

    // A room cannot be taken away, and without its link nobody finds it.
    cancel: async () => {},

    check: () =>
      worded(async () => {
        if (identity.kind === 'service-account' && !identity.subject) {
          throw new MeetingError(
            'setup',
            `GOOGLE_SUBJECT is missing: a service account has no Google Meet of its own and must act for a person. ${delegationOf(SPACE_SCOPES)}`,
          );
        }
        await ask(({ conferenceRecords }) => conferenceRecords.list({ pageSize: 1 }));
      }),
  };
}

/** Rooms that were just made, by the session's id. */
const justMade = new Map<string, string>();

function remember(sessionId: string, name: string): void {
  justMade.set(sessionId, name);
  const [oldest] = justMade.keys();
  if (justMade.size > REMEMBERED && oldest) justMade.delete(oldest);
}

function meetingOf({ name, meetingUri }: meet_v2.Schema$Space): Meeting {
  if (name && meetingUri) return { state: 'ready', link: meetingUri, eventId: name };
  throw new MeetingError('later', 'Google made a room without a link.');
}

const remedyOf = (refusal: Refusal): string =>
  commonRemedy(refusal, SPACE_SCOPES, 'Google Meet API') ??
  (refusal.status === 403
    ? 'This account may make no rooms of Google Meet: an administrator switches Meet on for it.'
    : 'Google refused the room.');
