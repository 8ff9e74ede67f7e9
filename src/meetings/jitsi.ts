import { createHmac } from 'node:crypto';
import { MeetingError, type MeetingProvider } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';

export interface JitsiSettings {
  provider: 'jitsi';
  /** Host of the Jitsi Meet server, such as "meet.example.org"; with "http://" in front when it has no TLS. */
  host: string;
  /** Makes room names unguessable. Changing it changes the rooms of sessions that have not been held yet. */
  secret: string;
  /** How long `check` waits for the server. Default 10 000. */
  timeoutMs?: number | undefined;
}

/**
 * Meetings on a Jitsi server. Any room name opens a room there, so nothing is made or taken away:
 * who knows the name can come in, and therefore the name cannot be guessed from the session's id.
 * https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe
 */
export function jitsi(settings: JitsiSettings): MeetingProvider {
  const base = settings.host.includes('://') ? settings.host : `https://${settings.host}`;
  const roomOf = (sessionId: string): string =>
    `mini-session-${createHmac('sha256', settings.secret).update(sessionId).digest('hex').slice(0, 32)}`;

  return {
    name: 'jitsi',
    async create({ sessionId }) {
      const room = roomOf(sessionId);
      return { state: 'ready', link: new URL(room, base).href, eventId: room };
    },
    async cancel() {},
    async check() {
      const timeoutMs = settings.timeoutMs ?? 10 * SECOND;
      const answer = await fetch(base, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) }).catch(
        (cause) => {
          throw new MeetingError('setup', `The Jitsi server ${base} does not answer. Check its host name.`, {
            cause,
          });
        },
      );
      if (answer.status >= 500) {
        throw new MeetingError('later', `The Jitsi server ${base} answers with error ${answer.status}.`);
      }
    },
  };
}
