import type { WeeklyHours } from '../core/availability.ts';
import { hoursByDay } from '../core/typed-hours.ts';
import { HOURS_LIMIT } from '../core/use-cases/set-date-override.ts';
import { WEEK_LIMIT } from '../core/use-cases/set-weekly-availability.ts';
import type { Choice, Field, Form } from './form.ts';
import { minutesLong } from './labels.ts';
import { listed, say, type Words } from './words.ts';

// A form that a button opens cannot look anything up, so the button carries what the form begins with.

/** Required: hours and dates mean nothing without it. It is asked only where nobody knows it. */
const zone: Field = { field: 'zone', name: 'timeZone', label: say('Your time zone'), required: true };

const days = [say('Mon'), say('Tue'), say('Wed'), say('Thu'), say('Fri'), say('Sat'), say('Sun')];

/** A week as it is typed, a line a day; empty when it has no hours. */
export const weekWords = (weekly: readonly WeeklyHours[]): Words =>
  listed(
    hoursByDay(weekly).map(({ weekday, hours }) => listed([days[weekday - 1] ?? '', hours], ' ')),
    '\n',
  );

/** The week, a line a day. `args.now`: the present one, from {@link packWeek}. */
export const weekForm = (args: Record<string, string>): Form => ({
  title: say('My week'),
  submit: say('Save my week'),
  intent: 'availability.set-week',
  args: {},
  intro: say('It takes the place of your week before. Days that you leave out have no hours.'),
  fields: [
    {
      field: 'text',
      name: 'week',
      label: say('When you have time'),
      hint: say('A line a day, or for several: Mon-Fri 18:00-20:00. Leave it empty for any time.'),
      placeholder: say('Mon 18:00-20:00, 21:00-22:00\nTue, Thu 12:00-13:00\nSat-Sun 10:00-16:00'),
      required: false,
      long: true,
      minLength: 0,
      maxLength: WEEK_LIMIT,
      ...(args.now ? { initial: weekWords(unpackWeek(args.now)) } : {}),
    },
    zone,
  ],
});

/** One date, or all from a first to a last. */
export const dateForm = (args: Record<string, string>): Form => ({
  title: say('Set a date'),
  submit: say('Save'),
  intent: 'availability.set-date',
  args,
  fields: [
    {
      field: 'text',
      name: 'date',
      label: say('Date'),
      hint: say('Year, month, day.'),
      placeholder: '2026-12-24',
      required: true,
      long: false,
      minLength: 1,
      maxLength: 40,
    },
    {
      field: 'text',
      name: 'lastDate',
      label: say('Last date'),
      hint: say('For several days in a row; else leave it empty.'),
      placeholder: '2027-01-03',
      required: false,
      long: false,
      minLength: 0,
      maxLength: 40,
    },
    {
      field: 'choice',
      name: 'kind',
      label: say('What differs'),
      required: true,
      choices: [
        { value: 'away', label: say('I am away') },
        { value: 'only', label: say('Only the hours below') },
        { value: 'extra', label: say('Also the hours below') },
        { value: 'usual', label: say('Nothing: as every week') },
      ],
      initial: 'away',
    },
    {
      field: 'text',
      name: 'hours',
      label: say('Hours'),
      hint: say('Unless you are away.'),
      placeholder: '10:00-12:00, 14:00-16:00',
      required: false,
      long: false,
      minLength: 0,
      maxLength: HOURS_LIMIT,
    },
    zone,
  ],
});

const HOUR = 60;
const DAY = 24 * HOUR;
const notices: readonly [minutes: number, words: Words][] = [
  [0, say('None')],
  [2 * HOUR, say('2 hours')],
  [6 * HOUR, say('6 hours')],
  [12 * HOUR, say('12 hours')],
  [DAY, say('1 day')],
  [2 * DAY, say('2 days')],
  [3 * DAY, say('3 days')],
  [7 * DAY, say('7 days')],
];
const buffers: readonly [minutes: number, words: Words][] = [
  [0, say('None')],
  [5, say('5 minutes')],
  [10, say('10 minutes')],
  [15, say('15 minutes')],
  [30, say('30 minutes')],
  [60, say('1 hour')],
  [120, say('2 hours')],
];
const choicesOf = (rows: readonly [number, Words][]): Choice[] =>
  rows.map(([minutes, label]) => ({ value: String(minutes), label }));

