import { useSyncExternalStore } from 'react';
import type { DiscordScreen } from '../../discord/screen.ts';
import type { SlackScreen } from '../../slack/screen.ts';
import type { Act, ActAnswer, Events } from '../wire.ts';

/** Everything that the server told, as it stands. */
export interface Live {
  connected: boolean;
  cast?: Events['cast'];
  slack: Record<string, SlackScreen>;
  discord: Record<string, DiscordScreen>;
  switches?: Events['switches'];
  clock?: Events['clock'];
  tour?: Events['tour'];
  inside?: Events['inside'];
}

let live: Live = { connected: false, slack: {}, discord: {} };
const listeners = new Set<() => void>();
const set = (changes: Partial<Live>): void => {
  live = { ...live, ...changes };
  for (const listener of listeners) listener();
};

/** Follows the server from now on; the browser connects again by itself when it is lost. */
export function follow(): void {
  const source = new EventSource('/events');
  const on = <Name extends keyof Events>(name: Name, hear: (data: Events[Name]) => void): void =>
    source.addEventListener(name, (event) => hear(JSON.parse((event as MessageEvent<string>).data)));
  source.onopen = () => set({ connected: true });
  source.onerror = () => set({ connected: false });
  on('slack', ({ person, screen }) => set({ slack: { ...live.slack, [person]: screen } }));
  on('discord', ({ person, screen }) => set({ discord: { ...live.discord, [person]: screen } }));
  on('cast', (cast) => set({ cast }));
  on('switches', (switches) => set({ switches }));
  on('clock', (clock) => set({ clock }));
  on('tour', (tour) => set({ tour }));
  on('inside', (inside) => set({ inside }));
}

export const useLive = (): Live =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => live,
  );

let trouble: (why: string) => void = () => {};
/** Where to say what went wrong with something that somebody asked for. */
export const onTrouble = (say: (why: string) => void): void => {
  trouble = say;
};

/** Asks the server for something. What cannot be done is said to the person. @returns whether it was done */
export async function act(what: Act): Promise<boolean> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    const answer = (await response.json()) as ActAnswer;
    if (!answer.ok) trouble(answer.why);
    return answer.ok;
  } catch {
    trouble('The playground does not answer. Is `npm run demo` still running in your terminal?');
    return false;
  }
}
