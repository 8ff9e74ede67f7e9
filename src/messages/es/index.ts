import { entries } from './entries.ts';
import { home } from './home.ts';
import { lists } from './lists.ts';
import { platforms } from './platforms.ts';

/** Every sentence of the bot in Spanish, by the English one. */
export const es = {
  ...entries,
  ...home,
  ...lists,
  ...platforms,
} as const;
