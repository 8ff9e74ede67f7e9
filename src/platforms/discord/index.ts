import { stillToChoose } from '../../core/space.ts';
import type { Log } from '../../log.ts';
import type { Acknowledged, Answer, Desk, Intent, Platform, Visitor } from '../platform.ts';
import { createArrivals } from './arrivals.ts';
import { createBackgroundRest, createCallbackRest, createConnection } from './client.ts';
import { isNothing, publish, scopeNow } from './commands.ts';
import { createEndpoint } from './endpoint.ts';
import { createInteractions } from './interactions.ts';
import { createMembers } from './members.ts';
import { createPlaces, type Places } from './places.ts';
import { wording } from './remedies.ts';
import { createReplies } from './replies.ts';
import { createSender } from './send.ts';
import { type DiscordSettings, findSpace, saveAddress, waitsForSetUp } from './setup.ts';

export type { DiscordSettings };

/** Times in milliseconds: what things may take, and what it is now. */
export interface Timing {
  /** Until the gateway is connected. */
  ready: number;
  /** For what is under way when the bot stops. */
  drain: number;
  /** For reading a draft before its modal is shown: Discord waits 3,000 in all. */
  draft: number;
  /** For one request that can wait, such as a post. */
  request: number;
  /** The time, since 1970. */
  now: () => number;
}

const timing: Timing = { ready: 30_000, drain: 5_000, draft: 2_000, request: 10_000, now: Date.now };

/** Discord, through discord.js: interactions over the gateway or by HTTP, cards as Components V2. */
export function createDiscord(
  settings: DiscordSettings,
  desk: Desk,
  log: Log,
  given: Partial<Timing> = {},
  acknowledged: Acknowledged = () => {},
): Platform {
  const { ready, drain, draft, request, now } = { ...timing, ...given };
  const background = createBackgroundRest(settings, request);
  const callbacks = createCallbackRest(settings);
  const bringing = { fallback: () => places.now().fallbackChannel, now, log, language: desk.language };
  const sender = createSender({ ...bringing, rest: background });
  const take = (raw: unknown) => interactions.take(raw);
  const { transport } = settings;
  const connection =
    transport.mode === 'gateway'
      ? createConnection({ ...settings, shards: transport.shards }, log, take, (raw) => arrivals.told(raw))
      : createEndpoint({ ...settings, transport }, log, now, take);
  let spaceId: string | null = null;
  const places: Places = createPlaces({ rest: connection.rest, settings, desk, now, log });
  const roles = () => {
    const { mentorRoles: mentors, coordinatorRoles: coordinators } = places.now();
    return { mentors, coordinators, names: places.roleNames };
  };
  const members = createMembers({
    rest: connection.rest,
    roles,
    spaceId: () => spaceId,
    now,
    log,
  });
  async function perform(intent: Intent, by: Visitor): Promise<Answer> {
    const answer = await desk.perform(intent, await members.withRoles(by));
    // What was chosen holds from the next press on.
    if (intent.name.startsWith('space.')) {
      await places.look();
      members.forget();
    }
    return answer;
  }
  const interactions = createInteractions({
    // Everything else is the desk's own, also what changes there later.
    desk: Object.setPrototypeOf({ perform }, desk),
    replies: createReplies(connection.rest, callbacks, settings.applicationId, log, acknowledged),
    roles,
    places,
    log,
    draftMs: draft,
    visited: sender.visited,
  });
  const arrivals = createArrivals({
    rest: connection.rest,
    desk,
    post: createSender({ ...bringing, rest: connection.rest }).post,
    spaceId: () => spaceId,
    waits: () => waitsFor() !== null,
    returned: publishWhatDiffers,
    now,
    log,
  });
  let state: 'off' | 'starting' | 'on' = 'off';

  async function publishWhatDiffers(): Promise<void> {
    const whose = { applicationId: settings.applicationId, guildId: spaceId as string };
    const changed = await wording(settings, 'commands', async () =>
      publish(connection.rest, whose, await scopeNow(connection.rest, whose, desk), desk),
    );
    if (!isNothing(changed)) log.info({ changed }, 'Published the slash commands');
  }

  async function begin(): Promise<void> {
    const { space, roleNames, address } = await findSpace(connection.rest, settings);
    spaceId = space.spaceId;
    places.found(space.spaceId, await desk.announce(space), roleNames);
    await publishWhatDiffers();
    await connection.open(ready);
    // Over the gateway Discord tells by itself in which servers the bot is.
    if (transport.mode === 'http') await arrivals.look();
    if (transport.mode === 'http' && !address)
      log.warn({ next: saveAddress }, 'Discord does not come here yet');
    if (waitsFor()) log.warn({ server: space.name }, `Discord ${waitsForSetUp}`);
  }

  const waitsFor = (): string | null =>
    spaceId !== null && stillToChoose(places.now()).length > 0 ? waitsForSetUp : null;

  return {
    name: 'discord',
    waitsFor,
    // The one server is that of the settings.
    look: async () => null,
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
      await connection.close();
      for (const rest of [background, callbacks]) {
        rest.clearHashSweeper();
        rest.clearHandlerSweeper();
      }
    },
    health: () => (state === 'on' ? connection.state() : state === 'starting' ? 'connecting' : 'down'),
    post: sender.post,
    update: sender.update,
    rooms: sender.rooms,
  };
}
