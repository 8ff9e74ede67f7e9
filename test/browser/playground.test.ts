import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  browserPath,
  clockOf,
  hands,
  moveUntil,
  openPage,
  openPlayground,
  pictureOfFailure,
  startBrowser,
} from './browser.ts';

// A browser beside a bot, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let world: Awaited<ReturnType<typeof openPlayground>>;
beforeAll(async () => {
  world = await openPlayground();
});
afterAll(() => world?.end());

describe.skipIf(!browserPath)('the page', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const open = async (size?: { width: number; height: number }) => {
    ({ page, complaints } = await openPage(browser, world.playground.url, size));
  };
  const panel = (name: string) =>
    page.getByRole('navigation', { name: 'Side panel' }).getByRole('button', { name }).click();
  beforeAll(async () => {
    browser = await startBrowser();
  });
  beforeEach(() => open());
  afterEach(async ({ task }) => {
    await pictureOfFailure(page, task);
    await page.context().close();
    for (const who of Object.values(world.playground.world.people.slack)) {
      if (who.screen().modal) await who.closesForm();
    }
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());

  test('a form that cannot be used says what to mend beside the field, and keeps what was typed', async () => {
    const slack = hands(page, 'slack');
    await slack.runs('mini-session');
    await slack.dialog.getByLabel('Title').fill('Tests fail on the server');
    await slack.dialog.getByRole('button', { name: 'Send request' }).click();
    const type = slack.dialog.getByLabel('Session type');
    await expect.poll(() => type.getAttribute('aria-invalid')).toBe('true');
    await type.selectOption('Help with a bug');
    await slack.dialog.getByLabel('Description').fill('I would like to find out why.');
    const tags = slack.dialog.getByLabel('Tags');
    await tags.fill([...'abcdefghijk'].join(', '));
    await slack.dialog.getByRole('button', { name: 'Send request' }).click();
    await slack.dialog
      .getByText(/at most 10/i)
      .nth(1)
      .waitFor();
    expect(await tags.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => tags.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    expect(await slack.dialog.getByLabel('Title').inputValue()).toBe('Tests fail on the server');
    await slack.dialog.press('Escape');
    await slack.dialog.waitFor({ state: 'detached' });
  });

  test('the Home tab shows how things stand, acts on it, and stays up to date', async () => {
    const slack = hands(page, 'slack');
    const home = slack.pane.getByRole('region', { name: 'Home tab' });
    await slack.actAs('Ravi');
    await slack.goTo('Home');
    await home.getByText('30 to 60 minutes, one time').waitFor();
    await slack.actAs('Sam');
    await slack.goTo('Home');
    await home.getByRole('button', { name: 'Request a mini session' }).click();
    await slack.dialog.getByLabel('Title').fill('Asked at home');
    await slack.dialog.getByLabel('Session type').selectOption('Help with a bug');
    await slack.dialog.getByLabel('Description').fill('I would like to find out why.');
    await slack.dialog.getByRole('button', { name: 'Send request' }).click();
    await slack.dialog.getByText('Your request is with the mentors').waitFor();
    await slack.dialog.press('Escape');
    await home.getByText('Asked at home').waitFor();
    await slack.actAs('Ravi');
    await home.getByText('Asked at home').waitFor();
    await home.getByRole('button', { name: 'Claim' }).first().click();
    await slack.dialog.getByText('It is yours').waitFor();
    await slack.dialog.press('Escape');
    await home.getByRole('button', { name: 'Schedule' }).waitFor();
  });

  test('a form that Discord’s bot refuses can be edited and sent again', async () => {
    const discord = hands(page, 'discord');
    await discord.runs('mini-session', { duration: '45 minutes', urgency: 'High: I am stuck now' });
    await discord.dialog.getByLabel('Title').fill('Tests fail on the server');
    await discord.dialog.getByLabel('Session type').selectOption('Help with a bug');
    await discord.dialog.getByLabel('Description').fill('I would like to find out why.');
    await discord.dialog.getByLabel('Tags').fill(Array.from({ length: 40 }, (_, i) => `t${i}`).join(', '));
    await discord.dialog.getByRole('button', { name: 'Submit' }).click();
    await discord.presses('Edit and send again', /at most 10/);
    await expect
      .poll(() => discord.dialog.getByLabel('Description').inputValue())
      .toBe('I would like to find out why.');
    await discord.dialog.press('Escape');
    await discord.dialog.waitFor({ state: 'detached' });
  });

  test('one request by keyboard alone', async () => {
    await hands(page, 'discord').pane.waitFor();
    const press = (key: string) => page.keyboard.press(key);
    const focused = () =>
      page.evaluate(
        'document.activeElement.closest("[aria-label], label")?.textContent || document.activeElement.getAttribute("aria-label") || ""',
      );
    // From the top to where Sam types.
    const composer = 'Type in #general as Sam';
    for (let i = 0; i < 40; i += 1) {
      await press('Tab');
      if ((await page.evaluate('document.activeElement.getAttribute("aria-label")')) === composer) break;
    }
    expect(
      await page.evaluate('document.activeElement.getAttribute("aria-label")'),
      String(await focused()),
    ).toBe(composer);
    await page.keyboard.type('/mini-session');
    await press('Enter');
    const slack = hands(page, 'slack');
    await slack.dialog.waitFor();
    await expect
      .poll(() =>
        slack.dialog.getByLabel('Title').evaluate((field) => field === field.ownerDocument.activeElement),
      )
      .toBe(true);
    await page.keyboard.type('By keyboard');
    await press('Tab');
    await page.keyboard.type('Help');
    await press('Tab');
    await page.keyboard.type('No mouse at hand.');
    // In a line of text, Enter sends a form.
    await press('Shift+Tab');
    await press('Shift+Tab');
    await press('Enter');
    await slack.pane
      .getByText(/Your request is with the mentors/)
      .last()
      .waitFor();
    await press('Escape');
    await slack.actAs('Mia');
    await slack.goTo('# mini-mentors');
    await slack.sees('By keyboard');
  });

  test('everything that can be used has a name, no id is there twice, and nothing is too faint', async () => {
    await page.getByRole('button', { name: 'Play next step' }).click();
    await page.locator('.steps > [data-state=done]').first().waitFor();
    await hands(page, 'slack').runs('mini-session');
    await hands(page, 'slack').dialog.waitFor();
    for (const part of ['Tour', 'Break things', 'Behind the scenes']) {
      await panel(part);
      expect(await page.evaluate(`(${faults})()`), part).toEqual([]);
    }
    await hands(page, 'slack').dialog.press('Escape');
  });

  test('in a window of a phone: one part at a time, and nothing runs out of it', async () => {
    await page.context().close();
    await open({ width: 375, height: 700 });
    const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
    const wide = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    const slack = hands(page, 'slack');
    const discord = hands(page, 'discord');
    expect(await slack.pane.isVisible()).toBe(true);
    expect(await discord.pane.isVisible()).toBe(false);
    await tabs.getByRole('button', { name: 'Discord' }).click();
    expect(await slack.pane.isVisible()).toBe(false);
    await discord.actAs('Dora');
    await discord.runs('mini-sessions');
    await discord.sees(/My requests/);
    expect(await wide()).toBe(0);
    for (const [tab, region] of [
      ['Tour', 'Guided tour'],
      ['Break', 'Break things'],
      ['Inside', 'Behind the scenes'],
    ] as const) {
      await tabs.getByRole('button', { name: tab }).click();
      await page.getByRole('region', { name: region }).waitFor();
      expect(await discord.pane.isVisible()).toBe(false);
      expect(await wide()).toBe(0);
    }
  });

  test('the clock goes to the expiry, and the student is told', async () => {
    const slack = hands(page, 'slack');
    await slack.actAs('Sam');
    await slack.runs('mini-session');
    await slack.dialog.getByLabel('Title').fill('Nobody has time');
    await slack.dialog.getByLabel('Session type').selectOption('Code review');
    await slack.dialog.getByLabel('Description').fill('Please look at it.');
    await slack.dialog.getByRole('button', { name: 'Send request' }).click();
    await slack.pane
      .getByText(/Your request is with the mentors/)
      .last()
      .waitFor();
    await slack.dialog.press('Escape');
    await slack.dialog.waitFor({ state: 'detached' });
    const before = await clockOf(page);
    const expiry = page.getByRole('button', { name: 'To the expiry' });
    for (let i = 0; i < 4; i += 1) {
      await expiry.click();
      await page.locator('.clock[aria-busy=false]').waitFor();
      if (await slack.pane.getByRole('button', { name: /Direct messages/ }).count()) {
        await slack.goTo('Direct messages');
        if (await slack.message(/Nobody could take your request in time[\s\S]*Nobody has time/).count())
          break;
      }
    }
    await slack.sees(/Nobody could take your request in time[\s\S]*Nobody has time/);
    expect((await clockOf(page)) - before).toBeGreaterThan(6 * 86_400_000);
    await slack.presses('Renew', /Nobody could take your request in time[\s\S]*Nobody has time/);
    await slack.sees(/open again/);
  });

  test('platforms that are cut off are noticed, and come back', async () => {
    await panel('Break things');
    for (const platform of ['slack', 'discord'] as const) {
      const hand = hands(page, platform);
      const name = platform === 'slack' ? 'Slack' : 'Discord';
      await hand.actAs(platform === 'slack' ? 'Sam' : 'Dora');
      await hand.goTo('# general');
      await page.getByRole('switch', { name: `Cut off ${name}` }).click();
      await hand.runs('mini-sessions');
      await hand.sees(/did not respond/);
      await page.getByRole('switch', { name: `Cut off ${name}` }).click();
      await expect
        .poll(
          async () => {
            await hand.runs('mini-sessions');
            return hand.message(/My requests/).count();
          },
          { timeout: 45_000, interval: 1_000 },
        )
        .toBeGreaterThan(0);
    }
  }, 120_000);

  test('closed direct messages and a Google that refuses are told to those whom it concerns', async () => {
    await panel('Break things');
    await page.getByLabel('Google Calendar').selectOption('refuses');
    await page.getByRole('checkbox', { name: 'Dora' }).click();
    await page.getByRole('radio', { name: /^Dora.*DMs closed/ }).waitFor();
    const discord = hands(page, 'discord');
    await discord.actAs('Dora');
    await discord.goTo('# general');
    await discord.runs('mini-session', { duration: '30 minutes', urgency: 'Normal: in the next days' });
    await discord.dialog.getByLabel('Title').fill('Out of reach');
    await discord.dialog.getByLabel('Session type').selectOption('Code review');
    await discord.dialog.getByLabel('Description').fill('Please look at it.');
    const soon = new Date((await clockOf(page)) + 2 * 86_400_000).toISOString().slice(0, 10);
    await discord.dialog.getByLabel('Preferred times').fill(`${soon} 12:00 UTC`);
    await discord.dialog.getByRole('button', { name: 'Submit' }).click();
    await discord.presses('Send', /Ready to send/);
    await discord.sees(/Your request is with the mentors/);
    await discord.actAs('Mateo');
    await discord.goTo('# mini-mentors');
    await discord.presses('Claim', 'Out of reach');
    await discord.sees(/It is yours/);
    await discord.goTo('Direct messages');
    await discord.sees(/do not reach the other side/);
    await discord.goTo('# mini-mentors');
    await discord.presses('Schedule', /It is yours/);
    await discord.presses('Take this time', /When do you meet/);
    await discord.goTo('Direct messages');
    await moveUntil(page, discord, /Your session needs a link/);
    await page.getByLabel('Google Calendar').selectOption('works');
    await page.getByRole('checkbox', { name: 'Dora' }).click();
  });

  test('another web page can neither read nor drive it', async () => {
    const { url } = world.playground;
    expect(await page.evaluate(`fetch('/act', { method: 'POST', body: '{}' }).then((r) => r.status)`)).toBe(
      409,
    );
    const context = await browser.newContext();
    const other = await context.newPage();
    await context.route('http://elsewhere.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Elsewhere</h1>' }),
    );
    await other.goto('http://elsewhere.test/');
    const tried = await other.evaluate<string[]>(`(async () => {
      const outcome = (what) => what.then((r) => r.type + ' ' + r.status, () => 'refused');
      const body = JSON.stringify({ act: 'switch', what: 'bot', to: 'killed' });
      return [
        await outcome(fetch('${url}act', { method: 'POST', body })),
        await outcome(fetch('${url}act', { method: 'POST', body, mode: 'no-cors' })),
        await outcome(fetch('${url}events')),
      ];
    })()`);
    expect(tried[0]).toBe('refused');
    expect(tried[1]).toMatch(/refused|opaque 0/);
    expect(tried[2]).toBe('refused');
    expect(world.playground.bot.running()).toBe(true);
    await context.close();
  });
});

