import { createHash } from 'node:crypto';
import {
  at,
  type Block,
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  note,
  quote,
  text,
} from '../../messages/card.ts';
import { fieldSentence } from '../../messages/field-problems.ts';
import type { FieldValue, SpokenField, SpokenForm, Typed } from '../../messages/form.ts';
import { say, type Words } from '../../messages/words.ts';
import type { FormReading } from './read-form.ts';
import { initialOf, isBlank } from './steps.ts';

/**
 * Cards about forms that are not sent yet. Their buttons are this platform's own intents; the desk never sees them.
 */
export const draftIntents = {
  /** Opens a modal with some fields of the draft. */
  open: 'draft.open',
  /** Sends the draft as it is. */
  send: 'draft.send',
  /** What that modal submits to. */
  fill: 'draft.fill',
} as const;

/** What happens after a modal of a draft: show what is left, or send. */
export type Next = 'look' | 'send';

/** A button that opens these fields of the draft. They go by their places, for which there is always room. */
const openButton = (
  label: Words,
  draft: string,
  form: SpokenForm,
  fields: SpokenField[],
  next: Next,
  style: 'primary' | 'plain',
) =>
  button(
    label,
    draftIntents.open,
    { draft, ask: fields.map((field) => form.fields.indexOf(field)).join('.'), next },
    style,
  );

/** The fields that such a button names. */
export const fieldsAt = (form: SpokenForm, ask: string): SpokenField[] =>
  ask.split('.').flatMap((place) => (/^\d+$/.test(place) ? (form.fields[Number(place)] ?? []) : []));

/** After the first step: what is understood, what is left, and how it goes on. */
export function leftoverCard(
  form: SpokenForm,
  reading: FormReading,
  steps: {
    draft: string;
    /** How long it may take until a mentor claims it. */
    expectation: Words | null;
    left: SpokenField[];
    missing: SpokenField[];
    more: SpokenField[];
    edit: SpokenField[];
  },
): Card {
  const { draft, expectation, left, missing, more, edit } = steps;
  const problems = reading.problems.filter((problem) => problem.code !== 'zone_missing');
  const zoneAsked = left.find((field) => field.field === 'zone');
  const sendable = missing.length === 0 && problems.length === 0 && !reading.zoneMissing;
  // Without their zone they would be other times.
  const zoneWrong = problems.some(({ code }) => code === 'zone_unknown');
  const moreLabel = missing.length > 0 || zoneAsked ? say('Continue') : say('More options');
  return card(
    problems.length > 0 ? 'bad' : sendable ? 'waiting' : 'urgent',
    form.title,
    text(
      problems.length > 0
        ? say('Almost: please look at this once more. What you typed is kept.')
        : sendable
          ? say('Ready to send. This holds unless you change it:')
          : say('One more step. What you typed is kept.'),
    ),
    ...problems.map((problem) => text('• ', fieldSentence(problem))),
    ...(zoneWrong ? [] : understood(form, reading)),
    left.length > 0 ? facts(...left.map((field): [string, Words] => [field.label, outlook(field)])) : null,
    zoneAsked
      ? text(say('I need your time zone to read the times that you typed. I remember it for the next time.'))
      : null,
    expectation ? text(expectation) : null,
    buttons(
      sendable
        ? button(say('Send'), draftIntents.send, { draft, seen: timesSeen(reading) }, 'primary')
        : null,
      more.length > 0
        ? openButton(
            moreLabel,
            draft,
            form,
            more,
            'send',
            sendable || problems.length > 0 ? 'plain' : 'primary',
          )
        : null,
      edit.length > 0
        ? openButton(say('Edit'), draft, form, edit, 'look', problems.length > 0 ? 'primary' : 'plain')
        : null,
    ),
    form.intro ? note(form.intro) : null,
  );
}

function understood(form: SpokenForm, reading: FormReading): Block[] {
  return form.fields.flatMap((field) => {
    const value = reading.fields[field.name];
    if (field.field !== 'times' || !isTimes(value) || value.length === 0) return [];
    return [
      facts([field.label, value.flatMap((time, index) => [...(index > 0 ? ['\n'] : []), ...moments(time)])]),
    ];
  });
}

const timesIn = (reading: FormReading) => Object.values(reading.fields).filter(isTimes).flat();

