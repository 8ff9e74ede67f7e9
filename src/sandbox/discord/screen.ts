import { flag, hasFlag } from './check-message.ts';
import { asList, isObject, type Json } from './checks.ts';
import { offeredTo } from './commands.ts';
import { fieldsOf, seenForm } from './forms.ts';
import { type Channel, canSee, type OpenForm, type User, type World } from './world.ts';

/** What one person has on their screen, as a client needs it to draw it. Plain data. */
export interface DiscordScreen {
  /** Channels that they see, and their direct messages with the bot once there are any. */
  places: { id: string; name: string; kind: 'channel' | 'dm' }[];
  /** Everything that they can see in those places, oldest first. */
  messages: DiscordShown[];
  form?: DiscordForm;
  /** What the client offers after a slash, in a channel of the server. */
  commands: DiscordCommand[];
  /** Names by id, for mentions of people, roles and channels. */
  names: Record<string, string>;
}

export interface DiscordShown {
  id: string;
  channel: string;
  /** The bot, or the client itself. */
  from: 'app' | 'client';
  content: string;
  components: Json[];
  onlyMe: boolean;
  /** Deferred: "is thinking…". */
  loading: boolean;
  edited: boolean;
  /** Milliseconds since 1970; null for what the client says. */
  at: number | null;
  /** Grows with every version of it. */
  version: number;
}

export interface DiscordForm {
  id: string;
  title: string;
  components: Json[];
  /** Its inputs by custom id; values in the words that `fills` takes. */
  fields: Record<string, { label: string; value: string | string[]; error?: string }>;
  /** Sent off, and not answered yet. */
  sending: boolean;
}

export interface DiscordCommand {
  name: string;
  description: string;
  options: { name: string; description: string; required: boolean; choices: { name: string }[] }[];
}

/** Draws the screen of this person as it is now. */
export function screenOf(world: World, user: User): DiscordScreen {
  const places = [...world.channels.values()].filter((channel) => canSee(world, user, channel));
  const inSight = new Set(places.map(({ id }) => id));
  const shown = [...world.messages.values()]
    .filter((m) => inSight.has(m.channelId) && (m.onlyFor === undefined || m.onlyFor === user.id))
    .map((m) => ({
      order: m.order,
      id: m.id,
      channel: m.channelId,
      from: 'app' as const,
      content: m.content,
      components: m.components,
      onlyMe: m.onlyFor !== undefined,
      loading: hasFlag(m.flags, flag.loading),
      edited: m.editedAt !== undefined && m.onlyFor === undefined,
      at: m.createdAt.getTime(),
      version: m.history.length,
    }));
  const notices = world.notices
    .filter((n) => n.userId === user.id)
    .map((n) => ({
      order: n.order,
      id: n.id,
      channel: n.channelId,
      from: 'client' as const,
      content: n.text,
      components: [],
      onlyMe: true,
      loading: false,
      edited: false,
      at: null,
      version: 0,
    }));
  const form = world.forms.get(user.id);
  return {
    places: places.map(({ id, name, type }) => ({ id, name, kind: type === 1 ? 'dm' : 'channel' })),
    messages: [...shown, ...notices].sort((a, b) => a.order - b.order).map(({ order: _, ...rest }) => rest),
    ...(form ? { form: formOf(world, form) } : {}),
    commands: commandsFor(world, user, places),
    names: Object.fromEntries(
      [...world.users.values(), ...world.roles.values(), ...world.channels.values()].map((t) => [
        t.id,
        t.name,
      ]),
    ),
  };
}

function formOf(world: World, form: OpenForm): DiscordForm {
  const seen = seenForm(world, form).fields;
  return {
    id: form.interaction.id,
    title: form.title,
    components: form.components,
    fields: Object.fromEntries(
      fieldsOf(form).map(({ id, label }, i) => {
        const error = seen[i]?.error;
        return [id, { label, value: seen[i]?.value ?? '', ...(error ? { error } : {}) }];
      }),
    ),
    sending: form.submission !== undefined && !world.interactions.get(form.submission)?.failed,
  };
}

function commandsFor(world: World, user: User, places: Channel[]): DiscordCommand[] {
  const inServer = places.find(({ type }) => type !== 1);
  if (!inServer) return [];
  return offeredTo(world, user, inServer).map((command) => ({
    name: command.name,
    description: String(command.description ?? ''),
    options: asList(command.options)
      .filter(isObject)
      .map((option) => ({
        name: String(option.name),
        description: String(option.description ?? ''),
        required: option.required === true,
        choices: asList(option.choices)
          .filter(isObject)
          .map((choice) => ({ name: String(choice.name) })),
      })),
  }));
}
