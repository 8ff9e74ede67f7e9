import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { createTalk, type Talk } from '../../src/setup/talk.ts';

export const keys = { enter: '\r', down: '\u001b[B', space: ' ', cancel: '\u0003' };

/** The person's side of a conversation: what they see, and what they type. */
export interface Terminal {
  talk: Talk;
  /** Waits until this can be seen that could not be seen before the last keys were typed. */
  shows(text: string | RegExp): Promise<void>;
  types(text: string): void;
  /** Everything that was ever shown, without colours. */
  shown(): string;
}

export function openTerminal(): Terminal {
  const input = new PassThrough();
  const output = new PassThrough();
  let raw = '';
  let from = 0;
  const watchers = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    for (const look of [...watchers]) look();
  });
  const shown = () => stripVTControlCharacters(raw);
  return {
    talk: createTalk({ input, output }),
    shown,
    types(text) {
      from = shown().length;
      input.write(text);
    },
    shows(text) {
      const matches = () => {
        const recent = shown().slice(from);
        return typeof text === 'string' ? recent.includes(text) : text.test(recent);
      };
      if (matches()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        const look = () => {
          if (!matches()) return;
          stop();
          resolve();
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`Not shown: ${text}. Since the last keys:\n${shown().slice(from)}`));
        }, 10_000);
        watchers.add(look);
      });
    },
  };
}
