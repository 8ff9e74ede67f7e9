import type { QuietHours } from '../core/quiet-hours.ts';
import type { ReminderId } from '../core/reminders.ts';
import { DAY, HOUR } from '../core/time.ts';
import { count } from './labels.ts';

/** "12 hours", "2 days", "2 days 12 hours". @param ms at least an hour */
export function durationWords(ms: number): string {
  const days = ms < 2 * DAY && ms % DAY !== 0 ? 0 : Math.floor(ms / DAY);
  const hours = Math.round((ms - days * DAY) / HOUR);
  return [days > 0 ? count(days, 'day') : '', hours > 0 ? count(hours, 'hour') : '']
    .filter(Boolean)
    .join(' ');
}

/** How long before a session. */
export const reminderWords: Record<ReminderId, string> = {
  '1w': '1 week',
  '24h': '1 day',
  '2h': '2 hours',
  '1h': '1 hour',
  '15m': '15 minutes',
  '5m': '5 minutes',
};

/** "1 day, 15 minutes before". */
export const remindersInWords = (chosen: readonly ReminderId[]): string =>
  chosen.length === 0 ? 'None' : `${chosen.map((id) => reminderWords[id]).join(', ')} before`;

/** "22:00". */
export const clockWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** "22:00 to 08:00". */
export const quietWords = (quiet: QuietHours | null): string =>
  quiet ? `${clockWords(quiet.from)} to ${clockWords(quiet.to)}` : 'None';
