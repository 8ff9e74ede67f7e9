import ICAL from 'ical.js';

/** An event as a calendar program understands it. */
export interface SeenEvent {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  description: string;
  start: Date;
  end: Date;
  url: string | null;
  location: string | null;
}

/** Reads a calendar file as a calendar program does. @throws when it is none */
export function readCalendar(text: string): { method: string; name: string | null; events: SeenEvent[] } {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const word = (component: ICAL.Component, name: string): string | null =>
    component.getFirstPropertyValue(name)?.toString() ?? null;
  return {
    method: word(calendar, 'method') ?? '',
    name: word(calendar, 'name'),
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        status: word(component, 'status') ?? '',
        summary: event.summary,
        description: event.description,
        start: event.startDate.toJSDate(),
        end: event.endDate.toJSDate(),
        url: word(component, 'url'),
        location: event.location,
      };
    }),
  };
}

/** What every calendar file must keep to, whatever it says: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
export function complaintsAbout(text: string): string[] {
  const lines = text.split('\r\n');
  return [
    ...(/[^\r]\n|\r[^\n]/.test(text) ? ['a line does not end in CRLF'] : []),
    ...(lines[0] === 'BEGIN:VCALENDAR' ? [] : ['it does not begin as a calendar']),
    ...lines.filter((line) => Buffer.byteLength(line) > 75).map((line) => `longer than 75 octets: ${line}`),
    ...['VERSION:2.0', 'PRODID:'].filter((needed) => !text.includes(needed)),
    ...lines.filter((line) => /^DT(START|END|STAMP)/.test(line) && !/^DT\w+:\d{8}T\d{6}Z$/.test(line)),
  ];
}
