import { HOUR, MINUTE } from './time.ts';

/** When both are reminded of a session, before its start. Nothing else knows these times. */
export const reminders = [
  { id: '24h', before: 24 * HOUR },
  { id: '15m', before: 15 * MINUTE },
] as const;
