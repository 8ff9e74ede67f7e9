import { aboutMessage, quoteOf } from '../../messages/about-message.ts';
import type { Form, Typed } from '../../messages/form.ts';
import { inLanguage, worded } from '../../messages/in-language.ts';
import { decodeIntent } from '../intent-code.ts';
import { intentOf } from '../platform.ts';
import type { Place } from './answer.ts';
import { readCommandWords, titleFrom } from './command-words.ts';
import { formView } from './form-view.ts';
import { type Ack, type Hands, perform } from './hands.ts';
import { onHomeOpened, onHomePress, showOver } from './home.ts';
import { beside, openView, showForm } from './open-form.ts';
import type { Received } from './receive.ts';
import { submit, update } from './submit.ts';
import { suggest } from './suggest.ts';
import {
  draftGoneCard,
  faultCard,
  helpCard,
  oldButtonCard,
  oneMomentCard,
  REOPEN,
  strangeCard,
  unknownCommandCard,
} from './words.ts';

/**
 * Does what one payload asks for, and acknowledges before anything that can take long. Never rejects: a fault of ours
 * is logged, and the person gets an apology.
 */
export async function handle(hands: Hands, received: Received, ack: Ack): Promise<void> {
  const { answering, people, log } = hands;
  try {
    await act(hands, received, ack);
  } catch (error) {
    log.error({ err: error, kind: received.kind }, 'Something of Slack could not be handled');
    const place = placeOf(received);
    const card = inLanguage(faultCard, await people.locale('by' in received ? received.by : null));
    if ('view' in place) await ack(update(await answering.cardView(card, place.title)));
    else await ack();
    if ('by' in received) await answering.answer(received.by.userId, beside(place), card);
  }
}

function placeOf(received: Received): Place {
  if (received.kind === 'submission') return { view: received.viewId, title: '' };
  if (received.kind === 'command') return { responseUrl: received.responseUrl, replace: false };
  if (received.kind === 'shortcut') return { responseUrl: received.about?.responseUrl ?? '', replace: false };
  if (received.kind !== 'press') return { responseUrl: '', replace: false };
  const { on } = received;
  // What cannot be shown on a Home goes to their direct messages.
  if ('home' in on) return { responseUrl: '', replace: false };
  if ('view' in on) return on;
  return { responseUrl: on.responseUrl, replace: on.ephemeral, ...(on.thread && { thread: on.thread }) };
}

async function act(hands: Hands, received: Received, ack: Ack): Promise<void> {
  const { people, answering, log } = hands;
  switch (received.kind) {
    case 'command':
      return onCommand(hands, received, ack);
    case 'shortcut':
      return onShortcut(hands, received, ack);
    case 'press':
      return onPress(hands, received, ack);
    case 'submission':
      return submit(hands, received, ack);
    case 'home opened':
      await ack();
      return onHomeOpened(hands, received);
    case 'suggestion':
      return suggest(hands, received, ack);
    case 'membership':
      people.forgetMembers(received.channelId);
      return ack();
    case 'user changed':
      people.forget(received.userId);
      return ack();
    case 'uninstalled': // Whose workspace it was is dealt with before.
    case 'nothing':
      return ack();
    case 'strange': {
      log.warn({ why: received.why }, 'Slack sent something that I do not know');
      const { responseUrl, wasForm } = received;
      const card = inLanguage(strangeCard, await people.locale(null));
      await ack(wasForm ? update(await answering.cardView(card, '')) : undefined);
      if (responseUrl) await answering.answer('', { responseUrl, replace: false }, card);
    }
  }
}

type Command = Extract<Received, { kind: 'command' }>;
type Shortcut = Extract<Received, { kind: 'shortcut' }>;
type Press = Extract<Received, { kind: 'press' }>;

