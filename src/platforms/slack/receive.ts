import { z } from 'zod';
import { permalink, plainWords } from './message-words.ts';
import type { Values } from './read-form.ts';
import { LINK_ACTION } from './render.ts';

/** Who did it. */
export interface By {
  userId: string;
  /** Their handle, for when Slack does not tell the name. */
  handle: string;
}

/** What Slack can tell us, read and checked; nothing else of its payloads goes any further. */
export type Received =
  | { kind: 'command'; by: By; name: string; text: string; triggerId: string; responseUrl: string }
  | {
      kind: 'shortcut';
      by: By;
      callbackId: string;
      triggerId: string;
      /** Null for a shortcut of the app itself. */
      about: { words: string; link: string; responseUrl: string } | null;
    }
  | {
      kind: 'press';
      by: By;
      /** The button's action_id: an intent's code. */
      code: string;
      /** The same when Slack delivers one press twice. */
      id: string;
      triggerId: string;
      /** Where the button was. Ephemeral: on a private answer of ours. */
      on:
        | { view: string; title: string }
        | { responseUrl: string; ephemeral: boolean; thread?: string }
        | { home: true };
    }
  | {
      kind: 'submission';
      by: By;
      /** The same when Slack delivers one submission twice. */
      id: string;
      viewId: string;
      intent: string;
      args: Record<string, string>;
      /** The kept draft that this form was opened from. */
      draft?: string | undefined;
      values: Values;
    }
  /** Somebody opened the app's Home tab; `id` is the same when Slack delivers that twice. */
  | { kind: 'home opened'; by: By; id: string }
  /** Somebody types into a menu whose entries come from us. */
  | { kind: 'suggestion'; by: By; field: string; intent: string; typed: string }
  | { kind: 'membership'; channelId: string }
  | { kind: 'user changed'; userId: string }
  /** The app was removed from the workspace, or its tokens died. */
  | { kind: 'uninstalled' }
  /** Nothing to do: a web page was opened, a modal closed, an event that we do not need. */
  | { kind: 'nothing' }
  /** Not as Slack documents it, or not ours. `why` names places and types only, never what people wrote. */
  | { kind: 'strange'; why: string; responseUrl: string | null; wasForm: boolean };

const text = z.string().min(1);
const address = z.url({ protocol: /^https?$/ });

const command = z.object({
  command: z.string().regex(/^\/./),
  text: z.string().default(''),
  user_id: text,
  user_name: z.string().default(''),
  trigger_id: text,
  response_url: address,
});

const user = z.object({ id: text, username: z.string().optional(), name: z.string().optional() });
const title = z.object({ text: z.string() });

const shortcut = z.object({ type: z.literal('shortcut'), user, callback_id: text, trigger_id: text });
const messageShortcut = z.object({
  type: z.literal('message_action'),
  user,
  callback_id: text,
  trigger_id: text,
  response_url: address,
  team: z.object({ domain: z.string().default('') }).nullish(),
  channel: z.object({ id: text }),
  message_ts: text,
  message: z.object({ text: z.string().default(''), thread_ts: z.string().optional() }),
});

const action = z.object({ type: text, action_id: text, action_ts: z.string().optional() });
const press = z.object({
  type: z.literal('block_actions'),
  user,
  trigger_id: text,
  response_url: address.optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  message: z.object({ subtype: z.string().optional() }).optional(),
  view: z.object({ id: text, type: z.string().optional(), title: title.nullish() }).nullish(),
  actions: z.tuple([action], action),
});

const metadata = z.object({
  intent: text,
  args: z.record(z.string(), z.string()),
  draft: z.string().optional(),
});
const value = z
  .object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
    selected_date_time: z.number().int().nullish(),
    selected_conversation: z.string().nullish(),
  })
  .transform((input) => {
    if (input.selected_option) return input.selected_option.value;
    if (input.selected_options) return input.selected_options.map(({ value }) => value).join(',') || null;
    if (input.selected_date_time != null) return String(input.selected_date_time);
    return input.selected_conversation ?? input.value ?? null;
  });

const suggestion = z.object({
  type: z.literal('block_suggestion'),
  user,
  block_id: text,
  value: z.string().default(''),
  view: z.object({ private_metadata: z.string() }),
});

const submission = z.object({
  type: z.literal('view_submission'),
  user,
  view: z.object({
    id: text,
    hash: z.string().default(''),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), value)) }),
  }),
});

const event = z.object({
  type: z.literal('event_callback'),
  event_id: z.string().default(''),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.enum(['member_joined_channel', 'member_left_channel']), channel: text }),
    z.object({ type: z.literal('user_change'), user: z.object({ id: text }) }),
    z.object({ type: z.literal('app_home_opened'), user: text, tab: z.string().default('home') }),
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).nullish() }),
    }),
  ]),
});

/** Events that this reads, beside commands and interactions; the manifest subscribes to them. */
export const EVENTS = [
  'app_home_opened',
  'app_uninstalled',
  'member_joined_channel',
  'member_left_channel',
  'tokens_revoked',
  'user_change',
];

/** Reads a payload of Slack. Never throws. */
export function receive(body: unknown): Received {
  const kind = z
    .looseObject({ type: z.string().optional(), command: z.unknown().optional() })
    .safeParse(body);
  if (!kind.success) return strange(body, 'not an object');
  const { type } = kind.data;
  if (kind.data.command !== undefined) return read(command, body, fromCommand);
  if (type === 'block_actions') return read(press, body, fromPress);
  if (type === 'shortcut') return read(shortcut, body, fromShortcut);
  if (type === 'message_action') return read(messageShortcut, body, fromMessageShortcut);
  if (type === 'block_suggestion') return read(suggestion, body, fromSuggestion);
  if (type === 'view_submission') return read(submission, body, fromSubmission);
  if (type === 'view_closed') return { kind: 'nothing' };
  if (type === 'event_callback') return fromEvent(body);
  return strange(body, `payload of type ${String(type)}`);
}

