import type { Log } from '../../log.ts';
import type { Desk } from '../platform.ts';
import { createAnswering } from './answer.ts';
import { type Clients, createClients } from './client.ts';
import type { Hands } from './hands.ts';
import { createIdentity, type Identity, type WhoWeAre } from './identity.ts';
import { boltLogger } from './logger.ts';
import { type Channels, createPeople } from './people.ts';
import { createSender, type Sender } from './send.ts';
import type { SlackAccess } from './settings.ts';
import type { Timing } from './timing.ts';

/** Everything by which the bot works in one workspace, with that workspace's token. */
export interface Workspace {
  clients: Clients;
  identity: Identity;
  hands: Hands;
  sender: Sender;
  channels: () => Promise<Channels>;
}

/** What all workspaces share. */
export interface Shared {
  desk: Desk;
  timing: Timing;
  log: Log;
}

/**
 * @param channels by which people are mentors or coordinators there
 * @param who what is known of the token already; else Slack is asked once it matters
 */
export function createWorkspace(
  access: SlackAccess,
  channels: () => Promise<Channels>,
  { desk, timing, log }: Shared,
  who?: WhoWeAre,
): Workspace {
  const clients = createClients(access, boltLogger(log));
  const identity: Identity = who ? async () => who : createIdentity(clients);
  const people = createPeople(clients, identity, channels, desk, timing, log);
  const answering = createAnswering(clients, identity, desk, log);
  const sender = createSender(clients, () => desk.now(), timing, log);
  const showHome: Hands['showHome'] = async (userId, card) => {
    try {
      const { teamId: spaceId } = await identity();
      await sender.post({ to: 'home', spaceId, userId, hash: null }, card, { id: '', maybeSent: false });
    } catch (error) {
      log.error({ userId, err: error }, 'A Home could not be shown');
    }
  };
  return {
    clients,
    identity,
    hands: { desk, clients, people, answering, showHome, timing, log },
    sender,
    channels,
  };
}
