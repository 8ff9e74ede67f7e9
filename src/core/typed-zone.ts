import { isTimeZone } from './time.ts';

/** The IANA names that the runtime lists. */
export const timeZones: readonly string[] = Intl.supportedValuesOf('timeZone');
const byName = new Map(timeZones.map((zone) => [zone.toLowerCase(), zone]));

/**
 * Reads a time zone that somebody typed: an IANA name in any case ("europe/berlin"), UTC, or the city of one
 * ("Berlin", "new york") when only one zone has it. Abbreviations such as EST mean different things in summer and in
 * different countries, and are not read.
 * @returns the IANA name, or null
 */
export function readZone(words: string): string | null {
  const name = words.trim().replaceAll(/\s+/g, '_').toLowerCase();
  if (/^(utc|gmt|z)$/.test(name)) return 'UTC';
  const known = byName.get(name);
  if (known) return known;
  if (name.includes('/')) {
    // Older names, such as Asia/Calcutta, that the runtime knows without listing them.
    const written = name.replaceAll(/(^|[/_-])[a-z]/g, (start) => start.toUpperCase());
    return isTimeZone(written) ? written : null;
  }
  const cities = timeZones.filter((zone) => zone.toLowerCase().split('/').at(-1) === name);
  return cities.length === 1 ? (cities[0] as string) : null;
}

/** Zones that somebody may mean who begins to type: by their city first, then by any part of their name. */
export function zoneMatches(typed: string): string[] {
  const exact = readZone(typed);
  const wanted = typed.trim().replaceAll(/\s+/g, '_').toLowerCase();
  const rank = (zone: string): number => {
    const name = zone.toLowerCase();
    const city = name.split('/').at(-1) ?? '';
    return [zone === exact, city.startsWith(wanted), name.startsWith(wanted), name.includes(wanted)].indexOf(
      true,
    );
  };
  const known = exact && !timeZones.includes(exact) ? [exact, ...timeZones] : timeZones;
  return known
    .map((zone) => ({ zone, at: rank(zone) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ zone }) => zone);
}

const notZones =
  /^(am|pm|noon|midnight|today|tomorrow|tonight|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|lun|mie|jue|vie|sab|dom|hoy|ene|abr|ago|dic)$/i;

/** Whether the last word of an entry is meant as a zone: it has a slash, or it is short and in capitals. */
export const looksLikeZone = (word: string): boolean =>
  /^[A-Za-z]+[A-Za-z_-]*\/[\w+/-]+$/.test(word) ||
  (/^[A-Z]{3,5}$/.test(word) && !notZones.test(word)) ||
  /^(utc|gmt)$/i.test(word);