describe('the server of the page', () => {
  const ask = (options: {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { port } = new URL(world.playground.url);
      const { method = 'GET', path = '/', headers = {}, body } = options;
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const kill = JSON.stringify({ act: 'switch', what: 'bot', to: 'killed' });
  const host = () => new URL(world.playground.url).host;

  test.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an Origin on another port', { origin: 'http://127.0.0.1:1' }],
    ['no Origin', {}],
    ['an opaque Origin', { origin: 'null' }],
  ])('refuses acts with %s', async (_what, headers) => {
    const answer = await ask({
      method: 'POST',
      path: '/act',
      headers: { ...(headers as Record<string, string>), 'content-length': String(kill.length) },
      body: kill,
    });
    expect(answer.status).toBe(403);
    expect(world.playground.bot.running()).toBe(true);
  });

  test('refuses whoever calls it by another name, as a page does that was lured here by DNS', async () => {
    for (const path of ['/', '/events', '/act']) {
      expect((await ask({ path, headers: { host: 'evil.example' } })).status).toBe(403);
    }
    expect(
      (await ask({ path: '/', headers: { host: host().replace('127.0.0.1', 'localhost') } })).status,
    ).toBe(200);
  });

  test('gives out its own files and nothing else', async () => {
    expect((await ask({ path: '/page.js' })).status).toBe(200);
    for (const path of [
      '/../package.json',
      '/%2e%2e/start.js',
      '/index.html',
      '/page.js/x',
      '//evil.example/page.js',
    ]) {
      expect((await ask({ path })).status, path).toBe(404);
    }
  });

  test('says what is wrong with an act that does not exist', async () => {
    const body = JSON.stringify({ act: 'type', platform: 'irc' });
    const headers = { origin: `http://${host()}`, 'content-length': String(body.length) };
    const answer = await ask({ method: 'POST', path: '/act', headers, body });
    expect(answer.status).toBe(409);
    expect(JSON.parse(answer.text)).toEqual({ ok: false, why: expect.stringMatching(/does not exist/) });
  });
});

