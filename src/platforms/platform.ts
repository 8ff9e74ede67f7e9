import type { FieldProblem } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { SpaceSettings } from '../core/space.ts';
import type { SpokenCard } from '../messages/card.ts';
import type { FieldValue, Form, Typed } from '../messages/form.ts';
import type { Locale, Words } from '../messages/words.ts';
import type { AnnouncedSpace, Draft, Post, Space, Visitor } from '../store/store.ts';

/** Where a card goes. */
export type Address =
  | { to: 'channel'; spaceId: string; channelId: string }
  /**
   * `thread`: the message that began what was said to them about the same. Where a platform has threads, the card goes
   * into that one; `inSight`: not only there. When that message is gone, the card begins a new one.
   */
  | { to: 'person'; spaceId: string; userId: string; thread?: { of: string; inSight: boolean } }
  /**
   * The page of their own that a platform gives each person, where it does. `hash`: what was put there last, which must
   * still stand there; null: whatever stands there is replaced. What {@link Platform.post} returns names the new one.
   */
  | { to: 'home'; spaceId: string; userId: string; hash: string | null };

/** One delivery of a card. */
export interface Delivery {
  /** Stays the same when the same delivery is tried again, so that the platform (or its history) can tell. ≤ 25 characters. */
  id: string;
  /** An earlier try may have arrived without our knowing: look for it before posting, and bring it up to date. */
  maybeSent: boolean;
}

/** The id of the one delivery that something with this UUID leads to. */
export const deliveryOf = (uuid: string): string => uuid.replaceAll('-', '').slice(0, 25);

/** Where two people and the bot are among themselves. */
export interface Rooms {
  /**
   * Opens a room with these people in it and puts a card there; the same delivery again finds the room that an earlier
   * try opened. @throws Undeliverable, TryLater
   */
  open(
    where: { spaceId: string; channelId: string },
    room: { name: string; userIds: string[] },
    card: SpokenCard,
    delivery: Delivery,
  ): Promise<Post>;
  /** Closes the room in which this card stands. @throws Undeliverable, TryLater */
  close(post: Post): Promise<void>;
}

/** A chat platform, as the courier and main see it. Every platform passes `test/contracts/platform.ts`. */
export interface Platform {
  readonly name: string;
  /**
   * Connects, makes its commands known, and announces its spaces to the desk.
   * @throws PlatformSetupError with the remedy when tokens, channel or role are wrong
   */
  start(): Promise<void>;
  /** Takes no more work, finishes what it began, disconnects. */
  stop(): Promise<void>;
  /** `up`: receives what people do. */
  health(): 'up' | 'connecting' | 'down';
  /** What people still have to choose, such as a mentors channel, before anybody can be served; null when nothing. */
  waitsFor(): string | null;
  /**
   * Tries what the bot needs in a space that added it by itself, and changes nothing, for the coordinators there.
   * @returns null for spaces that the settings name, which the doctor looks at
   */
  look(spaceId: string): Promise<Check[] | null>;
  /** Puts a card somewhere. @throws SpaceGone, Undeliverable, TryLater */
  post(address: Address, card: SpokenCard, delivery: Delivery): Promise<Post>;
  /** Brings a card up to date where it is. @throws PostGone, SpaceGone, Undeliverable, TryLater */
  update(post: Post, card: SpokenCard): Promise<void>;
  /** null where there is no such place. */
  readonly rooms: Rooms | null;
}

/**
 * Hears of each acknowledgement: whether the platform still waited for it, and how long it took from the arrival of
 * what somebody did, in milliseconds.
 */
export type Acknowledged = (how: 'in_time' | 'lost', ms: number) => void;

/** One thing that the doctor looked at. What the next start mends by itself is no finding. */
export interface Check {
  what: string;
  ok: boolean;
  /** When not ok: what is wrong and how to mend it. */
  remedy?: string;
}

/** It will never arrive there: direct messages closed, left the space, channel gone. */
export class Undeliverable extends Error {
  override name = 'Undeliverable';
}
/** The bot is not in that space, or not any more. */
export class SpaceGone extends Undeliverable {
  override name = 'SpaceGone';
}
/** Not now: rate limit, outage, network. */
export class TryLater extends Error {
  override name = 'TryLater';
  /** When the platform said so. */
  readonly retryAfterMs: number | undefined;
  constructor(message: string, retryAfterMs?: number, cause?: unknown) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}
/** Not now, because the platform asks us to slow down. */
export class RateLimited extends TryLater {
  override name = 'RateLimited';
}
/** The message to update was deleted; the courier posts it anew. */
export class PostGone extends Error {
  override name = 'PostGone';
}
/** The platform's set-up is wrong; the message names the setting and says how to mend it. */
export class PlatformSetupError extends Error {
  override name = 'PlatformSetupError';
}

/** Something a person wants: a command typed, a button pressed, a form sent. */
export interface Intent {
  /** A key of `routes.ts`. */
  name: string;
  /** From the button, the form's args, or a command's options. */
  args: Record<string, string>;
  /** From a form, by field name. */
  fields: Record<string, FieldValue>;
  /** What the platform itself could not read in the form, such as a time typed as text; the desk words it. */
  problems: FieldProblem[];
  /** Differs for each thing a person does; the same when the platform delivers one thing twice. */
  id: string;
}

