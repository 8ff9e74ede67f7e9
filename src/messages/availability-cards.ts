import { type Availability, type DateOverride, hasHours, isPaused } from '../core/availability.ts';
import { writeHours } from '../core/typed-hours.ts';
import { dateAfter, wallAt } from '../core/zones.ts';
import { bufferWords, noticeWords, packWeek, weekWords } from './availability-forms.ts';
import { at, button, buttons, type Card, card, facts, type Inline, note, text } from './card.ts';
import type { View } from './parts.ts';
import { listed, onCalendar, say, type Words } from './words.ts';

/** How many dates the card tells of. */
const DATES_SHOWN = 12;

/** What a mentor set, in their zone, and the ways to change it. */
export function availabilityCard(availability: Availability, view: View): Card {
  const paused = isPaused(availability, view.now);
  const dates = datesOf(availability, view);
  return card(
    paused ? 'waiting' : 'neutral',
    say('My availability'),
    text(...standing(availability, paused)),
    facts(
      [say('Every week'), availability.weekly.length > 0 ? weekWords(availability.weekly) : say('Any time')],
      dates ? [say('Dates'), dates] : null,
      [say('Notice'), noticeWords(availability.rules.noticeMinutes)],
      [say('Between sessions'), bufferWords(availability.rules.bufferMinutes)],
      [
        say('Sessions a week'),
        availability.rules.perWeek === null
          ? say('As many as come')
          : say('At most {count}', { count: availability.rules.perWeek }),
      ],
    ),
    note(
      say('By the clock in {zone}. What is planned stays, whatever you change here.', {
        zone: placeOf(availability.timeZone),
      }),
    ),
    buttons(
      button(say('Change my week'), 'availability.week', packWeek(availability.weekly), 'primary'),
      button(say('Set a date'), 'availability.date'),
      button(say('Rules'), 'availability.rules', rulesOf(availability)),
      paused ? button(say('Resume'), 'availability.resume') : button(say('Pause'), 'availability.pause'),
      button(say('Open requests'), 'mentor.open'),
    ),
  );
}

export function standing(availability: Availability, paused: boolean): Inline[] {
  if (paused) {
    const until = availability.pause?.until;
    return until
      ? [say('Paused until {time}. Until then I suggest no times to you.', { time: at(until) })]
      : [say('Paused until you resume. Until then I suggest no times to you.')];
  }
  if (!hasHours(availability)) {
    return [
      say(
        'You have not said when you have time, so every time that a student offers is suggested to you. Give your week, and I suggest what fits it.',
      ),
    ];
  }
  return [say('When you schedule a session, I suggest the times that suit you both.')];
}

const placeOf = (zone: string): string => zone.replaceAll('_', ' ');

const rulesOf = ({ rules }: Availability): Record<string, string> => ({
  notice: String(rules.noticeMinutes),
  buffer: String(rules.bufferMinutes),
  most: rules.perWeek === null ? 'any' : String(rules.perWeek),
});

/** What differs on dates to come, dates in a row as one line. null: nothing does. */
function datesOf({ overrides, timeZone }: Availability, view: View): Words | null {
  const today = wallAt(view.now, timeZone).date;
  const lines: { first: string; last: string; override: DateOverride }[] = [];
  for (const override of overrides.filter(({ date }) => date >= today)) {
    const line = lines.at(-1);
    if (line && sameDifference(line.override, override) && dateAfter(line.last, 1) === override.date) {
      line.last = override.date;
    } else lines.push({ first: override.date, last: override.date, override });
  }
  if (lines.length === 0) return null;
  const shown = lines
    .slice(0, DATES_SHOWN)
    .map(({ first, last, override }) =>
      listed(
        [
          last === first
            ? onCalendar(first)
            : say('{from} to {to}', { from: onCalendar(first), to: onCalendar(last) }),
          differenceOf(override),
        ],
        ': ',
      ),
    );
  const more = lines.length - shown.length;
  return listed([...shown, ...(more > 0 ? [say('and {count} more', { count: more })] : [])], '\n');
}

const sameDifference = (one: DateOverride, other: DateOverride): boolean =>
  one.hours.length === 0
    ? other.hours.length === 0
    : one.usual === other.usual && writeHours(one.hours) === writeHours(other.hours);

function differenceOf({ usual, hours }: DateOverride): Words {
  if (hours.length === 0) return say('away');
  return usual
    ? say('also {hours}', { hours: writeHours(hours) })
    : say('only {hours}', { hours: writeHours(hours) });
}
