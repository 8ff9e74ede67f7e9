import type { SpokenCard } from '../../messages/card.ts';
import type { SpokenForm, Typed } from '../../messages/form.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Answer } from '../platform.ts';
import { channelProblems } from './channel-fields.ts';
import { problemOf } from './client.ts';
import { formView, type Modal } from './form-view.ts';
import { type Ack, type Hands, perform } from './hands.ts';
import { LIMITS, shorten } from './limits.ts';
import { errorsByBlock, readForm } from './read-form.ts';
import type { Received } from './receive.ts';
import { type Side, shortWords } from './render.ts';
import { pause } from './timing.ts';
import { oldFormCard, reopenButton, workingCard, workingOn } from './words.ts';

type Submission = Extract<Received, { kind: 'submission' }>;

/**
 * A filled form came back. Slack waits three seconds for what becomes of the modal: the result when it is there in
 * time, else "Still working on it…", and the result when it comes.
 */
export async function submit(hands: Hands, submission: Submission, ack: Ack): Promise<void> {
  const { desk, people, answering, timing } = hands;
  const { intent: name, args, id } = submission;
  const asked = people.locale(submission.by);
  const asIs = desk.formFor(name, args);
  if (!asIs) return ack(update(await answering.cardView(inLanguage(oldFormCard, await asked), '')));
  const { fields, typed } = readForm(asIs, submission.values);
  const work = channelProblems(hands.clients, asIs, fields).then((problems) =>
    perform(hands, { name, args, fields, problems, id }, submission.by),
  );
  const answer = await Promise.race([work, pause(timing.answerWithin)]);
  const locale = await asked;
  const form = inLanguage(asIs, locale);
  if (answer) {
    await ack(await inTime(hands, form, answer));
    return answer.ok ? dropDraft(hands, submission) : undefined;
  }
  // Before the form is gone: should this process be killed now, what was typed can be opened again.
  const keeping = keepDraft(hands, submission, typed);
  const kept = await Promise.race([keeping, pause(timing.keepWithin)]);
  const working = kept ? workingOn(kept) : workingCard;
  await ack(update(await answering.cardView(inLanguage(working, locale), form.title)));
  const result = await work;
  await pause(timing.settle);
  const draft = await keeping;
  await showLate(hands, draft ? { ...submission, draft } : submission, form, typed, result);
}

/** What a submitted form becomes. */
export const update = (view: Modal): Record<string, unknown> => ({ response_action: 'update', view });

/** A refusal leaves the form open with all that was typed. */
async function inTime(
  { answering }: Hands,
  form: SpokenForm,
  answer: Answer,
): Promise<Record<string, unknown>> {
  const errors = answer.ok ? null : errorsOf(form, answer, await answering.side());
  if (errors) return { response_action: 'errors', errors };
  return update(await answering.cardView(answer.card, form.title));
}

/** @returns null when the form has nothing below which it could be said */
function errorsOf(
  form: SpokenForm,
  { card, fieldProblems }: { card: SpokenCard; fieldProblems: Record<string, string> },
  side: Side,
): Record<string, string> | null {
  const { max } = LIMITS.fieldError;
  const named = Object.keys(fieldProblems).length > 0;
  const errors = errorsByBlock(form, named ? fieldProblems : { '': shortWords(card, side, max) });
  return (
    errors && Object.fromEntries(Object.entries(errors).map(([block, words]) => [block, shorten(words, max)]))
  );
}

/** The modal shows "Still working on it…" now. What was typed is kept first, then the person is told. */
async function showLate(
  hands: Hands,
  submission: Submission,
  form: SpokenForm,
  typed: Typed,
  answer: Answer,
): Promise<void> {
  const { answering, log } = hands;
  const { by, viewId } = submission;
  const place = { view: viewId, title: form.title };
  if (answer.ok) {
    await answering.answer(by.userId, place, answer.card);
    return dropDraft(hands, submission);
  }
  const draft = await keepDraft(hands, submission, typed);
  if (draft) {
    const { card } = answer;
    const blocks = [...card.blocks, reopenButton(draft)].filter((block) => block !== null);
    return answering.answer(by.userId, place, inLanguage({ ...card, blocks }, card.locale));
  }
  const intro = shortWords(answer.card, await answering.side(), LIMITS.richText.max);
  try {
    await answering.changeView(viewId, formView({ ...form, intro }, typed));
  } catch (error) {
    log.warn({ code: problemOf(error)?.code ?? String(error) }, 'The form could not be shown again');
    await answering.answer(by.userId, place, answer.card);
  }
}

/** @returns the draft's id, or null when it could not be kept */
async function keepDraft(
  { desk, people, log }: Hands,
  { by, intent, args, draft }: Submission,
  values: Typed,
): Promise<string | null> {
  try {
    const visitor = await people.visitor(by);
    if (!draft) return await desk.keepDraft(visitor, { intent, args, values });
    await desk.replaceDraft(visitor, draft, { intent, args, values });
    return draft;
  } catch (error) {
    log.error({ err: error }, 'A draft could not be kept');
    return null;
  }
}

async function dropDraft({ desk, people, log }: Hands, { by, draft }: Submission): Promise<void> {
  if (!draft) return;
  try {
    await desk.dropDraft(await people.visitor(by), draft);
  } catch (error) {
    log.warn({ err: error }, 'A used draft could not be dropped; it goes by itself after a day');
  }
}
