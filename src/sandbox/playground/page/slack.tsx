import { type FormEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Block as LibraryBlock, Message } from 'slack-blocks-to-jsx';
import type { Block, Element } from '../../slack/kit.ts';
import type { SlackModal, SlackScreen, SlackShown } from '../../slack/screen.ts';
import { Eye, Face, faceUrl } from './avatar.tsx';
import { type FieldProps, FormField } from './field.tsx';
import { act } from './live.tsx';
import { Overlay, Pane, useFirstProblem, useTourFills } from './pane.tsx';
import { useNow, useStage } from './stage.tsx';
import { clockTime, slackDate } from './times.tsx';

/** The pane that looks like Slack. Blocks are drawn by slack-blocks-to-jsx; what can be used, by us. */

const NAME = 'Mini Mentorship';

export function SlackPane() {
  const stage = useStage();
  const me = stage.acting.slack;
  const { people, commands, hasHome } = stage.live.cast.slack;
  const zone = people.find(({ id }) => id === me)?.timeZone ?? 'UTC';
  const screen = stage.live.slack[me];
  if (!screen) return <section className="pane slack" aria-label="Slack" />;
  const reader = { me, zone, people: screen.people };
  const places = [
    ...screen.places,
    ...(hasHome ? [{ id: 'home', name: 'Home', kind: 'home' as const }] : []),
  ];
  return (
    <Pane
      platform="slack"
      stageId="slack_blocks_to_jsx"
      title="Slack"
      workspace="Sandbox workspace"
      places={places}
      messages={screen.messages}
      draw={(message) => (
        <SlackMessage
          message={message}
          reader={reader}
          thread={message.thread && screen.messages.find(({ id }) => id === message.thread?.of)}
        />
      )}
      home={
        screen.home ? (
          <Blocks blocks={screen.home.blocks} thing={screen.home.id} reader={reader} />
        ) : (
          <p className="empty">The Home tab is on its way …</p>
        )
      }
      onHome={() => void act({ act: 'open-home', person: me })}
      commands={commands.map((command) => ({ ...command, options: [] }))}
      form={
        screen.modal ? <Modal key={`${me} ${screen.modal.id}`} modal={screen.modal} reader={reader} /> : null
      }
    />
  );
}

interface Reader {
  me: string;
  zone: string;
  people: SlackScreen['people'];
}

/** @param props.thread the message that began the thread in which it is */
function SlackMessage(props: { message: SlackShown; reader: Reader; thread: SlackShown | undefined }) {
  const { message, reader, thread } = props;
  const app = message.from === 'app';
  return (
    <article
      className={thread ? 'slack-message reply' : 'slack-message'}
      aria-label={app ? `${NAME}, app` : 'Slack'}
    >
      <Face name={app ? NAME : 'Slackbot'} bot={app} />
      <div className="body">
        {thread ? (
          <p className="in-thread">
            ↳ {message.thread?.also ? 'replied to a thread' : 'only in the thread'}: {firstWords(thread.text)}
          </p>
        ) : null}
        {message.onlyMe ? (
          <p className="only-me">
            <Eye /> Only visible to you
          </p>
        ) : null}
        <p className="author">
          <b>{app ? NAME : 'Slackbot'}</b>
          {app ? <span className="badge">APP</span> : null}
          <time>{clockTime(message.at, reader.zone)}</time>
        </p>
        {message.blocks.length > 0 ? (
          <Blocks blocks={message.blocks} thing={message.id} reader={reader} />
        ) : (
          <Drawn
            blocks={[{ type: 'section', block_id: 't', text: { type: 'mrkdwn', text: message.text } }]}
            reader={reader}
          />
        )}
        {message.edited && !message.onlyMe ? <p className="edited">(edited)</p> : null}
      </div>
    </article>
  );
}

/** Blocks of a message or view. Runs of blocks to read go to the library in one piece. */
function Blocks({ blocks, thing, reader }: { blocks: Block[]; thing: string; reader: Reader }) {
  const runs: (Block[] | Block)[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (usable(block)) runs.push(block);
    else if (Array.isArray(last)) last.push(block);
    else runs.push([block]);
  }
  return runs.map((run) =>
    Array.isArray(run) ? (
      <Drawn key={run[0]?.block_id} blocks={run} reader={reader} />
    ) : (
      <Used key={run.block_id} block={run} thing={thing} reader={reader} />
    ),
  );
}

