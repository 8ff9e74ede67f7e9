import { useEffect, useRef, useState } from 'react';
import type { Act, PlatformName, Switches } from '../wire.ts';
import { act } from './live.tsx';
import { useNow, useStage } from './stage.tsx';
import { dayAndTime } from './times.tsx';

/** The panel beside the panes: the tour, what can be broken, and what the bot did. */

export function Tour() {
  const { tour } = useStage().live;
  const list = useRef<HTMLOListElement>(null);
  const at = tour?.steps.findIndex((step) => step.state === 'doing' || step.state === 'failed') ?? -1;
  useEffect(() => {
    if (at >= 0) list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (!tour) return null;
  return (
    <section className="card" aria-label="Guided tour">
      <h2>Guided tour</h2>
      <p className="lead">
        The life of a request, played by the people here on the real bot. Step in whenever you like:
        everything can be used by hand, too.
      </p>
      <ol className="steps" ref={list}>
        {tour.steps.map((step, i) => (
          <li key={i} data-state={step.state} aria-current={step.state === 'doing' ? 'step' : undefined}>
            <span>
              {step.says}
              <span className="unseen"> ({step.state})</span>
            </span>
            {step.why ? (
              <details>
                <summary>This did not go as told</summary>
                <pre>{step.why}</pre>
              </details>
            ) : null}
            {step.state === 'doing' ? (
              <ul>
                {tour.acts
                  .filter((one) => one.step === i)
                  .map((one) => (
                    <li key={one.n}>{one.words}</li>
                  ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Plays the next step, or all that are left, one after the other. */
export function TourBar() {
  const { tour } = useStage().live;
  const [all, setAll] = useState(false);
  const doing = tour?.steps.some((step) => step.state === 'doing') ?? false;
  const next = tour?.steps.findIndex((step) => step.state !== 'done') ?? -1;
  const step = tour?.steps[next];
  useEffect(() => {
    if (!all || doing || !step) return;
    if (step.state === 'failed') {
      setAll(false);
      return;
    }
    const soon = setTimeout(() => void act({ act: 'play-next' }), 600);
    return () => clearTimeout(soon);
  }, [all, doing, step]);
  if (!tour) return null;
  return (
    <section className="tour-bar" aria-label="Tour">
      <p>
        {step ? (
          <>
            <b>
              Tour {next + 1}/{tour.steps.length}
            </b>{' '}
            {step.state === 'failed' ? 'That did not go as told; you may try it again: ' : ''}
            {step.says}
          </>
        ) : (
          <b>The story is over. Go on by yourself: everything works.</b>
        )}
      </p>
      <span className="buttons">
        <button
          type="button"
          className="primary"
          disabled={doing || !step}
          onClick={() => void act({ act: 'play-next' })}
        >
          {doing ? 'Playing …' : 'Play next step'}
        </button>
        <button type="button" aria-pressed={all} disabled={!step} onClick={() => setAll(!all)}>
          {all ? 'Pause' : 'Play all'}
        </button>
      </span>
    </section>
  );
}

type Flip = Extract<Act, { act: 'switch' }>;

function Switch(props: { label: string; help: string; on: boolean; busy?: boolean; flip: Flip }) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.on}
        checked={props.on}
        disabled={props.busy}
        onChange={() => void act(props.flip)}
      />
      <span>
        <b>{props.label}</b>
        <small>{props.help}</small>
      </span>
    </label>
  );
}

const googleWords: Record<Switches['google'], string> = {
  works: 'Works',
  refuses: 'Refuses: its permission ended',
  slow: 'Is slow to make links',
};

/** Things that go wrong in real life. */
export function Breaks() {
  const { switches, cast } = useStage().live;
  if (!switches) return null;
  const everyone = (['slack', 'discord'] as PlatformName[]).flatMap((platform) => cast[platform].people);
  const cut = (platform: PlatformName): Flip => ({
    act: 'switch',
    what: platform,
    to: switches[platform] === 'cut' ? 'connected' : 'cut',
  });
  return (
    <section className="card" aria-label="Break things">
      <h2>Break things</h2>
      <p className="lead">Go on as before and see what people notice. Nothing of it loses a request.</p>
      <Switch
        label="Kill the bot"
        help={
          switches.bot === 'starting'
            ? 'It is starting …'
            : switches.bot === 'killed'
              ? 'It is gone (kill -9). Switch off to start it again.'
              : 'Its process ends at once, in the middle of whatever it does.'
        }
        on={switches.bot !== 'running'}
        busy={switches.bot === 'starting'}
        flip={{ act: 'switch', what: 'bot', to: switches.bot === 'running' ? 'killed' : 'running' }}
      />
      <Switch
        label="Cut off Slack"
        help="The bot cannot reach it, and hears nothing from it."
        on={switches.slack === 'cut'}
        flip={cut('slack')}
      />
      <Switch
        label="Cut off Discord"
        help="The bot cannot reach it, and hears nothing from it."
        on={switches.discord === 'cut'}
        flip={cut('discord')}
      />
      <label className="google">
        <b>Google Calendar</b>
        <select
          value={switches.google}
          onChange={(event) =>
            void act({ act: 'switch', what: 'google', to: event.target.value as Switches['google'] })
          }
        >
          {Object.entries(googleWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="dms">
        <legend>Take no direct messages</legend>
        {everyone.map(({ id, name }) => {
          const closed = switches.closedDms.includes(id);
          return (
            <label key={id}>
              <input
                type="checkbox"
                checked={closed}
                onChange={() =>
                  void act({ act: 'switch', what: 'dms', person: id, to: closed ? 'open' : 'closed' })
                }
              />
              {name}
            </label>
          );
        })}
      </fieldset>
    </section>
  );
}

const views = ['Requests', 'Outbox', 'Audit', 'Sent', 'Calendar'] as const;

/** What the bot has and does, as it happens. */
export function Inside() {
  const { inside } = useStage().live;
  const [view, setView] = useState<(typeof views)[number]>('Requests');
  const now = useNow();
  const when = (iso: string): string => {
    const ms = new Date(iso).getTime();
    return ms > now ? `in ${distance(ms - now)}` : `${distance(now - ms)} ago`;
  };
  return (
    <section className="card inside" aria-label="Behind the scenes">
      <h2>Behind the scenes</h2>
      <div className="views">
        {views.map((one) => (
          <button type="button" key={one} aria-pressed={one === view} onClick={() => setView(one)}>
            {one}
          </button>
        ))}
      </div>
      {!inside ? <p className="lead">Looking …</p> : null}
      {inside && view === 'Requests' ? (
        <Table
          caption="The requests in the bot’s database"
          head={['Request', 'State', 'When']}
          rows={inside.requests.map((one) => ({
            key: one.id,
            cells: [
              <>
                {one.title}
                <small>
                  {one.student}
                  {one.mentor ? ` → ${one.mentor}` : ''}
                </small>
              </>,
              <State key="state" state={one.status} />,
              one.sessionAt
                ? `${dayAndTime(new Date(one.sessionAt).getTime(), 'UTC')} UTC`
                : one.status === 'OPEN'
                  ? `expires ${when(one.expiresAt)}`
                  : '',
            ],
          }))}
        />
      ) : null}
      {inside && view === 'Outbox' ? (
        <Table
          caption="What the bot has to tell people, and what it told"
          head={['Notice', 'To', 'State']}
          rows={inside.outbox.map((one) => ({
            key: one.id,
            cells: [
              <>
                {one.kind.replaceAll('_', ' ')}
                <small>due {when(one.dueAt)}</small>
              </>,
              one.to,
              <>
                <State state={one.state} />
                {one.why ? <small>{one.why}</small> : null}
              </>,
            ],
          }))}
        />
      ) : null}
      {inside && view === 'Audit' ? (
        <Table
          caption="Who did what, the newest first"
          head={['Did', 'Who', 'Change']}
          rows={inside.audit.map((one) => ({
            key: one.id,
            cells: [
              one.action,
              one.actor ?? 'the clock',
              `${one.from ? `${one.from.toLowerCase()} → ` : ''}${one.to.toLowerCase()}`,
            ],
          }))}
        />
      ) : null}
      {inside && view === 'Sent' ? (
        <Table
          caption="Every request that the bot sent out, the newest first"
          head={['To', 'Request', 'Answer']}
          rows={inside.sent.map((one) => ({
            key: String(one.n),
            cells: [one.to, <code key="path">{shortPath(one.method, one.path)}</code>, String(one.status)],
          }))}
        />
      ) : null}
      {inside && view === 'Calendar' ? (
        <Table
          caption="Events in the organiser’s Google calendar"
          head={['Event', 'Start', 'Link']}
          rows={inside.calendar.map((one) => ({
            key: one.id,
            cells: [
              <>
                {one.summary}
                <small>{one.status}</small>
              </>,
              `${dayAndTime(new Date(one.start).getTime(), 'UTC')} UTC`,
              one.link ? one.link.replace('https://', '') : 'not yet',
            ],
          }))}
        />
      ) : null}
    </section>
  );
}

const shortPath = (method: string, path: string): string =>
  path === 'ack' ? 'acknowledgement' : `${method} ${path.replace(/\d{10,}/g, '…').replace(/\?.*/, '')}`;

function Table(props: {
  caption: string;
  head: string[];
  rows: { key: string; cells: React.ReactNode[] }[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard
    <section className="table" tabIndex={0} aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {props.head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, i) => (
                <td key={props.head[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.rows.length === 0 ? <p className="lead">Nothing yet.</p> : null}
    </section>
  );
}

const State = ({ state }: { state: string }) => (
  <span className="state" data-state={state}>
    {state.toLowerCase()}
  </span>
);

function distance(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 1) return `${Math.max(1, Math.round(ms / 1_000))} s`;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return minutes < 36 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}
