import type { SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { SLACK_OAUTH } from '../../src/sandbox/world.ts';

/** Settings by which other workspaces install the bot. */
export const oauthEnv = (port: number, ...keys: string[]) => ({
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}/`,
  SLACK_CLIENT_ID: SLACK_OAUTH.clientId,
  SLACK_CLIENT_SECRET: SLACK_OAUTH.clientSecret,
  SLACK_TOKEN_KEY: keys.join(', '),
});

export interface SeenPage {
  status: number;
  text: string;
}

/** Opens a page as a browser does. @param cookie what an earlier page left there */
export async function opens(
  url: string,
  cookie?: string,
): Promise<SeenPage & { cookie: string; link: string }> {
  const response = await fetch(url, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
  const text = await response.text();
  const [, href = ''] = /<a href="([^"]+)"/.exec(text) ?? [];
  return {
    status: response.status,
    text,
    cookie: response.headers
      .getSetCookie()
      .map((set) => set.split(';')[0] ?? '')
      .join('; '),
    link: href.replaceAll('&amp;', '&'),
  };
}

/** Presses *Add to Slack*, allows it, and reads the page at the end. */
export async function addsToSlack(
  slack: SlackStandIn,
  base: string,
  userId: string,
  where: Parameters<SlackStandIn['allows']>[2],
): Promise<SeenPage> {
  const offer = await opens(`${base}/slack/install`);
  return opens(slack.allows(offer.link, userId, where), offer.cookie);
}
