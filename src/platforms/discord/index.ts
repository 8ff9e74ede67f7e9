import type { Log } from '../../log.ts';
import type { Acknowledged, Desk, Platform } from '../platform.ts';
import { createBackgroundRest, createCallbackRest, createConnection } from './client.ts';
import { publish } from './commands.ts';
import { createInteractions } from './interactions.ts';
import { createReplies } from './replies.ts';
import { createSender } from './send.ts';
import { type DiscordSettings, findSpace, wording } from './setup.ts';

export type { DiscordSettings };

/** Milliseconds that things may take. */
export interface Timing {
  /** Until the gateway is connected. */
  ready: number;
  /** For what is under way when the bot stops. */
  drain: number;
  /** For reading a draft before its modal is shown: Discord waits 3,000 in all. */
  draft: number;
  /** For one request that can wait, such as a post. */
  request: number;
}

const timing: Timing = { ready: 30_000, drain: 5_000, draft: 2_000, request: 10_000 };

/** Discord, through discord.js: interactions over the gateway, cards as Components V2. */
export function createDiscord(
  settings: DiscordSettings,
  desk: Desk,
  log: Log,
  { ready, drain, draft, request }: Timing = timing,
  acknowledged: Acknowledged = () => {},
): Platform {
  const background = createBackgroundRest(settings, request);
  const callbacks = createCallbackRest(settings);
  const sender = createSender(background);
  const gateway = createConnection(settings, log, (raw) => interactions.take(raw));
  const interactions = createInteractions({
    desk,
    replies: createReplies(gateway.rest, callbacks, settings.applicationId, log, acknowledged),
    roles: settings.roles,
    log,
    draftMs: draft,
  });
  let state: 'off' | 'starting' | 'on' = 'off';

  async function begin(): Promise<void> {
    const space = await findSpace(gateway.rest, settings);
    await desk.announce(space);
    const changed = await wording(settings, 'commands', () =>
      publish(gateway.rest, settings.applicationId, space.spaceId, desk.commands),
    );
    if (changed) log.info('Published the slash commands');
    await gateway.open(ready);
  }

  return {
    name: 'discord',
    async start() {
      state = 'starting';
      try {
        await begin();
        state = 'on';
      } catch (error) {
        state = 'off';
        throw error;
      }
    },
    async stop() {
      state = 'off';
      await interactions.drain(drain);
      await gateway.close();
      for (const rest of [background, callbacks]) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
    health: () => (state === 'on' ? gateway.state() : state === 'starting' ? 'connecting' : 'down'),
    post: sender.post,
    update: sender.update,
  };
}
