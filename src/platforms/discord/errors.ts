import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { PostGone, RateLimited, TryLater, Undeliverable } from '../platform.ts';
import { isOfTheNetwork } from './network.ts';

/** How long a refused token is left alone: every refusal counts towards Discord's ban for invalid requests. */
const TOKEN_PAUSE_MS = 5 * 60_000;

/** A person takes no direct messages from the bot. */
const closed: (number | string)[] = [
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
];

/** The bot may not, or what it names cannot be seen by the one who is named. */
const refused: (number | string)[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.MaximumActiveThreads,
];

/** Nobody will ever read it there. */
const unreachable: (number | string)[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
  ...closed,
  ...refused,
];

export const isOneOf = (error: unknown, codes: readonly (number | string)[]): boolean =>
  error instanceof DiscordAPIError && codes.includes(error.code);

export const isClosed = (error: unknown): boolean => isOneOf(error, closed);
export const isRefused = (error: unknown): boolean => isOneOf(error, refused);
export const isGone = (error: unknown): boolean => isOneOf(error, [RESTJSONErrorCodes.UnknownChannel]);
export const isArchived = (error: unknown): boolean =>
  isOneOf(error, [RESTJSONErrorCodes.InvalidActionOnArchivedThread]);

/** Says in the courier's words what Discord answers: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export async function translated<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw meaningOf(error);
  }
}

function meaningOf(error: unknown): unknown {
  if (error instanceof RateLimitError) {
    const ms = Math.max(error.retryAfter, error.sublimitTimeout, 0);
    return new RateLimited('Discord asks to wait (rate limit)', Math.ceil(ms));
  }
  if (error instanceof DiscordAPIError) {
    // Without the error itself: it carries what was to be sent.
    const words = `Discord: ${error.message} (${error.code})`;
    if (error.code === RESTJSONErrorCodes.UnknownMessage) return new PostGone(words);
    if (unreachable.includes(error.code)) return new Undeliverable(words);
    if (error.status === 401) {
      return new TryLater('DISCORD_TOKEN is no longer accepted; set a new one', TOKEN_PAUSE_MS);
    }
    if (error.status === 429 || error.code === RESTJSONErrorCodes.OpeningDirectMessagesTooFast) {
      return new RateLimited(words, TOKEN_PAUSE_MS);
    }
    return new Error(words);
  }
  if (isOfTheNetwork(error)) {
    return new TryLater(`Discord does not answer: ${error.message}`);
  }
  return error;
}
