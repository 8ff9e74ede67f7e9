import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bot, startBot } from '../../src/sandbox/bot.ts';
import { journey } from '../../src/sandbox/story.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { freePort } from '../support/settings.ts';

let programme: Programme;
let second: Bot;
let balancer: Server;
let ports: number[];
/** How many requests each of the two instances got. */
const taken = [0, 0];

beforeAll(async () => {
  ports = [await freePort(), await freePort()];
  programme = await startProgramme({ env: (world) => overHttp(world.discord.delivery.publicKey, ports[0]) });
  const { world, clock, databaseUrl } = programme;
  const env = { ...world.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' };
  second = await startBot(
    { ...env, ...overHttp(world.discord.delivery.publicKey, ports[1]) },
    clock,
    createLog('silent'),
  );
  // What stands before several instances: each request goes to another one than that before.
  let turn = 0;
  balancer = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    turn = 1 - turn;
    taken[turn] = (taken[turn] ?? 0) + 1;
    const answer = await fetch(`http://127.0.0.1:${ports[turn]}${request.url}`, {
      method: 'POST',
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => balancer.listen(port, '127.0.0.1', resolve));
  await world.discord.delivery.saveEndpoint(`http://127.0.0.1:${port}/discord/interactions`);
});
afterAll(async () => {
  await second.stop();
  await programme.end();
  await new Promise((resolve) => balancer.close(resolve));
});

const overHttp = (publicKey: string, port = 0) => ({
  PORT: String(port),
  DISCORD_TRANSPORT: 'http',
  DISCORD_PUBLIC_KEY: publicKey,
});

test('the life of a request on Discord over signed HTTP, by two instances that take turns', async () => {
  const { world, bot, clock } = programme;
  for (const step of journey('discord', world, bot, clock)) await step.does();
  expect(world.discord.connections()).toBe(0);
  expect(Math.min(...taken)).toBeGreaterThan(5);
  for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
});
