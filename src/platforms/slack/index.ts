import type { Log } from '../../log.ts';
import { type Acknowledged, type Check, type Desk, type Platform, PlatformSetupError } from '../platform.ts';
import { createAnswering } from './answer.ts';
import { createClients, problemOf } from './client.ts';
import { createDoor } from './door.ts';
import { handle } from './handle.ts';
import type { Ack, Hands } from './hands.ts';
import { createHttp } from './http.ts';
import { createIdentity } from './identity.ts';
import { boltLogger } from './logger.ts';
import { createPeople } from './people.ts';
import { receive } from './receive.ts';
import { createSender } from './send.ts';
import { appTokenRemedy, checkSetUp } from './set-up.ts';
import type { SlackSettings } from './settings.ts';
import { createSockets } from './sockets.ts';
import { TIMING, type Timing } from './timing.ts';

export type { SlackSettings } from './settings.ts';

/**
 * Slack, in one workspace. Nothing is asked of Slack before `start`, `post` or `check`.
 * @param timing shortens waits in tests
 * @param acknowledged hears of each acknowledgement
 */
export function createSlack(
  settings: SlackSettings,
  desk: Desk,
  log: Log,
  timing: Partial<Timing> = {},
  acknowledged: Acknowledged = () => {},
): Platform {
  const times = { ...TIMING, ...timing };
  const logger = boltLogger(log);
  const clients = createClients(settings, logger);
  const identity = createIdentity(clients);
  const channels = { mentors: settings.mentorsChannel, coordinators: settings.coordinatorsChannel };
  const people = createPeople(clients, identity, channels, desk, times, log);
  const answering = createAnswering(clients, identity, desk, log);
  const sender = createSender(clients, identity, () => desk.now(), times, log);
  const hands: Hands = {
    desk,
    clients,
    people,
    answering,
    showHome: async (userId, card) => {
      try {
        const { teamId: spaceId } = await identity();
        await sender.post({ to: 'home', spaceId, userId, hash: null }, card, { id: '', maybeSent: false });
      } catch (error) {
        log.error({ userId, err: error }, 'A Home could not be shown');
      }
    },
    timing: times,
    log,
  };
  const { transport, apiUrl, botToken } = settings;

  const incoming =
    transport.mode === 'socket'
      ? createSockets({ appToken: transport.appToken, apiUrl }, logger, times, log)
      : createHttp(transport, logger, times, log);
  const enter = (body: unknown, ack: Ack) => handle(hands, receive(body), ack);
  const door = createDoor(
    incoming,
    botToken,
    async () => (await identity()).botUserId,
    enter,
    acknowledged,
    logger,
    log,
  );

  return {
    name: 'slack',
    async start() {
      const failed = (await checkSetUp(settings, clients, identity)).filter(({ ok }) => !ok);
      if (failed.length > 0) throw new PlatformSetupError(words(failed));
      const { teamId, teamName } = await identity();
      const { mentorsChannel, coordinatorsChannel = '' } = settings;
      await desk.announce({
        platform: 'slack',
        spaceId: teamId,
        name: teamName,
        mentorsChannel,
        coordinatorsChannel,
        sessionsChannel: '',
      });
      await door.open().catch((error: unknown) => {
        throw openingError(error, transport);
      });
      log.info({ team: teamName, mode: transport.mode }, 'Slack is connected');
    },
    stop: () => door.close(times.drain),
    health: () => door.health(),
    post: sender.post,
    update: sender.update,
    // Two people and an app cannot be among themselves in Slack without their consent to a group message.
    rooms: null,
  };
}

const words = (failed: Check[]): string => failed.map(({ what, remedy }) => `${what}: ${remedy}`).join('\n');

function openingError(error: unknown, transport: SlackSettings['transport']): unknown {
  if (transport.mode === 'socket') {
    return new PlatformSetupError(appTokenRemedy(problemOf(error)?.code ?? 'unreachable'), { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use by another program';
  return new PlatformSetupError(`PORT ${transport.port} ${why}. Choose another PORT.`, { cause: error });
}
