import { randomBytes } from 'node:crypto';
import { ConfigError, type Name, parseConfig, problemWith } from '../config.ts';
import type { Log } from '../log.ts';
import { attempt, type Choice, choicesFor } from './attempts.ts';
import { isSet, sections, tokenFor, type Values } from './questions.ts';

/** Settings made whole: ids instead of names, and what follows from others. */
export interface Settled {
  values: Values;
  /** What is wrong, a line each with its remedy; empty when nothing is. */
  problems: string[];
}

/**
 * Makes settings that were given without questions whole: names of channels and roles become ids, the Discord
 * application follows from its token, its server when there is only one, and a Jitsi secret is made. Asks the platforms, and changes nothing there.
 */
export async function settle(given: Values, log: Log): Promise<Settled> {
  const problems = new Map<string, string>();
  let values = withSecret(given);
  const usable = (name: Name) =>
    isSet(values, name) && problemWith(name, values[name] ?? '') === null && !problems.has(name);
  if (usable('DISCORD_TOKEN') && !isSet(values, 'DISCORD_APPLICATION_ID')) {
    const found = await attempt('DISCORD_TOKEN', values, log);
    if (found?.ok) values = { ...values, ...found.gives };
    else problems.set('DISCORD_TOKEN', found?.remedy ?? '');
  }
  if (
    usable('DISCORD_TOKEN') &&
    !['DISCORD_SERVER', 'DISCORD_MENTORS_CHANNEL'].some((name) => isSet(values, name as Name))
  ) {
    const found = await choicesFor('DISCORD_SERVER', values, log).catch((error: unknown) => {
      problems.set('DISCORD_SERVER', error instanceof Error ? error.message : String(error));
      return [];
    });
    const [first, second] = found;
    if (first && !second) values = { ...values, DISCORD_SERVER: first.id };
    else if (second) {
      const which = found.map(({ id, label }) => `${id} (${label})`).join(', ');
      problems.set('DISCORD_SERVER', `DISCORD_SERVER: the bot is in several servers. Give one: ${which}.`);
    }
  }
  for (const { name, by } of [...sections.slack, ...sections.discord]) {
    if (by !== 'pick' || !isSet(values, name) || usable(name) || !usable(tokenFor(name))) continue;
    if (isRole(name) && problems.has('DISCORD_MENTORS_CHANNEL')) {
      problems.set(name, `${name}: it can be found by its name once DISCORD_MENTORS_CHANNEL is right.`);
      continue;
    }
    const found = await choicesFor(name, values, log).then(
      (choices) => byNames(name, values[name] ?? '', choices),
      (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
    );
    if ('id' in found) values = { ...values, [name]: found.id };
    else problems.set(name, found.problem);
  }
  return { values, problems: [...problems.values(), ...complaints(values, [...problems.keys()])] };
}

/** What config.ts says beside what was said already. */
function complaints(values: Values, said: readonly string[]): string[] {
  try {
    parseConfig(values);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The application's id follows from the token: what is said of that is enough.
    const also = isSet(values, 'DISCORD_APPLICATION_ID') ? said : [...said, 'DISCORD_APPLICATION_ID'];
    return error.problems.filter((problem) => !also.some((name) => problem.startsWith(`${name} `)));
  }
}

/** Room names are made from a secret that nobody has to know: it is made where it is needed and none is there. */
export function withSecret(values: Values): Values {
  if (values.MEETING_PROVIDER?.trim() !== 'jitsi' || isSet(values, 'JITSI_SECRET')) return values;
  return { ...values, JITSI_SECRET: randomBytes(24).toString('base64url') };
}

const isRole = (name: Name): boolean => name.endsWith('_ROLE');

/** Several roles may be given, with commas between them; ids stay as they are. */
function byNames(
  name: Name,
  typed: string,
  choices: readonly Choice[],
): { id: string } | { problem: string } {
  if (!isRole(name)) return byName(name, typed, choices);
  const ids: string[] = [];
  for (const one of typed.split(',').filter((part) => part.trim())) {
    const found = /^\d{5,20}$/.test(one.trim()) ? { id: one.trim() } : byName(name, one, choices);
    if ('problem' in found) return found;
    ids.push(found.id);
  }
  return { id: ids.join(',') };
}

const SHOWN = 12;

/**
 * The choice that goes by this name, with or without its # or @, in capitals or not. Pure.
 * @param name the setting, for the words
 */
export function byName(
  name: Name,
  typed: string,
  choices: readonly Choice[],
): { id: string } | { problem: string } {
  const bare = (text: string) => text.trim().replace(/^[#@]/, '').toLowerCase();
  const exact = choices.filter(
    ({ label }) => label.replace(/^[#@]/, '') === typed.trim().replace(/^[#@]/, ''),
  );
  const found = exact.length > 0 ? exact : choices.filter(({ label }) => bare(label) === bare(typed));
  const [first, second] = found;
  if (first && !second) return { id: first.id };
  if (first) {
    const which = found.map(({ id, hint }) => (hint ? `${id} (${hint})` : id)).join(', ');
    return { problem: `${name}: several go by the name ${typed}. Give the id of one: ${which}.` };
  }
  const labels = choices.map(({ label }) => label);
  const there = labels.length > SHOWN ? `${labels.slice(0, SHOWN).join(', ')} …` : labels.join(', ');
  const unseen = name.endsWith('_CHANNEL')
    ? ' A private channel can only be seen once the bot is in it.'
    : '';
  return { problem: `${name}: there is no ${typed}. There is: ${there || 'nothing'}.${unseen}` };
}
