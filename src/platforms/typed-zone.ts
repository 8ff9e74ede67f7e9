import { isTimeZone } from '../core/time.ts';

const zones = Intl.supportedValuesOf('timeZone');
const byName = new Map(zones.map((zone) => [zone.toLowerCase(), zone]));

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
  const cities = zones.filter((zone) => zone.toLowerCase().split('/').at(-1) === name);
  return cities.length === 1 ? (cities[0] as string) : null;
}

const notZones =
  /^(am|pm|noon|midnight|today|tomorrow|tonight|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)$/i;

/** Whether the last word of an entry is meant as a zone: it has a slash, or it is short and in capitals. */
export const looksLikeZone = (word: string): boolean =>
  /^[A-Za-z]+[A-Za-z_-]*\/[\w+/-]+$/.test(word) ||
  (/^[A-Z]{3,5}$/.test(word) && !notZones.test(word)) ||
  /^(utc|gmt)$/i.test(word);
