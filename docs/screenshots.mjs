// Takes the pictures of the docs from the playground: npm run screenshots
// Give names to take only some of them: npm run screenshots -- tour phone
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createLog } from '../dist/log.js';
import { startPlayground } from '../dist/sandbox/playground/start.js';
import { startTemporary } from '../dist/store/embedded.js';

const pictures = fileURLToPath(new URL('./pictures/', import.meta.url));
const wanted = process.argv.slice(2);
const isWanted = (...names) => wanted.length === 0 || wanted.some((name) => names.includes(name));
// Each part has a world of its own, in which nothing happened yet.
if (
  wanted.length === 0 ||
  wanted.some((name) => !name.startsWith('slack-home') && name !== 'discord-set-up')
) {
  await take(story);
}
if (isWanted('slack-home', 'slack-home-mentor')) await take(homes);
if (isWanted('discord-set-up')) await take(programme);

/** Opens a playground, and takes the pictures of one part there. */
async function take(part) {
  const database = await startTemporary(createLog('silent'));
  const playground = await startPlayground({
    databaseUrl: database.url,
    botEntry: new URL('../dist/sandbox/bot-child.js', import.meta.url),
    pageFolder: new URL('../dist/sandbox/playground/page/', import.meta.url),
    port: 0,
    pace: 0,
  });
  const profile = await mkdtemp(path.join(tmpdir(), 'screenshots-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: 1280, height: 740 },
    timezoneId: 'Europe/Berlin',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (message) => {
      if (message.type() === 'error') console.error('On the page:', message.text());
    });
    page.on('pageerror', (error) => console.error('On the page:', error));
    await page.goto(playground.url);
    await page.getByRole('region', { name: 'Slack' }).getByRole('log').waitFor();
    await part(page, playground.world.people);
  } finally {
    await context.close();
    await playground.close();
    await database.stop();
    await rm(profile, { recursive: true, force: true });
  }
}

/** @param part what is in the picture: one element, both panes, or the whole window */
async function picture(page, name, part) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  // Everything that moves comes to rest.
  await page
    .addStyleTag({
      content:
        '*,::before,::after{animation:none!important;transition:none!important}.spot{box-shadow:none!important}',
    })
    .catch(() => {});
  await page.mouse.move(0, 0);
  await page.waitForTimeout(250);
  // The whole window has too many colours for a small PNG.
  const file = part === 'window' ? `${name}.jpg` : `${name}.png`;
  const how = { path: path.join(pictures, file) };
  if (part === 'window') await page.screenshot({ ...how, type: 'jpeg', quality: 70 });
  else if (part === 'panes') {
    const left = await page.getByRole('region', { name: 'Slack', exact: true }).boundingBox();
    const right = await page.getByRole('region', { name: 'Discord', exact: true }).boundingBox();
    const clip = { x: left.x, y: left.y, width: right.x + right.width - left.x, height: left.height };
    await page.screenshot({ ...how, clip });
  } else await part.screenshot(how);
  console.log(`docs/pictures/${file}`);
}

/** Plays this many steps of the tour. */
async function play(page, steps = 1) {
  for (let i = 0; i < steps; i += 1) {
    const before = await page.locator('.steps > [data-state=done]').count();
    await page.getByRole('button', { name: 'Play next step' }).click();
    await page.waitForFunction(
      (n) => document.querySelectorAll('.steps > [data-state=done], .steps > [data-state=failed]').length > n,
      before,
    );
    const failed = page.locator('.steps > [data-state=failed]');
    if (await failed.count()) throw new Error(await failed.first().textContent());
  }
}

