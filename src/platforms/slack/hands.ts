import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Answer, Desk, Intent } from '../platform.ts';
import type { Answering } from './answer.ts';
import type { Clients } from './client.ts';
import type { People } from './people.ts';
import type { By } from './receive.ts';
import type { Timing } from './timing.ts';
import { faultCard } from './words.ts';

/** Tells Slack that we have it; with what a submitted form becomes, when there is something. Only the first call counts. */
export type Ack = (response?: Record<string, unknown>) => Promise<void>;

/** Everything that handling needs. */
export interface Hands {
  desk: Desk;
  clients: Clients;
  people: People;
  answering: Answering;
  /** Shows this person a card as their Home, until the next change of it. Never rejects. */
  showHome(userId: string, card: SpokenCard): Promise<void>;
  timing: Timing;
  log: Log;
}

/** Runs an intent; a fault of ours comes back as a kind card. */
export async function perform(hands: Hands, intent: Intent, by: By): Promise<Answer> {
  try {
    return await hands.desk.perform(intent, await hands.people.visitor(by));
  } catch (error) {
    hands.log.error({ err: error, intent: intent.name }, 'An intent failed where none should');
    return { ok: false, card: inLanguage(faultCard, await hands.people.locale(by)), fieldProblems: {} };
  }
}
