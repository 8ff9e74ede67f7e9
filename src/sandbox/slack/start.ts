import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delivery } from './delivery.ts';
import { faultBook } from './faults.ts';
import { isDict } from './kit.ts';
import { SLACK_TIMES } from './limits.ts';
import { oauth } from './oauth.ts';
import { type Installs, scopeSet, serve, type Web } from './server.ts';
import { socketMode } from './socket.ts';
import { slackTeam } from './team.ts';
import type { SlackOptions, SlackStandIn, SlackTeam, SlackWireEntry } from './types.ts';
import { changed, newWorkspace, until, type Workspace } from './workspace.ts';

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
  const now = options.now ?? (() => new Date());
  const ws = newWorkspace(options.teamId ?? 'T0SANDBOX01', 'Sandbox', now);
  ws.homeTab = options.homeTab ?? true;
  const workspaces: Workspace[] = [ws];
  const installs: Installs = new Map([
    [options.botToken, { ws, scopes: scopeSet(options.scopes), revoked: false }],
  ]);
  const wire: SlackWireEntry[] = [];
  const events = new Set(options.events ?? ownEvents);
  let commands = new Set((options.commands ?? []).map(slashed));

  const allChanged = () => {
    for (const each of workspaces) changed(each);
  };
  const record = (entry: SlackWireEntry) => {
    wire.push(entry);
    options.record?.(entry);
    allChanged();
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

  const socket = socketMode(server, ws.appId, heard, allChanged);
  const faults = faultBook(ws, () => socket.drop());
  const consent = oauth(
    options.oauth,
    ws.appId,
    installs,
    (teamId) => {
      const chosen = workspaces.find((each) => each.teamId === teamId);
      if (!chosen) throw new Error(`there is no workspace ${teamId}`);
      return chosen;
    },
    () => ws,
  );
  const web: Web = {
    workspaces,
    installs,
    appToken: options.appToken,
    triggerLife: options.patience?.trigger ?? SLACK_TIMES.trigger,
    faults,
    socketUrl: () => socket.newUrl(`ws://127.0.0.1:${port}`),
    exchangeCode: consent.exchange,
    record,
  };
  const transport = delivery({
    socket,
    signingSecret: options.signingSecret,
    requestUrl: options.requestUrl,
    waitMs: options.patience?.acknowledge ?? SLACK_TIMES.acknowledge,
    heard,
  });
  const teamIn = (there: Workspace): SlackTeam =>
    slackTeam({
      ws: there,
      installs,
      transport,
      client: { ws: there, delivery: transport, base, noteAck },
      hears: (event) => events.has(event),
      // Where the app is not, it has no commands.
      knows: (command) =>
        commands.has(command) && [...installs.values()].some((one) => one.ws === there && !one.revoked),
      commands: () => [...commands],
      shortcuts: options.shortcuts ?? [],
    });

  return {
    ...teamIn(ws),
    url: `${base}/api/`,
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
    addWorkspace({ teamId, name }) {
      const added = newWorkspace(teamId, name, now);
      added.homeTab = ws.homeTab;
      workspaces.push(added);
      return teamIn(added);
    },
    allows: consent.allows,
    refreshConnection: (which = 'all') => socket.refresh(which),
    async close() {
      await socket.close();
      transport.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (failure) throw failure;
    },
  };
}
