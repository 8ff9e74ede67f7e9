import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is needed to ask Slack anything. */
export interface SlackAccess {
  /** xoxb-…, SLACK_BOT_TOKEN. */
  botToken: string;
  /** Base URL of the Web API, SLACK_API_URL. */
  apiUrl: string;
}

/** What the Slack section of the configuration says. */
export interface SlackSettings extends SlackAccess {
  /** Id of the channel whose members are the mentors, SLACK_MENTORS_CHANNEL. */
  mentorsChannel: string;
  /** Id of the channel in which the bot speaks to the coordinators, SLACK_COORDINATORS_CHANNEL. */
  coordinatorsChannel?: string | undefined;
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
