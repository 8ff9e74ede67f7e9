import { type CalendarEntry, standsFor, withWhom } from '../core/calendar.ts';
import { say, type Words } from './words.ts';

/** How a session is called in somebody's own calendar. */
export const eventTitle = ({ title }: CalendarEntry): Words => say('Mini session: {title}', { title });

/** What stands with it there. @param link the member's way in */
export const eventDescription = (entry: CalendarEntry, memberId: string, link: string): Words =>
  standsFor(entry, memberId)
    ? say('With {person}. This is your way into the video call, also when it changes: {link}', {
        person: withWhom(entry, memberId),
        link,
      })
    : say('This mini session was called off.');
