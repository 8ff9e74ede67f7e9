import { type Hours, tidy, type WeeklyHours } from './availability.ts';

// Hours as people write them: "Mon-Fri 18:00-20:00, 21:00-22:00".

/** Monday first, in the languages that the bot speaks, without accents. No two days begin alike in all of them. */
const weekdays: readonly (readonly string[])[] = [
  ['monday', 'lunes'],
  ['tuesday', 'martes'],
  ['wednesday', 'miercoles'],
  ['thursday', 'jueves'],
  ['friday', 'viernes'],
  ['saturday', 'sabado'],
  ['sunday', 'domingo'],
];
const withoutAccents = (words: string): string => words.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Why a line cannot be used, with the line. */
export interface HoursProblem {
  code: 'hours_unreadable' | 'hours_backwards';
  detail: string;
}
export type Read<Value> = { ok: true; value: Value } | { ok: false; problem: HoursProblem };

const bad = (code: HoursProblem['code'], line: string): { ok: false; problem: HoursProblem } => ({
  ok: false,
  problem: { code, detail: line.slice(0, 60) },
});

/**
 * Reads a week: a line (or a part after a semicolon) for a day, for days with commas between, or for a range of days,
 * each with one or more hours. Nothing at all: no hours.
 */
export function readWeek(text: string): Read<WeeklyHours[]> {
  const byDay = new Map<number, Hours[]>();
  for (const line of text.split(/[\n;]/).map((one) => one.trim())) {
    if (line === '') continue;
    const cut = line.search(/\d/);
    const days = cut < 0 ? null : readDays(line.slice(0, cut));
    if (!days) return bad('hours_unreadable', line);
    const hours = readHours(line.slice(cut));
    if (!hours.ok) return bad(hours.problem.code, line);
    for (const day of days) byDay.set(day, [...(byDay.get(day) ?? []), ...hours.value]);
  }
  const value = [...byDay]
    .sort(([a], [b]) => a - b)
    .flatMap(([weekday, hours]) => tidy(hours).map((each) => ({ weekday, ...each })));
  return { ok: true, value };
}

/** The hours of each day of the week that has some, as they are typed. */
export const hoursByDay = (weekly: readonly WeeklyHours[]): { weekday: number; hours: string }[] =>
  [1, 2, 3, 4, 5, 6, 7]
    .map((weekday) => ({ weekday, hours: writeHours(weekly.filter((each) => each.weekday === weekday)) }))
    .filter(({ hours }) => hours !== '');

/** @returns ISO days of the week, or null */
function readDays(words: string): number[] | null {
  const days: number[] = [];
  const said = withoutAccents(words.toLowerCase())
    .replace(/[:\s,]+$/, '')
    .replaceAll(/[–—]| to | a /g, '-');
  for (const part of said.split(/,|&| and | y | e |\+/).map((one) => one.trim())) {
    const [from, to, ...rest] = part.split('-').map((one) => one.trim());
    if (rest.length > 0 || from === undefined) return null;
    const several = to === undefined ? groups[from] : undefined;
    if (several) {
      days.push(...several);
      continue;
    }
    const first = readDay(from);
    const last = to === undefined ? first : readDay(to);
    if (!first || !last) return null;
    for (let day = first; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === last) break;
    }
  }
  return days;
}

const groups: Record<string, number[]> = {
  'every day': [1, 2, 3, 4, 5, 6, 7],
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
  'todos los dias': [1, 2, 3, 4, 5, 6, 7],
  'cada dia': [1, 2, 3, 4, 5, 6, 7],
  'entre semana': [1, 2, 3, 4, 5],
  'fines de semana': [6, 7],
  'fin de semana': [6, 7],
};

function readDay(word: string): number | null {
  const said = word
    .replace(/\.$/, '')
    .replace(/days$/, 'day')
    .replace(/^(?:el|los) /, '')
    .replace(/^(sabado|domingo)s$/, '$1');
  const index =
    said.length < 2 ? -1 : weekdays.findIndex((names) => names.some((day) => day.startsWith(said)));
  return index < 0 ? null : index + 1;
}

/** Reads "18:00-20:00, 21-22" or "6pm-8:30pm". Nothing is no hours. */
export function readHours(text: string): Read<Hours[]> {
  const value: Hours[] = [];
  for (const part of text.split(/,|;|&| and | y /).map((one) => one.trim())) {
    if (part === '') continue;
    const [start, end, ...rest] = part.split(/\s*(?:-|–|—|\bto\b|\buntil\b|\ba\b|\bhasta\b)\s*/);
    const from = readTime(start ?? '');
    const to = readTime(end ?? '');
    if (rest.length > 0 || from === null || to === null) return bad('hours_unreadable', part);
    // "20:00-0:00" is until midnight.
    const until = to === 0 ? 1440 : to;
    if (from >= until) return bad('hours_backwards', part);
    value.push({ from, to: until });
  }
  return { ok: true, value: tidy(value) };
}

/** @returns minutes after midnight, 0 to 1440, or null */
function readTime(text: string): number | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hour, minute = '0', half] = match;
  const hours = Number(hour);
  const minutes = Number(minute);
  if (minutes > 59) return null;
  if (half) {
    if (hours < 1 || hours > 12) return null;
    return (hours % 12) * 60 + minutes + (half.toLowerCase() === 'pm' ? 720 : 0);
  }
  const total = hours * 60 + minutes;
  return total <= 1440 ? total : null;
}

/** "18:00-20:00, 21:00-22:00". */
export const writeHours = (hours: readonly Hours[]): string =>
  hours.map(({ from, to }) => `${writeTime(from)}-${writeTime(to)}`).join(', ');

const writeTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
