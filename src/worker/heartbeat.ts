import { createHash } from 'node:crypto';
import { setInterval } from 'node:timers';
import type { Language } from '../core/language.ts';
import type { Instant } from '../core/time.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../core/time.ts';
import type { Log } from '../log.ts';
import { heartbeatCard, type Word } from '../messages/heartbeat-cards.ts';
import { inLanguage } from '../messages/in-language.ts';
import type { Address, Platform } from '../platforms/platform.ts';

/** How the bot is, at one moment. */
export interface Pulse {
  platforms: readonly { name: string; up: boolean }[];
  /** Since the clock last did all that was due, in milliseconds. */
  sinceTickMs: number;
  /** How many notices were given up in all; null when the database does not answer. */
  dead: number | null;
  /** What the settings name and can no longer be used, each with its remedy. */
  setUp: readonly { what: string; remedy?: string }[];
}

/** What was seen and said before. */
export interface Heart {
  /** Since when each thing has been wrong. */
  wrongSince: Readonly<Record<string, Instant>>;
  /** When each cause was last told. */
  toldAt: Readonly<Record<string, Instant>>;
  /** Given up as of the last word about it; null before the first look. */
  dead: number | null;
  /** Something wrong was told, and not yet that it is over. */
  worried: boolean;
}

export const calm: Heart = { wrongSince: {}, toldAt: {}, dead: null, worried: false };

const BEAT_EVERY = 15 * SECOND;
/** How long something may be wrong before it is told: networks and databases restart. */
const PATIENCE = { platform: 2 * MINUTE, database: MINUTE, clock: MINUTE, setUp: MINUTE };
const AT_MOST_EVERY = HOUR;
/** Whoever takes a channel or a role away knows it: a word a day is enough. */
const SET_UP_AT_MOST_EVERY = DAY;

/** A thing that is wrong now, with the word for it. */
interface Trouble {
  cause: string;
  word: Word;
  patience: number;
  /** How often it is told at most. */
  every?: number;
}

/**
 * What to tell after another look. Each cause is told at most once an hour; that all is well again once, when
 * everything that was told is over.
 */
export function beat(heart: Heart, pulse: Pulse, now: Instant): { heart: Heart; say: Word[] } {
  const wrong = troubles(pulse);
  const wrongSince = Object.fromEntries(wrong.map(({ cause }) => [cause, heart.wrongSince[cause] ?? now]));
  const lasting = wrong.filter(({ cause, patience }) => elapsed(wrongSince[cause], now) >= patience);
  const toldAt = { ...heart.toldAt };
  const say: Word[] = [];
  const mayTell = (cause: string, every = AT_MOST_EVERY) => elapsed(toldAt[cause], now) >= every;
  for (const { cause, word } of lasting.filter((each) => mayTell(each.cause, each.every))) {
    say.push(word);
    toldAt[cause] = now;
  }
  // Those of before the start are no news.
  const before = heart.dead ?? pulse.dead;
  const more = (pulse.dead ?? 0) - (before ?? 0);
  const tellDead = more > 0 && mayTell('given_up');
  if (tellDead) {
    say.push({ about: 'given_up', count: more });
    toldAt.given_up = now;
  }
  const worried = heart.worried || say.some(({ about }) => about !== 'given_up');
  const over = worried && wrong.length === 0;
  if (over) say.push({ about: 'well' });
  const settled = more < 0 || tellDead ? pulse.dead : before;
  return { heart: { wrongSince, toldAt, dead: settled, worried: worried && !over }, say };
}

const elapsed = (since: Instant | undefined, now: Instant): number =>
  since ? now.getTime() - since.getTime() : Number.POSITIVE_INFINITY;

function troubles({ platforms, sinceTickMs, dead, setUp }: Pulse): Trouble[] {
  const taken = setUp.map(
    ({ what, remedy = '' }): Trouble => ({
      cause: `set-up ${what}`,
      word: { about: 'set_up', name: what, remedy },
      patience: PATIENCE.setUp,
      every: SET_UP_AT_MOST_EVERY,
    }),
  );
  const away = platforms
    .filter(({ up }) => !up)
    .map(
      ({ name }): Trouble => ({
        cause: `platform ${name}`,
        word: { about: 'platform', name },
        patience: PATIENCE.platform,
      }),
    );
  const cutOff = [...away, ...taken];
  // Without its database the clock cannot tick: one word is enough.
  if (dead === null) {
    return [...cutOff, { cause: 'database', word: { about: 'database' }, patience: PATIENCE.database }];
  }
  if (sinceTickMs < PATIENCE.clock) return cutOff;
  return [...cutOff, { cause: 'clock', word: { about: 'clock' }, patience: 0 }];
}

export interface Heartbeat {
  /** Looks, and tells the coordinators what they should know. Never rejects. */
  look(now: Instant): Promise<void>;
  stop(): void;
}

/**
 * Looks every quarter of a minute, and tells each coordinators' channel what is wrong. It stands beside the clock and
 * the outbox, because it is about them.
 * @param channels where to tell; with none nothing is looked at
 */
export function startHeartbeat(parts: {
  pulse: (now: Instant) => Promise<Pulse>;
  platforms: readonly Platform[];
  channels: () => readonly { platform: string; spaceId: string; channelId: string }[];
  /** In which the coordinators are spoken to. Never rejects. */
  language: () => Promise<Language>;
  log: Log;
  every: 'beat' | 'never';
}): Heartbeat {
  const { pulse, platforms, channels, language, log } = parts;
  let heart = calm;
  let looking: Promise<void> = Promise.resolve();

  async function tell(word: Word, now: Instant): Promise<void> {
    const card = inLanguage(heartbeatCard(word), { language: await language(), timeZone: null });
    for (const { platform: name, spaceId, channelId } of channels()) {
      const address: Address = { to: 'channel', spaceId, channelId };
      // Several instances see the same trouble: the platform, or its history, finds what another has told already.
      const delivery = { id: sameWithinTheHour(word, now), maybeSent: true };
      try {
        await platforms.find((each) => each.name === name)?.post(address, card, delivery);
      } catch (error) {
        log.warn({ platform: name, about: word.about, err: error }, 'The coordinators could not be told');
      }
    }
  }

  async function look(now: Instant): Promise<void> {
    if (channels().length === 0) return;
    const next = beat(heart, await pulse(now), now);
    heart = next.heart;
    for (const word of next.say) {
      log.warn({ ...word }, 'Telling the coordinators how the bot is');
      await tell(word, now);
    }
  }

  const inTurn = (now: Instant): Promise<void> => {
    looking = looking
      .then(() => look(now))
      .catch((error: unknown) => log.error({ err: error }, 'The heartbeat could not be felt'));
    return looking;
  };
  const timer =
    parts.every === 'beat' ? setInterval(() => void inTurn(new Date()), BEAT_EVERY).unref() : null;
  return { look: inTurn, stop: () => timer && clearInterval(timer) };
}

const sameWithinTheHour = (word: Word, now: Instant): string =>
  createHash('sha256')
    .update(`${word.about} ${'name' in word ? word.name : ''} ${Math.floor(now.getTime() / HOUR)}`)
    .digest('base64url')
    .slice(0, 25);
