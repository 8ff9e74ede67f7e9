import { DateTime } from 'luxon';

/** Times as people in their zones read and enter them. */

export const clockTime = (ms: number, zone: string): string =>
  DateTime.fromMillis(ms, { zone, locale: 'en-US' }).toLocaleString(DateTime.TIME_SIMPLE);

export const dayAndTime = (ms: number, zone: string): string =>
  DateTime.fromMillis(ms, { zone, locale: 'en-US' }).toFormat('ccc d LLL, HH:mm');

/** "New York" of America/New_York. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** What `<input type="datetime-local">` holds for an instant, in this zone. */
export const toLocalInput = (iso: string, zone: string): string =>
  iso === '' ? '' : DateTime.fromISO(iso, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

/** The ISO instant of what such an input holds. */
export const fromLocalInput = (typed: string, zone: string): string =>
  typed === '' ? '' : (DateTime.fromISO(typed, { zone }).toUTC().toISO() ?? '');

/**
 * The placeholders of Slack's date formats, filled in.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(seconds: number, format: string, zone: string, now: number): string {
  const at = DateTime.fromSeconds(seconds, { zone, locale: 'en-US' });
  const days = at.startOf('day').diff(DateTime.fromMillis(now, { zone }).startOf('day'), 'days').days;
  const pretty = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : undefined;
  const year = at.year === DateTime.fromMillis(now, { zone }).year ? '' : `, ${at.year}`;
  const long = at.toFormat('cccc, LLLL d') + ordinal(at.day) + year;
  const filled: Record<string, string> = {
    date_num: at.toFormat('yyyy-MM-dd'),
    date: at.toFormat('LLLL d') + ordinal(at.day) + year,
    date_short: at.toFormat('LLL d') + year,
    date_long: long,
    date_pretty: pretty ?? at.toFormat('LLLL d') + ordinal(at.day) + year,
    date_short_pretty: pretty ?? at.toFormat('LLL d') + year,
    date_long_pretty: pretty ?? long,
    time: at.toFormat('h:mm a'),
    time_secs: at.toFormat('h:mm:ss a'),
    ago: at.toRelative({ base: DateTime.fromMillis(now) }) ?? '',
  };
  const text = format.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ordinal = (day: number): string =>
  day % 10 === 1 && day !== 11
    ? 'st'
    : day % 10 === 2 && day !== 12
      ? 'nd'
      : day % 10 === 3 && day !== 13
        ? 'rd'
        : 'th';

/** Discord's timestamp styles. https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
export function discordDate(seconds: number, style: string, zone: string, now: number): string {
  const at = DateTime.fromSeconds(seconds, { zone, locale: 'en-US' });
  const formats: Record<string, string> = {
    t: 'h:mm a',
    T: 'h:mm:ss a',
    d: 'M/d/yyyy',
    D: 'LLLL d, yyyy',
    f: "LLLL d, yyyy 'at' h:mm a",
    F: "cccc, LLLL d, yyyy 'at' h:mm a",
  };
  if (style === 'R') return at.toRelative({ base: DateTime.fromMillis(now) }) ?? '';
  return at.toFormat(formats[style] ?? formats.f ?? '');
}
