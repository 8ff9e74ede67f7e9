import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is needed to ask Slack anything. */
export interface SlackAccess {
  /** xoxb-…, SLACK_BOT_TOKEN. */
  botToken: string;
  /** Base URL of the Web API, SLACK_API_URL. */
  apiUrl: string;
}

/** The workspace whose bot token stands in the settings. */
export interface OwnWorkspace {
  /** xoxb-…, SLACK_BOT_TOKEN. */
  botToken: string;
  /** Id of the channel whose members are the mentors, SLACK_MENTORS_CHANNEL. */
  mentorsChannel: string;
  /** Id of the channel in which the bot speaks to the coordinators, SLACK_COORDINATORS_CHANNEL. */
  coordinatorsChannel?: string | undefined;
}

/** Answers a GET request of a browser. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** By what other workspaces install the bot. */
export interface OAuthSettings {
  /** SLACK_CLIENT_ID. */
  clientId: string;
  /** SLACK_CLIENT_SECRET. */
  clientSecret: string;
  /** SLACK_TOKEN_KEY: 32 bytes each. The first seals tokens, all of them open what is sealed. */
  tokenKeys: readonly Buffer[];
  /** Shows a page on the web port. */
  page?: (path: string, page: Page) => void;
  /** Where the web port is reached from outside, without a slash at the end, PUBLIC_URL. */
  publicUrl: string;
}

/** What the Slack section of the configuration says. */
export interface SlackSettings {
  /** Base URL of the Web API, SLACK_API_URL. */
  apiUrl: string;
  /** null when every workspace installs the bot by OAuth. */
  own: OwnWorkspace | null;
  /** null when nobody may. */
  oauth: OAuthSettings | null;
  transport:
    | {
        mode: 'socket';
        /** xapp-…, SLACK_APP_TOKEN. */
        appToken: string;
      }
    | {
        mode: 'http';
        /** SLACK_SIGNING_SECRET. */
        signingSecret: string;
        port: number;
        /** Answers requests on the same port that are not Slack's, such as for `/healthz`. @returns whether it did */
        serve?: (request: IncomingMessage, response: ServerResponse) => boolean;
      };
}
