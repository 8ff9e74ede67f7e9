import type { Readable, Writable } from 'node:stream';
import * as clack from '@clack/prompts';

/** The person pressed Ctrl+C or Escape. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

export interface Option<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

/** How the guide speaks with the person at the terminal. Every question throws {@link Cancelled}. */
export interface Talk {
  begin(title: string): void;
  end(text: string): void;
  /** Plain lines, whole: links can be followed and copied. */
  lines(text: string): void;
  step(text: string): void;
  good(text: string): void;
  bad(text: string): void;
  /** Something that must not be seen. Empty when the person only pressed Enter. */
  secret(question: string, problem: (typed: string) => string | null): Promise<string>;
  text(question: string, initial: string, problem: (typed: string) => string | null): Promise<string>;
  one<Value extends string>(
    question: string,
    options: readonly Option<Value>[],
    initial?: Value,
    /** Ends the question from outside: the answer is then null. */
    signal?: AbortSignal,
  ): Promise<Value | null>;
  several<Value extends string>(
    question: string,
    options: readonly Option<Value>[],
    initial: readonly Value[],
  ): Promise<Value[]>;
  /** One of many, found by typing a part of its name. */
  find(question: string, options: readonly Option<string>[], initial: string): Promise<string>;
}

/** A conversation over these streams; they need not be a terminal. */
export function createTalk(streams: { input: Readable; output: Writable }): Talk {
  giveSize(streams.output);
  const answered = <Value>(answer: Value | typeof clack.CANCEL_SYMBOL): Value => {
    if (clack.isCancel(answer)) throw new Cancelled('Cancelled');
    return answer as Value;
  };
  const validate = (problem: (typed: string) => string | null) => (typed: string | undefined) =>
    problem(typed ?? '') ?? undefined;
  const plain = <Value extends string>({ value, label, hint }: Option<Value>) =>
    ({ value, label, ...(hint && { hint }) }) as clack.Option<Value>;
  return {
    begin: (title) => clack.intro(title, streams),
    end: (text) => clack.outro(text, streams),
    lines: (text) => void streams.output.write(`\n${text}\n\n`),
    step: (text) => clack.log.step(text, streams),
    good: (text) => clack.log.success(text, streams),
    bad: (text) => clack.log.error(text, streams),
    secret: async (message, problem) =>
      answered(await clack.password({ message, validate: validate(problem), ...streams })) ?? '',
    text: async (message, initialValue, problem) =>
      answered(await clack.text({ message, initialValue, validate: validate(problem), ...streams })) ?? '',
    one: async (message, options, initialValue, signal) => {
      const answer = await clack.select({
        message,
        options: options.map(plain),
        ...(initialValue !== undefined && { initialValue }),
        ...(signal && { signal }),
        ...streams,
      });
      return signal?.aborted ? null : answered(answer);
    },
    several: async (message, options, initialValues) =>
      answered(
        await clack.multiselect({
          message,
          options: options.map(plain),
          initialValues: [...initialValues],
          required: false,
          ...streams,
        }),
      ),
    find: async (message, options, initial) =>
      answered(
        await clack.autocomplete({
          message,
          options: options.map(plain),
          placeholder: 'Type a part of the name',
          maxItems: 8,
          validate: (chosen) => (chosen === undefined ? 'Choose one of the list' : undefined),
          ...(options.some(({ value }) => value === initial) && { initialValue: initial }),
          ...streams,
        }),
      ),
  };
}

/** Some terminals say that they have no columns, such as those of a container at first: one letter a line would follow. */
function giveSize(output: Writable & { columns?: number; rows?: number }): void {
  if (output.columns === 0) output.columns = 80;
  if (output.rows === 0) output.rows = 24;
}
