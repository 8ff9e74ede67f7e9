import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import type { FieldProblem } from '../core/errors.ts';
import { looksLikeZone, readZone } from '../core/typed-zone.ts';
import { splitRange, type WallClock } from './typed-clock.ts';

export { readZone };

export interface ReadTimes {
  /** ISO instants; `end` null for a single time. Entries that could not be read are left out. */
  times: { start: string; end: string | null }[];
  problems: FieldProblem[];
  /** The zone that was typed along with the times, to be remembered; null when none was. */
  zone: string | null;
}

type Day = { year: number; month: number; day: number };

/**
 * Reads times that somebody typed, separated by commas, semicolons or line breaks: `2026-12-01 18:30`,
 * `2026-12-01 18:30-20:00`, `Fri 10:00–12:00`, `tomorrow 3pm`, each in the wall clock of the person's zone, never of
 * the machine's. A zone after an entry holds for that entry, at the end of the text for all.
 *
 * - A weekday is the next one; a time without a day is the next such time, or the day of the entry before it in the
 *   same line (`Fri 10:00, 14:00`).
 * - A wall clock time that a spring change leaves out is moved ahead by the gap, as calendars do (02:30 → 03:30).
 * - One that an autumn change repeats is the first of the two.
 * - Spanish words are understood as well: `viernes 10:00-12:00`, `mañana a las 15:00`, `1 de diciembre 18:30`.
 * - Numeric dates that are read differently in different countries (`03/04/2026`) are refused rather than guessed.
 * - `00:00` or `24:00` as an end is the midnight after the start.
 * @param zone the person's IANA zone, or null while nobody knows it
 * @param field the field's name, for the problems
 */
export function readTimes(text: string, zone: string | null, now: Date, field = 'times'): ReadTimes {
  const result: ReadTimes = { times: [], problems: [], zone: null };
  const problem = (code: FieldProblem['code'], detail?: string): void => {
    result.problems.push(detail === undefined ? { field, code } : { field, code, detail });
  };
  const entries = entriesOf(text);
  const unknown = entries.find((entry) => entry.zone !== null && readZone(entry.zone) === null)?.zone;
  if (unknown) {
    problem('zone_unknown', unknown);
    return result;
  }
  const typed = entries.flatMap((entry) => (entry.zone ? [readZone(entry.zone) as string] : []));
  const last = entries.at(-1)?.zone;
  const forAll = last && (typed.length === 1 || entries.at(-1)?.words === '') ? readZone(last) : null;
  result.zone = forAll ?? typed[0] ?? null;
  let missing = false;
  let before: { line: number; day: Day } | null = null;
  for (const entry of entries) {
    if (entry.words === '') continue;
    const own = (entry.zone ? readZone(entry.zone) : null) ?? forAll ?? zone ?? typed[0] ?? null;
    // Without a zone, still say what could not be read in any.
    const read = readEntry(entry.words, own ?? 'UTC', now, before?.line === entry.line ? before.day : null);
    if (!read) problem('time_unreadable', entry.words);
    else if (own === null && !read.absolute) missing = true;
    else if (read.end && read.end <= read.start) problem('time_backwards', entry.words);
    else result.times.push({ start: iso(read.start), end: read.end ? iso(read.end) : null });
    before = read ? { line: entry.line, day: read.day } : null;
  }
  if (missing) problem('zone_missing');
  return result;
}

const iso = (at: DateTime): string => at.toUTC().toISO() as string;

interface Entry {
  words: string;
  zone: string | null;
  line: number;
}

/** Takes the text apart. A piece without a time of day belongs to the next one in its line: `Tue, Dec 1, 6pm`. */
function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const [line, words] of text.split(/[;\n]/).entries()) {
    let pending = '';
    for (const piece of words.split(',')) {
      const { rest, zone } = cutZone(piece.trim());
      if (rest === '' && zone === null) continue;
      const whole = `${pending} ${rest}`.trim();
      pending = '';
      if (rest !== '' && zone === null && !hasClock(rest)) {
        pending = whole;
      } else entries.push({ words: whole, zone, line });
    }
    if (pending) entries.push({ words: pending, zone: null, line });
  }
  return entries;
}

