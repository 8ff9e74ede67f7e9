import { randomUUID } from 'node:crypto';
import type { Log } from '../../log.ts';
import { aboutMessage, quoteOf } from '../../messages/about-message.ts';
import type { Card } from '../../messages/card.ts';
import { faultCard, unknownIntentCard } from '../../messages/error-card.ts';
import type { Form, SpokenForm } from '../../messages/form.ts';
import { inLanguage, worded } from '../../messages/in-language.ts';
import type { Locale } from '../../messages/words.ts';
import { decodeIntent, encodeIntent } from '../intent-code.ts';
import { type Desk, type Draft, intentOf, localeOf, type Typed, type Visitor } from '../platform.ts';
import { choicesFor } from './completion.ts';
import { createConversation } from './conversation.ts';
import {
  draftGoneCard,
  draftIntents,
  draftUnreachableCard,
  fieldsAt,
  type Next,
  restartingCard,
  strangeCard,
  typedCards,
} from './draft-cards.ts';
import { limits } from './limits.ts';
import { modalOf } from './modal.ts';
import { choosesPlaces, inServerCard, type Places } from './places.ts';
import { type Received, type Ref, type Roles, receive } from './receive.ts';
import { type Replies, safe } from './replies.ts';
import { firstStep, givenBy } from './steps.ts';

/** How many interactions are remembered, so that one that is delivered twice has one effect. */
const REMEMBERED = 1_000;

export interface Interactions {
  /** Takes an interaction as the gateway delivers it. Never rejects. */
  take(raw: unknown): Promise<void>;
  /** From now on people are asked to come back in a moment; resolves when everything begun is done, or `ms` passed. */
  drain(ms: number): Promise<void>;
}

/**
 * What people do, one by one: forms are shown at once, everything else is acknowledged first and answered after.
 * @param draftMs how long the database may take when a modal waits for it; Discord waits 3 s in all
 */
