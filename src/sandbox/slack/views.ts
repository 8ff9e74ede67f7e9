import { stateOf } from './fields.ts';
import { type Dict, type View, withIds } from './kit.ts';
import { changed, newHash, newId, newTs, type OpenView, type Workspace } from './workspace.ts';

/** Remembers a checked view for a person, without showing it. */
export function placeView(ws: Workspace, userId: string, view: View, below: OpenView | null): OpenView {
  const id = newId(ws, 'V');
  return {
    id,
    userId,
    view: { ...view, blocks: withIds(view.blocks) },
    hash: newHash(ws),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    ts: newTs(ws),
    typed: new Map(),
    errors: new Map(),
  };
}

function show(ws: Workspace, open: OpenView, stack: string[]): OpenView {
  ws.views.set(open.id, open);
  ws.stacks.set(open.userId, [...stack, open.id]);
  changed(ws);
  return open;
}

/** Shows a modal in place of whatever modals this person had open. */
export function openView(ws: Workspace, userId: string, view: View): OpenView {
  for (const id of ws.stacks.get(userId) ?? []) ws.views.delete(id);
  return show(ws, placeView(ws, userId, view, null), []);
}

/** Shows a modal on top of another. */
export const pushView = (ws: Workspace, below: OpenView, view: View): OpenView =>
  show(ws, placeView(ws, below.userId, view, below), ws.stacks.get(below.userId) ?? []);

/**
 * Puts another version in the place of a view. Fields keep what was typed when both their `block_id` and
 * `action_id` are the same; https://docs.slack.dev/surfaces/modals#updating_views
 */
export function replaceView(ws: Workspace, open: OpenView, view: View): void {
  open.view = { ...view, blocks: withIds(view.blocks) };
  open.hash = newHash(ws);
  open.ts = newTs(ws);
  open.errors.clear();
  delete open.trouble;
  changed(ws);
}

/** Takes a view off the screen; the one below it comes back. */
export function dropView(ws: Workspace, open: OpenView): void {
  ws.views.delete(open.id);
  const rest = (ws.stacks.get(open.userId) ?? []).filter((id) => id !== open.id);
  ws.stacks.set(open.userId, rest);
  changed(ws);
}

/** Takes all views of this person off the screen and returns them, the top first. */
export function dropAll(ws: Workspace, userId: string): OpenView[] {
  const ids = [...(ws.stacks.get(userId) ?? [])].reverse();
  const open = ids.flatMap((id) => ws.views.get(id) ?? []);
  for (const id of ids) ws.views.delete(id);
  ws.stacks.set(userId, []);
  changed(ws);
  return open;
}

/** The view as the Web API and payloads show it. */
export function viewObject(ws: Workspace, open: OpenView): Dict {
  const { view } = open;
  return {
    id: open.id,
    team_id: ws.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values: stateOf(view.blocks, open.typed) },
    hash: open.hash,
    title: view.title ?? null,
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: open.previousId,
    root_view_id: open.rootId,
    app_id: ws.appId,
    external_id: view.external_id ?? '',
    app_installed_team_id: ws.teamId,
    bot_id: ws.botId,
  };
}
