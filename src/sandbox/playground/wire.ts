import type { Glimpse } from '../../store/peek.ts';
import type { DiscordScreen } from '../discord/screen.ts';
import type { Place, WireEntry } from '../person.ts';
import type { SlackScreen } from '../slack/screen.ts';

/** What the page and its server say to each other. Types only: the page is bundled without the rest. */

export type PlatformName = 'slack' | 'discord';

export interface Someone {
  id: string;
  name: string;
  role: string;
  timeZone: string;
}

/** The world as it is set up; sent once. */
export interface Cast {
  slack: {
    people: Someone[];
    commands: { name: string; description: string }[];
    /** Whether the app shows a Home tab. */
    hasHome: boolean;
  };
  discord: { people: Someone[] };
}

/** What can be switched. */
export interface Switches {
  bot: 'running' | 'killed' | 'starting';
  slack: 'connected' | 'cut';
  discord: 'connected' | 'cut';
  google: 'works' | 'refuses' | 'slow';
  /** Ids of people who take no direct messages. */
  closedDms: string[];
}

export interface ClockState {
  /** How far the sandbox is ahead of the machine, in milliseconds. */
  ahead: number;
  /** ISO instants; null when nothing waits. */
  nextDue: string | null;
  nextExpiry: string | null;
}

/** One thing somebody did or saw in the tour. `n` grows with each. */
export interface TourAct {
  n: number;
  step: number;
  platform: PlatformName;
  person: string;
  words: string;
  /** Where to look. */
  at?: { place: Place; channel: string; message: string };
  /** What goes into the open form, by label. */
  fills?: Record<string, string | string[]>;
}

export interface TourState {
  steps: { says: string; state: 'todo' | 'doing' | 'done' | 'failed'; why?: string }[];
  acts: TourAct[];
}

export interface Inside extends Glimpse {
  calendar: { id: string; summary: string; start: string; status: string; link: string | null }[];
  /** What the bot sent out, the newest first. */
  sent: (Pick<WireEntry, 'to' | 'method' | 'path' | 'status'> & { n: number })[];
}

/** Server-sent events by name; each carries the whole of what it names. */
export interface Events {
  cast: Cast;
  slack: { person: string; screen: SlackScreen };
  discord: { person: string; screen: DiscordScreen };
  switches: Switches;
  clock: ClockState;
  tour: TourState;
  inside: Inside;
}

/** What the page asks for, as the body of POST /act. */
export type Act =
  | {
      act: 'type';
      platform: PlatformName;
      person: string;
      place: string;
      command: string;
      options: Record<string, string>;
    }
  | {
      act: 'use';
      platform: 'slack';
      person: string;
      thing: string;
      block: string;
      action: string;
      value?: string | string[];
    }
  | { act: 'use'; platform: 'discord'; person: string; message: string; customId: string; values?: string[] }
  | { act: 'fill'; platform: PlatformName; person: string; values: Record<string, string | string[]> }
  | { act: 'close-form'; platform: PlatformName; person: string }
  | { act: 'open-home'; person: string }
  | { act: 'move-clock'; to: { minutes: number } | 'next-due' | 'next-expiry' }
  | { act: 'switch'; what: 'bot'; to: 'running' | 'killed' }
  | { act: 'switch'; what: PlatformName; to: 'connected' | 'cut' }
  | { act: 'switch'; what: 'google'; to: Switches['google'] }
  | { act: 'switch'; what: 'dms'; person: string; to: 'open' | 'closed' }
  | { act: 'play-next' };

/** The answer to POST /act. */
export type ActAnswer = { ok: true } | { ok: false; why: string };
