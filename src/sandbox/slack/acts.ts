import { checkOptions, problems } from './check-blocks.ts';
import { checkView } from './check-view.ts';
import type { Delivery } from './delivery.ts';
import { complaints, type Field } from './fields.ts';
import { type Dict, isDict, type Option, type View, words } from './kit.ts';
import { contentOf, post, refuseEmpty } from './messages.ts';
import {
  closedPayload,
  commandPayload,
  messageActionPayload,
  submissionPayload,
  suggestionPayload,
  type Used,
  viewActionPayload,
} from './payloads.ts';
import { Refusal } from './refusal.ts';
import { newResponseUrl, notice, showPrivately } from './response-url.ts';
import type { Outcome } from './socket.ts';
import { dropAll, dropView, pushView, replaceView } from './views.ts';
import {
  type Channel,
  type Content,
  changed,
  type Message,
  type OpenView,
  type User,
  type Workspace,
} from './workspace.ts';

/** What the client needs to bring an act of a person to the app. */
export interface Client {
  ws: Workspace;
  delivery: Delivery;
  /** Base of the stand-in's addresses, without a slash at the end. */
  base: string;
  /** Notes an acknowledgement that carried something, and why it was refused. */
  noteAck(payload: unknown, error?: string): void;
}

const trouble = 'We had some trouble connecting. Try again?';