function read<S extends z.ZodType>(
  schema: S,
  body: unknown,
  then: (payload: z.output<S>) => Received,
): Received {
  const payload = schema.safeParse(body);
  if (payload.success) return then(payload.data);
  return strange(body, payload.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', '));
}

function strange(body: unknown, why: string): Received {
  const answer = z.object({ response_url: address }).safeParse(body);
  const form = z.object({ type: z.literal('view_submission') }).safeParse(body);
  return {
    kind: 'strange',
    why,
    responseUrl: answer.success ? answer.data.response_url : null,
    wasForm: form.success,
  };
}

const fromCommand = (body: z.output<typeof command>): Received => ({
  kind: 'command',
  by: { userId: body.user_id, handle: body.user_name || body.user_id },
  name: body.command.slice(1),
  text: body.text.trim(),
  triggerId: body.trigger_id,
  responseUrl: body.response_url,
});

const byOf = ({ id, username, name }: z.output<typeof user>): By => ({
  userId: id,
  handle: username || name || id,
});

const fromShortcut = (body: z.output<typeof shortcut>): Received => ({
  kind: 'shortcut',
  by: byOf(body.user),
  callbackId: body.callback_id,
  triggerId: body.trigger_id,
  about: null,
});

function fromMessageShortcut(body: z.output<typeof messageShortcut>): Received {
  const { message, message_ts: ts, channel, team, response_url: responseUrl } = body;
  return {
    kind: 'shortcut',
    by: byOf(body.user),
    callbackId: body.callback_id,
    triggerId: body.trigger_id,
    about: {
      words: plainWords(message.text),
      link: permalink(team?.domain ?? '', channel.id, ts, message.thread_ts ?? ''),
      responseUrl,
    },
  };
}

function fromPress(body: z.output<typeof press>): Received {
  const [action] = body.actions;
  if (action.type !== 'button' || action.action_id.startsWith(LINK_ACTION)) return { kind: 'nothing' };
  const { view, container, message, response_url: responseUrl } = body;
  if (!view && !responseUrl) return strange(body, 'a button that is nowhere');
  const place = view?.id ?? container?.message_ts ?? '';
  return {
    kind: 'press',
    by: byOf(body.user),
    code: action.action_id,
    id: `press:${body.user.id}:${place}:${action.action_ts ?? body.trigger_id}:${action.action_id}`,
    triggerId: body.trigger_id,
    on: view
      ? placeIn(view)
      : {
          responseUrl: responseUrl ?? '',
          ephemeral: container?.is_ephemeral === true,
          ...threadOf(container, message),
        },
  };
}

/** The thread for whoever looks into it: of a reply that is not shown in the conversation as well. */
function threadOf(
  container: z.output<typeof press>['container'],
  message: z.output<typeof press>['message'],
): { thread?: string } {
  const { message_ts: ts, thread_ts: thread } = container ?? {};
  const inside = thread !== undefined && thread !== ts && message?.subtype !== 'thread_broadcast';
  return inside ? { thread } : {};
}

const placeIn = ({ id, type, title }: NonNullable<z.output<typeof press>['view']>) =>
  type === 'home' ? { home: true as const } : { view: id, title: title?.text ?? '' };
function fromSuggestion(body: z.output<typeof suggestion>): Received {
  const carried = metadata.safeParse(parseJson(body.view.private_metadata));
  if (!carried.success) return strange(body, 'a menu without its form');
  const { block_id: field, value: typed } = body;
  return { kind: 'suggestion', by: byOf(body.user), field, intent: carried.data.intent, typed };
}

function fromSubmission(body: z.output<typeof submission>): Received {
  const { view } = body;
  const carried = metadata.safeParse(parseJson(view.private_metadata));
  if (!carried.success) return strange(body, 'a form without its intent');
  const values = Object.entries(view.state.values).map(([block, actions]) => [
    block,
    Object.values(actions)[0] ?? null,
  ]);
  return {
    kind: 'submission',
    by: byOf(body.user),
    id: `form:${view.id}:${view.hash}`,
    viewId: view.id,
    ...carried.data,
    values: Object.fromEntries(values),
  };
}

function fromEvent(body: unknown): Received {
  const type = z.object({ event: z.object({ type: z.string() }) }).safeParse(body);
  if (type.success && !EVENTS.includes(type.data.event.type)) return { kind: 'nothing' };
  return read(event, body, ({ event, event_id }): Received => {
    switch (event.type) {
      case 'user_change':
        return { kind: 'user changed', userId: event.user.id };
      case 'app_home_opened':
        // The same event tells of the tab with the messages.
        if (event.tab !== 'home') return { kind: 'nothing' };
        return {
          kind: 'home opened',
          by: { userId: event.user, handle: event.user },
          id: `home:${event_id}`,
        };
      case 'app_uninstalled':
        return { kind: 'uninstalled' };
      case 'tokens_revoked':
        // A person's own token may die without the bot's; we never have one.
        return { kind: event.tokens.bot?.length ? 'uninstalled' : 'nothing' };
      default:
        return { kind: 'membership', channelId: event.channel };
    }
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
