import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  browserPath,
  hands,
  moveUntil,
  openPage,
  openPlayground,
  type PaneHands,
  type PlatformName,
  pictureOfFailure,
  startBrowser,
} from './browser.ts';

// A browser beside a bot, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** The life of a request, by clicks on the page alone. */

const people = {
  slack: { student: 'Sam', mentor: 'Mia', rival: 'Ravi' },
  discord: { student: 'Dora', mentor: 'Mateo', rival: 'Noor' },
};
const TITLE = 'My first pull request keeps failing';

const pad = (n: number) => String(n).padStart(2, '0');
/** "2026-12-01 18:30" three days ahead at noon, in UTC. */
const inThreeDays = (): string => {
  const at = new Date(Date.now() + 3 * 86_400_000);
  return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())} 12:00`;
};

async function asks(hand: PaneHands, platform: PlatformName): Promise<void> {
  await hand.runs(
    'mini-session',
    platform === 'discord' ? { duration: '45 minutes', urgency: 'High: I am stuck now' } : undefined,
  );
  const form = hand.dialog;
  await form.getByLabel('Title').fill(TITLE);
  await form.getByLabel('Session type').selectOption('Help with a bug');
  await form.getByLabel('Description').fill('The tests pass here and fail on the server.');
  if (platform === 'slack') {
    await form.getByLabel('Preferred times (1)').fill(inThreeDays().replace(' ', 'T'));
    await form.getByLabel('Urgency').selectOption('High: I am stuck now');
  } else await form.getByLabel('Preferred times').fill(`${inThreeDays()} UTC`);
  await form.getByLabel('Tags').fill('git, ci');
  await form.getByRole('button', { name: platform === 'slack' ? 'Send request' : 'Submit' }).click();
  if (platform === 'discord') await hand.presses('Send', /Ready to send/);
}

/** Slack shows some answers in the form's place, the others in the channel. */
async function isTold(hand: PaneHands, words: RegExp): Promise<void> {
  await hand.pane.getByText(words).last().waitFor();
  const close = hand.dialog.getByRole('button', { name: 'Close' }).last();
  if (await close.isVisible()) await close.click();
}

describe.skipIf(!browserPath).each(['slack', 'discord'] as const)('the story by hand on %s', (platform) => {
  let browser: Browser;
  let world: Awaited<ReturnType<typeof openPlayground>>;
  let page: Page;
  let complaints: string[];
  let hand: PaneHands;
  let other: PaneHands;
  const { student, mentor, rival } = people[platform];
  const elsewhere = people[platform === 'slack' ? 'discord' : 'slack'].mentor;

  beforeAll(async () => {
    [browser, world] = await Promise.all([startBrowser(), openPlayground()]);
    ({ page, complaints } = await openPage(browser, world.playground.url));
    hand = hands(page, platform);
    other = hands(page, platform === 'slack' ? 'discord' : 'slack');
  });
  afterEach(({ task }) => pictureOfFailure(page, task));
  afterAll(async () => {
    await browser?.close();
    await world?.end();
  });

  test('a student asks by the form, and mentors on both platforms see the card', async () => {
    await asks(hand, platform);
    await isTold(hand, /Your request is with the mentors/);
    await hand.actAs(mentor);
    await hand.goTo('# mini-mentors');
    await hand.sees(TITLE);
    await other.actAs(elsewhere);
    await other.goTo('# mini-mentors');
    await other.sees(TITLE);
  });

  test('a mentor claims it: the card changes on both platforms, the student is told', async () => {
    await hand.presses('Claim', TITLE);
    await hand.sees(/It is yours/);
    await other.sees(new RegExp(`Claimed by @?${mentor}`));
    await expect
      .poll(() => other.message(TITLE).getByRole('button', { name: 'Claim' }).count(), { timeout: 10_000 })
      .toBe(0);
    await hand.actAs(rival);
    await hand.goTo('# mini-mentors');
    await hand.sees(new RegExp(`Claimed by @?${mentor}`));
    await hand.actAs(student);
    await hand.goTo('Direct messages');
    await hand.sees(/A mentor claimed your request/);
  });

  test('a reload changes nothing of that: the same people, the same places', async () => {
    await page.reload();
    await hand.sees(/A mentor claimed your request/);
    expect(await hand.pane.getByRole('radio', { name: new RegExp(`^${student}`) }).isChecked()).toBe(true);
  });

  test('the bot is killed: people notice; it comes back and goes on', async () => {
    const panel = page.getByRole('navigation', { name: 'Side panel' });
    await panel.getByRole('button', { name: 'Break things' }).click();
    await page.getByRole('switch', { name: 'Kill the bot' }).click();
    await page.getByText('The bot is not running.').waitFor();
    await hand.actAs(student);
    await hand.goTo('# general');
    await hand.runs('mini-sessions');
    await hand.sees(/did not respond/);
    await page.getByRole('button', { name: 'Start it again' }).click();
    await page.getByText('The bot is not running.').waitFor({ state: 'detached' });
    await page.getByText('The bot is starting').waitFor({ state: 'detached' });
    expect(world.playground.bot.running()).toBe(true);
  });

  test('the mentor takes the student’s time; both have the link in direct messages', async () => {
    await hand.actAs(mentor);
    await hand.goTo('# general');
    await hand.runs('mini-mentor', platform === 'discord' ? {} : undefined);
    await hand.presses('What I claimed', /Requests that wait for a mentor/);
    await hand.presses('Schedule', TITLE);
    await hand.presses('Take this time', /When do you meet/);
    await isTold(hand, /The session is set/);
    for (const who of [mentor, student]) {
      await hand.actAs(who);
      await hand.goTo('Direct messages');
      await hand.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/);
    }
  });

  test('the clock is moved: a reminder, Join, and the link stays in the sandbox', async () => {
    await moveUntil(page, hand, /coming up[\s\S]*in 1[45] minutes/);
    await hand.presses('Join', /coming up[\s\S]*in 1[45] minutes/);
    await hand
      .message(/Open the video call/)
      .getByRole('link', { name: 'Open the video call' })
      .click();
    await page.getByText(/In real life, https:\/\/meet\.google\.com.*would open now/).waitFor();
    expect(page.context().pages()).toHaveLength(1);
  });

  test('after the end both are asked; the mentor completes, the student gives feedback', async () => {
    await moveUntil(page, hand, /Did your mini session take place/);
    await hand.actAs(mentor);
    await hand.goTo('Direct messages');
    await hand.presses('Complete', /Did your mini session take place/);
    await isTold(hand, /is complete/);
    await hand.actAs(student);
    await hand.goTo('Direct messages');
    await hand.presses('Give feedback', /How was your mini session/);
    await hand.dialog.getByLabel('Rating').selectOption('5: very helpful');
    await hand.dialog.getByLabel('Comment').fill('We found it together.');
    await hand.dialog.getByRole('button', { name: /Send feedback|Submit/ }).click();
    await isTold(hand, /Thank you for your feedback/);
  });

  test('the panel shows what the bot did, and the page has nothing to complain about', async () => {
    await page
      .getByRole('navigation', { name: 'Side panel' })
      .getByRole('button', { name: 'Behind the scenes' })
      .click();
    const inside = page.getByRole('region', { name: 'Behind the scenes' });
    await inside.getByRole('row', { name: new RegExp(`${TITLE}.*completed`) }).waitFor();
    await inside.getByRole('button', { name: 'Audit' }).click();
    await inside.getByRole('row', { name: new RegExp(`claimRequest ${mentor} open → claimed`) }).waitFor();
    await inside.getByRole('button', { name: 'Outbox' }).click();
    await inside
      .getByRole('row', { name: new RegExp(`session reminder.*${student} sent`) })
      .first()
      .waitFor();
    await inside.getByRole('button', { name: 'Calendar' }).click();
    await inside.getByRole('row', { name: new RegExp(TITLE) }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!browserPath)('the guided tour', () => {
  let browser: Browser;
  let world: Awaited<ReturnType<typeof openPlayground>>;
  beforeAll(async () => {
    [browser, world] = await Promise.all([startBrowser(), openPlayground()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.end();
  });

  test('plays every step of the story on both panes, to the end', async () => {
    const { page, complaints } = await openPage(browser, world.playground.url);
    await page.getByRole('button', { name: 'Play next step' }).click();
    const steps = page.locator('.steps > li');
    await page.locator('.steps > [data-state=done]').first().waitFor();
    const all = await steps.count();
    expect(all).toBeGreaterThan(20);
    // What was acted by somebody is shown as they saw it.
    await hands(page, 'slack').pane.getByRole('radio', { name: /^Sam/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Play all' }).click();
    await page.getByText('The story is over.').waitFor({ timeout: 120_000 });
    expect(await page.locator('.steps > [data-state=done]').count()).toBe(all);
    expect(await page.locator('.steps > [data-state=failed]').count()).toBe(0);
    expect(world.playground.world.google.events()).toHaveLength(2);
    expect(complaints).toEqual([]);
  }, 150_000);
});
