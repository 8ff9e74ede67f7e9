import { availability } from './availability.ts';
import { buttons } from './buttons.ts';
import { commands } from './commands.ts';
import { coordination } from './coordination.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { feedback } from './feedback.ts';
import { fieldProblems } from './field-problems.ts';
import { forms } from './forms.ts';
import { handingOver } from './handing-over.ts';
import { heartbeat } from './heartbeat.ts';
import { home } from './home.ts';
import { labels } from './labels.ts';
import { lists } from './lists.ts';
import { platforms } from './platforms.ts';
import { promises } from './promises.ts';
import { questions } from './questions.ts';
import { requests } from './requests.ts';
import { rooms } from './rooms.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { spaces } from './spaces.ts';
import { wayToMeet } from './way-to-meet.ts';
import { web } from './web.ts';

/** Every sentence of the bot in Spanish, by the English one. */
export const es = {
  ...availability,
  ...buttons,
  ...commands,
  ...coordination,
  ...entries,
  ...errors,
  ...feedback,
  ...fieldProblems,
  ...forms,
  ...handingOver,
  ...heartbeat,
  ...home,
  ...labels,
  ...lists,
  ...platforms,
  ...promises,
  ...questions,
  ...requests,
  ...rooms,
  ...sessions,
  ...settings,
  ...spaces,
  ...web,
  ...wayToMeet,
} as const;
