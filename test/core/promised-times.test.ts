import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { circle, claimPromise } from '../../src/core/promises.ts';
import { ABOUT_TO_START, AWAKE_FOR, usualQuietHours } from '../../src/core/quiet-hours.ts';
import { reminderIds, usualReminders } from '../../src/core/reminders.ts';
import { OPEN_AGAIN_FOR, OPEN_FOR, urgencies } from '../../src/core/request.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { ASKED_AT_ONCE } from '../../src/core/topics.ts';
import { clockWords, reminderWords } from '../../src/messages/durations.ts';
import { inEnglish } from '../support/spoken.ts';

/** Where a line ends is no part of what it says. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const page = async (name: string): Promise<string> =>
  flat(await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8'));

/** "2 hours", "1 day". */
const words = (ms: number): string => {
  const [count, unit] = ms < DAY ? [ms / HOUR, 'hour'] : [ms / DAY, 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
const circleTable = [...urgencies]
  .reverse()
  .map(
    (urgency) =>
      `| ${urgency} | ${words(circle[urgency].mentorsAgain)} | ${words(circle[urgency].coordinators)} |`,
  )
  .join(' ');

const listed = (ids: readonly (keyof typeof reminderWords)[]) =>
  ids.map((id) => inEnglish(reminderWords[id])).join(' and ');

test('docs/waiting.md tells the times that hold', async () => {
  const waiting = await page('waiting.md');
  const { nudge, tellStudent, giveBack, withProposal } = claimPromise;
  for (const said of [
    circleTable,
    `A request is open for ${words(OPEN_FOR)}.`,
    `for another ${words(OPEN_FOR)}`,
    `at most ${ASKED_AT_ONCE} of them`,
    `| ${words(nudge)} | the mentor is reminded |`,
    `| ${words(tellStudent)} | the student hears`,
    `| ${words(giveBack)} | the request goes back`,
    `at most ${words(withProposal)} after the claim`,
    `open for at least ${words(OPEN_AGAIN_FOR)}.`,
    `reminded ${listed(usualReminders)} before the start`,
    `${reminderIds.map((id) => inEnglish(reminderWords[id])).join(', ')}, any of them or none`,
    `from ${clockWords(usualQuietHours.from)} to ${clockWords(usualQuietHours.to)} on their own clock`,
    `less than ${words(ABOUT_TO_START)} away`,
    `within ${AWAKE_FOR / MINUTE} minutes of`,
  ])
    expect(waiting).toContain(said);
});

test('docs/coordinators.md tells the same', async () => {
  const coordinators = await page('coordinators.md');
  expect(coordinators).toContain(circleTable);
  expect(coordinators).toContain(`is reminded after ${words(claimPromise.nudge)}.`);
});
