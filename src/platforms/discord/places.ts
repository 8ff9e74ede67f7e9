import { ChannelType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { FieldProblem } from '../../core/errors.ts';
import { heldIn, readSpace, type SpaceSettings } from '../../core/space.ts';
import type { Log } from '../../log.ts';
import { type Card, card, text } from '../../messages/card.ts';
import type { FieldValue, Form, SpokenForm, Typed } from '../../messages/form.ts';
import { say } from '../../messages/words.ts';
import type { Desk } from '../platform.ts';
import { isOneOf } from './errors.ts';
import { neededIn } from './invitation.ts';
import { channelShape, type Guild, guildShape, meIn, missingPermissions } from './permissions.ts';
import { safe } from './replies.ts';
import { type DiscordSettings, heldBy } from './setup.ts';

/** How long what was chosen is believed: another instance may have heard of something else. */
const FRESH_MS = 10_000;

/** The channels and roles of the server: what holds, and the forms in which people choose them. */
export interface Places {
  now(): SpaceSettings;
  /** The server that is served. @param roles what its roles are called */
  found(spaceId: string, now: SpaceSettings, roles: ReadonlyMap<string, string>): void;
  /** Looks again, beside what goes on, when some time has passed. */
  notice(): void;
  /** Looks again now. Never rejects. */
  look(): Promise<void>;
  roleNames: ReadonlyMap<string, string>;
  /** The form without what the operator holds. */
  offered(form: SpokenForm): SpokenForm;
  /** What its fields hold now. */
  presets(form: SpokenForm): Typed;
  /** What stands against what was chosen: each permission that is missing there. Never rejects. */
  problems(form: SpokenForm, fields: Record<string, FieldValue>): Promise<FieldProblem[]>;
}

/** Whether channels or roles are chosen in it. */
export const choosesPlaces = ({ fields }: Form | SpokenForm): boolean =>
  fields.some(({ field }) => field === 'channel' || field === 'roles');

/** @param now milliseconds since 1970 */
export function createPlaces(parts: {
  rest: REST;
  settings: DiscordSettings;
  desk: Pick<Desk, 'settingsOf'>;
  now: () => number;
  log: Log;
}): Places {
  const { rest, settings, desk, now, log } = parts;
  const held = heldBy(settings);
  const theirs = new Set<string>(heldIn(held));
  const roleNames = new Map<string, string>();
  let known = readSpace({}, held);
  let spaceId: string | null = null;
  let lookedAt = 0;

  const guildNow = async (): Promise<Guild> =>
    guildShape.parse(await rest.get(Routes.guild(spaceId as string)));
  const learn = (roles: readonly { id: string; name: string }[]) => {
    for (const { id, name } of roles) roleNames.set(id, name);
  };

  async function look(): Promise<void> {
    if (spaceId === null) return;
    lookedAt = now();
    try {
      known = (await desk.settingsOf({ platform: 'discord', spaceId })) ?? known;
      const unnamed = [...known.mentorRoles, ...known.coordinatorRoles].some((id) => !roleNames.has(id));
      if (unnamed) learn((await guildNow()).roles);
    } catch (error) {
      log.warn({ err: safe(error) }, 'What was chosen in Discord could not be looked up');
    }
  }

  async function channelProblem(
    { name, holds }: Extract<SpokenForm['fields'][number], { field: 'channel' }>,
    channelId: string,
    guild: Guild,
  ): Promise<FieldProblem[]> {
    const needed = (type?: number) =>
      neededIn[holds === 'threads' ? 'threads' : type === ChannelType.GuildForum ? 'forum' : 'cards'];
    try {
      const channel = channelShape.parse(await rest.get(Routes.channel(channelId)));
      const me = await meIn(rest, guild.id);
      const lacking = missingPermissions(
        guild,
        channel.permission_overwrites,
        me.id,
        me.roles,
        needed(channel.type),
      );
      if (lacking.length === 0) return [];
      return [{ field: name, code: 'channel_forbidden', detail: lacking.join(', ') }];
    } catch (error) {
      const closed = isOneOf(error, [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.UnknownChannel]);
      // What cannot be found out now is found out when something is to be posted there.
      if (!closed) log.warn({ err: safe(error) }, 'A channel that was chosen could not be looked at');
      return closed ? [{ field: name, code: 'channel_closed', detail: needed().join(', ') }] : [];
    }
  }

  function roleProblems(name: string, ids: string[], guild: Guild): FieldProblem[] {
    const unfit = guild.roles.find(({ id, managed }) => ids.includes(id) && (id === guild.id || managed));
    return unfit ? [{ field: name, code: 'role_unfit', detail: unfit.name }] : [];
  }

  return {
    now: () => known,
    roleNames,
    found(id, what, roles) {
      spaceId = id;
      known = what;
      lookedAt = now();
      learn([...roles].map(([role, name]) => ({ id: role, name })));
    },
    notice() {
      if (now() - lookedAt > FRESH_MS) void look();
    },
    look,
    offered: (form) =>
      choosesPlaces(form) ? { ...form, fields: form.fields.filter(({ name }) => !theirs.has(name)) } : form,
    presets: (form) =>
      choosesPlaces(form)
        ? Object.fromEntries(
            form.fields.flatMap(({ name }) =>
              name in known ? [[name, known[name as keyof SpaceSettings]]] : [],
            ),
          )
        : {},
    async problems(form, fields) {
      if (spaceId === null || !choosesPlaces(form)) return [];
      try {
        const guild = await guildNow();
        learn(guild.roles);
        const found = form.fields.map((field) => {
          const value = fields[field.name];
          if (field.field === 'channel' && typeof value === 'string') {
            return channelProblem(field, value, guild);
          }
          return field.field === 'roles' && Array.isArray(value)
            ? roleProblems(field.name, value.map(String), guild)
            : [];
        });
        return (await Promise.all(found)).flat();
      } catch (error) {
        log.warn({ err: safe(error) }, 'What was chosen could not be looked at');
        return [];
      }
    },
  };
}

/** Discord offers no channels and roles of the server among direct messages. */
export const inServerCard = (): Card =>
  card(
    'bad',
    say('That is chosen in the server'),
    text(
      say(
        'Channels and roles can only be shown there. Type /mini-admin in a channel of the server, and press Set-up.',
      ),
    ),
  );
