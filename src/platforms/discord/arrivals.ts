import { createHash } from 'node:crypto';
import { AuditLogEvent, ChannelType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { arrivedCard } from '../../messages/set-up-card.ts';
import { type Address, type Desk, type Platform, Undeliverable } from '../platform.ts';
import { isOneOf } from './errors.ts';
import { channelShape, guildShape, meIn, missingPermissions } from './permissions.ts';
import { safe } from './replies.ts';

/** How many channels are tried: one that refuses what its permissions allow is rare. */
const TRIED = 3;
/** How far back it is looked who invited the bot. */
const LOOK_BACK = 10;

/** From GUILD_CREATE: https://discord.com/developers/docs/events/gateway-events#guild-create */
const arrival = z.object({
  id: z.string(),
  name: z.string().default(''),
  /** Without it Discord has an outage there, and says it again later. */
  joined_at: z.string(),
  unavailable: z.boolean().default(false),
});
const listed = z.array(channelShape.extend({ id: z.string(), position: z.number().default(0) }));
const joined = z.object({ joined_at: z.string() });
const auditLog = z.object({
  audit_log_entries: z.array(z.object({ user_id: z.string().nullish(), target_id: z.string().nullish() })),
});

/** The bot's first word in a server. */
export interface Arrivals {
  /** Discord says that the bot is in a server, as it does whenever it connects. Never rejects. */
  told(raw: unknown): Promise<void>;
  /** The same for the server that is served, where Discord says nothing by itself. Never rejects. */
  look(): Promise<void>;
}

/**
 * Says hello once in the server that is served, each time that the bot came there, and how it is set up: to whoever
 * invited it where the audit log may be read and they take direct messages, else in the server's system channel, else
 * in the first text channel that is open to the bot. The database keeps that it did, so that neither a restart nor
 * another shard or instance does it again.
 */
export function createArrivals(parts: {
  /** It waits for rate limits. */
  rest: REST;
  desk: Pick<Desk, 'greets' | 'greetAgain' | 'language'>;
  post: Platform['post'];
  /** Id of the server that is served; null until it is known. */
  spaceId: () => string | null;
  /** Whether anything is left to choose there. */
  waits: () => boolean;
  /** Somebody invited the bot while it was running: its commands went when it was removed. */
  returned: () => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}): Arrivals {
  const { rest, desk, post, spaceId, log } = parts;
  const startedAt = parts.now();

  async function inviterOf(guildId: string, me: string): Promise<string | null> {
    const query = new URLSearchParams({
      action_type: String(AuditLogEvent.BotAdd),
      limit: String(LOOK_BACK),
    });
    try {
      const { audit_log_entries: entries } = auditLog.parse(
        await rest.get(Routes.guildAuditLog(guildId), { query }),
      );
      return entries.find(({ target_id }) => target_id === me)?.user_id ?? null;
    } catch (error) {
      // The invitation does not ask for that permission; some give it.
      if (!isOneOf(error, [RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.MissingAccess])) {
        log.warn({ err: safe(error) }, 'Who invited the bot could not be looked up');
      }
      return null;
    }
  }

  /** Where it can be said, the best first. */
  async function addressesIn(guildId: string): Promise<{ name: string; addresses: Address[] }> {
    const guild = guildShape.parse(await rest.get(Routes.guild(guildId)));
    const me = await meIn(rest, guildId);
    const inviter = await inviterOf(guildId, me.id);
    const open = listed
      .parse(await rest.get(Routes.guildChannels(guildId)))
      .filter(({ type }) => type === ChannelType.GuildText)
      .filter(
        ({ permission_overwrites: rules }) =>
          missingPermissions(guild, rules, me.id, me.roles, ['View Channel', 'Send Messages']).length === 0,
      )
      .sort((a, b) => rank(a) - rank(b) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    function rank({ id, position }: (typeof open)[number]): number {
      return id === guild.system_channel_id ? -1 : position;
    }
    return {
      name: guild.name,
      addresses: [
        ...(inviter ? [{ to: 'person', spaceId: guildId, userId: inviter } as const] : []),
        ...open
          .slice(0, TRIED)
          .map(({ id: channelId }) => ({ to: 'channel', spaceId: guildId, channelId }) as const),
      ],
    };
  }

  /** @returns false when nobody could be told */
  async function sayHello(guildId: string, joinedAt: Date): Promise<boolean> {
    const { name, addresses } = await addressesIn(guildId);
    const id = createHash('sha256').update(`${guildId} ${joinedAt.toISOString()}`).digest('hex').slice(0, 24);
    for (const address of addresses) {
      const server = { name, page: `https://discord.com/channels/${guildId}` };
      const card = arrivedCard(address.to === 'person' ? server : null);
      try {
        const locale = { language: desk.language, timeZone: null };
        await post(address, inLanguage(card, locale), { id, maybeSent: false });
        log.info({ server: name, to: address.to }, 'Said hello in the server');
        return true;
      } catch (error) {
        if (!(error instanceof Undeliverable)) throw error;
      }
    }
    return false;
  }

  async function greet(guildId: string, joinedAt: Date): Promise<void> {
    const space = { platform: 'discord', spaceId: guildId };
    // A server whose channels and roles stand in the settings has nothing to learn from it.
    if (!(await desk.greets(space, joinedAt)) || !parts.waits()) return;
    const how = 'type /mini-admin in the server, and press Set-up';
    try {
      if (await sayHello(guildId, joinedAt)) return;
      log.warn({ next: how }, 'There is no channel in which the bot may say how it is set up');
    } catch (error) {
      log.warn({ err: safe(error), next: how }, 'The bot could not say how it is set up');
    }
    await desk.greetAgain(space);
  }

  const guarded = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      log.error({ err: safe(error) }, 'The arrival in a server could not be noted');
    }
  };

  return {
    told: (raw) =>
      guarded(async () => {
        const it = arrival.safeParse(raw);
        if (!it.success || it.data.unavailable) return;
        const { id, name, joined_at } = it.data;
        const joinedAt = new Date(joined_at);
        const now = joinedAt.getTime() > startedAt;
        if (id !== spaceId()) {
          const next = 'To serve that one, set DISCORD_SERVER to its id; else remove the bot from it';
          log[now ? 'warn' : 'info'](
            { server: name, id, next },
            'The bot is in a server that it does not serve',
          );
          return;
        }
        if (now) {
          await parts.returned().catch((error: unknown) => {
            log.error({ err: safe(error) }, 'The slash commands could not be published');
          });
        }
        await greet(id, joinedAt);
      }),
    look: () =>
      guarded(async () => {
        const id = spaceId();
        if (id === null) return;
        const me = await meIn(rest, id);
        const { joined_at } = joined.parse(await rest.get(Routes.guildMember(id, me.id)));
        await greet(id, new Date(joined_at));
      }),
  };
}
