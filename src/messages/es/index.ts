import { buttons } from './buttons.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { fieldProblems } from './field-problems.ts';
import { home } from './home.ts';
import { labels } from './labels.ts';
import { lists } from './lists.ts';
import { platforms } from './platforms.ts';
import { requests } from './requests.ts';
import { settings } from './settings.ts';

/** Every sentence of the bot in Spanish, by the English one. */
export const es = {
  ...buttons,
  ...entries,
  ...errors,
  ...fieldProblems,
  ...home,
  ...labels,
  ...lists,
  ...platforms,
  ...requests,
  ...settings,
} as const;
