import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isTimeZone } from '../../core/time.ts';
import type { Client } from './acts.ts';
import { delivery } from './delivery.ts';
import { faultBook } from './faults.ts';
import { type Dict, isDict } from './kit.ts';
import { SLACK_TIMES } from './limits.ts';
import { eventPayload } from './payloads.ts';
import { slackPerson } from './person.ts';
import { scopeSet, serve, type Web } from './server.ts';
import { socketMode } from './socket.ts';
import type { Delivery, SlackOptions, SlackStandIn, SlackWireEntry } from './types.ts';
import { viewObject } from './views.ts';
import { addChannel, changed, directChannel, newId, newWorkspace, type User, until } from './workspace.ts';

const ownEvents = [
  'app_home_opened',
  'member_joined_channel',
  'user_change',
  'app_uninstalled',
  'tokens_revoked',
];

const slashed = (command: string) => (command.startsWith('/') ? command : `/${command}`);

/**
 * Starts a local Slack on 127.0.0.1 that a real Slack app can connect to: give the app `url` as its API address
 * and the same tokens. It outlives the app; what was posted stays when the app is killed and started again.
 */
export async function startSlack(options: SlackOptions): Promise<SlackStandIn> {
  const ws = newWorkspace(options.teamId ?? 'T0SANDBOX01', options.now ?? (() => new Date()));
  ws.homeTab = options.homeTab ?? true;
  const general = addChannel(ws, { name: 'general', kind: 'public', members: [] });
  const wire: SlackWireEntry[] = [];
  const events = new Set(options.events ?? ownEvents);
  const sent = new Map<string, Dict>();
  let commands = new Set((options.commands ?? []).map(slashed));

  const record = (entry: SlackWireEntry) => {
    wire.push(entry);
    options.record?.(entry);
    changed(ws);
  };
  const noteAck = (payload: unknown, error?: string) => {
    if (!isDict(payload) || Object.keys(payload).length === 0) return;
    const status = error ? 400 : 200;
    record({ to: 'slack', method: 'ACK', path: 'ack', body: payload, status, ...(error ? { error } : {}) });
  };
  const heard = (payload: unknown, inTime: boolean): boolean => {
    if (!inTime) noteAck(payload, 'too late');
    return !faults.losesAck();
  };

  const server = createServer((request, response) => {
    serve(web, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
      failure ??= error;
    });
  });
  /** A bug of the stand-in itself; `close` throws it, so that no test passes over it. */
  let failure: unknown;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = `port ${options.port} is taken by another program; give another, or 0 for any free one`;
      reject(cause.code === 'EADDRINUSE' ? new Error(taken, { cause }) : cause);
    });
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;

  const socket = socketMode(server, ws.appId, heard, () => changed(ws));
  const faults = faultBook(ws, () => socket.drop());
  const web: Web = {
    ws,
    botToken: options.botToken,
    appToken: options.appToken,
    revoked: false,
    scopes: scopeSet(options.scopes),
    triggerLife: options.patience?.trigger ?? SLACK_TIMES.trigger,
    faults,
    socketUrl: () => socket.newUrl(`ws://127.0.0.1:${port}`),
    record,
  };
  const transport = delivery({
    socket,
    signingSecret: options.signingSecret,
    requestUrl: options.requestUrl,
    waitMs: options.patience?.acknowledge ?? SLACK_TIMES.acknowledge,
    heard,
  });
  const client: Client = { ws, delivery: transport, base, noteAck };

  async function deliverEvent(payload: Dict, attempt = 0): Promise<Delivery> {
    const retry = attempt > 0 ? { attempt, reason: 'timeout' } : undefined;
    const outcome = await transport.send('events_api', payload, retry);
    return { eventId: String(payload.event_id), acknowledged: outcome.acknowledged };
  }
  async function emit(event: Dict & { type: string }): Promise<Delivery> {
    const payload = eventPayload(ws, event);
    sent.set(String(payload.event_id), payload);
    return deliverEvent(payload);
  }
  /** Sends an event of the stand-in's own accord, when the app subscribes to it. */
  const tell = async (event: Dict & { type: string }): Promise<void> => {
    if (events.has(event.type)) await emit(event);
  };
  const channel = (id: string) => {
    const found = ws.channels.get(id);
    if (!found) throw new Error(`there is no channel ${id}`);
    return found;
  };

  return {
    url: `${base}/api/`,
    teamId: ws.teamId,
    botUserId: ws.botUserId,
    wire,
    faults,
    get requestUrl() {
      return transport.requestUrl;
    },
    set requestUrl(url) {
      transport.requestUrl = url;
    },
    get connections() {
      return socket.connections;
    },
    async connected(count = 1, timeoutMs = 10_000) {
      const look = () => (socket.connections >= count ? true : undefined);
      await until(
        ws,
        look,
        timeoutMs,
        () => `${socket.connections} of ${count} Socket Mode connections came`,
      );
    },
    eventually: (look, timeoutMs = 10_000) =>
      until(ws, look, timeoutMs, () => `this did not come true within ${timeoutMs} ms: ${look}`),
    onChange(listener) {
      ws.listeners.add(listener);
      return () => ws.listeners.delete(listener);
    },
    commands: () => [...commands],
    setCommands(list) {
      commands = new Set(list.map(slashed));
    },
    setScopes(list) {
      web.scopes = scopeSet(list);
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
        knows: (command) => commands.has(command),
        commands: () => [...commands],
        shortcuts: options.shortcuts ?? [],
        homeOpened: (who, dm) => {
          const home = ws.homes.get(who.id);
          const view = home ? { view: viewObject(ws, home) } : {};
          return tell({ type: 'app_home_opened', user: who.id, channel: dm.id, tab: 'home', ...view });
        },
      });
    },
    messages: (channelId) => [...channel(channelId).messages],
    directMessages: (userId) => [...directChannel(ws, userId).messages],
    emit,
    redeliver(eventId, attempt = 1) {
      const payload = sent.get(eventId);
      if (!payload) throw new Error(`no event ${eventId} was sent`);
      return deliverEvent(payload, attempt);
    },
    async uninstall() {
      web.revoked = true;
      await tell({ type: 'tokens_revoked', tokens: { oauth: [], bot: [ws.botUserId] } });
      await tell({ type: 'app_uninstalled' });
    },
    refreshConnection: () => socket.refresh(),
    async close() {
      await socket.close();
      transport.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (failure) throw failure;
    },
  };
}
