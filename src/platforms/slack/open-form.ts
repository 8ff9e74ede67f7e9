import type { SpokenForm, Typed } from '../../messages/form.ts';
import { inLanguage, worded } from '../../messages/in-language.ts';
import type { Place } from './answer.ts';
import { problemOf } from './client.ts';
import { formView, type Modal } from './form-view.ts';
import type { Ack, Hands } from './hands.ts';
import type { By } from './receive.ts';
import { faultCard, tooLateCard } from './words.ts';

/** Trouble never takes the place of buttons that somebody may want to press again. */
export const beside = (place: Place): Place => ('view' in place ? place : { ...place, replace: false });

/** A modal that was shown; its hash only when we opened it. */
interface Opened {
  id: string;
  hash: string | null;
}

/**
 * Shows a modal before anything else happens: the trigger lives three seconds. In a modal it takes that one's place.
 * @returns null when it could not be shown and the person was told
 */
export async function openView(
  { clients, people, answering, log }: Hands,
  by: By,
  triggerId: string,
  place: Place,
  view: Modal,
  ack: Ack,
): Promise<Opened | null> {
  const open = async (): Promise<Opened | null> => {
    if ('view' in place) {
      await answering.changeView(place.view, view);
      return { id: place.view, hash: null };
    }
    const { view: opened } = await clients.now.views.open({ trigger_id: triggerId, view });
    return opened?.id ? { id: opened.id, hash: opened.hash ?? null } : null;
  };
  const [opened] = await Promise.allSettled([open(), ack()]);
  if (opened.status === 'fulfilled') return opened.value;
  const code = problemOf(opened.reason)?.code;
  if (code === 'exchanged_trigger_id') return null; // Delivered twice: the form is open already.
  log.warn({ code: code ?? String(opened.reason) }, 'A form could not be opened');
  const card = code === 'expired_trigger_id' ? tooLateCard : faultCard;
  await answering.answer(by.userId, beside(place), inLanguage(card, await people.locale(by)));
  return null;
}

/** Shows a form at once; what its reader may expect is looked up after, and put above the fields. */
export async function showForm(
  hands: Hands,
  by: By,
  triggerId: string,
  place: Place,
  form: SpokenForm,
  typed: Typed,
  ack: Ack,
): Promise<void> {
  const opened = await openView(hands, by, triggerId, place, formView(form, typed), ack);
  if (opened?.hash && form.asksForMentor) await addExpectation(hands, by, opened, form, typed);
}

/**
 * What was typed meanwhile stays, because blocks and actions keep their ids; and the hash refuses to change a modal that
 * is another one by now (https://docs.slack.dev/surfaces/modals#updating_views).
 */
async function addExpectation(
  { desk, clients, people, log }: Hands,
  by: By,
  { id, hash }: Opened,
  form: SpokenForm,
  typed: Typed,
): Promise<void> {
  const words = await desk.expectation(await people.visitor(by));
  if (!words || !hash) return;
  const intro = [form.intro, worded(words, form.locale)].filter((one) => one).join(' ');
  try {
    await clients.now.views.update({ view_id: id, hash, view: formView({ ...form, intro }, typed) });
  } catch (error) {
    log.info(
      { code: problemOf(error)?.code ?? String(error) },
      'A form was gone before it could say what to expect',
    );
  }
}
