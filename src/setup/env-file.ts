import { randomBytes } from 'node:crypto';
import { constants, copyFile, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

/** An `.env` file as it is now; empty when there is none. */
export interface EnvFile {
  text: string;
  values: Record<string, string>;
}

/** @throws the system's error when the file is there and cannot be read */
export async function readEnvFile(path: string): Promise<EnvFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return { text, values: valuesOf(text) };
}

/** What Node reads from this text. */
export const valuesOf = (text: string): Record<string, string> =>
  Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? '']));

/**
 * The text with these variables set. A variable that is there keeps its place, a new one comes at the end; all other
 * lines stay as they are, letter by letter. Values are quoted where they must be.
 * @throws Error naming the variable (never its value) when a value cannot be written into such a file, or into this one
 */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  const seen = new Set<string>();
  const entries = entriesOf(text).map(({ raw, name, head }) => {
    if (name === undefined || !Object.hasOwn(values, name)) return raw;
    seen.add(name);
    return `${head}${written(name, values[name] ?? '')}${raw.endsWith('\n') ? '\n' : ''}`;
  });
  const added = Object.entries(values)
    .filter(([name]) => !seen.has(name))
    .map(([name, value]) => `${name}=${written(name, value)}\n`);
  const kept = entries.join('');
  const gap = kept === '' || kept.endsWith('\n') || added.length === 0 ? '' : '\n';
  const result = `${kept}${gap}${added.join('')}`;
  const read = valuesOf(result);
  // Node takes a line without "=" for the beginning of the next name, and an open quote for that of a long value.
  const lost = Object.keys(values).find((name) => read[name] !== values[name]);
  if (lost !== undefined) {
    throw new Error(
      `${lost} would not be read: above it the file has a line that is no setting (no "=" in it), or a quote that is never closed. Mend that line first.`,
    );
  }
  return result;
}

interface Entry {
  /** The whole of it, line end included. */
  raw: string;
  /** What it sets; undefined for comments, blank lines and what is no setting. */
  name?: string;
  /** All up to the value. */
  head?: string;
}

const assignment = /^(?<head>\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*)(?<value>.*)$/;

/** Cuts a text into lines; a value in quotes may go over several, and these stay together. */
function entriesOf(text: string): Entry[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const entries: Entry[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    let raw = lines[i] ?? '';
    const found = assignment.exec(raw.replace(/\r?\n$/, ''))?.groups;
    if (!found) {
      entries.push({ raw });
      continue;
    }
    const quote = /^["'`]/.exec(found.value ?? '')?.[0];
    if (quote && !found.value?.slice(1).includes(quote)) {
      const end = lines.findIndex((line, at) => at > i && line.includes(quote));
      if (end > 0) {
        raw = lines.slice(i, end + 1).join('');
        i = end;
      }
    }
    entries.push({ raw, name: found.name ?? '', head: found.head ?? '' });
  }
  return entries;
}

/** The value as it stands in the file. Which form is right, Node's own reader decides. */
function written(name: string, value: string): string {
  const plain = /^[^\s"'`#$][^\n\r"'`#$]*$/.test(value) || value === '';
  const forms = [...(plain ? [value] : []), `'${value}'`, `"${value}"`, `\`${value}\``];
  const form = forms.find((one) => valuesOf(`${name}=${one}\nNEXT=1\n`)[name] === value);
  if (form === undefined) {
    throw new Error(`The value of ${name} has characters that an .env file cannot hold together.`);
  }
  return form;
}

/**
 * Writes the file whole or not at all, readable by its owner only. What it was before is kept beside it.
 * @param now names the copy
 * @returns path of the copy; null when there was no file
 * @throws the system's error
 */
export async function writeEnvFile(path: string, text: string, now: Date): Promise<string | null> {
  // A link stays a link: what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  const backup = `${path}.backup-${now.toISOString().replace(/[:.]/g, '-')}`;
  const draft = join(dirname(target), `.${basename(target)}.new-${randomBytes(4).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.chmod(0o600); // whatever the umask says
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    const copied = await keep(target, backup);
    await rename(draft, target);
    return copied;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** It holds secrets as the file itself does, which may have been readable by others. */
async function keep(path: string, backup: string): Promise<string | null> {
  try {
    await copyFile(path, backup, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const file = await open(backup, 'r');
  try {
    await file.chmod(0o600);
  } finally {
    await file.close();
  }
  return backup;
}
