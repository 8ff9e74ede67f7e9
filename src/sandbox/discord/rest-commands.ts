import { checkCommand, checkCommands } from './check-command.ts';
import { asList, isObject, type Json } from './checks.ts';
import { type Problem, refuse, refuseProblems } from './refusal.ts';
import { type Answer, type Call, objectBody, type Route } from './server.ts';
import type { Command, World } from './world.ts';

/** Publishing commands, for everywhere and for one server. */
export function commandRoutes(world: World): Route[] {
  const base = '/applications/:application/commands';
  return [...routesAt(world, base), ...routesAt(world, '/applications/:application/guilds/:guild/commands')];
}

function routesAt(world: World, base: string): Route[] {
  /** The server whose commands are meant; undefined for the global ones. */
  const scope = (call: Call): string | undefined => {
    if (call.params.application !== world.applicationId) throw refuse.missingAccess();
    const guild = call.params.guild;
    if (guild !== undefined && (guild !== world.guildId || !world.botInGuild)) throw refuse.missingAccess();
    return guild;
  };
  const inScope = (call: Call): Command[] => {
    const guild = scope(call);
    return [...world.commands.values()].filter((c) => c.guild_id === guild);
  };
  const one = (call: Call): Command => {
    const found = inScope(call).find((c) => c.id === call.params.command);
    if (!found) throw refuse.unknownCommand();
    return found;
  };
  const same = (call: Call, body: Json): Command | undefined =>
    inScope(call).find((c) => c.name === body.name && c.type === (body.type ?? 1));
  const keep = (call: Call, body: Json, old?: Command): Command => {
    const command = commandJson(world, body, old?.id ?? world.snowflake(), scope(call));
    world.commands.set(command.id, command);
    world.changed();
    return command;
  };
  const check = (look: (problems: Problem[]) => void): void => {
    const problems: Problem[] = [];
    look(problems);
    refuseProblems(problems);
  };
  const shown = (command: Command, status = 200): Answer => ({ status, body: command });

  return [
    {
      method: 'GET',
      path: base,
      answer: (call) => ({ status: 200, body: inScope(call).map((command) => listed(call, command)) }),
    },
    {
      method: 'PUT',
      path: base,
      answer(call) {
        scope(call);
        check((problems) => checkCommands(problems, call.body));
        const bodies = asList(call.body).filter(isObject);
        const kept = bodies.map((body) => ({ body, old: same(call, body) }));
        for (const command of inScope(call)) world.commands.delete(command.id);
        return { status: 200, body: kept.map(({ body, old }) => keep(call, body, old)) };
      },
    },
    {
      method: 'POST',
      path: base,
      answer(call) {
        const body = objectBody(call);
        check((problems) => checkCommand(problems, [], body));
        const old = same(call, body);
        return shown(keep(call, body, old), old ? 200 : 201);
      },
    },
    { method: 'GET', path: `${base}/:command`, answer: (call) => shown(one(call)) },
    {
      method: 'PATCH',
      path: `${base}/:command`,
      answer(call) {
        const old = one(call);
        const body = { ...old, ...objectBody(call) };
        check((problems) => checkCommand(problems, [], body));
        return shown(keep(call, body, old));
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:command`,
      answer(call) {
        world.commands.delete(one(call).id);
        return { status: 204 };
      },
    },
  ];
}

const LOCALIZED = ['name_localizations', 'description_localizations'];

/**
 * Translations are shown only to those who ask for them
 * (https://docs.discord.com/developers/interactions/application-commands#get-guild-application-commands).
 */
function listed(call: Call, command: Command): Json {
  if (call.query.get('with_localizations') === 'true') return command;
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bare);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !LOCALIZED.includes(key))
        .map(([key, one]) => [key, bare(one)]),
    );
  };
  return bare(command) as Json;
}

function commandJson(world: World, body: Json, id: string, guildId: string | undefined): Command {
  return {
    id,
    application_id: world.applicationId,
    version: world.snowflake(),
    type: Number(body.type ?? 1),
    name: String(body.name),
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    options: body.options ?? [],
    default_member_permissions: body.default_member_permissions ?? null,
    dm_permission: body.dm_permission ?? true,
    nsfw: body.nsfw ?? false,
    ...(guildId === undefined
      ? { contexts: body.contexts ?? null, integration_types: body.integration_types ?? [0] }
      : { guild_id: guildId }),
  };
}
