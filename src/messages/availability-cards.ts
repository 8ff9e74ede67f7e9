import { type Availability, type DateOverride, hasHours, isPaused } from '../core/availability.ts';
import { writeHours, writeWeek } from '../core/typed-hours.ts';
import { dateAfter, wallAt } from '../core/zones.ts';
import { bufferWords, noticeWords, packWeek } from './availability-forms.ts';
import { at, button, buttons, type Card, card, facts, type Inline, note, text } from './card.ts';
import type { View } from './parts.ts';

/** How many dates the card tells of. */
const DATES_SHOWN = 12;

/** What a mentor set, in their zone, and the ways to change it. */
export function availabilityCard(availability: Availability, view: View): Card {
  const paused = isPaused(availability, view.now);
  return card(
    paused ? 'waiting' : 'neutral',
    'My availability',
    text(...standing(availability, paused)),
    facts(
      ['Every week', writeWeek(availability.weekly) || 'Any time'],
      datesOf(availability, view) ? ['Dates', datesOf(availability, view)] : null,
      ['Notice', noticeWords(availability.rules.noticeMinutes)],
      ['Between sessions', bufferWords(availability.rules.bufferMinutes)],
      [
        'Sessions a week',
        availability.rules.perWeek === null ? 'As many as come' : `At most ${availability.rules.perWeek}`,
      ],
    ),
    note(
      `By the clock in ${placeOf(availability.timeZone)}. What is planned stays, whatever you change here.`,
    ),
    buttons(
      button('Change my week', 'availability.week', packWeek(availability.weekly), 'primary'),
      button('Set a date', 'availability.date'),
      button('Rules', 'availability.rules', rulesOf(availability)),
      paused ? button('Resume', 'availability.resume') : button('Pause', 'availability.pause'),
      button('Open requests', 'mentor.open'),
    ),
  );
}

export function standing(availability: Availability, paused: boolean): Inline[] {
  if (paused) {
    const until = availability.pause?.until;
    return until
      ? ['Paused until ', at(until), '. Until then I suggest no times to you.']
      : ['Paused until you resume. Until then I suggest no times to you.'];
  }
  if (!hasHours(availability)) {
    return [
      'You have not said when you have time, so every time that a student offers is suggested to you. Give your week, and I suggest what fits it.',
    ];
  }
  return ['When you schedule a session, I suggest the times that suit you both.'];
}

const placeOf = (zone: string): string => zone.replaceAll('_', ' ');

const rulesOf = ({ rules }: Availability): Record<string, string> => ({
  notice: String(rules.noticeMinutes),
  buffer: String(rules.bufferMinutes),
  most: rules.perWeek === null ? 'any' : String(rules.perWeek),
});

/** What differs on dates to come, dates in a row as one line. */
function datesOf({ overrides, timeZone }: Availability, view: View): string {
  const today = wallAt(view.now, timeZone).date;
  const lines: { first: string; last: string; what: string }[] = [];
  for (const override of overrides.filter(({ date }) => date >= today)) {
    const what = differenceOf(override);
    const line = lines.at(-1);
    if (line && line.what === what && dateAfter(line.last, 1) === override.date) line.last = override.date;
    else lines.push({ first: override.date, last: override.date, what });
  }
  const shown = lines
    .slice(0, DATES_SHOWN)
    .map(({ first, last, what }) => `${first}${last === first ? '' : ` to ${last}`}: ${what}`);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function differenceOf({ usual, hours }: DateOverride): string {
  if (hours.length === 0) return 'away';
  return usual ? `also ${writeHours(hours)}` : `only ${writeHours(hours)}`;
}
