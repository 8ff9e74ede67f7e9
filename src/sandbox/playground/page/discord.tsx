import './discord-elements.tsx';
import { type FormEvent, useEffect, useState } from 'react';
import type { Json } from '../../discord/checks.ts';
import type { DiscordForm, DiscordShown } from '../../discord/screen.ts';
import { Eye, faceUrl } from './avatar.tsx';
import { Markdown, type MarkdownReader } from './discord-markdown.tsx';
import { type FieldProps, FormField } from './field.tsx';
import { act } from './live.tsx';
import { Overlay, Pane, useFirstProblem, useTourFills } from './pane.tsx';
import { useNow, useStage } from './stage.tsx';
import { clockTime } from './times.tsx';

/**
 * The pane that looks like Discord, drawn with discord-components. They know no Components V2 (containers, sections)
 * and no labels in forms, so these are ours.
 */

const NAME = 'Mini Mentorship';

export function DiscordPane() {
  const stage = useStage();
  const now = useNow(20_000);
  const me = stage.acting.discord;
  const zone = stage.live.cast.discord.people.find(({ id }) => id === me)?.timeZone ?? 'UTC';
  const screen = stage.live.discord[me];
  if (!screen) return <section className="pane discord" aria-label="Discord" />;
  const reader = { me, zone, now, names: screen.names };
  return (
    <Pane
      platform="discord"
      title="Discord"
      workspace="Sandbox server"
      places={screen.places}
      messages={screen.messages}
      draw={(message) => <Shown message={message} reader={reader} />}
      commands={screen.commands}
      form={screen.form ? <Modal key={`${me} ${screen.form.id}`} form={screen.form} reader={reader} /> : null}
    />
  );
}

type Reader = MarkdownReader & { me: string };

function Shown({ message, reader }: { message: DiscordShown; reader: Reader }) {
  if (message.from === 'client') {
    return (
      <p className="discord-notice">
        <span aria-hidden="true">⚠ </span>
        {message.content}
        <OnlyMe />
      </p>
    );
  }
  return (
    <div className={message.onlyMe ? 'discord-private' : undefined}>
      <discord-message
        author={NAME}
        avatar={faceUrl(NAME, true)}
        bot
        verified
        timestamp={message.at === null ? '' : clockTime(message.at, reader.zone)}
      >
        {message.loading ? <span className="thinking">{NAME} is thinking…</span> : null}
        {message.content ? <Markdown source={message.content} reader={reader} /> : null}
        {message.components.length > 0 ? (
          <discord-attachments slot="components">
            {message.components.map((component) => (
              <Component
                key={String(component.id)}
                component={component}
                message={message.id}
                reader={reader}
              />
            ))}
            {message.edited ? <small className="discord-edited">(edited)</small> : null}
          </discord-attachments>
        ) : null}
      </discord-message>
      {message.onlyMe ? <OnlyMe /> : null}
    </div>
  );
}

const OnlyMe = () => (
  <small className="discord-only-me">
    <Eye /> Only you can see this
  </small>
);

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** https://docs.discord.com/developers/components/reference */
function Component(props: { component: Json; message: string; reader: Reader }) {
  const { component, message, reader } = props;
  const inside = listOf(component.components).map((one) => (
    <Component key={String(one.id)} component={one} message={message} reader={reader} />
  ));
  switch (component.type) {
    case 17: {
      const accent = component.accent_color;
      const colour = typeof accent === 'number' ? `#${accent.toString(16).padStart(6, '0')}` : undefined;
      return (
        <div className="discord-container" style={colour ? { borderLeftColor: colour } : undefined}>
          {inside}
        </div>
      );
    }
    case 10:
      return (
        <div className="discord-text">
          <Markdown source={String(component.content ?? '')} reader={reader} />
        </div>
      );
    case 14:
      return component.divider === false ? <div className="discord-space" /> : <hr />;
    case 9:
      return (
        <div className="discord-section">
          <div>{inside}</div>
          {component.accessory ? (
            <Component component={component.accessory as Json} message={message} reader={reader} />
          ) : null}
        </div>
      );
    case 1:
      return <discord-action-row>{inside}</discord-action-row>;
    case 2:
      return <Button button={component} message={message} me={reader.me} />;
    case 3:
      return <Select select={component} message={message} me={reader.me} />;
    default:
      return (
        <p className="discord-unknown">This page cannot draw a component of type {String(component.type)}.</p>
      );
  }
}

