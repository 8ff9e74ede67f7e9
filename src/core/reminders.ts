import { DAY, HOUR, MINUTE } from './time.ts';

/** Every time, before its start, at which somebody can be reminded of a session. Nothing else knows these times. */
export const reminders = [
  { id: '1w', before: 7 * DAY },
  { id: '24h', before: 24 * HOUR },
  { id: '2h', before: 2 * HOUR },
  { id: '1h', before: HOUR },
  { id: '15m', before: 15 * MINUTE },
  { id: '5m', before: 5 * MINUTE },
] as const;
export type ReminderId = (typeof reminders)[number]['id'];
export const reminderIds = reminders.map(({ id }) => id);

/** What holds for who chose nothing else. */
export const usualReminders: ReminderId[] = ['24h', '15m'];
