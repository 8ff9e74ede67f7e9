/** Any of these lets a token read and write events. https://developers.google.com/workspace/calendar/api/auth */
export const EVENT_SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/calendar.events',
];

/** Any of these lets a token read a calendar's own properties. */
export const CALENDAR_SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/calendar.readonly',
  'https://www.googleapis.com/auth/calendar.calendars',
  'https://www.googleapis.com/auth/calendar.calendars.readonly',
];

/** Any of these lets a token ask when people are busy. */
export const FREE_BUSY_SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/calendar.readonly',
  'https://www.googleapis.com/auth/calendar.events.freebusy',
  'https://www.googleapis.com/auth/calendar.freebusy',
];

/** Lets a token make rooms of Google Meet, and see those that it made. */
export const SPACE_SCOPES = ['https://www.googleapis.com/auth/meetings.space.created'];