/** Whether any time was typed that could be read. */
export const hasTimes = (reading: FormReading): boolean => timesIn(reading).length > 0;

/**
 * A short name of the times as they are understood. "Tomorrow" means another day tomorrow, so a press on Send counts for
 * those that the person saw.
 */
export const timesSeen = (reading: FormReading): string =>
  hasTimes(reading)
    ? createHash('sha256')
        .update(JSON.stringify(timesIn(reading)))
        .digest('base64url')
        .slice(0, 12)
    : '-';

const isTimes = (value: FieldValue | undefined): value is { start: string; end: string | null }[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object');

const moments = ({ start, end }: { start: string; end: string | null }): Inline[] => [
  end
    ? say('{start} until {end}', { start: at(new Date(start)), end: at(new Date(end)) })
    : at(new Date(start)),
];

function outlook(field: SpokenField): Words {
  const initial = initialOf(field);
  if (field.field === 'zone') return say('not known yet');
  if (!initial) return field.required ? say('still needed') : say('none');
  return field.field === 'choice'
    ? (field.choices.find(({ value }) => value === initial)?.label ?? initial)
    : initial;
}

/** A refusal, with the way back into the form as it was left. */
export const withWayBack = (
  refusal: Card,
  form: SpokenForm,
  draft: string,
  edit: SpokenField[],
  others: SpokenField[],
): Card => ({
  ...refusal,
  blocks: [
    ...refusal.blocks,
    ...[
      buttons(
        edit.length > 0 ? openButton(say('Edit and send again'), draft, form, edit, 'send', 'primary') : null,
        others.length > 0 ? openButton(say('Edit other fields'), draft, form, others, 'send', 'plain') : null,
      ),
    ].filter((block) => block !== null),
  ],
});

/** How much of what was typed goes into one message: escaping may double it, and a message holds 4,000 characters. */
const TYPED_AT_ONCE = 1_500;

/**
 * What was typed, to be copied, when it could not be kept. As many cards as it takes, so that nothing is cut off.
 */
export function typedCards(typed: { label: string; words: string }[]): Card[] {
  const pieces = typed
    .filter(({ words }) => !isBlank(words))
    .flatMap(({ label, words }) => {
      const parts = cut(words);
      return parts.map((part, index) => ({
        label:
          parts.length > 1
            ? say('{label} ({part} of {parts})', { label, part: index + 1, parts: parts.length })
            : label,
        words: part,
      }));
    });
  const cards: Card[] = [];
  let room = 0;
  for (const { label, words } of pieces) {
    if (words.length > room) {
      cards.push(card('neutral', say('What you typed, to copy')));
      room = TYPED_AT_ONCE;
    }
    room -= words.length;
    cards.at(-1)?.blocks.push(...[text({ bold: label }), quote(words)].filter((block) => block !== null));
  }
  return cards;
}

/** Cuts long text between words where it can. */
function cut(words: string): string[] {
  if (words.length <= TYPED_AT_ONCE) return [words];
  const space = words.slice(0, TYPED_AT_ONCE).search(/\s\S{0,200}$/);
  const end = space > 0 ? space : TYPED_AT_ONCE;
  return [words.slice(0, end), ...cut(words.slice(end))];
}

/** What was typed, by the labels of the form's fields. */
export const typedByLabel = (form: SpokenForm, values: Typed): { label: string; words: string }[] =>
  form.fields.map((field) => ({ label: field.label, words: String(values[field.name] ?? '') }));

export const draftGoneCard = (): Card =>
  card(
    'bad',
    say('This form is no longer open'),
    text(
      say(
        'It was sent already, or it is older than a day. Type the command again to begin a new one; /mini-sessions shows what you have sent.',
      ),
    ),
  );

export const draftUnreachableCard = (): Card =>
  card(
    'bad',
    say('I cannot open your form right now'),
    text(say('What you typed is kept. Please press the button again in a moment.')),
  );

export const restartingCard = (): Card =>
  card(
    'waiting',
    say('I am restarting'),
    text(say('Nothing was done yet. Please try again in half a minute.')),
  );

export const strangeCard = (): Card =>
  card(
    'bad',
    say('I do not know how to do that'),
    text(say('/mini-session asks for a session; /mini-sessions and /mini-mentor show how things stand.')),
  );
