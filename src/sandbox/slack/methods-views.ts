import { need, str, userOf } from './arguments.ts';
import { checkView } from './check-view.ts';
import type { Dict, View } from './kit.ts';
import { SLACK_LIMITS as L } from './limits.ts';
import type { Method } from './methods.ts';
import { Refusal } from './refusal.ts';
import { openView, placeView, pushView, replaceView, viewObject } from './views.ts';
import { changed, type Trigger, topView, type Workspace } from './workspace.ts';

function viewOf(args: Dict, type: 'modal' | 'home'): View {
  need({ view: args.view }, 'view');
  const checked = checkView(args.view, type);
  if (checked.ok) return checked.view;
  throw new Refusal(checked.error, { response_metadata: { messages: checked.messages } });
}

/** Looks a trigger up and uses it. @throws Refusal invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
function exchange(ws: Workspace, args: Dict, life: number): Trigger {
  need(args, 'trigger_id');
  const trigger = ws.triggers.get(str(args, 'trigger_id'));
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (Date.now() - trigger.at > life) throw new Refusal('expired_trigger_id');
  return trigger;
}

function refuseDuplicate(ws: Workspace, view: View, butNot?: string): void {
  if (!view.external_id) return;
  for (const open of ws.views.values()) {
    if (open.view.external_id === view.external_id && open.id !== butNot) {
      throw new Refusal('duplicate_external_id');
    }
  }
}

/** https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Record<string, Method> = {
  'views.open': {
    run(ws, args, call) {
      const trigger = exchange(ws, args, call.triggerLife);
      const view = viewOf(args, 'modal');
      refuseDuplicate(ws, view);
      trigger.used = true;
      return { view: viewObject(ws, openView(ws, trigger.userId, view)) };
    },
  },
  'views.push': {
    run(ws, args, call) {
      const trigger = exchange(ws, args, call.triggerLife);
      const view = viewOf(args, 'modal');
      refuseDuplicate(ws, view);
      const top = topView(ws, trigger.userId);
      if (!top || !trigger.viewId || !ws.views.has(trigger.viewId)) throw new Refusal('not_found');
      if ((ws.stacks.get(trigger.userId)?.length ?? 0) >= L.viewsInStack.max) {
        throw new Refusal('push_limit_reached');
      }
      trigger.used = true;
      return { view: viewObject(ws, pushView(ws, top, view)) };
    },
  },
  'views.update': {
    run(ws, args) {
      const byId = str(args, 'view_id');
      const byName = str(args, 'external_id');
      if (byId === '' && byName === '') need(args, 'view_id');
      const view = viewOf(args, 'modal');
      const open =
        byId === '' ? [...ws.views.values()].find((v) => v.view.external_id === byName) : ws.views.get(byId);
      if (!open) throw new Refusal('not_found');
      if (str(args, 'hash') !== '' && str(args, 'hash') !== open.hash) throw new Refusal('hash_conflict');
      refuseDuplicate(ws, view, open.id);
      replaceView(ws, open, view);
      return { view: viewObject(ws, open) };
    },
  },
  'views.publish': {
    run(ws, args) {
      need(args, 'user_id');
      if (!ws.homeTab) throw new Refusal('not_enabled');
      const view = viewOf(args, 'home');
      const userId = userOf(ws, str(args, 'user_id')).id;
      const home = ws.homes.get(userId);
      if (str(args, 'hash') !== '' && str(args, 'hash') !== home?.hash) throw new Refusal('hash_conflict');
      if (home) {
        replaceView(ws, home, view);
        return { view: viewObject(ws, home) };
      }
      const placed = placeView(ws, userId, view, null);
      ws.homes.set(userId, placed);
      changed(ws);
      return { view: viewObject(ws, placed) };
    },
  },
};
