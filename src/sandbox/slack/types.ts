import type { Person, SeenForm, SeenMessage, StandIn, WireEntry } from '../person.ts';
import type { Dict } from './kit.ts';
import type { SlackScreen } from './screen.ts';
import type { Message } from './workspace.ts';

export interface SlackOptions {
  /** Fixed port; 0 (the default) takes a free one. */
  port?: number;
  botToken: string;
  appToken: string;
  signingSecret: string;
  teamId?: string;
  /** The app's OAuth client, and where Slack may send browsers back to. Without it nobody can install the app. */
  oauth?: { clientId: string; clientSecret: string; redirectUrls: readonly string[] };
  /** Slash commands that the app has registered, with or without the slash. See `setCommands`. */
  commands?: readonly string[];
  /** Shortcuts that the app has registered, as its manifest names them. */
  shortcuts?: readonly SlackShortcut[];
  /** Scopes of the bot token. Default: all that any method here asks for. Pass the manifest's to prove they suffice. */
  scopes?: readonly string[];
  /** Events that the app subscribes to. Default: all that the stand-in sends by itself. `emit` sends any. */
  events?: readonly string[];
  /** Whether the app's manifest turns its Home tab on. Default: it does. */
  homeTab?: boolean;
  /** HTTP mode from the start. See `requestUrl`. */
  requestUrl?: string;
  /** Called with each request that the bot sent, after it was answered. */
  record?: (entry: WireEntry) => void;
  /** The time that messages carry. Trigger ids and acknowledgements always go by real time. */
  now?: () => Date;
  /** Milliseconds of real time, for tests of being late: how long the client waits, how long a trigger lives. */
  patience?: { acknowledge?: number; trigger?: number };
}

/** https://docs.slack.dev/interactivity/implementing-shortcuts */
export interface SlackShortcut {
  name: string;
  /** In the menu of every message, or in the app's own. */
  type: 'message' | 'global';
  callback_id: string;
}

/** `times` counts how many calls it strikes; default 1, Infinity for ever. `method` may be "*". */
export interface SlackFaults {
  /** Every direct message to them is refused with `error`, until `openDms`. */
  closeDms(userId: string, error?: string): void;
  openDms(userId: string): void;
  /** HTTP 429 with Retry-After in seconds. */
  rateLimit(fault: { method: string; times?: number; retryAfter?: number }): void;
  /** Refuses without doing it: with `ok: false` and the code `error`, or else with the HTTP status `http` (500). */
  fail(fault: { method: string; times?: number; error?: string; http?: number }): void;
  /** Does what is asked and then cuts the connection, so that the caller cannot know. */
  loseAnswer(fault: { method: string; times?: number }): void;
  /** The next acknowledgements never arrive: the person sees the failure, the app believes it answered. */
  loseAck(times?: number): void;
  /** Cuts all Socket Mode connections without a word. */
  dropConnection(): void;
  /** While it lasts, every call is answered with HTTP 503, and no connection stays. */
  outage(lasts: boolean): void;
  /** Takes all faults back (closed direct messages stay). */
  clear(): void;
}

export interface Delivery {
  eventId: string;
  /** Whether the app acknowledged in time. */
  acknowledged: boolean;
}

/** One workspace at the stand-in: its channels, its people, and the app in it, when it is installed there. */
export interface SlackTeam {
  readonly teamId: string;
  readonly botUserId: string;
  setScopes(scopes: readonly string[]): void;
  /** Adds a channel and returns its id. The app is a member unless `withApp` is false. */
  addChannel(name: string, options?: { private?: boolean; withApp?: boolean }): string;
  /** The id of the channel with this name. @throws Error when there is none */
  channelId(name: string): string;
  /** Archives a channel: it can be read, and nobody writes there any more. */
  archive(channelId: string): void;
  /** Takes a message away, as an administrator may, or a rule for how long messages are kept. */
  deletes(channelId: string, ts: string): void;
  join(channelId: string, userId: string): void;
  leave(channelId: string, userId: string): void;
  /** Adds a person; they are in #general like everybody. */
  addUser(user: { name: string; timeZone: string; locale?: string; email?: string }): SlackPerson;
  /** What is in a channel (or direct conversation) now, oldest first. */
  messages(channelId: string): Message[];
  /** The messages of the direct conversation with this person. */
  directMessages(userId: string): Message[];
  /** Sends an event of the Events API and waits for the acknowledgement. */
  emit(event: Dict & { type: string }): Promise<Delivery>;
  /** Sends an event again with the same event_id, as Slack does after a lost acknowledgement. */
  redeliver(eventId: string, attempt?: number): Promise<Delivery>;
  /** Removes the app: its tokens die, it leaves every channel, and both events go out, in the order given. */
  uninstall(order?: readonly ('tokens_revoked' | 'app_uninstalled')[]): Promise<Delivery[]>;
}

