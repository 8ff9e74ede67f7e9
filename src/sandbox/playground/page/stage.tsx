import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { Cast, PlatformName, TourAct } from '../wire.ts';
import { type Live, useLive } from './live.tsx';

/** What the person at the page looks at: as whom they act on each platform, and in which place. */

export type Tab = 'slack' | 'discord' | 'tour' | 'break' | 'inside';

export interface Stage {
  live: Live & { cast: Cast };
  acting: Record<PlatformName, string>;
  actAs(platform: PlatformName, person: string): void;
  /** By person: the channel's id, or "home". */
  places: Record<string, string>;
  goTo(person: string, place: string): void;
  /** On a narrow window only one part is shown. */
  tab: Tab;
  show(tab: Tab): void;
  /** Which messages were seen, as `id:version`. */
  isNew(key: string): boolean;
  markSeen(keys: string[]): void;
  /** What the tour points at. */
  spotlight: TourAct | undefined;
}

const Context = createContext<Stage | undefined>(undefined);
export const StageProvider = Context.Provider;
export function useStage(): Stage {
  const stage = useContext(Context);
  if (!stage) throw new Error('There is no stage around this part of the page.');
  return stage;
}

interface Kept {
  acting: Record<PlatformName, string>;
  places: Record<string, string>;
  tab: Tab;
}

const KEPT = 'playground';
const readKept = (): Partial<Kept> => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<Kept>;
  } catch {
    return {};
  }
};

/** How long a pointed-at message glows, in milliseconds. */
const GLOW = 4_000;

/** Keeps all of that; a reload brings it back. @returns undefined until the server said who is there */
export function useNewStage(): Stage | undefined {
  const live = useLive();
  const { cast } = live;
  const [kept, setKept] = useState(readKept);
  const [spotlight, setSpotlight] = useState<TourAct>();
  const seen = useRef<Set<string> | undefined>(undefined);
  const [, again] = useState(0);
  const lastAct = useRef<number | undefined>(undefined);

  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(kept)), [kept]);

  const latest = live.tour?.acts.at(-1);
  useEffect(() => {
    if (!live.tour) return;
    const before = lastAct.current;
    lastAct.current = latest?.n ?? 0;
    // What happened before the page was opened is over.
    if (!latest || before === undefined || latest.n <= before) return;
    setSpotlight(latest);
    setKept((old) => ({
      ...old,
      acting: { ...(old.acting ?? { slack: '', discord: '' }), [latest.platform]: latest.person },
      places: latest.at ? { ...old.places, [latest.person]: latest.at.channel } : (old.places ?? {}),
      tab: old.tab === 'slack' || old.tab === 'discord' || latest.at ? latest.platform : (old.tab ?? 'slack'),
    }));
    const dim = setTimeout(() => setSpotlight((now) => (now?.n === latest.n ? undefined : now)), GLOW);
    return () => clearTimeout(dim);
  }, [latest, live.tour]);

  // Whatever is there when the page opens is no news.
  if (!seen.current && cast && Object.keys(live.slack).length + Object.keys(live.discord).length > 0) {
    const known = [...Object.values(live.slack), ...Object.values(live.discord)];
    seen.current = new Set(known.flatMap((screen) => screen.messages.map(keyOf)));
  }
  if (!cast) return undefined;
  const first = (platform: PlatformName): string => cast[platform].people[0]?.id ?? '';
  const valid = (platform: PlatformName): string => {
    const wanted = kept.acting?.[platform];
    return cast[platform].people.some(({ id }) => id === wanted) ? (wanted ?? '') : first(platform);
  };
  const acting = { slack: valid('slack'), discord: valid('discord') };
  return {
    live: { ...live, cast },
    acting,
    actAs: (platform, person) =>
      setKept((old) => ({ ...old, acting: { ...acting, ...old.acting, [platform]: person } })),
    places: kept.places ?? {},
    goTo: (person, place) => setKept((old) => ({ ...old, places: { ...old.places, [person]: place } })),
    tab: kept.tab ?? 'slack',
    show: (tab) => setKept((old) => ({ ...old, tab })),
    isNew: (key) => seen.current !== undefined && !seen.current.has(key),
    markSeen: (keys) => {
      const fresh = keys.filter((key) => seen.current && !seen.current.has(key));
      for (const key of fresh) seen.current?.add(key);
      if (fresh.length > 0) again((n) => n + 1);
    },
    spotlight,
  };
}

export const keyOf = (message: { id: string; version: number }): string => `${message.id}:${message.version}`;

/** The sandbox's time, in milliseconds; moves on by itself. */
export function useNow(everyMs = 1_000): number {
  const ahead = useLive().clock?.ahead ?? 0;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.now() + ahead;
}