async function story(page) {
  const slack = page.getByRole('region', { name: 'Slack', exact: true });
  const discord = page.getByRole('region', { name: 'Discord', exact: true });
  const as = (pane, name) => pane.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  const quiet = async () => {
    await page.waitForTimeout(4_200);
  };

  await slack.getByRole('button', { name: '/mini-session', exact: true }).click();
  await slack.getByRole('dialog').waitFor();
  await slack.getByLabel('Title').fill('My first pull request keeps failing');
  await slack.getByLabel('Session type').selectOption('Help with a bug');
  await slack
    .getByLabel('Description')
    .fill('The tests pass here and fail on the server.\nI would like to find out why.');
  await discord.getByRole('button', { name: '/mini-session', exact: true }).click();
  await discord.getByLabel('duration').selectOption({ index: 2 });
  await discord.getByLabel('urgency').selectOption({ index: 3 });
  await discord.getByRole('button', { name: 'Send' }).click();
  await discord.getByRole('dialog').waitFor();
  await discord.getByLabel('Title').fill('My first pull request keeps failing');
  await discord.getByLabel('Session type').selectOption('Help with a bug');
  await discord
    .getByLabel('Description')
    .fill('The tests pass here and fail on the server.\nI would like to find out why.');
  await picture(page, 'forms', 'panes');
  await picture(page, 'slack-form', slack);
  await picture(page, 'discord-form', discord);
  await slack.getByRole('dialog').press('Escape');
  await discord.getByRole('dialog').press('Escape');

  await play(page, 2);
  await quiet();
  await picture(page, 'slack-asked', slack);
  await play(page);
  await as(slack, 'Mia');
  await slack.getByRole('button', { name: '# mini-mentors' }).click();
  await as(discord, 'Mateo');
  await discord.getByRole('button', { name: '# mini-mentors' }).click();
  await quiet();
  await picture(page, 'card', 'panes');
  await play(page);
  await as(discord, 'Noor');
  await discord.getByRole('button', { name: '# mini-mentors' }).click();
  await as(slack, 'Ravi');
  await slack.getByRole('button', { name: '# mini-mentors' }).click();
  await quiet();
  await picture(page, 'claimed', 'panes');
  await play(page, 2);
  await quiet();
  await as(slack, 'Mia');
  await picture(page, 'slack-schedule', slack);
  await play(page, 2);
  await as(slack, 'Sam');
  await slack.getByRole('button', { name: 'Direct messages' }).click();
  await quiet();
  await picture(page, 'slack-reminder', slack);
  await play(page, 3);
  await quiet();
  await picture(page, 'slack-list', slack);

  await play(page, 8);
  await as(discord, 'Dora');
  await discord.getByRole('button', { name: 'Direct messages' }).click();
  await quiet();
  await picture(page, 'discord-reminder', discord);
  await play(page, 3);
  await quiet();
  await picture(page, 'discord-list', discord);
  await page
    .getByRole('navigation', { name: 'Side panel' })
    .getByRole('button', { name: 'Behind the scenes' })
    .click();
  await picture(page, 'playground', 'window');
  await page
    .getByRole('navigation', { name: 'Side panel' })
    .getByRole('button', { name: 'Break things' })
    .click();
  await picture(page, 'break', page.getByRole('region', { name: 'Break things' }));
  await page.setViewportSize({ width: 390, height: 780 });
  await picture(page, 'phone', 'window');
}

/** The Home tab of a student and of a mentor, with a bit of everything on it. */
async function homes(page, people) {
  const { student, mentor, rival } = people.slack;
  const asks = async (title, type, more = {}) => {
    await student.types('mini-session');
    await student.fills({
      Title: title,
      'Session type': type,
      Description: 'I would like to find out why.',
      ...more,
    });
    await student.sees(/Your request is with the mentors/, 'private');
  };
  const claims = async (who, title) => {
    await who.sees(title, 'channel');
    await who.presses('Claim', title);
    await who.sees(/It is yours/, 'private');
  };
  await asks('How do I split a long function?', 'Code review', { Tags: 'git' });
  await claims(mentor, 'How do I split a long function?');
  await mentor.presses('Schedule');
  await mentor.sees(/When do you meet/, 'private');
  await mentor.presses('Another time');
  await mentor.fills({ Start: new Date(Date.now() + 26 * 3_600_000).toISOString() });
  await mentor.sees(/The session is set/, 'private');
  await asks('My loop never ends', 'Help with a bug', { Urgency: 'High: I am stuck now' });
  await claims(mentor, 'My loop never ends');
  await asks('Rebase or merge?', 'Understand a concept', { Tags: 'git' });
  await asks('What do I say about my gap year?', 'Interview practice');
  await claims(rival, 'What do I say about my gap year?');
  await asks('Pair with me on a parser', 'Pair programming');
  await mentor.opensHome();
  await mentor.seesHome(/When I have time/);
  await mentor.presses('My topics', /When I have time/);
  await mentor.fills({ Topics: 'git, career' });
  await mentor.seesHome(/About your topics/);
  await mentor.closesForm();

  await page.setViewportSize({ width: 1280, height: 1180 });
  const slack = page.getByRole('region', { name: 'Slack', exact: true });
  for (const [name, file] of [
    ['Sam', 'slack-home'],
    ['Mia', 'slack-home-mentor'],
  ]) {
    await slack.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await slack.getByRole('button', { name: 'Home', exact: true }).click();
    await slack.getByRole('heading', { name: 'Coming up' }).waitFor();
    await page.waitForTimeout(2_500);
    await picture(page, file, slack);
  }
}

/** What those who look after the programme see: what needs them, and the set-up. */
async function programme(page, people) {
  const { coordinator } = people.discord;
  await page.setViewportSize({ width: 1280, height: 1420 });
  const discord = page.getByRole('region', { name: 'Discord', exact: true });
  await discord.getByRole('radio', { name: new RegExp(`^${coordinator.name}`) }).check();
  await coordinator.types('mini-admin', { view: 'Set-up' });
  await coordinator.sees(/works|attention/, 'private');
  await page.waitForTimeout(2_500);
  await picture(page, 'discord-set-up', discord);
}