const usable = (block: Block): boolean =>
  block.type === 'actions' || (block.accessory !== undefined && block.accessory.type !== 'image');

function Drawn({ blocks, reader }: { blocks: Block[]; reader: Reader }) {
  const box = useRef<HTMLDivElement>(null);
  const now = useNow(20_000);
  // The library gives each of its parts an id, the same ones in every message; its styles need only the outermost.
  useLayoutEffect(() => {
    for (const element of box.current?.querySelectorAll('[id]') ?? []) element.removeAttribute('id');
  });
  return (
    <div className="drawn" ref={box}>
      <Message
        blocks={withDates(blocks, reader.zone, now) as LibraryBlock[]}
        theme="light"
        logo={faceUrl(NAME, true)}
        name={NAME}
        withoutWrapper
        data={{ users: Object.entries(reader.people).map(([id, name]) => ({ id, name })) }}
        hooks={{
          date: ({ timestamp, format }) => (
            <span className="slack-date">{slackDate(Number(timestamp), format, reader.zone, now)}</span>
          ),
        }}
      />
    </div>
  );
}

/** The library reads no date whose fallback has commas, so dates in mrkdwn become words before. */
const withDates = (value: unknown, zone: string, now: number): unknown => {
  if (Array.isArray(value)) return value.map((one) => withDates(one, zone, now));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [
      key,
      key === 'text' && 'type' in value && value.type === 'mrkdwn'
        ? String(inside).replace(/<!date\^(\d+)\^([^|^>]+)[^>]*>/g, (_whole, unix: string, format: string) =>
            slackDate(Number(unix), format, zone, now),
          )
        : withDates(inside, zone, now),
    ]),
  );
};

function Used({ block, thing, reader }: { block: Block; thing: string; reader: Reader }) {
  const elements =
    block.type === 'actions' ? (block.elements ?? []) : block.accessory ? [block.accessory] : [];
  const { accessory: _, ...plain } = block;
  return (
    <div className={block.type === 'actions' ? 'actions' : 'with-accessory'}>
      {block.type === 'actions' ? null : <Drawn blocks={[plain]} reader={reader} />}
      {elements.map((element) => (
        <UsedElement
          key={element.action_id}
          element={element}
          use={(value) =>
            act({
              act: 'use',
              platform: 'slack',
              person: reader.me,
              thing,
              block: block.block_id,
              action: element.action_id ?? '',
              ...(value === undefined ? {} : { value }),
            })
          }
          zone={reader.zone}
        />
      ))}
    </div>
  );
}

