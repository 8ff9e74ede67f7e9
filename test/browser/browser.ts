import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { type Playground, startPlayground } from '../../src/sandbox/playground/start.ts';
import { freshDatabase } from '../support/database.ts';
import { wireLog } from '../support/wire-log.ts';

/** A real browser for tests of the playground: the system's Chromium, or the one that CHROMIUM_PATH names. */
const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
export const browserPath: string | undefined = candidates.find((path) => path && existsSync(path));
if (!browserPath) {
  console.warn('Tests in a browser are skipped: no Chromium is installed. Install it, or set CHROMIUM_PATH.');
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ ...(browserPath ? { executablePath: browserPath } : {}), args: FLAGS });

/** A playground of the test's own, with all that the bot sent out. */
export async function openPlayground(): Promise<{
  playground: Playground;
  wire: WireEntry[];
  end(): Promise<void>;
}> {
  const database = await freshDatabase();
  const wire: WireEntry[] = [];
  const playground = await startPlayground({
    databaseUrl: database.url,
    botEntry: new URL('../../dist/sandbox/bot-child.js', import.meta.url),
    pageFolder: new URL('../../dist/sandbox/playground/page/', import.meta.url),
    port: 0,
    pace: 0,
    record: (entry) => {
      wire.push(entry);
      wireLog(entry);
    },
  });
  return {
    playground,
    wire,
    end: async () => {
      await playground.close();
      await database.drop();
    },
  };
}

/** A page, and everything on it that should not be: errors in the console, and requests that leave this machine. */
export async function openPage(
  browser: Browser,
  url: string,
  size: { width: number; height: number } = { width: 1440, height: 900 },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: size, timezoneId: 'Europe/Berlin' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // What cannot be done is answered with 409, which the browser notes by itself.
    const refused = /status of 409/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !refused) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      complaints.push(`asks ${request.url()}`);
  });
  await page.goto(url);
  await page.getByRole('region', { name: 'Slack', exact: true }).getByRole('log').waitFor();
  return { page, complaints };
}

/** Call it at the end of each test: when the test failed, a picture of the page is left behind, and where is said. */
export async function pictureOfFailure(
  page: Page,
  test: { name: string; result?: { state: string } },
): Promise<void> {
  if (test.result?.state !== 'fail') return;
  const path = join(tmpdir(), `${test.name.replace(/\W+/g, '-').slice(0, 60)}.png`);
  await page.screenshot({ path });
  console.error(`How the page looked then: ${path}`);
}

export type PlatformName = 'slack' | 'discord';

/** One of the two panes, and what people do there. */
export interface PaneHands {
  pane: Locator;
  actAs(name: string): Promise<void>;
  goTo(place: string): Promise<void>;
  /** Presses the chip of this command; where it has options, sends it with these, by their labels. */
  runs(command: string, options?: Record<string, string>): Promise<void>;
  dialog: Locator;
  /** The newest message in sight that has these words. */
  message(text: string | RegExp): Locator;
  sees(text: string | RegExp): Promise<void>;
  presses(label: string, within: string | RegExp): Promise<void>;
}

export function hands(page: Page, platform: PlatformName): PaneHands {
  const pane = page.getByRole('region', { name: platform === 'slack' ? 'Slack' : 'Discord', exact: true });
  const message = (text: string | RegExp) => pane.locator('[data-message]').filter({ hasText: text }).last();
  return {
    pane,
    dialog: pane.getByRole('dialog'),
    message,
    actAs: (name) => pane.getByRole('radio', { name: new RegExp(`^${name}`) }).check(),
    goTo: (place) => pane.getByRole('navigation').getByRole('button', { name: place }).click(),
    async runs(command, options) {
      await pane.getByRole('button', { name: `/${command}`, exact: true }).click();
      if (!options) return;
      for (const [label, value] of Object.entries(options)) await pane.getByLabel(label).selectOption(value);
      await pane.locator('.composer').getByRole('button', { name: 'Send', exact: true }).click();
    },
    sees: (text) => message(text).waitFor(),
    presses: (label, within) => message(within).getByRole('button', { name: label, exact: true }).click(),
  };
}

/** What the clock shows, in milliseconds. */
export const clockOf = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('.clock time').getAttribute('datetime')) ?? '');

/** Moves the clock to the next thing due, and on, until this is in sight. */
export async function moveUntil(page: Page, hand: PaneHands, text: string | RegExp): Promise<void> {
  const next = page.getByRole('button', { name: 'Next thing due' });
  for (let moves = 0; moves < 8; moves += 1) {
    await expect
      .poll(async () => (await hand.message(text).count()) > 0 || (await next.isEnabled()), {
        timeout: 10_000,
      })
      .toBe(true);
    if (await hand.message(text).count()) return;
    await next.click();
    await page.locator('.clock[aria-busy=false]').waitFor();
  }
  await hand.sees(text);
}
