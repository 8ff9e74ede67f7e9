import type { Conflict, TimeOptions, Wish } from '../core/finding-times.ts';
import type { Instant } from '../core/time.ts';
import { at, type Button, button, buttons, type Card, card, facts, type Inline, text } from './card.ts';
import { about, type View } from './parts.ts';

/** What stands against a time, as the mentor reads it. Nothing tells what somebody else has planned. */
const reasons: Record<Conflict, string> = {
  too_soon: 'sooner than the notice that you ask for',
  booked: 'you have another session then',
  buffer: 'too close to another session of yours',
  paused: 'you are on pause then',
  outside_hours: 'outside your hours',
  week_full: 'your week is full',
  student_booked: 'the student has another session then',
};
/** Nobody can be in two sessions, so such a time has no button. */
const impossible: readonly Conflict[] = ['booked', 'student_booked'];

/** The mentor chooses a time: what suits both at first, then what else the student offered, or another. */
export function scheduleOptionsCard(options: TimeOptions, view: View): Card {
  const { request, suggestions, others } = options;
  const takeable = others.filter(
    ({ startsAt, conflict }) => startsAt > view.now && !(conflict && impossible.includes(conflict)),
  );
  const starts = [...suggestions, ...takeable.map(({ startsAt }) => startsAt)];
  const take = (startsAt: Instant): Button =>
    button(
      starts.length === 1 ? 'Take this time' : `Take time ${starts.indexOf(startsAt) + 1}`,
      'session.schedule',
      { ...about(request), startsAt: startsAt.toISOString() },
      suggestions.includes(startsAt) ? 'primary' : 'plain',
    );
  const numberOf = (startsAt: Instant) => (starts.length > 1 ? `${starts.indexOf(startsAt) + 1}. ` : '');
  const zone = request.student.timeZone;
  const line = (startsAt: Instant): Inline[] => [
    numberOf(startsAt),
    at(startsAt),
    ...forStudent(startsAt, zone),
  ];
  return card(
    'neutral',
    'When do you meet?',
    text({ bold: request.title }, ` · ${request.durationMinutes} minutes`),
    suggestions.length > 0
      ? facts(['Times that suit you both', lines(suggestions.map(line))])
      : text(nothingSuits(options, view)),
    others.length > 0
      ? facts([
          suggestions.length > 0 ? 'What else the student offered' : 'What the student offered',
          lines(
            others.map((wish) => [
              ...(takeable.includes(wish) ? line(wish.startsAt) : [at(wish.startsAt)]),
              ...why(wish),
            ]),
          ),
        ])
      : null,
    buttons(...suggestions.map(take)),
    buttons(...takeable.map(({ startsAt }) => take(startsAt))),
    buttons(
      button('Another time', 'session.other-time', about(request)),
      button('My availability', 'availability.show'),
      button('Release', 'request.release', about(request), 'danger'),
    ),
  );
}

const lines = (each: Inline[][]): Inline[] =>
  each.flatMap((inline, index): Inline[] => (index > 0 ? ['\n', ...inline] : inline));

const why = ({ conflict }: Wish): Inline[] => (conflict ? [` · ${reasons[conflict]}`] : []);

/** The same time on the student's clock; nothing while nobody knows their zone. */
const forStudent = (startsAt: Instant, zone: string | null): Inline[] =>
  zone ? [` · ${localTime(startsAt, zone)} for the student`] : [];

const formats = new Map<string, Intl.DateTimeFormat>();

/** "Tue 1 Dec, 18:30" on the clocks of a zone. */
export function localTime(at: Instant, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`;
}

function nothingSuits({ request, others, hasHours, pause }: TimeOptions, { now }: View): string {
  if (pause)
    return 'You are on pause, so I suggest nothing. You can still take a time, or resume in My availability.';
  if (others.length > 0) {
    return 'None of the student’s times suits you both. You can still take one, or propose another.';
  }
  if (request.preferredTimes.length === 0) {
    return hasHours
      ? 'The student left the time to you, but your hours of the next weeks are taken. Choose another time, or open more hours in My availability.'
      : 'The student left the time to you. A word with them first does no harm. Give your hours in My availability, and I suggest some.';
  }
  return request.preferredTimes.some(({ start, end }) => (end ?? start) > now)
    ? 'What is left of the student’s times is too short. A word with them first does no harm.'
    : 'None of the student’s times is ahead any more. A word with them first does no harm.';
}