export function createInteractions(parts: {
  desk: Desk;
  replies: Replies;
  roles: () => Roles;
  places: Places;
  log: Log;
  draftMs: number;
  /** Hears who did something. */
  visited: (userId: string) => void;
}): Interactions {
  const { desk, replies, log, places } = parts;
  const conversation = createConversation(desk, replies, places, log);
  const recent = new Set<string>();
  const running = new Set<Promise<void>>();
  let draining = false;

  /** Discord tells everybody's language, and nobody's zone. */
  const localeAt = ({ language }: Ref): Locale => localeOf({ language, timeZone: null }, desk);
  const spokenTo = (ref: Ref, form: Form | null): SpokenForm | null =>
    form && places.offered(inLanguage(form, localeAt(ref)));
  /** What this platform itself has to say, as the first answer. */
  const say = (ref: Ref, card: Card) => replies.say(ref, inLanguage(card, localeAt(ref)));

  async function handle(it: Received): Promise<void> {
    if (it.kind === 'strange') {
      log.warn({ interaction: it.ref.id }, 'Discord sent something that this bot never asks for');
      await (it.autocomplete ? replies.suggest(it.ref, []) : say(it.ref, strangeCard()));
      return;
    }
    if (it.kind === 'completion') return handleCompletion(it);
    // A form is taken even now: what was typed into it could not be given back.
    if (draining && it.kind !== 'form') {
      await say(it.ref, restartingCard());
      return;
    }
    if (it.kind === 'command') return handleCommand(it);
    if (it.kind === 'message command') return handleMessageCommand(it);
    const intent = decodeIntent(it.code);
    if (!intent) {
      log.warn({ interaction: it.ref.id }, 'A button or form carries no intent');
      await say(it.ref, unknownIntentCard());
      return;
    }
    return it.kind === 'button' ? handleButton(it, intent) : handleForm(it, intent);
  }

  async function handleCommand(it: Extract<Received, { kind: 'command' }>): Promise<void> {
    const command = desk.commands.find(({ name }) => name === it.name);
    if (!command) {
      log.warn({ command: it.name }, 'Discord still knows a command that is gone');
      await say(it.ref, strangeCard());
      return;
    }
    const args: Record<string, string> = {};
    for (const option of command.options) {
      const value = it.options[option.name];
      if (value !== undefined) args[option.fills] = value;
    }
    await openOrPerform(it.ref, it.by, intentOf(command, args), false);
  }

  async function handleCompletion(it: Extract<Received, { kind: 'completion' }>): Promise<void> {
    const command = desk.commands.find(({ name }) => name === it.name);
    const option = command?.options.find(({ name }) => name === it.option);
    const choices = option?.suggests
      ? await inTime(choicesFor(desk, option.suggests, it), parts.draftMs)
      : [];
    await replies.suggest(it.ref, choices === 'late' ? [] : choices);
  }

  async function handleMessageCommand(it: Extract<Received, { kind: 'message command' }>): Promise<void> {
    const shortcut = desk.shortcuts.find(({ name, on }) => on === 'message' && name === it.name);
    const form = shortcut && spokenTo(it.ref, desk.form(shortcut.intent, {}));
    if (!form) {
      log.warn('Discord still knows an entry of the messages’ menu that is gone');
      await say(it.ref, strangeCard());
      return;
    }
    const { fills } = shortcut;
    const asked = firstStep(form, {}, [fills]);
    const typed = { [fills]: aboutMessage(worded(quoteOf(it.words), form.locale), it.link) };
    await replies.openModal(it.ref, modalOf(form, asked, typed, encodeIntent(form.intent, form.args)));
  }

  async function handleButton(
    it: Extract<Received, { kind: 'button' }>,
    intent: { name: string; args: Record<string, string> },
  ): Promise<void> {
    const id = intent.args.draft ?? '';
    if (intent.name === draftIntents.open) return openDraft(it.ref, it.by, id, intent.args);
    if (intent.name === draftIntents.send) return sendDraft(it, id, intent.args.seen);
    await openOrPerform(it.ref, it.by, intent, it.private);
  }

  async function openOrPerform(
    ref: Ref,
    by: Visitor,
    intent: { name: string; args: Record<string, string> },
    inPlace: boolean,
  ): Promise<void> {
    const form = spokenTo(ref, desk.form(intent.name, intent.args));
    if (form && by.spaceId === null && choosesPlaces(form)) {
      await say(ref, inServerCard());
      return;
    }
    // Without any field left, the use-case says why.
    if (form && form.fields.length > 0) {
      const given = givenBy(form, intent.args);
      const { code, riding } = firstCode(form, given);
      const asked = firstStep(form, riding, Object.keys(given));
      await replies.openModal(ref, modalOf(form, asked, { ...places.presets(form), ...given }, code));
      return;
    }
    if (!(await replies.acknowledge(ref, inPlace))) return;
    const name = form?.intent ?? intent.name;
    const answer = await desk.perform({ ...intent, name, fields: {}, problems: [], id: ref.id }, by);
    await replies.answer(ref, answer.card);
  }

  /** The modal's code carries what was given already, as far as there is room; the rest is asked with it filled in. */
  function firstCode(form: SpokenForm, given: Typed): { code: string; riding: Typed } {
    const riding: Typed = {};
    let args = form.args;
    for (const [name, value] of Object.entries(given)) {
      const more = { ...args, [name]: String(value) };
      if (roughLength(form.intent, more) > limits.customId.max) continue;
      args = more;
      riding[name] = value;
    }
    return { code: encodeIntent(form.intent, args), riding };
  }

  async function handleForm(
    it: Extract<Received, { kind: 'form' }>,
    intent: { name: string; args: Record<string, string> },
  ): Promise<void> {
    if (intent.name === draftIntents.fill) return fillDraft(it, intent.args);
    const form = spokenTo(it.ref, desk.formFor(intent.name, intent.args));
    if (!form) {
      log.warn({ intent: intent.name }, 'A form came back that nobody knows');
      await say(it.ref, unknownIntentCard());
      return;
    }
    if (!(await replies.acknowledge(it.ref, it.private))) return;
    const values = { ...givenBy(form, intent.args), ...it.typed };
    await conversation.proceed({ ref: it.ref, by: it.by, form, values, draft: null, next: 'look' });
  }

  async function openDraft(ref: Ref, by: Visitor, id: string, args: Record<string, string>): Promise<void> {
    // Whoever is asked for their zone finds that of the community there already.
    const found = await inTime(Promise.all([desk.draft(by, id), desk.usualZone(by)]), parts.draftMs);
    const [draft, zone] = found === 'late' ? (['late', null] as const) : found;
    const form = draft && draft !== 'late' ? formOf(draft, ref) : null;
    if (!form || !draft || draft === 'late') {
      await say(ref, draft === 'late' ? draftUnreachableCard() : draftGoneCard());
      return;
    }
    const next: Next = args.next === 'look' ? 'look' : 'send';
    const code = encodeIntent(draftIntents.fill, { draft: id, next });
    const asked = fieldsAt(form, args.ask ?? '');
    const shown = asked.length > 0 ? asked : firstStep(form, {});
    const offered = zone && shown.find((field) => field.field === 'zone' && !(field.name in draft.values));
    const typed = offered ? { ...draft.values, [offered.name]: zone } : draft.values;
    await replies.openModal(ref, modalOf(form, shown, typed, code));
  }

  async function fillDraft(
    it: Extract<Received, { kind: 'form' }>,
    args: Record<string, string>,
  ): Promise<void> {
    if (!(await replies.acknowledge(it.ref, it.private))) return;
    const id = args.draft ?? '';
    const draft = await desk.draft(it.by, id);
    const form = draft && formOf(draft, it.ref);
    if (!draft || !form) return answerGone(it.ref, id, it.typed);
    const values = { ...draft.values, ...it.typed };
    const next: Next = args.next === 'look' ? 'look' : 'send';
    await conversation.proceed({ ref: it.ref, by: it.by, form, values, draft: id, next });
  }

  async function sendDraft(
    it: Extract<Received, { kind: 'button' }>,
    id: string,
    seen: string | undefined,
  ): Promise<void> {
    if (!(await replies.acknowledge(it.ref, it.private))) return;
    const draft = await desk.draft(it.by, id);
    const form = draft && formOf(draft, it.ref);
    if (!draft || !form) return answerGone(it.ref, id);
    await conversation.proceed({
      ref: it.ref,
      by: it.by,
      form,
      values: draft.values,
      draft: id,
      next: 'send',
      seen,
    });
  }

  /** A draft that was sent a moment ago is gone because all went well; else what was typed now is given back. */
  async function answerGone(ref: Ref, id: string, typed: Typed = {}): Promise<void> {
    const sent = await conversation.sent(id);
    await replies.answer(ref, sent ? sent.card : inLanguage(draftGoneCard(), localeAt(ref)));
    if (sent) return;
    const words = Object.entries(typed).map(([label, value]) => ({ label, words: String(value) }));
    for (const card of typedCards(words)) await replies.add(ref, inLanguage(card, localeAt(ref)));
  }

  const formOf = (draft: Draft, ref: Ref): SpokenForm | null =>
    spokenTo(ref, desk.formFor(draft.intent, draft.args));

  async function guarded(it: Received): Promise<void> {
    try {
      await handle(it);
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      log.error({ err: safe(error), reference, interaction: it.ref.id }, 'An interaction failed');
      await apologise(it.ref, faultCard(reference));
    }
  }

  /** Nobody knows here whether a first answer was given: if not, this one is; else it is added. */
  async function apologise(ref: Ref, card: Card): Promise<void> {
    if (!(await say(ref, card))) await replies.answer(ref, inLanguage(card, localeAt(ref)));
  }

  return {
    async take(raw) {
      const arrivedAt = performance.now();
      places.notice();
      const it = receive(raw, parts.roles());
      if (!it) {
        log.warn('Discord sent an interaction that cannot be answered');
        return;
      }
      if (recent.has(it.ref.id)) {
        log.info({ interaction: it.ref.id }, 'Discord delivered an interaction twice');
        return;
      }
      recent.add(it.ref.id);
      it.ref.arrivedAt = arrivedAt;
      if (it.kind !== 'strange') parts.visited(it.by.userId);
      if (recent.size > REMEMBERED)
        for (const oldest of recent) {
          recent.delete(oldest);
          break;
        }
      const work = guarded(it);
      running.add(work);
      await work;
      running.delete(work);
    },
    async drain(ms) {
      draining = true;
      const done = async () => {
        while (running.size > 0) await Promise.all(running);
      };
      await inTime(done(), ms);
      if (running.size > 0) log.warn({ unfinished: running.size }, 'Stopped before everything was answered');
    },
  };
}

const roughLength = (name: string, args: Record<string, string>): number => {
  try {
    return encodeIntent(name, args).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

/** What it resolves to, or "late" when it takes longer. */
async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
