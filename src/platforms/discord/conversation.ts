import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../../log.ts';
import type { SpokenForm } from '../../messages/form.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Answer, Desk, Typed, Visitor } from '../platform.ts';
import {
  hasTimes,
  leftoverCard,
  type Next,
  timesSeen,
  typedByLabel,
  typedCards,
  withWayBack,
} from './draft-cards.ts';
import type { Places } from './places.ts';
import { type FormReading, readForm } from './read-form.ts';
import type { Ref } from './receive.ts';
import type { Replies } from './replies.ts';
import { editStep, leftOver, missing, nextStep } from './steps.ts';

/** A form on its way: what it is, what was typed so far, whose it is, and where the answer goes. */
export interface Filled {
  ref: Ref;
  by: Visitor;
  form: SpokenForm;
  values: Typed;
  /** Where it is kept already. */
  draft: string | null;
  next: Next;
  /** Which times the person saw before they pressed Send, as {@link timesSeen} names them. */
  seen?: string | undefined;
}

/** How many sent drafts are remembered, so that a second press on Send is answered like the first. */
const REMEMBERED = 200;

/** What happens to a form after one of its modals came back; the interaction is acknowledged already. */
export function createConversation(desk: Desk, replies: Replies, places: Pick<Places, 'problems'>, log: Log) {
  const sending = new Map<string, Promise<Answer>>();

  /** Sends the form when nothing is left to ask; else keeps it and shows what is left. */
  async function proceed(filled: Filled): Promise<void> {
    const { form, values, by, ref } = filled;
    const needsZone = form.fields.some(({ field }) => field === 'times' || field === 'zone');
    const knownZone = needsZone ? await desk.zoneOf(by) : null;
    const reading = readForm(form, values, knownZone, desk.now());
    const zoneRequired = form.fields.some((field) => field.field === 'zone' && field.required);
    const zoneWanted = reading.zoneMissing || (zoneRequired && !knownZone && !reading.zone);
    const left = leftOver(form, values, zoneWanted);
    const missed = missing(form, values);
    const zoneAsked = left.some(({ field }) => field === 'zone');
    const complete = missed.length === 0 && !zoneAsked;
    // Times that were typed are shown as they were understood, before anything comes of them.
    const echoed = !hasTimes(reading) || filled.seen === timesSeen(reading);
    if (echoed && (left.length === 0 || (filled.next === 'send' && complete))) return send(filled, reading);

    const draft = await keep(filled);
    if (!draft) {
      log.warn({ interaction: ref.id }, 'A draft could not be kept');
      // Without a place for it there is no second step. With defaults for the rest it may still arrive; otherwise the
      // desk says what is missing, or that it is out of order.
      return complete ? send(filled, reading) : lost(filled, await perform(filled, reading));
    }
    const expectation = form.asksForMentor ? await desk.expectation(by) : null;
    const steps = {
      draft,
      expectation,
      left,
      missing: missed,
      more: nextStep(left),
      edit: editStep(
        form,
        values,
        reading.problems.map(({ field }) => field),
      ),
    };
    await replies.answer(ref, inLanguage(leftoverCard(form, reading, steps), form.locale));
  }

  async function send(filled: Filled, reading: FormReading): Promise<void> {
    const answer = await once(filled.draft, () => perform(filled, reading));
    if (answer.ok) {
      if (filled.draft) await desk.dropDraft(filled.by, filled.draft);
      return replies.answer(filled.ref, answer.card);
    }
    const draft = await keep(filled);
    if (!draft) return lost(filled, answer);
    const { form, values, ref } = filled;
    const edit = editStep(form, values, Object.keys(answer.fieldProblems));
    const others = nextStep(form.fields.filter((field) => field.name in values && !edit.includes(field)));
    const wayBack = withWayBack(answer.card, form, draft, edit, others);
    await replies.answer(ref, inLanguage(wayBack, form.locale));
  }

  const perform = async ({ form, draft, ref, by }: Filled, reading: FormReading): Promise<Answer> =>
    desk.perform(
      {
        name: form.intent,
        args: form.args,
        fields: reading.fields,
        problems: [...reading.problems, ...(await places.problems(form, reading.fields))],
        id: draft ?? ref.id,
      },
      reading.zone ? { ...by, timeZone: reading.zone } : by,
    );

  /** One draft is sent once: a second press while the first is under way, or after it, gets the same answer. */
  function once(draft: string | null, act: () => Promise<Answer>): Promise<Answer> {
    const running = draft ? sending.get(draft) : undefined;
    if (running) return running;
    const answer = act();
    if (!draft) return answer;
    sending.set(draft, answer);
    if (sending.size > REMEMBERED)
      for (const oldest of sending.keys()) {
        sending.delete(oldest);
        break;
      }
    const forget = () => sending.delete(draft);
    answer.then((came) => came.ok || forget(), forget);
    return answer;
  }

  /** Keeps what was typed. @returns the draft's id, or null when it could not be kept */
  async function keep({ by, form, values, draft }: Filled): Promise<string | null> {
    const whole = { intent: form.intent, args: form.args, values };
    if (draft) {
      const before = await desk.draft(by, draft);
      if (before && isDeepStrictEqual(before.values, values)) return draft;
      if (before) {
        await desk.replaceDraft(by, draft, whole);
        const after = await desk.draft(by, draft);
        if (after && isDeepStrictEqual(after.values, values)) return draft;
      }
    }
    return desk.keepDraft(by, whole);
  }

  /** The words of the person are repeated, so that they can copy them. */
  async function lost({ ref, form, values }: Filled, answer: Answer): Promise<void> {
    await replies.answer(ref, answer.card);
    if (answer.ok) return;
    for (const card of typedCards(typedByLabel(form, values))) {
      await replies.add(ref, inLanguage(card, form.locale));
    }
  }

  return {
    proceed,
    /** The answer to a draft that was sent a moment ago, when there is one. */
    sent: (draft: string): Promise<Answer> | undefined => sending.get(draft),
  };
}