/** Types a command and shows what comes of it. */
export async function sendCommand(
  client: Client,
  user: User,
  channel: Channel,
  command: string,
  text: string,
) {
  const { ws, delivery, base } = client;
  const responseUrl = base + newResponseUrl(ws, user.id, channel.id);
  const payload = commandPayload(ws, user, channel, command, text, responseUrl);
  const outcome = await delivery.send('slash_commands', payload);
  if (!outcome.acknowledged) {
    const why =
      outcome.why === 'nobody' ? 'because the app did not respond' : `with the error "${outcome.why}"`;
    return notice(ws, user.id, channel.id, `${command} failed ${why}`);
  }
  const { payload: answer } = outcome;
  if (!isDict(answer) || Object.keys(answer).length === 0) return;
  try {
    if (answer.response_type === 'in_channel') {
      const content = contentOf(answer);
      refuseEmpty(content);
      post(ws, channel, content);
    } else showPrivately(ws, user.id, channel.id, answer);
    client.noteAck(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    client.noteAck(answer, error.code);
    notice(ws, user.id, channel.id, `${command} failed with the error "${error.code}"`);
  }
}

/** Delivers an interaction; returns whether the app acknowledged. Failure shows where the person looks. */
export async function sendInteraction(
  client: Client,
  user: User,
  payload: Dict,
  open?: OpenView,
): Promise<boolean> {
  const outcome = await client.delivery.send('interactive', payload);
  if (outcome.acknowledged) {
    client.noteAck(outcome.payload);
    return true;
  }
  const channel = isDict(payload.channel) ? String(payload.channel.id) : '';
  failed(client.ws, user, open, channel);
  return false;
}

/** Fewer characters than this ask the app for nothing, unless the menu says otherwise. */
const MIN_QUERY = 3;

/**
 * What a menu offers whose entries come from the app, while this is typed into it.
 * https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element#external_multi_select
 * @returns nothing when the app did not answer in time, or as Slack does not take it
 */
export async function askOptions(
  client: Client,
  user: User,
  open: OpenView,
  field: Field,
  typed: string,
): Promise<Option[]> {
  if (typed.length < Number(field.element.min_query_length ?? MIN_QUERY)) return [];
  const payload = suggestionPayload(client.ws, user, open, field, typed);
  const outcome = await client.delivery.send('interactive', payload);
  if (!outcome.acknowledged) return [];
  const answer = isDict(outcome.payload) ? outcome.payload : {};
  const p = problems();
  // An empty list is the one way to offer nothing.
  if (Array.isArray(answer.options) ? answer.options.length > 0 : true)
    checkOptions(answer, 'static_select', '', p);
  client.noteAck(answer, p.list.length > 0 ? p.list.join(' ') : undefined);
  if (p.list.length > 0) return [];
  const groups = (answer.option_groups ?? []) as { options: Option[] }[];
  return [...((answer.options ?? []) as Option[]), ...groups.flatMap((group) => group.options)];
}

function failed(ws: Workspace, user: User, open: OpenView | undefined, channel = ''): void {
  if (open) open.trouble = trouble;
  notice(ws, user.id, channel, trouble);
}

/** The block_actions payload for something used in a message. `content`: the version that the person saw. */
export function usedInMessage(
  client: Client,
  user: User,
  message: Message,
  used: Used,
  typed: Map<string, unknown>,
  content?: Content,
): Dict {
  const { ws, base } = client;
  const responseUrl = base + newResponseUrl(ws, user.id, message.channel, message);
  return messageActionPayload(ws, user, message, used, typed, responseUrl, content);
}

/** The block_actions payload for something used in a modal or Home tab. */
export const usedInView = (client: Client, user: User, open: OpenView, used: Used): Dict =>
  viewActionPayload(client.ws, user, open, used);

/**
 * Submits a modal and does what the app answers.
 * https://docs.slack.dev/surfaces/modals#handling_submissions
 * @returns the payload that was sent; undefined when the client found something to complain about first.
 */
export async function submit(client: Client, user: User, open: OpenView): Promise<Dict | undefined> {
  const { ws } = client;
  if (!open.view.submit) throw new Error(`"${words(open.view.title)}" has nothing to submit`);
  delete open.trouble;
  open.errors = complaints(open.view.blocks, open.typed);
  changed(ws);
  if (open.errors.size > 0) return undefined;
  const payload = submissionPayload(ws, user, open);
  await deliverSubmission(client, user, open, payload);
  return payload;
}

/** Delivers a submission (again) and does what the app answers. */
export async function deliverSubmission(
  client: Client,
  user: User,
  open: OpenView,
  payload: Dict,
): Promise<void> {
  const outcome: Outcome = await client.delivery.send('interactive', payload);
  if (!outcome.acknowledged) return failed(client.ws, user, open);
  const refused = obey(client.ws, open, outcome.payload);
  client.noteAck(outcome.payload, refused);
  if (refused) failed(client.ws, user, open);
}

/** @returns the reason when Slack does not take this answer to a submission. */
function obey(ws: Workspace, open: OpenView, answer: unknown): string | undefined {
  // The person may have closed it, or the app opened another in its place, while the answer was on its way.
  const there = ws.views.has(open.id);
  if (!isDict(answer) || answer.response_action === undefined) {
    if (there) dropView(ws, open);
    return undefined;
  }
  const action = String(answer.response_action);
  switch (action) {
    case 'clear':
      dropAll(ws, open.userId);
      return undefined;
    case 'errors':
      return showErrors(ws, open, answer.errors);
    case 'update':
    case 'push': {
      const checked = checkView(answer.view, 'modal');
      if (!checked.ok) return [checked.error, ...checked.messages].join(' ');
      if (there) showNext(ws, open, action, checked.view);
      return undefined;
    }
    default:
      return `unknown response_action ${action}`;
  }
}

function showNext(ws: Workspace, open: OpenView, how: 'update' | 'push', view: View): void {
  if (how === 'push') pushView(ws, open, view);
  else replaceView(ws, open, view);
}

function showErrors(ws: Workspace, open: OpenView, errors: unknown): string | undefined {
  if (!isDict(errors) || Object.keys(errors).length === 0)
    return 'errors must be an object that is not empty';
  const inputs = open.view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  for (const [block, text] of Object.entries(errors)) {
    if (!inputs.includes(block)) return `errors name "${block}", which is no input block of this view`;
    if (typeof text !== 'string' || text === '') return `the error of "${block}" must be text`;
  }
  open.errors = new Map(Object.entries(errors as Record<string, string>));
  changed(ws);
  return undefined;
}

/** Closes the view on top (and all below it when it says `clear_on_close`), telling the app where it asked for that. */
export async function closeView(client: Client, user: User, open: OpenView): Promise<void> {
  const clears = open.view.clear_on_close === true;
  const closed = clears ? dropAll(client.ws, user.id) : [open];
  if (!clears) dropView(client.ws, open);
  for (const view of closed) {
    if (!view.view.notify_on_close) continue;
    await client.delivery.send('interactive', closedPayload(client.ws, user, view, clears));
  }
}
