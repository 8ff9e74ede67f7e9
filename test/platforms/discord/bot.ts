import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createDiscord, type DiscordSettings } from '../../../src/platforms/discord/index.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { type DiscordStandIn, startDiscord } from '../../../src/sandbox/discord/index.ts';
import { createFakeDesk, type FakeDesk } from '../../support/fake-desk.ts';
import { wireLog } from '../../support/wire-log.ts';

export interface Stage {
  discord: DiscordStandIn;
  desk: FakeDesk;
  settings: DiscordSettings;
  /** Id of the mentors channel, and of the mentors' role. */
  mentors: string;
  role: string;
  /** What was logged: the messages, oldest first. */
  logged: string[];
  bot: Platform;
  /** A new bot process: it knows nothing but what Discord and the desk kept. */
  restart(): Promise<Platform>;
  close(): Promise<void>;
}

/** A Discord, a desk and a bot that is not started yet. */
export async function prepare(
  options: Partial<Parameters<typeof startDiscord>[0]> = {},
  timing?: Parameters<typeof createDiscord>[3],
): Promise<Stage> {
  const token = options.token ?? 'the-token';
  const discord = await startDiscord({ record: wireLog, ...options, token });
  const role = discord.addRole('Mentor');
  const mentors = discord.addChannel('mentors');
  const desk = createFakeDesk();
  const logged: string[] = [];
  const lines = new Writable({
    write(line, _encoding, next) {
      logged.push(String((JSON.parse(String(line)) as { msg?: string }).msg));
      next();
    },
  });
  const log = pino({ level: 'debug' }, lines);
  const settings: DiscordSettings = {
    token,
    applicationId: discord.applicationId,
    apiUrl: discord.url,
    transport: { mode: 'gateway', shards: 'auto' },
    mentorsChannel: mentors,
    roles: { mentors: [role], coordinators: [] },
  };
  const make = () => createDiscord(settings, desk, log, timing);
  const stage: Stage = {
    discord,
    desk,
    settings,
    mentors,
    role,
    logged,
    bot: make(),
    async restart() {
      await stage.bot.stop();
      stage.bot = make();
      await stage.bot.start();
      return stage.bot;
    },
    async close() {
      await stage.bot.stop();
      await discord.close();
    },
  };
  return stage;
}

/** The same, started. */
export async function onStage(...how: Parameters<typeof prepare>): Promise<Stage> {
  const stage = await prepare(...how);
  await stage.bot.start();
  return stage;
}

/** Waits for something that no event tells of, between turns of the event loop. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not come about within 10 seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