const styles: Record<number, 'primary' | 'secondary' | 'success' | 'destructive'> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'destructive',
};

function Button({ button, message, me }: { button: Json; message: string; me: string }) {
  const [busy, setBusy] = useState(false);
  const emoji = String((button.emoji as Json | undefined)?.name ?? '');
  const label = [emoji, String(button.label ?? '')].filter(Boolean).join(' ');
  if (button.style === 5) return <discord-button url={String(button.url)}>{label}</discord-button>;
  const off = busy || button.disabled === true;
  return (
    <discord-button
      type={styles[Number(button.style)] ?? 'secondary'}
      disabled={off}
      onClick={() => {
        if (off) return;
        setBusy(true);
        void act({
          act: 'use',
          platform: 'discord',
          person: me,
          message,
          customId: String(button.custom_id),
        }).then(() => setBusy(false));
      }}
    >
      {label}
    </discord-button>
  );
}

function Select({ select, message, me }: { select: Json; message: string; me: string }) {
  const options = listOf(select.options);
  const label = String(select.placeholder ?? 'Make a selection');
  return (
    <select
      className="discord-select"
      aria-label={label}
      defaultValue={String(options.find((option) => option.default)?.value ?? '')}
      disabled={select.disabled === true}
      onChange={(event) =>
        void act({
          act: 'use',
          platform: 'discord',
          person: me,
          message,
          customId: String(select.custom_id),
          values: event.target.value ? [event.target.value] : [],
        })
      }
    >
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={String(option.value)} value={String(option.value)}>
          {String(option.label)}
        </option>
      ))}
    </select>
  );
}

function kindOf(input: Json): FieldProps['kind'] {
  switch (input.type) {
    case 4:
      return input.style === 2 ? 'long' : 'text';
    case 21:
      return 'radio';
    case 22:
      return 'checkboxes';
    case 23:
      return 'checkboxes';
    default:
      return Number(input.max_values ?? 1) > 1 ? 'multi' : 'select';
  }
}

function Modal({ form, reader }: { form: DiscordForm; reader: Reader }) {
  const { me } = reader;
  const [typed, setTyped] = useState<Record<string, string | string[]>>({});
  const [busy, setBusy] = useState(false);
  const fills = useTourFills(me);
  const problems = Object.entries(form.fields).filter(([, field]) => field.error);
  useFirstProblem(problems.map(([id]) => `${form.id}-${id}`).join(' '));
  useEffect(() => {
    if (fills) setTyped((old) => ({ ...old, ...fills }));
  }, [fills]);
  const close = () => void act({ act: 'close-form', platform: 'discord', person: me });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await act({ act: 'fill', platform: 'discord', person: me, values: typed });
    setBusy(false);
  };
  return (
    <Overlay title={form.title} id={form.id} className="discord-modal" onClose={close}>
      <form onSubmit={send} noValidate>
        <div className="fields">
          {form.components.map((component, i) => {
            if (component.type === 10) {
              return (
                <div className="discord-text" key={i}>
                  <Markdown source={String(component.content ?? '')} reader={reader} />
                </div>
              );
            }
            const input = (component.component ?? listOf(component.components)[0]) as Json | undefined;
            const id = String(input?.custom_id);
            const field = form.fields[id];
            if (!input || !field) return null;
            const named = Object.values(reader.names).map((label) => ({ label }));
            const options = listOf(input.options).map((option) => ({
              label: String(option.label),
              ...(option.description ? { hint: String(option.description) } : {}),
            }));
            return (
              <FormField
                key={id}
                id={`${form.id}-${id}`}
                label={field.label}
                hint={component.description === undefined ? undefined : String(component.description)}
                error={field.error}
                required={input.required !== false}
                kind={kindOf(input)}
                options={
                  [5, 6, 7, 8].includes(Number(input.type))
                    ? named
                    : input.type === 23
                      ? [{ label: 'yes' }]
                      : options
                }
                placeholder={input.placeholder === undefined ? undefined : String(input.placeholder)}
                zone={reader.zone}
                value={typed[field.label] ?? field.value}
                onChange={(value) => setTyped({ ...typed, [field.label]: value })}
              />
            );
          })}
        </div>
        <footer>
          <button type="button" className="discord-plain" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="discord-submit" disabled={busy || form.sending}>
            {busy || form.sending ? 'Sending …' : 'Submit'}
          </button>
        </footer>
      </form>
    </Overlay>
  );
}