async function onCommand(hands: Hands, command: Command, ack: Ack): Promise<void> {
  const { desk, people, answering } = hands;
  const { by, name } = command;
  const place = placeOf(command);
  const known = desk.commands.find((one) => one.name === name);
  if (!known || command.text.toLowerCase() === 'help') {
    await ack();
    const about = known ? (desk.form(known.intent, {})?.intro ?? '') : '';
    const card = known ? helpCard(desk, about) : unknownCommandCard(name, desk);
    return answering.answer(by.userId, place, inLanguage(card, await people.locale(by)));
  }
  const { args: given, rest } = readCommandWords(command.text, known.options);
  const { name: intentName, args } = intentOf(known, given);
  const form = desk.form(intentName, args);
  if (form) {
    const spoken = inLanguage(form, await people.locale(by));
    const typed = { ...args, ...titleFrom(form, rest) };
    return showForm(hands, by, command.triggerId, place, spoken, typed, ack);
  }
  await ack();
  const intent = { name: intentName, args, fields: {}, problems: [], id: `command:${command.triggerId}` };
  await answering.answer(by.userId, place, (await perform(hands, intent, by)).card);
}

async function onShortcut(hands: Hands, received: Shortcut, ack: Ack): Promise<void> {
  const { desk, people, answering, log } = hands;
  const { by, about, triggerId } = received;
  const locale = await people.locale(by);
  const place = placeOf(received);
  const shortcut = desk.shortcuts.find(({ id }) => id === received.callbackId);
  const form = shortcut && desk.form(shortcut.intent, {});
  if (!form) {
    await ack();
    log.warn('Slack still knows a shortcut that is gone');
    return answering.answer(by.userId, place, inLanguage(oldButtonCard, locale));
  }
  const typed: Typed = about
    ? { [shortcut.fills]: aboutMessage(worded(quoteOf(about.words), locale), about.link) }
    : {};
  await showForm(hands, by, triggerId, place, inLanguage(form, locale), typed, ack);
}

async function onPress(hands: Hands, press: Press, ack: Ack): Promise<void> {
  const { desk, people, answering } = hands;
  const { by, triggerId } = press;
  const place = placeOf(press);
  const intent = decodeIntent(press.code);
  if (!intent) {
    await ack();
    const old = inLanguage(oldButtonCard, await people.locale(by));
    if ('home' in press.on) return showOver(hands, press, old);
    return answering.answer(by.userId, place, old);
  }
  if (intent.name === REOPEN) return reopen(hands, press, place, intent.args.draft ?? '', ack);
  const form = desk.form(intent.name, intent.args);
  if (form) {
    const spoken = inLanguage(form, await people.locale(by));
    return showForm(hands, by, triggerId, place, spoken, knownOf(form, intent.args), ack);
  }
  await ack();
  const wish = { ...intent, fields: {}, problems: [], id: press.id };
  if ('home' in press.on) return onHomePress(hands, press, wish);
  const answer = await perform(hands, wish, by);
  await answering.answer(by.userId, place, answer.card);
}

const knownOf = (form: Form, args: Record<string, string>): Typed =>
  Object.fromEntries(
    Object.entries(args).filter(([name]) => form.fields.some((field) => field.name === name)),
  );

/** Fetching a draft may take longer than the trigger lives, so the modal opens first and is filled after. */
async function reopen(hands: Hands, press: Press, place: Place, draftId: string, ack: Ack): Promise<void> {
  const { desk, people, answering } = hands;
  const { by, triggerId } = press;
  const locale = await people.locale(by);
  const waiting = await answering.cardView(inLanguage(oneMomentCard, locale), '');
  const opened = await openView(hands, by, triggerId, place, waiting, ack);
  if (!opened) return;
  const view = opened.id;
  const draft = await desk.draft(await people.visitor(by), draftId);
  const form = draft && desk.formFor(draft.intent, draft.args);
  if (!draft || !form) {
    return answering.answer(by.userId, { view, title: '' }, inLanguage(draftGoneCard, locale));
  }
  await answering.changeView(view, formView(inLanguage(form, locale), draft.values, draftId));
}
