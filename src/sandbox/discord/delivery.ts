import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isObject, type Json } from './checks.ts';
import type { Gateway } from './gateway.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { answerWith } from './rest-interactions.ts';
import type { Interaction, World } from './world.ts';

/** How interactions come to the bot: over the gateway, or to its interactions endpoint when it has one. */
export interface Delivery {
  /** The address that interactions are posted to; they do not come over the gateway then. */
  readonly endpoint: string | null;
  /** The application's, 64 hexadecimal digits. */
  readonly publicKey: string;
  /**
   * Saves the address as Discord does: it must answer a PING, and refuse one whose signature is wrong.
   * @throws Error when it does not
   */
  saveEndpoint(url: string): Promise<void>;
  /** @returns false when nobody could ever hear it */
  send(interaction: Interaction): boolean;
  /** Sends the very same once more. */
  sendAgain(interaction: Interaction): void;
  /** Signs a body as Discord would at this time, in seconds since 1970. */
  signed(body: string, timestamp?: number): SignedRequest;
}

/** A request that carries Discord's signature. */
export interface SignedRequest {
  body: string;
  headers: { 'content-type': string; 'x-signature-ed25519': string; 'x-signature-timestamp': string };
}

/** https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint */
export function openDelivery(world: World, gateway: Gateway): Delivery {
  const keys = generateKeyPairSync('ed25519');
  const sent = new Map<string, SignedRequest>();
  let endpoint: string | null = null;

  const post = (url: string, { body, headers }: SignedRequest): Promise<Response> =>
    fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(limits.acknowledgeMs.max) });

  const signed = (body: string, timestamp = Math.floor(Date.now() / 1_000)): SignedRequest => ({
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature-ed25519': sign(null, Buffer.from(`${timestamp}${body}`), keys.privateKey).toString('hex'),
      'x-signature-timestamp': String(timestamp),
    },
  });

  /** 202 without a body: the answer comes by the callback endpoint. Otherwise the response is the first answer. */
  const deliver = async (url: string, interaction: Interaction): Promise<void> => {
    const request = sent.get(interaction.id) ?? signed(JSON.stringify(interaction.payload));
    sent.set(interaction.id, request);
    const response = await post(url, request);
    const text = await response.text();
    if (response.status === 202 || !response.ok) return;
    try {
      const answer: unknown = JSON.parse(text);
      if (isObject(answer)) answerWith(world, interaction, answer);
    } catch (error) {
      // What it cannot read Discord takes for no answer.
      if (!(error instanceof Refusal || error instanceof SyntaxError)) throw error;
    }
  };
  // A bot that is away, or too slow, is one that does not respond.
  const quietly = (work: Promise<unknown>): void => void work.catch(() => {});

  return {
    get endpoint() {
      return endpoint;
    },
    publicKey: hex(keys.publicKey),
    async saveEndpoint(url) {
      const ping = signed(JSON.stringify(pingJson(world)));
      const answer = await post(url, ping);
      const body: unknown = answer.ok ? await answer.json() : null;
      const forged = { ...ping.headers, 'x-signature-ed25519': '0'.repeat(128) };
      const refused = await post(url, { body: ping.body, headers: forged });
      if (!isObject(body) || body.type !== 1 || refused.status !== 401) {
        throw new Error('The specified interactions endpoint url could not be verified.');
      }
      endpoint = url;
    },
    send(interaction) {
      if (endpoint) quietly(deliver(endpoint, interaction));
      else if (gateway.hasListener()) gateway.dispatch('INTERACTION_CREATE', interaction.payload);
      else return false;
      return true;
    },
    sendAgain(interaction) {
      if (endpoint) quietly(deliver(endpoint, interaction));
      else gateway.dispatch('INTERACTION_CREATE', interaction.payload);
    },
    signed,
  };
}

const hex = (key: KeyObject): string =>
  Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url').toString('hex');

const pingJson = (world: World): Json => ({
  id: world.snowflake(),
  application_id: world.applicationId,
  type: 1,
  token: world.secret(),
  version: 1,
});
