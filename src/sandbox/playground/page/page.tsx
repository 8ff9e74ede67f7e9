import 'slack-blocks-to-jsx/dist/style.css';
import './style.css';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { DiscordPane } from './discord.tsx';
import { act, follow, onTrouble } from './live.tsx';
import { Breaks, Inside, Tour, TourBar } from './side.tsx';
import { SlackPane } from './slack.tsx';
import { type Stage, StageProvider, type Tab, useNewStage, useNow } from './stage.tsx';
import { dayAndTime } from './times.tsx';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function Clock({ stage }: { stage: Stage }) {
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const { clock } = stage.live;
  const move = async (to: Parameters<typeof act>[0]): Promise<void> => {
    setBusy(true);
    await act(to);
    setBusy(false);
  };
  const jump = (label: string, minutes: number) => (
    <button
      type="button"
      disabled={busy}
      aria-label={`Move the clock ahead by ${label}`}
      onClick={() => void move({ act: 'move-clock', to: { minutes } })}
    >
      +{label}
    </button>
  );
  const due = clock?.nextDue ? dayAndTime(new Date(clock.nextDue).getTime(), zone) : undefined;
  return (
    <section className="clock" aria-label="Clock" aria-busy={busy}>
      <time dateTime={new Date(now).toISOString()}>
        {dayAndTime(now, zone)} <small>{clock && clock.ahead > 0 ? 'sandbox time' : 'now'}</small>
      </time>
      {jump('15 min', 15)}
      {jump('1 h', 60)}
      {jump('1 day', 1_440)}
      <button
        type="button"
        disabled={busy || !due}
        title={due ? `At ${due} the bot does something by itself` : 'Nothing waits for a time'}
        onClick={() => void move({ act: 'move-clock', to: 'next-due' })}
      >
        Next thing due
      </button>
      <button
        type="button"
        disabled={busy || !clock?.nextExpiry}
        title={clock?.nextExpiry ? 'Nobody claims the request in time' : 'No request waits for a mentor'}
        onClick={() => void move({ act: 'move-clock', to: 'next-expiry' })}
      >
        To the expiry
      </button>
    </section>
  );
}

const tabs: { tab: Tab; label: string }[] = [
  { tab: 'slack', label: 'Slack' },
  { tab: 'discord', label: 'Discord' },
  { tab: 'tour', label: 'Tour' },
  { tab: 'break', label: 'Break' },
  { tab: 'inside', label: 'Inside' },
];
type Side = 'tour' | 'break' | 'inside';

/** The links of the sandbox lead nowhere, so that nothing leaves this machine. @returns how to end that */
function stayHere(say: (words: string) => void): () => void {
  const hear = (event: MouseEvent): void => {
    const link = event
      .composedPath()
      .find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement && one.href !== '');
    if (!link) return;
    event.preventDefault();
    say(`In real life, ${link.href} would open now.`);
  };
  document.addEventListener('click', hear);
  return () => document.removeEventListener('click', hear);
}

function Page() {
  const stage = useNewStage();
  const [toast, setToast] = useState('');
  const [side, setSide] = useState<Side>('tour');
  useEffect(() => onTrouble(setToast), []);
  useEffect(() => stayHere(setToast), []);
  useEffect(() => {
    if (!toast) return;
    const gone = setTimeout(() => setToast(''), 9_000);
    return () => clearTimeout(gone);
  }, [toast]);
  if (!stage) return <p className="starting">Opening the playground …</p>;
  const { tab, live } = stage;
  const shownSide: Side = tab === 'slack' || tab === 'discord' ? side : tab;
  const pick = (one: Side) => {
    setSide(one);
    if (tab !== 'slack' && tab !== 'discord') stage.show(one);
  };
  return (
    <StageProvider value={stage}>
      <header className="top">
        <h1>
          <span className="mark" aria-hidden="true" /> Mini Mentorship <small>playground</small>
        </h1>
        <Clock stage={stage} />
      </header>
      <nav className="tabs" aria-label="Parts of the page">
        {tabs.map((one) => (
          <button
            type="button"
            key={one.tab}
            aria-current={one.tab === tab ? 'page' : undefined}
            onClick={() => stage.show(one.tab)}
          >
            {one.label}
          </button>
        ))}
      </nav>
      {live.connected ? null : (
        <p className="lost" role="alert">
          The connection to the playground is lost; it comes back by itself when <code>npm run demo</code>{' '}
          runs.
        </p>
      )}
      {live.switches && live.switches.bot !== 'running' ? (
        <p className="lost" role="status">
          {live.switches.bot === 'killed' ? 'The bot is not running. ' : 'The bot is starting … '}
          {live.switches.bot === 'killed' ? (
            <button type="button" onClick={() => void act({ act: 'switch', what: 'bot', to: 'running' })}>
              Start it again
            </button>
          ) : null}
        </p>
      ) : null}
      <TourBar />
      <main className="panes">
        <SlackPane />
        <DiscordPane />
        <aside className="side" data-hidden={tab === 'slack' || tab === 'discord' || undefined}>
          <nav className="side-tabs" aria-label="Side panel">
            {(['tour', 'break', 'inside'] as const).map((one) => (
              <button
                type="button"
                key={one}
                aria-current={shownSide === one ? 'page' : undefined}
                onClick={() => pick(one)}
              >
                {{ tour: 'Tour', break: 'Break things', inside: 'Behind the scenes' }[one]}
              </button>
            ))}
          </nav>
          {shownSide === 'tour' ? <Tour /> : shownSide === 'break' ? <Breaks /> : <Inside />}
        </aside>
      </main>
      <div className="toast" role="status" aria-live="polite" hidden={!toast}>
        {toast}
        <button type="button" aria-label="Close this message" onClick={() => setToast('')}>
          ✕
        </button>
      </div>
    </StageProvider>
  );
}

follow();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
