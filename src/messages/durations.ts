import type { QuietHours } from '../core/quiet-hours.ts';
import type { ReminderId } from '../core/reminders.ts';
import { DAY, HOUR } from '../core/time.ts';
import { counted, listed, say, type Words } from './words.ts';

/** "12 hours", "2 days", "2 days 12 hours". @param ms at least an hour */
export function durationWords(ms: number): Words {
  const days = ms < 2 * DAY && ms % DAY !== 0 ? 0 : Math.floor(ms / DAY);
  const hours = Math.round((ms - days * DAY) / HOUR);
  return listed(
    [
      ...(days > 0 ? [counted(days, '{count} day', '{count} days')] : []),
      ...(hours > 0 ? [counted(hours, '{count} hour', '{count} hours')] : []),
    ],
    ' ',
  );
}

/** How long before a session. */
export const reminderWords: Record<ReminderId, Words> = {
  '1w': say('1 week'),
  '24h': say('1 day'),
  '2h': say('2 hours'),
  '1h': say('1 hour'),
  '15m': say('15 minutes'),
  '5m': say('5 minutes'),
};

/** "1 day, 15 minutes before". */
export const remindersInWords = (chosen: readonly ReminderId[]): Words =>
  chosen.length === 0
    ? say('None')
    : say('{times} before', { times: listed(chosen.map((id) => reminderWords[id])) });

/** "22:00". */
export const clockWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** "22:00 to 08:00". */
export const quietWords = (quiet: QuietHours | null): Words =>
  quiet ? say('{from} to {to}', { from: clockWords(quiet.from), to: clockWords(quiet.to) }) : say('None');