const words = (text: unknown): string =>
  (typeof text === 'string' ? text : String((text as { text?: unknown } | undefined)?.text ?? ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The title of a card, with which its fallback text begins. */
const firstWords = (text: string): string => words(text).split('. ')[0] ?? '';

function UsedElement(props: {
  element: Element;
  zone: string;
  use(value?: string | string[]): Promise<boolean>;
}) {
  const { element, use } = props;
  const [busy, setBusy] = useState(false);
  const once = async (value?: string | string[]) => {
    setBusy(true);
    await use(value);
    setBusy(false);
  };
  if (element.type === 'button' || element.type === 'workflow_button') {
    const style = element.style === 'primary' || element.style === 'danger' ? element.style : 'plain';
    return element.url ? (
      <a
        className="slack-button plain"
        href={element.url}
        target="_blank"
        rel="noreferrer"
        onClick={() => void once()}
      >
        {words(element.text)}
      </a>
    ) : (
      <button type="button" className={`slack-button ${style}`} disabled={busy} onClick={() => void once()}>
        {words(element.text)}
      </button>
    );
  }
  const options = optionsOf(element);
  const label = words(element.placeholder) || 'Choose …';
  if (element.type === 'overflow') {
    return (
      <select
        className="slack-menu"
        aria-label="More"
        value=""
        disabled={busy}
        onChange={(event) => void once(event.target.value)}
      >
        <option value="">⋯</option>
        {(element.options ?? []).map((option) => (
          <option key={option.value} value={option.value}>
            {words(option.text)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <FormField
      id={`use-${element.action_id}`}
      label={label}
      required={true}
      kind={kindOf(element)}
      options={options}
      zone={props.zone}
      value={initialOf(element)}
      onChange={(value) => void once(value)}
    />
  );
}

const optionsOf = (element: Element): { label: string; hint?: string }[] =>
  [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)].map(
    (option) => ({ label: words(option.text) }),
  );

const initialOf = (element: Element): string | string[] => {
  const one = element.initial_option as { text: unknown } | undefined;
  const many = element.initial_options as { text: unknown }[] | undefined;
  if (one) return words(one.text);
  if (many) return many.map((option) => words(option.text));
  return String(element.initial_value ?? element.initial_date ?? element.initial_time ?? '');
};

const kinds: Record<string, FieldProps['kind']> = {
  static_select: 'select',
  multi_static_select: 'multi',
  users_select: 'select',
  multi_users_select: 'multi',
  conversations_select: 'select',
  channels_select: 'select',
  radio_buttons: 'radio',
  checkboxes: 'checkboxes',
  datetimepicker: 'instant',
  datepicker: 'date',
  timepicker: 'time',
  number_input: 'number',
};
const kindOf = (element: Element): FieldProps['kind'] =>
  kinds[element.type] ?? (element.multiline ? 'long' : 'text');

function Modal({ modal, reader }: { modal: SlackModal; reader: Reader }) {
  const { me } = reader;
  const [typed, setTyped] = useState<Record<string, string | string[]>>({});
  const [busy, setBusy] = useState(false);
  const fills = useTourFills(me);
  const problems = Object.entries(modal.fields).filter(([, field]) => field.error);
  useFirstProblem(problems.map(([id]) => `${modal.id}-${id}`).join(' '));
  const places = useStage().live.slack[me]?.places ?? [];
  useEffect(() => {
    if (fills) setTyped((old) => ({ ...old, ...fills }));
  }, [fills]);
  const close = () => void act({ act: 'close-form', platform: 'slack', person: me });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await act({ act: 'fill', platform: 'slack', person: me, values: typed });
    setBusy(false);
  };
  const blocks = (
    <div className="fields">
      {modal.trouble ? (
        <p className="error" role="alert">
          {modal.trouble}
        </p>
      ) : null}
      {modal.blocks.map((block) => {
        const field = modal.fields[block.block_id];
        const element = block.element;
        if (!field || !element)
          return <Blocks key={block.block_id} blocks={[block]} thing={modal.id} reader={reader} />;
        const people = /users/.test(element.type) ? Object.values(reader.people) : [];
        const channels = /conversations|channels/.test(element.type) ? places.map(({ name }) => name) : [];
        return (
          <FormField
            key={block.block_id}
            id={`${modal.id}-${block.block_id}`}
            label={field.label}
            hint={words(block.hint) || undefined}
            error={field.error}
            required={!block.optional}
            kind={kindOf(element)}
            options={[...optionsOf(element), ...[...people, ...channels].map((label) => ({ label }))]}
            placeholder={words(element.placeholder) || undefined}
            zone={reader.zone}
            value={typed[field.label] ?? field.value}
            onChange={(value) => {
              setTyped({ ...typed, [field.label]: value });
              if (block.dispatch_action) {
                const action = element.action_id ?? '';
                void act({
                  act: 'use',
                  platform: 'slack',
                  person: me,
                  thing: modal.id,
                  block: block.block_id,
                  action,
                  value,
                });
              }
            }}
          />
        );
      })}
    </div>
  );
  return (
    <Overlay title={modal.title} id={modal.id} className="slack-modal" onClose={close}>
      {modal.submit ? (
        <form onSubmit={send} noValidate>
          {blocks}
          <footer>
            <button type="button" className="slack-button plain" onClick={close}>
              {modal.close ?? 'Cancel'}
            </button>
            <button type="submit" className="slack-button primary" disabled={busy}>
              {modal.submit}
            </button>
          </footer>
        </form>
      ) : (
        <>
          {blocks}
          <footer>
            <button type="button" className="slack-button plain" onClick={close}>
              {modal.close ?? 'Close'}
            </button>
          </footer>
        </>
      )}
    </Overlay>
  );
}
