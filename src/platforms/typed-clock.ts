/** A time of day. `hour` is 0–23. */
export interface WallClock {
  hour: number;
  minute: number;
}

/** An entry taken apart: the words for the day, when it starts, and when it ends (on another day, if one is named). */
export interface ClockRange {
  day: string;
  start: WallClock;
  end: WallClock | null;
  endDay: string | null;
}

const CLOCK = String.raw`(?:\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|noon|midnight|mediod[ií]a|medianoche)`;
const DASH = String.raw`\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\ba\b|\bhasta\b)\s*`;
const DAY = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})`;
/** Words that may stand between a day and a time without meaning anything more. */
const filler =
  /^(?:on|at|from|the|el|los|a las?|de|desde)\s+|[\s,]+(?:at|from|around|on|a las?|de|desde|sobre las?)$|[\s,]+$/gi;

const single = new RegExp(String.raw`^(.*?)(?:^|\s|T|\bat\s)(${CLOCK})(?:\s+(.*))?$`, 'is');
const range = new RegExp(
  String.raw`^(.*?)(?:^|\s|T)(${CLOCK}|\d{1,2})${DASH}(?:(${DAY})[\sT]+)?(${CLOCK}|\d{1,2})(?:\s+(.*))?$`,
  'is',
);

/** Finds the time of day, or the window, in an entry. @returns null when there is none, or one that cannot be */
export function splitRange(words: string): ClockRange | null {
  const window = range.exec(words);
  if (window) {
    const [, before = '', from = '', endDay, to = '', after = ''] = window;
    // Two bare numbers are a window of hours only next to a day: "Fri 10-12".
    const day = dayWords(before, after);
    const end = clockIn(to, null);
    const start = end && startClock(from, to, end);
    if (!start || !end || day === null) return null;
    return { day, start, end, endDay: endDay ?? null };
  }
  const once = single.exec(words);
  if (!once) return null;
  const [, before = '', clock = '', after = ''] = once;
  const day = dayWords(before, after);
  const start = clockIn(clock, null);
  return start && day !== null ? { day, start, end: null, endDay: null } : null;
}

/** "10:00 on Friday" and "Friday 10:00" are the same; a day on both sides is none. */
function dayWords(before: string, after: string): string | null {
  const [first, second] = [clean(before), clean(after)];
  return first && second ? null : first || second;
}

function clean(words: string): string {
  let before: string;
  let now = words.trim();
  do {
    before = now;
    now = now.replace(filler, '').trim();
  } while (now !== before);
  return now;
}

/** "3-5pm" is in the afternoon on both sides; "10-2pm" begins in the morning. */
function startClock(from: string, to: string, end: WallClock): WallClock | null {
  if (/[ap]\.?m/i.test(from) || /noon|midnight/i.test(from) || !/[ap]\.?m/i.test(to))
    return clockIn(from, null);
  const hour = Number(/^\d+/.exec(from)?.[0]);
  if (hour < 1 || hour > 12) return clockIn(from, null);
  const same = clockIn(from, /a/i.test(to) ? 'am' : 'pm');
  if (same && same.hour * 60 + same.minute < end.hour * 60 + end.minute) return same;
  return clockIn(from, 'am');
}

/** Reads "18:30", "6.30 pm", "3pm", "noon" or a bare hour. @returns null for what no clock shows */
function clockIn(words: string, half: 'am' | 'pm' | null): WallClock | null {
  if (/^(?:noon|mediod[ií]a)$/i.test(words)) return { hour: 12, minute: 0 };
  if (/^(?:midnight|medianoche)$/i.test(words)) return { hour: 0, minute: 0 };
  const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap])\.?m\.?)?$/i.exec(words.trim());
  if (!found) return null;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const meridiem = found[3] ? (found[3].toLowerCase() === 'p' ? 'pm' : 'am') : half;
  if (minute > 59) return null;
  if (meridiem === null) {
    if (hour === 24 && minute === 0) return { hour: 0, minute };
    return hour <= 23 ? { hour, minute } : null;
  }
  if (hour < 1 || hour > 12) return null;
  return { hour: (hour % 12) + (meridiem === 'pm' ? 12 : 0), minute };
}
