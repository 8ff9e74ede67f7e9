import { refused } from './answer.ts';
import { meetCode } from './meet-answers.ts';

/** Google's conference data, as much of it as Meet links need. */
export interface ConferenceData {
  createRequest: {
    requestId: string;
    conferenceSolutionKey: { type: string };
    status: { statusCode: 'pending' | 'success' | 'failure' };
  };
  entryPoints?: { entryPointType: 'video'; uri: string; label: string }[];
  conferenceSolution?: { key: { type: string }; name: string; iconUri: string };
  conferenceId?: string;
}

/** What a request body may carry; anything of it may be missing. */
export interface ConferenceWish {
  createRequest?: { requestId?: unknown; conferenceSolutionKey?: { type?: unknown } };
}

/**
 * Answers a request for a new conference, checked as Google checks it. The same request again changes nothing.
 * https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing
 * @param allowed the calendar's `allowedConferenceSolutionTypes`.
 */
export function requestConference(
  wish: ConferenceWish,
  current: ConferenceData | undefined,
  allowed: string[],
  statusCode: 'pending' | 'success' | 'failure',
): ConferenceData | undefined {
  const { createRequest } = wish;
  if (!createRequest) return current;
  const { requestId } = createRequest;
  const type = createRequest.conferenceSolutionKey?.type;
  if (typeof requestId !== 'string' || requestId === '') {
    throw refused(400, 'invalid', 'Invalid conference data.');
  }
  if (typeof type !== 'string' || !allowed.includes(type)) {
    throw refused(400, 'invalid', 'Invalid conference type value.');
  }
  if (current?.createRequest.requestId === requestId) return current;
  const asked: ConferenceData = {
    createRequest: { requestId, conferenceSolutionKey: { type }, status: { statusCode } },
  };
  return statusCode === 'success' ? withLink(asked) : asked;
}

/** The conference once Google has made its link. */
export function withLink(conference: ConferenceData): ConferenceData {
  const code = meetCode();
  const { type } = conference.createRequest.conferenceSolutionKey;
  return {
    createRequest: { ...conference.createRequest, status: { statusCode: 'success' } },
    entryPoints: [
      { entryPointType: 'video', uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` },
    ],
    conferenceSolution: {
      key: { type },
      name: 'Google Meet',
      iconUri:
        'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png',
    },
    conferenceId: code,
  };
}