/** What became of an intent. Words are ready, in the person's language: platforms show the card to that person only. */
export type Answer =
  | { ok: true; card: SpokenCard }
  /** `fieldProblems`: field name to a sentence, when it is about the form; else empty. The card says it all too. */
  | { ok: false; card: SpokenCard; fieldProblems: Record<string, string> };

/** All that people find of the bot in a platform's own menus. */
export interface Entries {
  /** Slash commands: name without slash → intent and description (with which options). */
  readonly commands: readonly Command[];
  readonly shortcuts: readonly Shortcut[];
}

/** The front desk: what a platform calls for everything that people do. Implemented once, in `desk.ts`. */
export interface Desk extends Entries {
  /** The community's language: for whom nobody knows a language of their own, and for what many read. */
  readonly language: Language;
  /**
   * The form that this intent opens, or null when it opens none. Touches nothing: a form must be shown at once
   * (Slack's trigger lives 3 s; a Discord modal must be the first response).
   * Args whose names are fields of the form become their initial values.
   */
  form(name: string, args: Record<string, string>): Form | null;
  /** The form that submits to this intent, to read what came back. */
  formFor(submitIntent: string, args: Record<string, string>): Form | null;
  /** Runs a use-case for a person. Never rejects: refusals and faults come back as kind cards. */
  perform(intent: Intent, by: Visitor): Promise<Answer>;
  /** Keeps what was typed until it can be used. @returns the draft's id, or null when it could not be kept */
  keepDraft(by: Visitor, draft: Draft): Promise<string | null>;
  replaceDraft(by: Visitor, id: string, draft: Draft): Promise<void>;
  /** @returns null when it is gone, or not theirs */
  draft(by: Visitor, id: string): Promise<Draft | null>;
  dropDraft(by: Visitor, id: string): Promise<void>;
  /** The zone last known of this person, for forms that need it. */
  zoneOf(by: Visitor): Promise<string | null>;
  /** The one that their community offers to those of whom nobody knows theirs. */
  usualZone(by: Visitor): Promise<string | null>;
  /** Makes somebody known who has done nothing here yet. */
  meet(by: Visitor): Promise<void>;
  /** Tags to offer while somebody types one; at most `most`. What they typed alone when nothing else can be said. */
  suggestTags(by: Visitor, typed: string, most: number): Promise<string[]>;
  /** How long it lately took until a request was claimed; null when nobody can say. */
  expectation(by: Visitor): Promise<Words | null>;
  /** The platform is in this space now. @returns what holds there */
  announce(space: AnnouncedSpace): Promise<SpaceSettings>;
  /** What holds in a space now; null where its people choose nothing. */
  settingsOf(space: Pick<Space, 'platform' | 'spaceId'>): Promise<SpaceSettings | null>;
  /** The bot introduces itself in a space. @returns false when it did since it came there */
  greets(space: Pick<Space, 'platform' | 'spaceId'>, joinedAt: Date): Promise<boolean>;
  /** Nobody could hear it: it is tried again at the next occasion. */
  greetAgain(space: Pick<Space, 'platform' | 'spaceId'>): Promise<void>;
  now(): Date;
}

export interface Command {
  /** Lower case, with hyphens. */
  name: string;
  description: Words;
  intent: string;
  /** Intents that take its place when the option `view` says so. */
  views?: Readonly<Record<string, string>>;
  /** What may follow it: named options on Discord, words after the command on Slack. */
  options: CommandOption[];
}
export interface CommandOption {
  /** Lower case, with hyphens. */
  name: string;
  /** The same, for platforms whose menus speak more than one language: lower case, in one word. */
  label: Words;
  description: Words;
  /** Name of the arg or form field it fills. */
  fills: string;
  choices: { value: string; label: Words }[];
  /** What is offered while somebody types it, where the platform can; without it, free text. */
  suggests?: 'zone' | 'tags';
}

/** What a command means with these options. */
export const intentOf = ({ intent, views }: Command, { view, ...args }: Record<string, string>) =>
  view === undefined ? { name: intent, args } : { name: views?.[view] ?? intent, args };

/** How a person is spoken to where they are: in their own language, else in the community's. */
export const localeOf = (
  { language, timeZone }: Pick<Visitor, 'language' | 'timeZone'>,
  desk: Pick<Desk, 'language'>,
): Locale => ({ language: language ?? desk.language, timeZone });

/** An entry of a menu: of every message's, or of the app's own where the platform has such a menu. */
export interface Shortcut {
  /** By which the platform tells them apart where it does not by name. */
  id: string;
  /** What people read in the menu, and by which a platform tells it: at most 24 characters, so that it fits everywhere. */
  name: string;
  /** The same, for platforms whose menus speak more than one language. */
  label: Words;
  description: Words;
  on: 'message' | 'app';
  /** Intent of a form. */
  intent: string;
  /** For a message: name of the form field that begins with what it says and where it is. */
  fills: string;
}

export type { AnnouncedSpace, Draft, Post, Space, Typed, Visitor };
