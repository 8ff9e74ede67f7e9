import { timeZones, zoneMatches } from '../../core/typed-zone.ts';
import { limits, shorten } from './limits.ts';

/**
 * Where most people live who use Discord in a language (https://discord.com/developers/docs/reference#locales): a guess
 * that is offered first, never one that is taken for known.
 */
const guesses: Record<string, readonly string[]> = {
  bg: ['Europe/Sofia'],
  cs: ['Europe/Prague'],
  da: ['Europe/Copenhagen'],
  de: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  el: ['Europe/Athens'],
  'en-GB': ['Europe/London', 'Europe/Dublin'],
  'en-US': ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
  'es-419': ['America/Mexico_City', 'America/Bogota', 'America/Lima', 'America/Santiago'],
  'es-ES': ['Europe/Madrid'],
  fi: ['Europe/Helsinki'],
  fr: ['Europe/Paris', 'America/Toronto'],
  hi: ['Asia/Kolkata', 'Asia/Calcutta'],
  hr: ['Europe/Zagreb'],
  hu: ['Europe/Budapest'],
  id: ['Asia/Jakarta'],
  it: ['Europe/Rome'],
  ja: ['Asia/Tokyo'],
  ko: ['Asia/Seoul'],
  lt: ['Europe/Vilnius'],
  nl: ['Europe/Amsterdam', 'Europe/Brussels'],
  no: ['Europe/Oslo'],
  pl: ['Europe/Warsaw'],
  'pt-BR': ['America/Sao_Paulo'],
  ro: ['Europe/Bucharest'],
  ru: ['Europe/Moscow'],
  'sv-SE': ['Europe/Stockholm'],
  th: ['Asia/Bangkok'],
  tr: ['Europe/Istanbul'],
  uk: ['Europe/Kiev', 'Europe/Kyiv'],
  vi: ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  'zh-CN': ['Asia/Shanghai'],
  'zh-TW': ['Asia/Taipei'],
};

/** Offered to whom no guess is known. */
const usual = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Tokyo',
];

export interface Choice {
  name: string;
  value: string;
}

/**
 * Time zones to choose from, each with what its clocks show now, by which people recognise theirs.
 * @param locale the person's, as Discord tells it
 * @param known what is known already, the best first: their own, and that of their community
 */
export function zoneChoices(typed: string, locale: string, known: readonly string[], now: Date): Choice[] {
  const here = guesses[locale] ?? [];
  const likely = (zone: string) => known.includes(zone) || here.includes(zone);
  const zones =
    typed.trim() === ''
      ? [...known, ...[...here, ...usual].filter((zone) => timeZones.includes(zone))]
      : [...zoneMatches(typed)].sort((a, b) => Number(likely(b)) - Number(likely(a)));
  return [...new Set(zones)].slice(0, limits.commandChoices.max).map((zone) => ({
    name: shorten(`${zone.replaceAll('_', ' ')} (${clockIn(zone, now)})`, limits.choiceName.max),
    value: zone,
  }));
}

const clockIn = (zone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
