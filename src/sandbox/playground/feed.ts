import type { Peephole } from '../../store/peek.ts';
import type { MovableClock } from '../movable-clock.ts';
import type { World } from '../world.ts';
import type { Switchboard } from './switches.ts';
import type { Tour } from './tour.ts';
import type { Events, Inside } from './wire.ts';

type Said = { [Name in keyof Events]: { name: Name; data: Events[Name] } }[keyof Events];

/** What the page shows of the app's manifest for Slack. */
export interface Manifest {
  features: {
    app_home: { home_tab_enabled: boolean };
    slash_commands: { command: string; description: string }[];
  };
}

/** Tells pages what is new: each part of the world as a whole, but only when it differs from what was last said. */
export interface Feed {
  /** Says everything to a new page, and from then on what is new. @returns how to end that */
  follow(say: (name: string, json: string) => void): () => void;
  /** Something may be different. */
  changed(): void;
  close(): void;
}

/** Milliseconds for which changes are gathered, and between looks into the database. */
const GATHER = 40;
const LOOK_EVERY = 700;

export function createFeed(parts: {
  world: World;
  clock: MovableClock;
  peephole: Peephole;
  switchboard: Switchboard;
  tour: Tour;
  sent: Inside['sent'];
  manifest: Manifest;
}): Feed {
  const { manifest, world, clock, peephole, switchboard, tour, sent } = parts;
  const pages = new Set<(name: string, json: string) => void>();
  const last = new Map<string, { name: string; json: string }>();
  let gathering: NodeJS.Timeout | undefined;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();

  const say = ({ name, data }: Said): void => {
    const key = 'person' in data ? `${name} ${data.person}` : name;
    const json = JSON.stringify(data);
    if (last.get(key)?.json === json) return;
    last.set(key, { name, json });
    for (const page of pages) page(name, json);
  };

  const sayAll = (): void => {
    gathering = undefined;
    if (closed) return;
    say({ name: 'cast', data: cast(world, manifest) });
    for (const who of Object.values(world.people.slack)) {
      say({ name: 'slack', data: { person: who.userId, screen: who.screen() } });
    }
    for (const who of Object.values(world.people.discord)) {
      say({ name: 'discord', data: { person: who.userId, screen: who.screen() } });
    }
    say({ name: 'switches', data: switchboard.state() });
    say({ name: 'tour', data: tour.state() });
  };

  const look = async (): Promise<void> => {
    const now = clock.now();
    const [glimpse, nextDue, nextExpiry] = await Promise.all([
      peephole.look(),
      peephole.nextDue(now),
      peephole.nextExpiry(now),
    ]);
    if (closed) return;
    const calendar = world.google.events().map(({ id, summary, start, status, hangoutLink }) => ({
      id,
      summary: summary ?? '',
      start: start.dateTime,
      status,
      link: hangoutLink ?? null,
    }));
    say({ name: 'inside', data: { ...glimpse, calendar, sent: sent.slice(-60).reverse() } });
    say({
      name: 'clock',
      data: {
        ahead: clock.ahead(),
        nextDue: nextDue?.toISOString() ?? null,
        nextExpiry: nextExpiry?.toISOString() ?? null,
      },
    });
  };
  const lookSoon = (): Promise<void> => {
    looking = looking
      .then(() => (closed || pages.size === 0 ? undefined : look()))
      // The database may be busy or going; the next look shows it again.
      .catch((error: unknown) => (closed ? undefined : console.error('The playground cannot look:', error)));
    return looking;
  };

  const changed = (): void => {
    if (closed || pages.size === 0) return;
    gathering ??= setTimeout(sayAll, GATHER);
  };
  const stopWatching = [world.slack.onChange(changed), world.discord.onChange(changed)];
  const looks = setInterval(() => {
    changed();
    void lookSoon();
  }, LOOK_EVERY);

  return {
    follow(page) {
      sayAll();
      for (const { name, json } of last.values()) page(name, json);
      pages.add(page);
      void lookSoon();
      return () => pages.delete(page);
    },
    changed: () => {
      changed();
      void lookSoon();
    },
    close() {
      closed = true;
      clearInterval(looks);
      clearTimeout(gathering);
      for (const stop of stopWatching) stop();
    },
  };
}

const roles: Record<string, string> = { student: 'student', mentor: 'mentor', rival: 'mentor' };

function cast(world: World, manifest: Manifest): Events['cast'] {
  const people = (all: Record<string, { userId: string; name: string; timeZone: string }>) =>
    Object.entries(all).map(([role, { userId, name, timeZone }]) => ({
      id: userId,
      name,
      role: roles[role] ?? role,
      timeZone,
    }));
  return {
    slack: {
      people: people(world.people.slack),
      commands: manifest.features.slash_commands.map(({ command, description }) => ({
        name: command.slice(1),
        description,
      })),
      hasHome: manifest.features.app_home.home_tab_enabled,
    },
    discord: { people: people(world.people.discord) },
  };
}