/** "2 days" and the like. */
export const noticeWords = (minutes: number): Words => wordsOf(notices, minutes);
export const bufferWords = (minutes: number): Words => wordsOf(buffers, minutes);
const wordsOf = (rows: readonly [number, Words][], minutes: number): Words =>
  rows.find(([each]) => each === minutes)?.[1] ?? minutesLong(minutes);

/** A choice begins with what the button carries, when it is among the choices. */
const begin = (choices: Choice[], carried: string | undefined, otherwise: string) => ({
  choices,
  initial: choices.some(({ value }) => value === carried) ? (carried as string) : otherwise,
});
const caps: Choice[] = [
  { value: 'any', label: say('As many as come') },
  ...[1, 2, 3, 4, 5, 7, 10].map((most) => ({
    value: String(most),
    label: say('At most {count}', { count: most }),
  })),
];

/**
 * What a mentor asks for beside hours. `args.notice`, `args.buffer`, `args.most`: the present ones. They are not named
 * like the fields, because what a button gives for a field is not asked again.
 */
export const rulesForm = (args: Record<string, string>): Form => ({
  title: say('Rules for my sessions'),
  submit: say('Save rules'),
  intent: 'availability.set-rules',
  args: {},
  fields: [
    {
      field: 'choice',
      name: 'noticeMinutes',
      label: say('Notice'),
      hint: say('How long before its start a session may be planned at the latest.'),
      required: true,
      ...begin(choicesOf(notices), args.notice, '0'),
    },
    {
      field: 'choice',
      name: 'bufferMinutes',
      label: say('Between sessions'),
      hint: say('Free time before and after each.'),
      required: true,
      ...begin(choicesOf(buffers), args.buffer, '0'),
    },
    {
      field: 'choice',
      name: 'perWeek',
      label: say('Sessions a week'),
      hint: say('From Monday to Sunday.'),
      required: true,
      ...begin(caps, args.most, 'any'),
    },
  ],
});

export const pauseForm = (args: Record<string, string>): Form => ({
  title: say('Pause'),
  submit: say('Pause'),
  intent: 'availability.set-pause',
  args,
  intro: say('Meanwhile I suggest no times to you. Sessions that are planned stay.'),
  fields: [
    {
      field: 'text',
      name: 'backOn',
      label: say('Back on'),
      hint: say('The first day on which you have time again. Leave it empty to pause until you resume.'),
      placeholder: '2027-01-10',
      required: false,
      long: false,
      minLength: 0,
      maxLength: 40,
    },
    zone,
  ],
});

/** Characters for hours in a button, of the 100 that Discord gives an intent with all its arguments. */
const ROOM = 72;
const WIDTH = 8;

/**
 * A week as a button carries it: for each hours two characters for the days (a bit each, Monday the lowest) and three
 * for each end, all in base 36. Nothing when there is no room: then the form begins empty, and the card shows the
 * week to copy from.
 */
export function packWeek(weekly: readonly WeeklyHours[]): Record<string, string> {
  const days = new Map<string, number>();
  for (const { weekday, from, to } of weekly) {
    const hours = `${base36(from, 3)}${base36(to, 3)}`;
    days.set(hours, (days.get(hours) ?? 0) | (1 << (weekday - 1)));
  }
  const now = [...days].map(([hours, mask]) => `${base36(mask, 2)}${hours}`).join('');
  return now === '' || now.length > ROOM ? {} : { now };
}

/** What {@link packWeek} made; whatever else came along is left out. */
export function unpackWeek(now: string): WeeklyHours[] {
  return (now.match(/[0-9a-z]{8}/g) ?? []).flatMap((code) => {
    const [mask, from, to] = [code.slice(0, 2), code.slice(2, 5), code.slice(5, WIDTH)].map((part) =>
      Number.parseInt(part, 36),
    ) as [number, number, number];
    return from < to && to <= DAY
      ? [1, 2, 3, 4, 5, 6, 7]
          .filter((day) => mask & (1 << (day - 1)))
          .map((weekday) => ({ weekday, from, to }))
      : [];
  });
}

const base36 = (value: number, width: number): string => value.toString(36).padStart(width, '0');
