import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bot, startBot } from '../../src/sandbox/bot.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { journey } from '../../src/sandbox/story.ts';
import { startWorld } from '../../src/sandbox/world.ts';
import { makeBackup } from '../../src/store/backup.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { wireLog } from '../support/wire-log.ts';

test('backup, destroy, restore: the story goes on where it was, and nothing is told twice', async () => {
  const clock = createMovableClock();
  const world = await startWorld(clock, wireLog);
  const [first, second] = [await freshDatabase(), await emptyDatabase()];
  const folder = await mkdtemp(path.join(tmpdir(), 'backup-journey-'));
  const file = path.join(folder, 'backup');
  const start = (url: string) => startBot({ ...world.env, DATABASE_URL: url }, clock, createLog('silent'));
  let running = await start(first.url);
  const bot: Bot = {
    moveTo: (instant) => running.moveTo(instant),
    crash: () => running.crash(),
    stop: () => running.stop(),
  };
  try {
    let backedUp = false;
    for (const step of journey('slack', world, bot, clock)) {
      if (!backedUp && /day before the start/.test(step.says)) {
        await makeBackup(first.url, file, { madeBy: 'test', now: clock.now() }); // while the bot is at work
        await running.stop();
        await first.drop();
        await restoreBackup(second.url, file, { force: false, now: clock.now() });
        running = await start(second.url);
        backedUp = true;
      }
      await step.does().catch((error: unknown) => {
        throw new Error(`At “${step.says}”: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      });
    }
    expect(backedUp).toBe(true);
    const { mentor, student } = world.people.slack;
    expect(mentor.sight('channel').filter(({ text }) => /Why does CI fail/.test(text))).toHaveLength(1);
    const cards = student.sight('dm').filter(({ text }) => /Mini session (held|over|scheduled)/.test(text));
    expect(cards).toHaveLength(1);
    expect(world.google.events()).toHaveLength(1);
  } finally {
    await running.stop();
    await world.close();
    await Promise.all([first.drop(), second.drop(), rm(folder, { recursive: true })]);
  }
}, 120_000);