export interface SlackStandIn extends StandIn, SlackTeam {
  /** Base URL of the Web API, such as http://127.0.0.1:4000/api/ */
  readonly url: string;
  /** Everything the bot sent out, oldest first. A refused call has its error code beside. */
  readonly wire: SlackWireEntry[];
  readonly faults: SlackFaults;
  /** When set, commands, interactions and events are POSTed there, signed, instead of going by Socket Mode. */
  requestUrl: string | undefined;
  /** How many Socket Mode connections are open. */
  readonly connections: number;
  /** Waits until the app has `count` connections (default 1). */
  connected(count?: number, timeoutMs?: number): Promise<void>;
  /**
   * Waits until `look` returns something, looking again whenever anything happens at the stand-in: a call of the app,
   * a connection, an act of a person. For what no person can see, such as a call in `wire`.
   */
  eventually<T>(look: () => T | undefined, timeoutMs?: number): Promise<T>;
  /** Calls `listener` whenever something is different now. @returns how to end that */
  onChange(listener: () => void): () => void;
  /** The slash commands that exist, with their slash. */
  commands(): string[];
  /** Which slash commands exist; all others fail in the client. */
  setCommands(commands: readonly string[]): void;
  /** Another workspace, in which the app is installed by OAuth only. */
  addWorkspace(team: { teamId: string; name: string }): SlackTeam;
  /**
   * What follows when somebody presses Allow on the consent page that `url` leads to: the address, with a code, to which
   * the browser is sent back.
   * @param where the workspace that they chose; or the Enterprise organisation, for all of its workspaces
   * @throws Error with what the page complains about, such as bad_redirect_uri
   */
  allows(url: string, userId: string, where: { teamId: string } | { enterpriseId: string }): string;
  /** Asks every connection to reconnect, as Slack does about hourly. `first`: only the oldest. */
  refreshConnection(which?: 'all' | 'first'): void;
}

export type SlackWireEntry = WireEntry & { error?: string };

export interface SlackForm extends SeenForm {
  id: string;
  callbackId: string;
  /** Text between the fields, one block a line. */
  text: string;
  /** What the client says above the fields when the app did not answer. */
  trouble?: string;
}

export interface SlackPerson extends Person {
  readonly platform: 'slack';
  form(timeoutMs?: number): Promise<SlackForm>;
  /** From now on they type their commands in this channel (at first: #general). */
  goesTo(channelId: string): void;
  /**
   * Picks an entry of the app's own menu.
   * @throws Error when it has no such entry
   */
  runs(shortcut: string): Promise<void>;
  /** What a menu of the open form offers, whose entries come from the app, while this is typed into it. */
  offers(label: string, typed: string): Promise<string[]>;
  /** Opens the app's Home tab. Resolves when the app has acknowledged. @throws Error when the app has none */
  opensHome(): Promise<void>;
  /** What the Home tab shows now. */
  home(): SeenMessage | undefined;
  /** Waits until the Home tab shows this text. */
  seesHome(text: string | RegExp, timeoutMs?: number): Promise<SeenMessage>;
  /**
   * Chooses in a menu outside of a form. `menu` is its placeholder or the text beside it; a date is an ISO instant.
   * Resolves when the app has acknowledged.
   */
  chooses(menu: string, value: string | string[], within?: string | RegExp): Promise<void>;
  /** Follows a link button: the app is told, and the address is returned. */
  follows(label: string, within?: string | RegExp): Promise<string>;
  /** Their screen, for a client to draw. */
  screen(): SlackScreen;
  /**
   * Uses an element of a message, of the modal on top or of the Home tab, each by its id.
   * @param value what was chosen, in the words that {@link Person.fills} takes; or the value of an overflow entry
   * @throws Error when it is not there any more, or a form covers it
   */
  uses(thingId: string, blockId: string, actionId: string, value?: string | string[]): Promise<void>;
  /** Delivers the last interaction of this person again, byte for byte. */
  pressAgain(): Promise<void>;
}

export type { Message } from './workspace.ts';