/** Runs in the page: what a checker of accessibility would say first. */
const faults = `() => {
  const found = [];
  const seen = new Set();
  const all = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      all.push(element);
      if (element.id && root === document) {
        if (seen.has(element.id)) found.push('id twice: ' + element.id);
        seen.add(element.id);
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  const words = (element) => (element.textContent ?? '').trim();
  const slotted = (element) => [...element.querySelectorAll('slot')].flatMap((s) => s.assignedNodes()).map((n) => n.textContent).join('').trim();
  for (const element of all) {
    if (!element.checkVisibility || !element.checkVisibility()) continue;
    if (element.matches('button, a[href], input, select, textarea, [role=button], [role=dialog], section, nav')) {
      const by = element.getAttribute('aria-labelledby');
      const name = element.getAttribute('aria-label') || (by && words(document.getElementById(by))) ||
        (element.labels && [...element.labels].map(words).join('')) ||
        (element.matches('button, a, [role=button]') && (words(element) || slotted(element)));
      if (!name) found.push('no name: ' + element.outerHTML.slice(0, 120));
    }
    if (element.matches('img:not([alt])')) found.push('no alt: ' + element.outerHTML.slice(0, 80));
  }
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement ?? (at.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : null)) {
      const colour = getComputedStyle(at).backgroundColor;
      const parts = colour.match(/[\\d.]+/g) ?? [];
      if (parts.length === 3 || Number(parts[3]) > 0.9) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const element of all) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text || !element.checkVisibility || !element.checkVisibility() || element.closest(':disabled, .unseen, option, script, style')) continue;
    const colour = getComputedStyle(element).color;
    const [a, b] = [light(colour), light(behind(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.4) found.push('faint (' + contrast.toFixed(1) + '): ' + element.outerHTML.slice(0, 100));
  }
  return found;
}`;
