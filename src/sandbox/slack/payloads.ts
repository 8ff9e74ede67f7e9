import { actionValue, type Field, stateOf } from './fields.ts';
import type { Dict } from './kit.ts';
import { messageObject } from './messages.ts';
import { blocksOf, type Pressable } from './render.ts';
import { viewObject } from './views.ts';
import {
  type Channel,
  type Content,
  type Message,
  newId,
  newTrigger,
  newTs,
  type OpenView,
  type User,
  type Workspace,
} from './workspace.ts';

/** The old verification token, which payloads still carry and nobody should trust. */
const token = 'sandbox-verification-token';

const person = (ws: Workspace, user: User): Dict => ({
  id: user.id,
  username: user.handle,
  name: user.handle,
  team_id: ws.teamId,
});

const head = (ws: Workspace, type: string, user: User): Dict => ({
  type,
  user: person(ws, user),
  api_app_id: ws.appId,
  token,
  team: { id: ws.teamId, domain: 'sandbox' },
  enterprise: null,
  is_enterprise_install: false,
});

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const commandPayload = (
  ws: Workspace,
  user: User,
  channel: Channel,
  command: string,
  text: string,
  responseUrl: string,
): Dict => ({
  token,
  team_id: ws.teamId,
  team_domain: 'sandbox',
  channel_id: channel.id,
  channel_name: { public: channel.name, private: 'privategroup', im: 'directmessage' }[channel.kind],
  user_id: user.id,
  user_name: user.handle,
  command,
  text,
  api_app_id: ws.appId,
  is_enterprise_install: 'false',
  response_url: responseUrl,
  trigger_id: newTrigger(ws, user.id),
});

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, of the app's own menu. */
export const globalShortcutPayload = (ws: Workspace, user: User, callbackId: string): Dict => ({
  ...head(ws, 'shortcut', user),
  callback_id: callbackId,
  trigger_id: newTrigger(ws, user.id),
  action_ts: newTs(ws),
});

/** The same in the menu of a message. */
export const messageShortcutPayload = (
  ws: Workspace,
  user: User,
  callbackId: string,
  message: Message,
  responseUrl: string,
): Dict => ({
  ...head(ws, 'message_action', user),
  callback_id: callbackId,
  trigger_id: newTrigger(ws, user.id),
  action_ts: newTs(ws),
  channel: { id: message.channel, name: channelName(ws, message) },
  message_ts: message.ts,
  message: messageObject(ws, message),
  response_url: responseUrl,
});

const channelName = (ws: Workspace, message: Message): string | undefined => {
  const channel = ws.channels.get(message.channel);
  return channel?.kind === 'im' ? 'directmessage' : channel?.name;
};

/** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const suggestionPayload = (
  ws: Workspace,
  user: User,
  open: OpenView,
  { block, element }: Field,
  typed: string,
): Dict => ({
  ...head(ws, 'block_suggestion', user),
  container: { type: 'view', view_id: open.id },
  action_id: element.action_id,
  block_id: block.block_id,
  value: typed,
  view: viewObject(ws, open),
});

/** What was used: a button (or an entry of an overflow menu), or a field that reports at once. */
export type Used = { pressed: Pressable } | { field: Field };

function action(ws: Workspace, used: Used, typed: Map<string, unknown>): Dict {
  const { block, element } = 'pressed' in used ? used.pressed : used.field;
  const ids = { action_id: element.action_id, block_id: block.block_id, action_ts: newTs(ws) };
  if ('field' in used) return { ...ids, ...actionValue(used.field, typed) };
  if (used.pressed.option) return { ...ids, type: 'overflow', selected_option: used.pressed.option };
  return {
    ...ids,
    type: element.type,
    text: element.text,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.style === undefined ? {} : { style: element.style }),
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload, from a message. */
export function messageActionPayload(
  ws: Workspace,
  user: User,
  message: Message,
  used: Used,
  typed: Map<string, unknown>,
  responseUrl: string,
  content: Content = message,
): Dict {
  return {
    ...head(ws, 'block_actions', user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.onlyFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: newTrigger(ws, user.id),
    channel: { id: message.channel, name: channelName(ws, message) },
    // Slack keeps no ephemeral message, so it cannot show it to the app.
    ...(message.onlyFor ? {} : { message: messageObject(ws, message, { content, metadata: true }) }),
    state: { values: stateOf(blocksOf(content), typed) },
    response_url: responseUrl,
    actions: [action(ws, used, typed)],
  };
}

/** The same from a modal or Home tab. */
export const viewActionPayload = (ws: Workspace, user: User, open: OpenView, used: Used): Dict => ({
  ...head(ws, 'block_actions', user),
  container: { type: 'view', view_id: open.id },
  trigger_id: newTrigger(ws, user.id, open.id),
  view: viewObject(ws, open),
  actions: [action(ws, used, open.typed)],
});

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const submissionPayload = (ws: Workspace, user: User, open: OpenView): Dict => ({
  ...head(ws, 'view_submission', user),
  trigger_id: newTrigger(ws, user.id, open.id),
  view: viewObject(ws, open),
  response_urls: [],
});

/** @param cleared whether all views were closed at once */
export const closedPayload = (ws: Workspace, user: User, open: OpenView, cleared: boolean): Dict => ({
  ...head(ws, 'view_closed', user),
  view: viewObject(ws, open),
  is_cleared: cleared,
});

/** https://docs.slack.dev/apis/events-api#receiving-events */
export const eventPayload = (ws: Workspace, event: Dict): Dict => ({
  token,
  team_id: ws.teamId,
  api_app_id: ws.appId,
  event: { event_ts: newTs(ws), ...event },
  type: 'event_callback',
  event_id: newId(ws, 'Ev'),
  event_time: Math.floor(ws.now().getTime() / 1_000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: ws.teamId,
      user_id: ws.botUserId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
});
