import type { Conflict, Look, TimeOptions, Wish } from '../core/finding-times.ts';
import type { Instant } from '../core/time.ts';
import {
  at,
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  note,
  text,
} from './card.ts';
import { minutesLong } from './labels.ts';
import { about, type View } from './parts.ts';
import { listed, onClock, say, type Words } from './words.ts';

/** What stands against a time, as the mentor reads it. Nothing tells what somebody else has planned. */
const reasons: Record<Conflict, Words> = {
  too_soon: say('sooner than the notice that you ask for'),
  booked: say('you have another session then'),
  buffer: say('too close to another session of yours'),
  paused: say('you are on pause then'),
  outside_hours: say('outside your hours'),
  week_full: say('your week is full'),
  own_calendar: say('your calendar is busy then'),
  student_booked: say('the student has another session then'),
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
      starts.length === 1
        ? say('Take this time')
        : say('Take time {number}', { number: starts.indexOf(startsAt) + 1 }),
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
    say('When do you meet?'),
    text({ bold: request.title }, ' · ', minutesLong(request.durationMinutes)),
    suggestions.length > 0
      ? facts([say('Times that suit you both'), lines(suggestions.map(line))])
      : text(nothingSuits(options, view)),
    others.length > 0
      ? facts([
          suggestions.length > 0 ? say('What else the student offered') : say('What the student offered'),
          lines(
            others.map((wish) => [
              ...(takeable.includes(wish) ? line(wish.startsAt) : [at(wish.startsAt)]),
              ...why(wish),
            ]),
          ),
        ])
      : null,
    ...looked(options),
    buttons(...suggestions.map(take)),
    buttons(...takeable.map(({ startsAt }) => take(startsAt))),
    buttons(
      button(say('Another time'), 'session.other-time', about(request)),
      button(say('My availability'), 'availability.show'),
      button(say('Release'), 'request.release', about(request), 'danger'),
    ),
  );
}

const lines = (each: Inline[][]): Inline[] =>
  each.flatMap((inline, index): Inline[] => (index > 0 ? ['\n', ...inline] : inline));

const why = ({ conflict }: Wish): Inline[] => (conflict ? [' · ', reasons[conflict]] : []);

/** The same time on the student's clock; nothing while nobody knows their zone. */
const forStudent = (startsAt: Instant, zone: string | null): Inline[] =>
  zone ? [' · ', say('{time} for the student', { time: onClock(startsAt, zone) })] : [];

/** Whose calendar these times were held against, said of those who asked for it; when they are busy is said of nobody. */
function looked({ request, looks: { mentor, student } }: TimeOptions): Block[] {
  const { name } = request.student;
  const said: Record<NonNullable<Look>, { mine: Words; theirs: Words }> = {
    seen: {
      mine: say('Held against your calendar.'),
      theirs: say('Held against the calendar of {name}.', { name }),
    },
    unseen: {
      mine: say('Your calendar could not be read just now.'),
      theirs: say('The calendar of {name} could not be read just now.', { name }),
    },
  };
  const all = [mentor && said[mentor].mine, student && said[student].theirs].filter(
    (words) => words !== null,
  );
  return all.length > 0 ? [note(listed(all, ' '))] : [];
}

function nothingSuits(options: TimeOptions, { now }: View): Words {
  const { request, others, hasHours, pause, leftOut } = options;
  if (pause)
    return say(
      'You are on pause, so I suggest nothing. You can still take a time, or resume in My availability.',
    );
  if (others.length > 0) {
    return say('None of the student’s times suits you both. You can still take one, or propose another.');
  }
  if (leftOut) return say('None of the student’s times suits you both any more. Propose another.');
  if (request.preferredTimes.length === 0) {
    return hasHours
      ? say(
          'The student left the time to you, but your hours of the next weeks are taken. Choose another time, or open more hours in My availability.',
        )
      : say(
          'The student left the time to you. A word with them first does no harm. Give your hours in My availability, and I suggest some.',
        );
  }
  return request.preferredTimes.some(({ start, end }) => (end ?? start) > now)
    ? say('What is left of the student’s times is too short. A word with them first does no harm.')
    : say('None of the student’s times is ahead any more. A word with them first does no harm.');
}