const hasClock = (words: string): boolean =>
  !/^\d{4}-\d{1,2}-\d{1,2}$/.test(words) &&
  /\d[:.h]\d\d(?!\.)|\d\s*[ap]\.?m\b|noon|midnight|mediod[ií]a|medianoche|\d\s*[-–—]\s*\d+$|\b(?:in|en|dentro de) \d+ (h|m)/i.test(
    words,
  );

function cutZone(piece: string): { rest: string; zone: string | null } {
  const found = /^(.*?)[\s(]*([A-Za-z][A-Za-z0-9_+/-]*)\)?$/s.exec(piece);
  const word = found?.[2] ?? '';
  return looksLikeZone(word) ? { rest: (found?.[1] ?? '').trim(), zone: word } : { rest: piece, zone: null };
}

interface ReadEntry {
  start: DateTime;
  end: DateTime | null;
  day: Day;
  /** It says its own offset, so no zone is needed. */
  absolute: boolean;
}

function readEntry(words: string, zone: string, now: Date, before: Day | null): ReadEntry | null {
  const absolute = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/i.test(words)
    ? DateTime.fromISO(words.toUpperCase(), { zone: 'utc' })
    : null;
  if (absolute)
    return absolute.isValid ? { start: absolute, end: null, day: absolute, absolute: true } : null;
  const range = splitRange(words);
  if (!range) return readPhrase(words, zone, now);
  const today = DateTime.fromJSDate(now, { zone });
  const start = startOf(range.day, range.start, today, before);
  if (!start) return null;
  const day: Day = { year: start.year, month: start.month, day: start.day };
  if (!range.end) return { start: onClock(start, range.start), end: null, day, absolute: false };
  const endDay = range.endDay ? dayOf(range.endDay, today) : start;
  if (!endDay) return null;
  const midnight = range.end.hour === 0 && range.end.minute === 0 && !range.endDay;
  return {
    start: onClock(start, range.start),
    end: onClock(midnight ? endDay.plus({ days: 1 }) : endDay, range.end),
    day,
    absolute: false,
  };
}

/** The day (at its start, in the zone) on which a start at `clock` is meant. */
function startOf(words: string, clock: WallClock, today: DateTime, before: Day | null): DateTime | null {
  if (words === '') {
    if (before) return DateTime.fromObject(before, { zone: today.zone });
    return onClock(today, clock) > today ? today : today.plus({ days: 1 });
  }
  const weekday = weekdayOf(words);
  if (weekday === null) return dayOf(words, today);
  const next = today.plus({ days: (weekday - today.weekday + 7) % 7 });
  return onClock(next, clock) > today ? next : next.plus({ days: 7 });
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const spanishDays =
  /^(?:(lun)(?:es)?|(mar)(?:tes)?|(mi[eé])(?:rcoles)?|(jue)(?:ves)?|(vie)(?:rnes)?|(s[aá]b)(?:ado)?|(dom)(?:ingo)?)\.?$/i;

/** 1 for Monday to 7, or null when it is anything else than a weekday alone. */
function weekdayOf(words: string): number | null {
  const spanish = spanishDays.exec(words.replace(/^este\s+/i, ''));
  if (spanish) return spanish.slice(1).findIndex((day) => day !== undefined) + 1;
  const found = /^(?:this\s+)?(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur|urs)?(?:day)?\.?$/i.exec(words);
  return found ? weekdays.indexOf((found[1] as string).toLowerCase()) + 1 : null;
}

const near: Record<string, number> = {
  today: 0,
  tonight: 0,
  tomorrow: 1,
  'day after tomorrow': 2,
  hoy: 0,
  'esta tarde': 0,
  'esta noche': 0,
  mañana: 1,
  manana: 1,
  'pasado mañana': 2,
  'pasado manana': 2,
};

/** The day that the words mean, or null when they are not wholly a day. */
function dayOf(words: string, today: DateTime): DateTime | null {
  const numeric = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words) ?? dayFirst(words);
  if (numeric)
    return valid({ year: Number(numeric[1]), month: Number(numeric[2]), day: Number(numeric[3]) }, today);
  const ahead = near[words.toLowerCase().replace(/^the\s+/, '')];
  if (ahead !== undefined) return today.plus({ days: ahead }).startOf('day');
  if (/^\d{1,2}\/\d{1,2}(\/\d{2,4})?$/.test(words)) return null;
  return chronoDay(words, today);
}

