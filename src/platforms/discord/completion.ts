import type { Desk, Visitor } from '../platform.ts';
import { limits, shorten } from './limits.ts';
import { type Choice, zoneChoices } from './zone-choices.ts';

/**
 * What Discord offers while somebody types an option of a command
 * (https://discord.com/developers/docs/interactions/application-commands#autocomplete).
 */
export async function choicesFor(
  desk: Desk,
  what: 'zone' | 'tags',
  { by, typed, locale }: { by: Visitor; typed: string; locale: string },
): Promise<Choice[]> {
  if (what === 'zone') {
    const known = await Promise.all([desk.zoneOf(by), desk.usualZone(by)]);
    return zoneChoices(
      typed,
      locale,
      known.filter((zone) => zone !== null),
      desk.now(),
    );
  }
  // Tags go with commas between: the last one is being typed, those before it stay.
  const cut = typed.lastIndexOf(',') + 1;
  const before = typed.slice(0, cut);
  const tags = await desk.suggestTags(by, typed.slice(cut), limits.commandChoices.max);
  return tags
    .map((tag) => `${before}${before ? ' ' : ''}${tag}`)
    .filter((words) => words.length <= limits.choiceName.max)
    .map((words) => ({ name: shorten(words, limits.choiceName.max), value: words }));
}
