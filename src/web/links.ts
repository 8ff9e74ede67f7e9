import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebLinks } from '../core/ports.ts';

/** Whose link it is, and to which session. */
export interface Ticket {
  sessionId: string;
  memberId: string;
}

export interface SignedLinks extends WebLinks {
  /** @returns null for what we did not make */
  read(token: string): Ticket | null;
  /** The same feed by the protocol that calendar programs listen to. */
  webcal(token: string): string;
  /** What is kept of the feed with this token; null for what can be none. */
  keptOf(token: string): string | null;
}

export const JOIN_PATH = '/join/';
export const CALENDAR_PATH = '/calendar/';
export const FEED_PATH = '/calendar/feed/';

/** A session's id, a member's id, and 16 bytes that only we can make of the two, in base64url. */
const TOKEN = /^[\w-]{64}$/;
const ID = 16;
const FEED_TOKEN = /^[\w-]{43}$/;

/**
 * Links that nobody can guess. Nothing is kept for them but the one secret: they can be made again for every card, and a
 * wrong one is found out without a question to the database.
 * @param publicUrl where the web port is reached from outside, without a slash at the end
 */
export function createLinks(publicUrl: string, secret: string): SignedLinks {
  const sign = (ids: Buffer): Buffer =>
    createHmac('sha256', secret).update('session and member').update(ids).digest().subarray(0, ID);
  const tokenOf = (sessionId: string, memberId: string): string => {
    const ids = Buffer.concat([bytesOf(sessionId), bytesOf(memberId)]);
    return Buffer.concat([ids, sign(ids)]).toString('base64url');
  };
  return {
    join: (sessionId, memberId) => `${publicUrl}${JOIN_PATH}${tokenOf(sessionId, memberId)}`,
    calendarFile: (sessionId, memberId) => `${publicUrl}${CALENDAR_PATH}${tokenOf(sessionId, memberId)}.ics`,
    newFeed(deed) {
      const token = createHmac('sha256', secret).update('feed').update(deed).digest('base64url');
      const page = `${publicUrl}${FEED_PATH}${token}`;
      return { url: `${page}.ics`, page, kept: hashOf(token) };
    },
    webcal: (token) => `${publicUrl.replace(/^https?:/, 'webcal:')}${FEED_PATH}${token}.ics`,
    keptOf: (token) => (FEED_TOKEN.test(token) ? hashOf(token) : null),
    read(token) {
      if (!TOKEN.test(token)) return null;
      const bytes = Buffer.from(token, 'base64url');
      const ids = bytes.subarray(0, 2 * ID);
      if (!timingSafeEqual(sign(ids), bytes.subarray(2 * ID))) return null;
      return { sessionId: idOf(ids.subarray(0, ID)), memberId: idOf(ids.subarray(ID)) };
    },
  };
}

/** A feed lives long, so whoever reads the database must not find its address there. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
