import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Name, problemWith } from '../config.ts';
import type { Log } from '../log.ts';
import { inviteLink } from '../platforms/discord/invitation.ts';
import { newAppLink } from '../platforms/slack/guide.ts';
import { attempt, choicesFor, hasMeetings, isInvited } from './attempts.ts';
import { withSecret } from './given.ts';
import {
  begunMeetings,
  begunPlatforms,
  isSet,
  type Question,
  readKey,
  type SectionName,
  sections,
  sectionsFor,
  tokenFor,
  type Values,
} from './questions.ts';
import type { Talk } from './talk.ts';

export interface GuideParts {
  /** What is set already; each is offered as the answer. */
  values: Values;
  talk: Talk;
  log: Log;
  /** Text of manifests/slack.json. */
  slackManifest: string;
  /** Milliseconds between looks whether the bot was invited. */
  lookEvery: number;
}

const titles: Record<SectionName, string> = {
  slack: 'Slack',
  discord: 'Discord',
  'google-service-account': 'Google Meet, by a service account',
  'google-refresh-token': 'Google Meet, by one organiser’s account',
  zoom: 'Zoom',
  jitsi: 'Jitsi',
  database: 'Your PostgreSQL server',
};

/**
 * How it goes on. `without`: this setting does not work, and the person goes on all the same; `back`: the whole section
 * once more; `stop`: keep what is there, and ask no more.
 */
type Next = 'on' | 'without' | 'back' | 'stop';

/** Both ways to Google Meet sign in alike; the one without a calendar stays when it is there. */
const byGoogle = (values: Values): string =>
  values.MEETING_PROVIDER?.trim() === 'google-meet-space' ? 'google-meet-space' : 'google-meet';

/**
 * Asks for everything that is needed, and tries each answer.
 * @returns the settings as far as they came; what was skipped is as it was
 * @throws Cancelled
 */
export async function guide(parts: GuideParts): Promise<Values> {
  const { talk } = parts;
  let values = parts.values;

  const platforms = await talk.several(
    'Which platforms do you want to set up? (Space selects, Enter goes on)',
    [
      { value: 'slack', label: 'Slack' },
      { value: 'discord', label: 'Discord' },
    ],
    begunPlatforms(values),
  );
  const meetings = (await talk.one(
    'Where do the links of the meetings come from?',
    [
      { value: 'manual', label: 'Mentors paste their own', hint: 'nothing to set up' },
      {
        value: 'google-service-account',
        label: 'Google Meet, by a service account',
        hint: 'Google Workspace',
      },
      { value: 'google-refresh-token', label: 'Google Meet, by one person’s account' },
      { value: 'jitsi', label: 'A Jitsi server' },
      { value: 'zoom', label: 'Zoom', hint: 'an account that may make apps' },
    ],
    begunMeetings(values),
  )) as ReturnType<typeof begunMeetings>;
  const database = (await talk.one(
    'Which database?',
    [
      { value: 'built-in', label: 'The PostgreSQL that comes with the bot', hint: 'nothing to set up' },
      { value: 'server', label: 'A PostgreSQL server of yours' },
    ],
    isSet(values, 'DATABASE_URL') ? 'server' : 'built-in',
  )) as 'built-in' | 'server';

  values = withSecret({
    ...values,
    MEETING_PROVIDER: meetings.startsWith('google') ? byGoogle(values) : meetings,
    ...(database === 'built-in' && { DATABASE_URL: '' }),
  });
  for (const name of sectionsFor({ platforms, meetings, database })) {
    const asked = await askSection(parts, name, values);
    values = asked.values;
    if (asked.next === 'stop') break;
  }
  if (hasMeetings(values)) return values;
  // The bot would not start otherwise.
  talk.step('The links of the meetings are not set up yet: until they are, mentors paste their own.');
  return { ...values, MEETING_PROVIDER: 'manual' };
}

async function askSection(
  parts: GuideParts,
  name: SectionName,
  before: Values,
): Promise<{ values: Values; next: Next }> {
  const { talk } = parts;
  let values = before;
  talk.step(titles[name]);
  if (name === 'slack') talk.lines(`This link makes the Slack app:\n${newAppLink(parts.slackManifest)}`);
  const questions = sections[name];
  const unusable = new Set<Name>();
  for (let i = 0; i < questions.length; i += 1) {
    const question = questions[i];
    if (!question || question.when?.(values) === false) continue;
    const token = tokenFor(question.name);
    if (question.by === 'pick' && (unusable.has(token) || !isSet(values, token))) {
      talk.step(`${question.name} can be chosen once ${token} works. It stays as it is.`);
      continue;
    }
    if (question.name === 'DISCORD_SERVER') {
      const invited = await untilInvited(parts, values);
      if (invited !== 'on') return { values, next: invited === 'stop' ? 'stop' : 'on' };
    }
    const answered = await ask(parts, question, values);
    values = answered.values;
    if (answered.next === 'stop') return answered;
    if (answered.next === 'back') i = -1;
    if (answered.next === 'without') unusable.add(question.name);
  }
  if (name === 'discord' && isSet(values, 'DISCORD_TOKEN') && !isSet(values, 'DISCORD_MENTORS_CHANNEL')) {
    talk.step(
      'Channels and roles are chosen in Discord: once the bot has started, type /mini-admin in the server and press "Set-up".',
    );
  }
  return { values, next: 'on' };
}

