import type { Dict } from './kit.ts';

/** A call that Slack answers with `ok: false`; `code` is its error code, `extra` what else the answer carries. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  readonly extra: Dict;

  constructor(code: string, extra: Dict = {}) {
    super(`Slack refuses this: ${code}`);
    this.code = code;
    this.extra = extra;
  }
}
