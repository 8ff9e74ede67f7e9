import type { StandIn, WireEntry } from '../person.ts';
import { faultQueue } from '../service/faults.ts';
import { jsonOrText, startService } from '../service/start.ts';
import { type GoogleAccount, openAccounts } from './account.ts';
import { googleApi, TOKEN_PATH } from './api.ts';
import type { CalendarSetup, GoogleEvent, Mail } from './calendar.ts';
import { type Fault, refuse } from './faults.ts';
import type { CalendarOfSomebody } from './free-busy.ts';
import { FREE_BUSY_SCOPES } from './scopes.ts';
import type { MeetSpace } from './spaces.ts';

export type { GoogleAccount } from './account.ts';
export type { CalendarSetup, GoogleEvent, GoogleTime } from './calendar.ts';
export type { Fault } from './faults.ts';
export type { MeetSpace } from './spaces.ts';

export interface GoogleStandIn extends StandIn {
  /** Ready-made settings for a bot. */
  account(): GoogleAccount;
  /** Every event ever made on the organiser's calendar, cancelled ones too, oldest first. */
  events(): GoogleEvent[];
  /** Every mail that Google sent to guests of events, oldest first. */
  mails(): Mail[];
  /** Every Meet space that was made without a calendar, oldest first. */
  spaces(): MeetSpace[];
  /** A space that was made is gone. */
  loseSpace(name: string): void;
  /** Somebody deletes the event by hand, or moves it, or takes its link away. */
  edits(eventId: string, change: Partial<Pick<GoogleEvent, 'status' | 'conferenceData'>>): void;
  /** Somebody else calls them busy, or does not let the bot see; by address. Nobody else is known. */
  calendarsOf(people: Record<string, CalendarOfSomebody>): void;
  /** The organiser takes back every scope by which it can be asked when people are busy. */
  withholdsFreeBusy(): void;
  /** Changes the organiser's calendar: pending links, Meet switched off, read-only … */
  configure(changes: Partial<Omit<CalendarSetup, 'id' | 'ofServiceAccount'>>): void;
  /** Makes the next `times` (default 1) requests whose "METHOD /path?query" matches `where` go wrong. */
  fails(fault: Fault, where?: RegExp, times?: number): void;
  /** No access token is good any more; new ones can be had. */
  expireTokens(): void;
  /** Answers every request for a token with `invalid_grant` and this description, until called with undefined. */
  refuseGrants(description: string | undefined): void;
  /** Gives the service account its domain-wide delegation, or takes it away. */
  delegate(on: boolean): void;
}

/**
 * Starts a local Google: token endpoint and the part of Calendar v3 that makes meetings, over real HTTP.
 * It outlives the bot: a bot that starts again finds its events.
 * @param port default: any free one.
 * @param record hears of each request once its end is decided. Status 0: no answer was given, on purpose.
 * @param now the clock for events' `created` and `updated`. Tokens live by the machine's clock.
 */
export async function startGoogle({
  port = 0,
  record = () => {},
  now = () => new Date(),
}: {
  port?: number;
  record?: (entry: WireEntry) => void;
  now?: () => Date;
} = {}): Promise<GoogleStandIn> {
  const { known, settings } = await openAccounts();
  const { answer, desk, organisers, spaces, people } = googleApi(known, now, () => `${url}${TOKEN_PATH}`);
  const faults = faultQueue(refuse);
  const { url, close } = await startService({
    to: 'google',
    port,
    record,
    recordable,
    outcomeOf: faults.outcomeOf,
    answer,
  });

  return {
    url,
    account: () => settings(url, `${url}${TOKEN_PATH}`),
    events: () => structuredClone(organisers.all()),
    mails: () => structuredClone(organisers.mails),
    spaces: () => structuredClone(spaces.all()),
    loseSpace: spaces.lose,
    edits: organisers.edit,
    calendarsOf: (calendars) => void Object.assign(people, calendars),
    withholdsFreeBusy() {
      known.scopes = known.scopes.filter((scope) => !FREE_BUSY_SCOPES.includes(scope));
      desk.expireAll();
    },
    configure: (changes) => void Object.assign(organisers.setup, changes),
    fails: faults.add,
    expireTokens: desk.expireAll,
    refuseGrants: desk.refuse,
    delegate: desk.delegate,
    close,
  };
}

/** The body as the wire log may hold it: of a request for a token, only which kind it was. */
function recordable(pathname: string, body: string): unknown {
  if (pathname === TOKEN_PATH) return { grant_type: new URLSearchParams(body).get('grant_type') };
  return jsonOrText(body);
}
