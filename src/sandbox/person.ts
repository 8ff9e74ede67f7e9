/**
 * A person at a stand-in, acting as they would in the real client: they type, fill, press and read.
 * Journeys are written against this interface, so that one story runs on every platform.
 */
export interface Person {
  readonly name: string;
  readonly platform: 'slack' | 'discord';
  /** The platform's id of this person, such as U… on Slack or a snowflake on Discord. */
  readonly userId: string;
  /** IANA zone in which they read times. */
  readonly timeZone: string;

  /**
   * Types a slash command in a channel of the stand-in, without the leading slash.
   * @param options what follows it: free text on Slack (under the key `text`), named options on Discord.
   * @throws Error when the app has no such command or refuses the option, as the client would.
   */
  types(command: string, options?: Record<string, string>): Promise<void>;

  /** Waits for the form (Slack modal, Discord modal) that is open for this person. */
  form(): Promise<SeenForm>;

  /**
   * Fills fields of the open form, by their labels, and submits it. Fields that are not named keep what they hold.
   * Resolves when the app has answered; read the answer with `form()` (it is still open, with errors) or `sees`.
   */
  fills(values: Record<string, string | string[]>): Promise<void>;

  /** Closes the open form without submitting. */
  closesForm(): Promise<void>;

  /**
   * Presses the button with this label on the newest thing this person can see that carries it
   * (`within` narrows it to things whose text matches). Resolves when the app has acknowledged.
   * @throws Error when nobody could press such a button now, with all the buttons in sight.
   */
  presses(label: string, within?: string | RegExp): Promise<void>;

  /** Writes a message where they are (at first: a channel that everybody sees). @returns its id */
  writes(text: string): Promise<string>;

  /** Presses a button that this message carries, or did before it was changed, as a client does that has not caught up. */
  pressesOld(messageId: string, label: string): Promise<void>;

  /**
   * Picks an entry of the app in the menu of the newest message of a channel whose text matches. Resolves when the app
   * has acknowledged.
   * @throws Error when the menu has no such entry, with those it has
   */
  picks(entry: string, message: string | RegExp): Promise<void>;

  /**
   * Waits until this person can see a message whose text matches, the newest first.
   * @param where `dm`: direct messages with the app; `private`: ephemeral answers and result views;
   *   `channel`: channels that the person is in.
   * @throws Error after `timeoutMs` (default 10 s of real time), listing what can be seen.
   */
  sees(text: string | RegExp, where: Place, timeoutMs?: number): Promise<SeenMessage>;

  /** Everything in sight at that place now, oldest first. */
  sight(where: Place): SeenMessage[];
}

export type Place = 'dm' | 'private' | 'channel';

export interface SeenForm {
  title: string;
  fields: { label: string; kind: string; value: string | string[]; error?: string }[];
}

export interface SeenMessage {
  id: string;
  /** The channel it is in. */
  channel: string;
  /** All its words as the reader sees them, one block a line; times and mentions rendered for this reader. */
  text: string;
  /** Labels of the buttons that can be pressed, in order. Link buttons are in `links`. */
  buttons: string[];
  links: { label: string; url: string }[];
  edited: boolean;
}

/** One request that the bot sent out, as the wire log records it. */
export interface WireEntry {
  to: 'slack' | 'discord' | 'google' | 'zoom';
  method: string;
  /** Discord, Google and Zoom: the path. Slack: the Web API method, or "ack" for an acknowledgement's payload. */
  path: string;
  body: unknown;
  status: number;
}

/** What every stand-in can do. */
export interface StandIn {
  /** Base URL for the bot's settings. */
  readonly url: string;
  close(): Promise<void>;
}