/** Asks one question until its answer works, or the person wants to go on without. */
async function ask(
  parts: GuideParts,
  question: Question,
  before: Values,
): Promise<{ values: Values; next: Next }> {
  const { talk, log } = parts;
  const { name } = question;
  if (question.how) talk.lines(question.how);
  let typed: Values | null = null;
  for (;;) {
    try {
      typed ??= await answer(parts, question, before);
      if (!typed) {
        talk.step(`${name} stays empty for now.`);
        return { values: before, next: 'on' };
      }
      const values: Values = { ...before, ...typed };
      const outcome = isSet(values, name) ? await attempt(name, values, log) : null;
      if (!outcome || outcome.ok) {
        if (outcome) talk.good(outcome.says);
        return { values: { ...values, ...outcome?.gives }, next: 'on' };
      }
      talk.bad(outcome.remedy);
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      talk.bad(error.message);
    }
    const next = await talk.one('What now?', [
      { value: 'again', label: 'I mended it: try again' },
      { value: 'other', label: question.triesAll ? 'Enter them anew' : 'Give another answer' },
      ...(typed ? [{ value: 'keep', label: 'Keep it all the same, and go on' }] : []),
      { value: 'skip', label: 'Skip it for now' },
      { value: 'stop', label: 'Save what is done so far, and stop' },
    ]);
    if (next === 'keep') return { values: { ...before, ...typed }, next: 'without' };
    if (next === 'skip') return { values: before, next: 'without' };
    if (next === 'stop') return { values: before, next: 'stop' };
    if (next === 'other') {
      if (question.triesAll) return { values: before, next: 'back' };
      typed = null;
    }
  }
}

const NONE = 'none';

/** There is nothing to answer with, and the message says why. */
class Unanswerable extends Error {}

/** What the person answers, as settings; null for nothing. @throws Unanswerable, Cancelled */
async function answer(parts: GuideParts, question: Question, values: Values): Promise<Values | null> {
  const { talk, log } = parts;
  const { name, asks } = question;
  const now = values[name]?.trim() ?? '';
  const given = (typed: string): Values | null =>
    typed.trim() || now ? { [name]: typed.trim() || now } : null;
  const problem = (typed: string) => (typed.trim() === '' ? null : problemWith(name, typed));
  switch (question.by) {
    case 'secret':
      return given(
        await talk.secret(now ? `${asks}: Enter keeps the one that is set` : `${asks}: Enter skips`, problem),
      );
    case 'text':
      return given(await talk.text(now ? asks : `${asks}: Enter skips`, now, problem));
    case 'key-file': {
      const path = await talk.text(
        now ? `${asks}: Enter keeps the key that is set` : `${asks}: Enter skips`,
        '',
        () => null,
      );
      if (path.trim() === '') return now ? { [name]: now } : null;
      return keyFrom(path.trim());
    }
    case 'pick': {
      const choices = await choicesFor(name, values, log).catch((error: unknown) => {
        throw new Unanswerable(error instanceof Error ? error.message : String(error));
      });
      if (choices.length === 0) throw new Unanswerable('There is nothing to choose from yet.');
      const options = [
        ...(question.optional ? [{ value: NONE, label: 'None' }] : []),
        ...choices.map(({ id, label, hint }) => ({ value: id, label, ...(hint && { hint }) })),
      ];
      const [first, second] = choices;
      const likely = choices.find(({ label }) => /mentor/i.test(label)) ?? (second ? undefined : first);
      const chosen = await talk.find(asks, options, now || (question.optional ? NONE : (likely?.id ?? '')));
      return chosen === NONE ? { [name]: '' } : { [name]: chosen };
    }
  }
}

async function keyFrom(path: string): Promise<Values> {
  try {
    return readKey(await readFile(path.replace(/^(['"])(.*)\1$/, '$2'), 'utf8'));
  } catch (error) {
    throw new Unanswerable(error instanceof Error ? error.message : String(error));
  }
}

/** Gives the invitation, and waits until the bot is in a server: it looks by itself, and the person can go on without. */
async function untilInvited(parts: GuideParts, values: Values): Promise<'on' | 'without' | 'stop'> {
  const { talk } = parts;
  const look = () =>
    isInvited(values).catch((error: unknown) => {
      talk.bad(error instanceof Error ? error.message : String(error));
      return false;
    });
  if (await look()) return 'on';
  talk.lines(
    `The bot is in no server yet. Open this link, choose your server, and press "Authorize":\n${inviteLink(values.DISCORD_APPLICATION_ID ?? '')}`,
  );
  for (;;) {
    const arrived = new AbortController();
    const given = new AbortController();
    const looking = lookUntil(() => isInvited(values), parts.lookEvery, given.signal).then(() =>
      arrived.abort(),
    );
    const next = await talk
      .one(
        'Waiting until the bot is in your server. It goes on by itself …',
        [
          { value: 'again', label: 'Look now' },
          { value: 'skip', label: 'Skip it for now' },
          { value: 'stop', label: 'Save what is done so far, and stop' },
        ],
        'again',
        arrived.signal,
      )
      .finally(() => given.abort());
    await looking;
    if (next === 'skip') return 'without';
    if (next === 'stop') return 'stop';
    if (await look()) {
      talk.good('The bot is in your server.');
      return 'on';
    }
  }
}

/** Looks again and again until it is so, or `signal` ends it. What cannot be looked up now is looked up later. */
async function lookUntil(look: () => Promise<boolean>, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted && (await look().catch(() => false))) return;
  }
}
