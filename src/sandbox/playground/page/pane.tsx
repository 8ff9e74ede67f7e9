import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PlatformName } from '../wire.ts';
import { Face } from './avatar.tsx';
import { act, useLive } from './live.tsx';
import { keyOf, useNow, useStage } from './stage.tsx';
import { cityOf, clockTime } from './times.tsx';

/** What both panes have: whom one acts as, the places, the messages, and where one types. */

export interface PaneCommand {
  name: string;
  description: string;
  options: { name: string; description: string; choices: { name: string }[] }[];
}

export interface Shown {
  id: string;
  channel: string;
  version: number;
}

export function Pane<M extends Shown>(props: {
  platform: PlatformName;
  title: string;
  workspace: string;
  places: { id: string; name: string; kind: 'channel' | 'dm' | 'home' }[];
  messages: M[];
  draw(message: M): ReactNode;
  home?: ReactNode;
  onHome?(): void;
  commands: PaneCommand[];
  form: ReactNode;
  /** An id for the part that shows messages and forms, where styles need one. */
  stageId?: string;
}) {
  const { platform, places, messages } = props;
  const stage = useStage();
  const me = stage.acting[platform];
  const wanted = stage.places[me];
  const place = places.find(({ id }) => id === wanted) ?? places[0];
  const here = messages.filter((message) => message.channel === place?.id);
  const unread = (id: string) =>
    messages.filter((message) => message.channel === id && stage.isNew(keyOf(message))).length;
  const atHome = place?.kind === 'home';
  const hidden = stage.tab !== platform;
  const caption = stage.spotlight?.platform === platform ? stage.spotlight.words : undefined;

  const keys = here.map(keyOf).join(' ');
  useEffect(() => stage.markSeen(keys === '' ? [] : keys.split(' ')), [keys]);

  return (
    <section className={`pane ${platform}`} aria-label={props.title} data-hidden={hidden || undefined}>
      <header className="pane-top">
        <h2>
          <Logo platform={platform} /> {props.title} <span className="workspace">{props.workspace}</span>
          <LocalTime platform={platform} />
        </h2>
        <People platform={platform} />
      </header>
      <nav className="places" aria-label={`Places in ${props.title}`}>
        {places.map((one) => {
          const news = unread(one.id);
          return (
            <button
              type="button"
              key={one.id}
              className="place"
              aria-current={one.id === place?.id ? 'page' : undefined}
              onClick={() => {
                stage.goTo(me, one.id);
                if (one.kind === 'home') props.onHome?.();
              }}
            >
              {one.kind === 'channel' ? '# ' : ''}
              {one.kind === 'dm' ? 'Direct messages' : one.name}
              {news > 0 ? (
                <span className="news" title={`${news} new`}>
                  {news}
                  <span className="unseen"> new</span>
                </span>
              ) : null}
            </button>
          );
        })}
      </nav>
      {caption ? (
        <p className="caption" role="status">
          {caption}
        </p>
      ) : null}
      <div className="stage" id={props.stageId}>
        {atHome ? (
          <section className="scroll home" aria-label="Home tab">
            {props.home}
          </section>
        ) : (
          <Messages key={`${me} ${place?.id}`} keys={keys} spot={stage.spotlight?.at?.message}>
            {here.length === 0 ? (
              <Empty platform={platform} place={place?.name ?? ''} commands={props.commands} />
            ) : (
              here.map((message) => (
                <div
                  key={message.id}
                  data-message={message.id}
                  className={stage.spotlight?.at?.message === message.id ? 'spot' : undefined}
                >
                  {props.draw(message)}
                </div>
              ))
            )}
          </Messages>
        )}
        {props.form}
      </div>
      {atHome ? null : <Composer key={me} platform={platform} place={place} commands={props.commands} />}
    </section>
  );
}

const Logo = ({ platform }: { platform: PlatformName }) => (
  <span className={`logo ${platform}`} aria-hidden="true">
    {platform === 'slack' ? '#' : '◉'}
  </span>
);

/** What time it is where this person lives. */
function LocalTime({ platform }: { platform: PlatformName }) {
  const stage = useStage();
  const now = useNow(10_000);
  const me = stage.live.cast[platform].people.find(({ id }) => id === stage.acting[platform]);
  if (!me) return null;
  return (
    <span className="local">
      {clockTime(now, me.timeZone)} in {cityOf(me.timeZone)}
    </span>
  );
}

/** As whom one acts. A dot says that somebody has something new. */
function People({ platform }: { platform: PlatformName }) {
  const stage = useStage();
  const { people } = stage.live.cast[platform];
  return (
    <fieldset className="people">
      <legend className="unseen">Act on {platform === 'slack' ? 'Slack' : 'Discord'} as</legend>
      {people.map(({ id, name, role, timeZone }) => {
        const screen = stage.live[platform][id];
        const news = screen?.messages.some((message) => stage.isNew(keyOf(message))) ?? false;
        const closed = stage.live.switches?.closedDms.includes(id);
        return (
          <label key={id} className="person" title={`${name}, ${role}, ${cityOf(timeZone)}`}>
            <input
              type="radio"
              name={`${platform}-person`}
              checked={stage.acting[platform] === id}
              onChange={() => stage.actAs(platform, id)}
            />
            <Face name={name} size={28} />
            <span className="who">
              <b>{name}</b>
              <small>{closed ? `${role}, DMs closed` : role}</small>
            </span>
            {news && stage.acting[platform] !== id ? (
              <span className="dot">
                <span className="unseen">has something new</span>
              </span>
            ) : null}
          </label>
        );
      })}
    </fieldset>
  );
}

