import { isTimeZone } from '../../core/time.ts';
import type { Client } from './acts.ts';
import type { Delivery as Transport } from './delivery.ts';
import type { Dict } from './kit.ts';
import { remove } from './messages.ts';
import { eventPayload } from './payloads.ts';
import { slackPerson } from './person.ts';
import { type Installs, scopeSet } from './server.ts';
import type { Delivery, SlackOptions, SlackTeam } from './types.ts';
import { viewObject } from './views.ts';
import { addChannel, changed, directChannel, newId, type User, type Workspace } from './workspace.ts';

/** What one workspace needs to know of the app and of the others. */
export interface TeamHelp {
  ws: Workspace;
  installs: Installs;
  transport: Transport;
  client: Client;
  /** Whether the app subscribes to this event. */
  hears(event: string): boolean;
  knows(command: string): boolean;
  commands(): string[];
  shortcuts: NonNullable<SlackOptions['shortcuts']>;
}

/** One workspace as its people and its administrator use it. */
export function slackTeam({ ws, installs, transport, client, ...app }: TeamHelp): SlackTeam {
  const general = addChannel(ws, { name: 'general', kind: 'public', members: [] });
  const sent = new Map<string, Dict>();

  async function deliver(payload: Dict, attempt = 0): Promise<Delivery> {
    const retry = attempt > 0 ? { attempt, reason: 'timeout' } : undefined;
    const outcome = await transport.send('events_api', payload, retry);
    return { eventId: String(payload.event_id), acknowledged: outcome.acknowledged };
  }
  async function emit(event: Dict & { type: string }): Promise<Delivery> {
    const payload = eventPayload(ws, event);
    sent.set(String(payload.event_id), payload);
    return deliver(payload);
  }
  /** Sends an event of the stand-in's own accord, when the app subscribes to it. */
  const tell = async (event: Dict & { type: string }): Promise<Delivery[]> =>
    app.hears(event.type) ? [await emit(event)] : [];
  const channel = (id: string) => {
    const found = ws.channels.get(id);
    if (!found) throw new Error(`there is no channel ${id}`);
    return found;
  };
  const ours = () => [...installs.values()].filter((installed) => installed.ws === ws);

  return {
    teamId: ws.teamId,
    botUserId: ws.botUserId,
    setScopes(list) {
      for (const installed of ours()) installed.scopes = scopeSet(list);
    },
    addChannel(name, { private: hidden = false, withApp = true } = {}) {
      const members = withApp ? [ws.botUserId] : [];
      return addChannel(ws, { name, kind: hidden ? 'private' : 'public', members }).id;
    },
    channelId(name) {
      const found = [...ws.channels.values()].find((c) => c.name === name.replace(/^#/, ''));
      if (!found) throw new Error(`there is no channel #${name}`);
      return found.id;
    },
    archive(channelId) {
      channel(channelId).archived = true;
      changed(ws);
    },
    deletes(channelId, ts) {
      const found = channel(channelId).messages.find((message) => message.ts === ts);
      if (!found) throw new Error(`there is no message ${ts} in ${channelId}`);
      remove(ws, found);
    },
    join(channelId, userId) {
      const { members, id, kind } = channel(channelId);
      members.add(userId);
      changed(ws);
      if (!members.has(ws.botUserId)) return;
      const type = kind === 'public' ? 'C' : 'G';
      void tell({
        type: 'member_joined_channel',
        user: userId,
        channel: id,
        channel_type: type,
        team: ws.teamId,
      });
    },
    leave(channelId, userId) {
      channel(channelId).members.delete(userId);
      changed(ws);
    },
    addUser({ name, timeZone, locale = 'en-US', email }) {
      if (!isTimeZone(timeZone))
        throw new Error(`${timeZone} is no time zone; give one such as Europe/Berlin`);
      const user: User = {
        id: newId(ws, 'U'),
        handle: name.toLowerCase().replace(/[^a-z0-9]+/g, '.'),
        name,
        timeZone,
        locale,
        isBot: false,
        ...(email ? { email } : {}),
      };
      ws.users.set(user.id, user);
      general.members.add(user.id);
      return slackPerson(user, general.id, {
        client,
        knows: app.knows,
        commands: app.commands,
        shortcuts: app.shortcuts,
        homeOpened: async (who, dm) => {
          const home = ws.homes.get(who.id);
          const view = home ? { view: viewObject(ws, home) } : {};
          await tell({ type: 'app_home_opened', user: who.id, channel: dm.id, tab: 'home', ...view });
        },
      });
    },
    messages: (channelId) => [...channel(channelId).messages],
    directMessages: (userId) => [...directChannel(ws, userId).messages],
    emit,
    redeliver(eventId, attempt = 1) {
      const payload = sent.get(eventId);
      if (!payload) throw new Error(`no event ${eventId} was sent`);
      return deliver(payload, attempt);
    },
    async uninstall(order = ['tokens_revoked', 'app_uninstalled']) {
      for (const installed of ours()) installed.revoked = true;
      for (const { kind, members } of ws.channels.values()) if (kind !== 'im') members.delete(ws.botUserId);
      changed(ws);
      const told: Delivery[] = [];
      for (const type of order) {
        const tokens = { oauth: [], bot: [ws.botUserId] };
        told.push(...(await tell(type === 'tokens_revoked' ? { type, tokens } : { type })));
      }
      return told;
    },
  };
}
