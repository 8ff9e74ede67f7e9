import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');

test('what the Dockerfile copies is there, and not ignored; everything else stays outside', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  );
  const ignore = read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  expect(ignore[0]).toBe('*');
  for (const file of copied) {
    expect(existsSync(path.join(root, file)), file).toBe(true);
    expect(ignore, file).toContain(`!${file}`);
  }
  const allowed = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(allowed.sort()).toEqual([...new Set(copied)].sort());
});

test('it runs as a user without rights', () => {
  const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(final).toMatch(/^USER node$/m);
  expect(final.indexOf('\nUSER ')).toBeLessThan(final.indexOf('\nENTRYPOINT '));
  expect(read('compose.yaml')).toMatch(/read_only: true/);
});

/** Runs the HEALTHCHECK as Docker would. @returns its exit code */
const check = (env: Record<string, string>): Promise<number> => {
  const [, json = ''] = /HEALTHCHECK[^\n]*CMD (\[.*\])/.exec(dockerfile) ?? [];
  const [command, ...args] = JSON.parse(json) as string[];
  expect(command).toBe('node');
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error) => resolve(Number(error?.code ?? 0)));
  });
};

test('its health check tells a bot that lives from one that does not', async () => {
  let status = 200;
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const PORT = String((server.address() as AddressInfo).port);
  expect(await check({ PORT })).toBe(0);
  expect(asked).toEqual(['/healthz']);
  status = 500;
  expect(await check({ PORT })).toBe(1);
  server.close();
  await once(server, 'close');
  expect(await check({ PORT })).toBe(1);
  expect(await check({ PORT: '' })).toBe(0);
});
