import type { Language } from '../../src/core/language.ts';
import { type Card, card, type SpokenCard } from '../../src/messages/card.ts';
import type { Form, SpokenForm } from '../../src/messages/form.ts';
import { inLanguage, worded } from '../../src/messages/in-language.ts';
import type { Words } from '../../src/messages/words.ts';

/** What a card or a form says to a reader of this language, whose clocks show UTC. */
export function spoken(card: Card, language?: Language): SpokenCard;
export function spoken(form: Form, language?: Language): SpokenForm;
export function spoken(what: Card | Form, language: Language = 'en'): SpokenCard | SpokenForm {
  const locale = { language, timeZone: null };
  return 'fields' in what ? inLanguage(what, locale) : inLanguage(what, locale);
}

/** A card in English, for tests of what happens to cards after they found their language. */
export const spokenCard = (...parts: Parameters<typeof card>): SpokenCard => spoken(card(...parts));

export const inEnglish = (words: Words): string => worded(words, { language: 'en', timeZone: null });
