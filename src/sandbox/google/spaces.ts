import { randomBytes } from 'node:crypto';
import type { Answer } from '../service/answer.ts';
import { meetCode, refusedByMeet } from './meet-answers.ts';

/** A room of Google Meet without an event of a calendar. https://developers.google.com/workspace/meet/api/reference/rest/v2/spaces */
export interface MeetSpace {
  name: string;
  meetingUri: string;
  meetingCode: string;
  config: { accessType: string; entryPointAccess: string };
}

const ACCESS_TYPES = ['OPEN', 'TRUSTED', 'RESTRICTED'];

/** The rooms that were made. There is no way to list or to delete them, as at Google. */
export function spacesOf() {
  const spaces = new Map<string, MeetSpace>();
  return {
    /** https://developers.google.com/workspace/meet/api/reference/rest/v2/spaces/create */
    create({ config }: { config?: { accessType?: string } }): Answer {
      const accessType = config?.accessType ?? 'TRUSTED';
      if (!ACCESS_TYPES.includes(accessType)) {
        throw refusedByMeet(400, 'INVALID_ARGUMENT', `Invalid value at 'space.config.access_type'`);
      }
      const code = meetCode();
      const space: MeetSpace = {
        name: `spaces/${randomBytes(9).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
        meetingUri: `https://meet.google.com/${code}`,
        meetingCode: code,
        config: { accessType, entryPointAccess: 'ALL' },
      };
      spaces.set(space.name, space);
      return { status: 200, body: space };
    },
    /** https://developers.google.com/workspace/meet/api/reference/rest/v2/spaces/get */
    get(name: string): Answer {
      const space = spaces.get(name);
      if (!space) throw refusedByMeet(404, 'NOT_FOUND', 'Requested entity was not found.');
      return { status: 200, body: space };
    },
    all: () => [...spaces.values()],
    /** The owner deletes a room by hand, or it expired. */
    lose: (name: string) => void spaces.delete(name),
  };
}
