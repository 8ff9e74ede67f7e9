import { afterAll, beforeAll, expect, test } from 'vitest';
import { journey } from '../../src/sandbox/story.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { freePort } from '../support/settings.ts';

let programme: Programme;
let base: string;
beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  programme = await startProgramme({
    env: ({ slack }) => {
      slack.requestUrl = `${base}/slack/events`;
      return {
        PORT: String(port),
        SLACK_APP_TOKEN: '',
        SLACK_SIGNING_SECRET: 'sandbox-signing-secret-0123456789',
      };
    },
  });
});
afterAll(() => programme.end());

test('the life of a request on Slack over signed HTTP, with no socket', async () => {
  const { world, bot, clock } = programme;
  for (const step of journey('slack', world, bot, clock)) await step.does();
  expect(world.slack.connections).toBe(0);
});

test('the pages for operators are on the same port, and what is not signed is refused', async () => {
  const page = async (path: string) => {
    const response = await fetch(base + path);
    return { status: response.status, text: await response.text() };
  };
  expect(await page('/healthz')).toEqual({ status: 200, text: '{"status":"alive"}' });
  const ready = await page('/readyz');
  expect(ready.status, ready.text).toBe(200);
  expect((await page('/metrics')).text).toMatch(/mini_mentorship/);
  expect((await page('/slack/events')).status).toBe(404);

  const forged = await fetch(`${base}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1_000)),
      'x-slack-signature': `v0=${'0'.repeat(64)}`,
    },
    body: 'command=%2Fmini-sessions&user_id=U1&trigger_id=1&response_url=http%3A%2F%2F127.0.0.1%2F',
  });
  expect(forged.status).toBe(401);
});
