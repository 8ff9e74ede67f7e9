/** The languages in which the bot speaks; `src/messages/es` and its like hold the words of all but the first. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/**
 * The language of a locale, such as "es" for "es-ES", "es-419" or "es_MX".
 * @returns null when it is unknown, or the bot does not speak it
 */
export function languageOf(locale: string | null | undefined): Language | null {
  const tag = locale?.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === tag) ?? null;
}
