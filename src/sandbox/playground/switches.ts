import type { ChildBot } from '../bot.ts';
import type { World } from '../world.ts';
import type { Act, Switches } from './wire.ts';

export interface Switchboard {
  state(): Switches;
  flip(to: Extract<Act, { act: 'switch' }>): Promise<void>;
}

/** How often Google is asked for a link before it has one, when it is slow. */
const SLOW_ASKS = 3;

/** The things that can be broken on purpose, and mended again. */
export function createSwitchboard(world: World, bot: ChildBot, changed: () => void): Switchboard {
  const closed = new Set<string>();
  const now: Omit<Switches, 'bot' | 'closedDms'> = {
    slack: 'connected',
    discord: 'connected',
    google: 'works',
  };
  let starting = false;
  const on = (person: string) =>
    Object.values(world.people.slack).some(({ userId }) => userId === person) ? world.slack : world.discord;
  return {
    state: () => ({
      ...now,
      bot: starting ? 'starting' : bot.running() ? 'running' : 'killed',
      closedDms: [...closed],
    }),
    async flip(act) {
      switch (act.what) {
        case 'bot':
          if (act.to === 'killed') await bot.kill();
          else {
            starting = true;
            changed();
            await bot.start().finally(() => {
              starting = false;
            });
          }
          break;
        case 'slack':
        case 'discord':
          world[act.what].faults.outage(act.to === 'cut');
          now[act.what] = act.to;
          break;
        case 'google':
          world.google.refuseGrants(act.to === 'refuses' ? 'Token has been expired or revoked.' : undefined);
          if (act.to === 'refuses') world.google.expireTokens();
          world.google.configure({ pendingGets: act.to === 'slow' ? SLOW_ASKS : 0 });
          now.google = act.to;
          break;
        case 'dms': {
          const { faults } = on(act.person);
          if (act.to === 'closed') {
            faults.closeDms(act.person);
            closed.add(act.person);
          } else {
            faults.openDms(act.person);
            closed.delete(act.person);
          }
        }
      }
      changed();
    },
  };
}