/** Messages, the newest in sight. */
function Messages(props: { children: ReactNode; keys: string; spot: string | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const down = () => {
      const spot = props.spot && element.querySelector(`[data-message="${CSS.escape(props.spot)}"]`);
      if (spot) spot.scrollIntoView({ block: 'nearest' });
      else element.scrollTop = element.scrollHeight;
    };
    down();
    // Custom elements take their size a moment later.
    const later = requestAnimationFrame(down);
    return () => cancelAnimationFrame(later);
  }, [props.keys, props.spot]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard
    <div className="scroll" ref={box} role="log" aria-label="Messages" tabIndex={0}>
      {props.children}
    </div>
  );
}

function Empty(props: { platform: PlatformName; place: string; commands: PaneCommand[] }) {
  const mentors = /mentor/.test(props.place);
  return (
    <div className="empty">
      <p>
        {mentors
          ? 'Requests of students appear here, as cards that a mentor can claim.'
          : 'Nothing here yet. Type a command below, or press one.'}
      </p>
    </div>
  );
}

/** Where one types commands. */
function Composer(props: {
  platform: PlatformName;
  place: { id: string; name: string; kind: string } | undefined;
  commands: PaneCommand[];
}) {
  const { platform, place, commands } = props;
  const stage = useStage();
  const me = stage.acting[platform];
  const name = stage.live.cast[platform].people.find(({ id }) => id === me)?.name ?? '';
  const [text, setText] = useState('');
  const [options, setOptions] = useState<Record<string, string>>({});
  const [hint, setHint] = useState('');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const typed = /^\/([\w-]+)(?:\s+([\s\S]*))?$/.exec(text.trim());
  const command = commands.find((one) => one.name === typed?.[1]);
  const withOptions = command && command.options.length > 0 ? command : undefined;

  const send = async (commandName: string, given: Record<string, string>): Promise<void> => {
    if (!place) return;
    setBusy(true);
    setHint('');
    const done = await act({
      act: 'type',
      platform,
      person: me,
      place: place.id,
      command: commandName,
      options: given,
    });
    setBusy(false);
    if (!done) return;
    setText('');
    setOptions({});
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || text.trim() === '') return;
    if (!typed?.[1]) {
      setHint('Only commands do something here. They begin with a slash.');
      return;
    }
    const rest = typed[2]?.trim() ?? '';
    const given =
      platform === 'slack'
        ? { ...(rest ? { text: rest } : {}) }
        : Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));
    void send(typed[1], given);
  };
  const where = place?.kind === 'dm' ? 'Mini Mentorship' : `#${place?.name ?? ''}`;
  return (
    <form className="composer" onSubmit={submit}>
      <div className="chips">
        {commands.map((one) => (
          <button
            type="button"
            key={one.name}
            className="chip"
            title={one.description}
            disabled={busy}
            onClick={() => {
              if (one.options.length > 0) {
                setText(`/${one.name}`);
                input.current?.focus();
              } else void send(one.name, {});
            }}
          >
            /{one.name}
          </button>
        ))}
      </div>
      {withOptions ? (
        <div className="options">
          {withOptions.options.map((option) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: its control is inside, a menu or a line of text
            <label key={option.name}>
              {option.name}
              {option.choices.length > 0 ? (
                <select
                  value={options[option.name] ?? ''}
                  onChange={(event) => setOptions({ ...options, [option.name]: event.target.value })}
                >
                  <option value="">–</option>
                  {option.choices.map((choice) => (
                    <option key={choice.name}>{choice.name}</option>
                  ))}
                </select>
              ) : (
                <input
                  value={options[option.name] ?? ''}
                  placeholder={option.description}
                  onChange={(event) => setOptions({ ...options, [option.name]: event.target.value })}
                />
              )}
            </label>
          ))}
        </div>
      ) : null}
      <div className="line">
        <input
          ref={input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={`Type in ${where} as ${name}`}
          placeholder={`${name}, type /mini-session`}
          autoComplete="off"
          spellCheck={false}
        />
        <button type="submit" className="send" aria-label="Send" disabled={busy}>
          ➤
        </button>
      </div>
      {hint ? (
        <p className="hint" role="status">
          {hint}
        </p>
      ) : null}
    </form>
  );
}

/** A form that lies over its pane; Escape closes it. The other pane stays usable. */
export function Overlay(props: {
  title: string;
  id: string;
  className: string;
  onClose(): void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    const element = box.current;
    const pane = element?.closest('.pane');
    if (pane?.contains(document.activeElement) || document.activeElement === document.body) {
      (element?.querySelector<HTMLElement>('.fields :is(input, textarea, select)') ?? element)?.focus();
    }
    return () => {
      const back = pane?.querySelector<HTMLElement>('.composer .line input');
      if (document.activeElement === document.body || element?.contains(document.activeElement))
        back?.focus();
    };
  }, []);
  return (
    <div className="overlay">
      <div
        ref={box}
        role="dialog"
        aria-modal="false"
        aria-labelledby={`title-${props.id}`}
        className={`dialog ${props.className}`}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onClose();
        }}
      >
        <header>
          <h3 id={`title-${props.id}`}>{props.title}</h3>
          <button type="button" className="close" aria-label="Close" onClick={props.onClose}>
            ✕
          </button>
        </header>
        {props.children}
      </div>
    </div>
  );
}

/** Takes the person to the first field of a form that has a problem, whenever there are new ones. */
export function useFirstProblem(problems: string): void {
  useEffect(() => {
    if (problems === '') return;
    const field = document.getElementById(problems.split(' ')[0] ?? '');
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  }, [problems]);
}

/** What the tour fills into the open form of this person just now. */
export function useTourFills(person: string): Record<string, string | string[]> | undefined {
  const act = useStage().spotlight;
  const tour = useLive().tour;
  const current = act?.n === tour?.acts.at(-1)?.n;
  return act?.person === person && current ? act.fills : undefined;
}
