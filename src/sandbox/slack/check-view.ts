import { checkBlocks, checkString, checkText, problems } from './check-blocks.ts';
import { isDict, type View } from './kit.ts';
import { SLACK_LIMITS as L } from './limits.ts';

const known = [
  'type',
  'title',
  'submit',
  'close',
  'blocks',
  'private_metadata',
  'callback_id',
  'external_id',
];
const modalOnly = ['clear_on_close', 'notify_on_close', 'submit_disabled'];

export type CheckedView =
  | { ok: true; view: View }
  | { ok: false; error: 'invalid_arguments' | 'view_too_large'; messages: string[] };

/**
 * Checks a view as Slack does before it opens, updates, pushes or publishes it.
 * @param expected `modal` for everything but views.publish, which takes `home`.
 * @param at JSON pointer of the view in the payload.
 */
export function checkView(value: unknown, expected: 'modal' | 'home', at = '/view'): CheckedView {
  const p = problems();
  if (!isDict(value)) {
    p.add('must provide an object', at);
    return { ok: false, error: 'invalid_arguments', messages: p.list };
  }
  if (Buffer.byteLength(JSON.stringify(value)) > L.viewBytes.max) {
    return { ok: false, error: 'view_too_large', messages: [] };
  }
  if (value.type !== expected) p.add(`must be of type ${expected}`, `${at}/type`);
  for (const key of Object.keys(value)) {
    if (!known.includes(key) && !(expected === 'modal' && modalOnly.includes(key))) {
      p.add(`invalid additional property: ${key}`, at);
    }
  }
  if (value.blocks === undefined) p.add('missing required field: blocks', at);
  else checkBlocks(value.blocks, expected, `${at}/blocks`, p);
  checkString(value.private_metadata, L.privateMetadata, `${at}/private_metadata`, p);
  checkString(value.callback_id, L.callbackId, `${at}/callback_id`, p);
  checkString(value.external_id, L.externalId, `${at}/external_id`, p);
  if (expected === 'modal') {
    if (value.title === undefined) p.add('missing required field: title', at);
    checkText(value.title, L.modalTitle, `${at}/title`, p, 'plain_text');
    checkText(value.submit, L.modalSubmit, `${at}/submit`, p, 'plain_text');
    checkText(value.close, L.modalClose, `${at}/close`, p, 'plain_text');
    const inputs = Array.isArray(value.blocks) && value.blocks.some((b) => isDict(b) && b.type === 'input');
    if (inputs && !value.submit) p.add('missing required field: submit', at);
  }
  if (p.list.length > 0) return { ok: false, error: 'invalid_arguments', messages: p.list };
  return { ok: true, view: value as unknown as View };
}
