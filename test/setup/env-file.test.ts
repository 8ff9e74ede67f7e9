import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvFile, valuesOf, withValues, writeEnvFile } from '../../src/setup/env-file.ts';

describe('withValues', () => {
  const text = `# Settings of ours
SLACK_BOT_TOKEN=
  export PORT = 3000 # the web

POSTGRES_PASSWORD="a
SLACK_BOT_TOKEN=not this one
b"
`;

  test('puts a value where the variable is, new ones at the end, and leaves every other letter alone', () => {
    expect(withValues(text, { SLACK_BOT_TOKEN: 'xoxb-1', PORT: '4000', LOG_LEVEL: 'warn' })).toBe(
      text
        .replace('SLACK_BOT_TOKEN=\n', 'SLACK_BOT_TOKEN=xoxb-1\n')
        .replace('= 3000 # the web', '= 4000')
        .concat('LOG_LEVEL=warn\n'),
    );
  });

  test('changes nothing when there is nothing to change', () => {
    expect(withValues(text, {})).toBe(text);
    expect(withValues('', {})).toBe('');
    expect(withValues('A=1', { B: '2' })).toBe('A=1\nB=2\n');
  });

  test('takes a value away', () => {
    expect(withValues('A=1\nB=2\n', { A: '' })).toBe('A=\nB=2\n');
  });

  test('replaces every line of a variable, and the lines of a value in quotes', () => {
    expect(withValues('A=1\nA="x\ny"\nB=2\n', { A: '3' })).toBe('A=3\nA=3\nB=2\n');
  });

  test('leaves plain what is plain, and quotes what would be read as something else', () => {
    const written = (value: string) => withValues('', { A: value });
    expect(written('xoxb-1-2')).toBe('A=xoxb-1-2\n');
    expect(written('-----BEGIN PRIVATE KEY-----\\nab+/=\\n')).toBe(
      'A=-----BEGIN PRIVATE KEY-----\\nab+/=\\n\n',
    );
    // A dollar stays what it is for Docker compose too.
    expect(written('a$b')).toBe("A='a$b'\n");
    expect(written("it's #1")).toBe('A="it\'s #1"\n');
  });

  test('says which value no such file can hold, without repeating it', () => {
    expect(() => withValues('', { A: `'"\`secret` })).toThrow(/value of A/);
    expect(() => withValues('', { A: `'"\`secret` })).not.toThrow(/secret/);
  });

  test('does not write what would not be read', () => {
    expect(() => withValues('a line that is nothing\n', { A: '1' })).toThrow(
      /A would not be read: .*no setting/,
    );
    expect(() => withValues("B='never closed\nC=1\n", { A: '1' })).not.toThrow();
  });

  test('is read by Node as it was meant, whatever the value and whatever else is there', () => {
    const name = fc.constantFrom('A', 'B', 'TOKEN');
    const value = fc.string({ unit: 'binary', maxLength: 20 }).map((s) => s.trim().replace(/[\0\r]/g, ''));
    const line = fc.oneof(
      fc.constantFrom('', '# a comment', "B='x", 'OTHER="1\n2"', 'TOKEN=1 # x', ' export A=2', 'B=`q`'),
      fc.tuple(name, fc.stringMatching(/^[\w ]{0,8}$/)).map(([n, v]) => `${n}=${v}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), name, value, (lines, which, wanted) => {
        const before = lines.map((one) => `${one}\n`).join('');
        let after: string;
        try {
          after = withValues(before, { [which]: wanted });
        } catch {
          return; // refused, with words: tested above
        }
        expect(valuesOf(after)).toEqual({ ...valuesOf(before), [which]: wanted });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the file', () => {
  let folder: string;
  let path: string;
  const now = new Date('2026-11-22T14:00:00Z');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'env-file-'));
    path = join(folder, '.env');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

  test('is made for its owner only, and is nothing before', async () => {
    expect(await readEnvFile(path)).toEqual({ text: '', values: {} });
    expect(await writeEnvFile(path, 'A=1\n', now)).toBeNull();
    expect(await mode(path)).toBe('600');
    expect(await readEnvFile(path)).toEqual({ text: 'A=1\n', values: { A: '1' } });
    expect(await readdir(folder)).toEqual(['.env']);
  });

  test('is kept beside before it changes, for its owner only, even when everybody could read it', async () => {
    await writeFile(path, 'A=0\n');
    await chmod(path, 0o644);
    const backup = await writeEnvFile(path, 'A=1\n', now);
    expect(backup).toBe(join(folder, '.env.backup-2026-11-22T14-00-00-000Z'));
    expect(await readFile(backup ?? '', 'utf8')).toBe('A=0\n');
    expect([await mode(path), await mode(backup ?? '')]).toEqual(['600', '600']);
  });

  test('stays a link to where it really is', async () => {
    const real = join(folder, 'settings');
    await writeFile(real, 'A=0\n');
    await symlink(real, path);
    await writeEnvFile(path, 'A=1\n', now);
    expect(await readFile(real, 'utf8')).toBe('A=1\n');
  });

  test('is as it was, and nothing lies about, when it cannot be kept', async () => {
    await writeFile(path, 'A=0\n');
    await writeEnvFile(path, 'A=1\n', now);
    // The same moment again: the copy that is there is not overwritten.
    await expect(writeEnvFile(path, 'A=2\n', now)).rejects.toThrow('EEXIST');
    expect(await readFile(path, 'utf8')).toBe('A=1\n');
    expect((await readdir(folder)).sort()).toEqual(['.env', '.env.backup-2026-11-22T14-00-00-000Z']);
  });
});
