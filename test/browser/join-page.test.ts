import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { after as later, MINUTE } from '../../src/core/time.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { readCalendar } from '../support/calendar.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { freePort } from '../support/settings.ts';
import { browserPath, startBrowser } from './browser.ts';

// A browser beside a bot, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let browser: Browser;
let programme: Programme;
beforeAll(async () => {
  if (!browserPath) return;
  const port = String(await freePort());
  browser = await startBrowser();
  programme = await startProgramme({ env: { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await browser?.close();
  await programme?.end();
});

test.skipIf(!browserPath)(
  'on a phone, in the dark, two taps lead from the calendar into the call',
  async () => {
    const { student, mentor } = programme.world.people.discord;
    const start = later(programme.clock.now(), 30 * MINUTE);
    await asks(student, 'A very long title without end that has to go over several lines of a small phone');
    await claims(mentor, 'A very long title');
    await schedules(mentor, start);
    const { links } = await student.sees(/Mini session scheduled[\s\S]*Join the video call/, 'dm');
    const file = links.find(({ label }) => label === 'Add to calendar')?.url ?? '';
    const way = readCalendar(await (await fetch(file)).text()).events[0]?.url ?? '';
    await programme.bot.moveTo(later(start, -MINUTE));

    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(way);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(23, 25, 27)');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Join the video call');
    expect(complaints).toEqual([]);
    const leads = page.waitForRequest(/^https:\/\/meet\.google\.com\//);
    await page.keyboard.press('Enter');
    // The call learns nothing of the link that led there.
    expect(await (await leads).headerValue('referer')).toBeNull();
    // Whether there is a call to be had does not matter here.
    const again = await context.newPage();
    await again.goto(way);
    expect(await again.getByText('I have noted that you are here.').count()).toBe(1);
  },
);