/** `1.12.2026` is day first wherever it is written; `25/12/2026` can be nothing else. As [all, year, month, day]. */
function dayFirst(words: string): string[] | null {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(words);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words);
  const found =
    dotted ?? (slashed && (Number(slashed[1]) > 12 || slashed[1] === slashed[2]) ? slashed : null);
  return found ? [words, found[3] as string, found[2] as string, found[1] as string] : null;
}

function valid(day: Day, today: DateTime): DateTime | null {
  const at = DateTime.fromObject(day, { zone: today.zone });
  return at.isValid ? at : null;
}

/** What the parser makes of the words in one of our languages, when it understands all of them. */
function parsed(words: string, reference: chrono.ParsingReference): chrono.ParsedResult | null {
  for (const language of [chrono, chrono.es]) {
    const [found] = language.parse(words, reference);
    if (found && found.text.length === words.length) return found;
  }
  return null;
}

/** Days in words ("tomorrow", "Dec 1", "next Monday"). Only the calendar day is taken from the parser. */
function chronoDay(words: string, today: DateTime): DateTime | null {
  const found = parsed(words, { instant: today.toJSDate(), timezone: today.offset });
  if (!found) return null;
  const { start } = found;
  if (start.isCertain('hour') || found.end) return null;
  const explicit = start.isCertain('month') && start.isCertain('day');
  if (!explicit && !start.isCertain('weekday') && !start.isCertain('day')) return null;
  const day = { year: start.get('year'), month: start.get('month'), day: start.get('day') };
  if (day.year === null || day.month === null || day.day === null) return null;
  const at = valid(day as Day, today);
  if (!at) return null;
  // "Dec 1" without a year is the one ahead, and "Friday next week" needs nothing.
  return explicit && !start.isCertain('year') && at < today.startOf('day') ? at.plus({ years: 1 }) : at;
}

/** Everything else that names a time of day in words, such as "tomorrow noon" or "in 2 hours". */
function readPhrase(words: string, zone: string, now: Date): ReadEntry | null {
  const today = DateTime.fromJSDate(now, { zone });
  const found = parsed(words, { instant: now, timezone: today.offset });
  if (!found || found.end || !found.start.isCertain('hour')) return null;
  const { start } = found;
  if (start.isCertain('timezoneOffset') && /\b(ago|in|en|dentro|hace)\b/i.test(words)) {
    const at = DateTime.fromJSDate(start.date(), { zone });
    return { start: at, end: null, day: at, absolute: true };
  }
  const day = valid(
    { year: start.get('year') ?? 0, month: start.get('month') ?? 0, day: start.get('day') ?? 0 },
    today,
  );
  if (!day) return null;
  const at = onClock(day, { hour: start.get('hour') ?? 0, minute: start.get('minute') ?? 0 });
  return { start: at, end: null, day, absolute: false };
}

/** That time of day on that day, in the day's zone: moved ahead in a gap, the first where it comes twice. */
function onClock(day: DateTime, clock: WallClock): DateTime {
  const at = DateTime.fromObject(
    { year: day.year, month: day.month, day: day.day, hour: clock.hour, minute: clock.minute },
    { zone: day.zone },
  );
  return at.getPossibleOffsets()[0] ?? at;
}
