import type { SpokenCard } from '../../messages/card.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Answer, Intent } from '../platform.ts';
import { problemOf } from './client.ts';
import { type Hands, perform } from './hands.ts';
import type { By, Received } from './receive.ts';
import { pause } from './timing.ts';
import { workingCard } from './words.ts';

type Press = Extract<Received, { kind: 'press' }>;

/** The intent by which somebody has their Home shown; the courier shows it, as with every change of it afterwards. */
const SHOW = 'home.show';
/** The first page of each of its lists; names that it does not know are left alone. */
const fromTheTop = { coming: '1', claims: '1', open: '1', requests: '1', past: '1' };

/** Whoever comes to their Home sees it as it is now, from the top. When it cannot be shown, it says why. */
export async function onHomeOpened(hands: Hands, { by, id }: { by: By; id: string }): Promise<void> {
  const answer = await perform(hands, wish(fromTheTop, id), by);
  if (!answer.ok) await hands.showHome(by.userId, answer.card);
}

/**
 * A button on a Home that opens no form. A Home has no place for an answer, so that comes on top of it; the Home shows
 * behind it what became of it.
 */
export async function onHomePress(hands: Hands, press: Press, intent: Intent): Promise<void> {
  const work = perform(hands, intent, press.by);
  if (intent.name === SHOW) {
    const { ok, card } = await work;
    return ok ? undefined : showOver(hands, press, card);
  }
  const soon = await Promise.race([work, pause(hands.timing.modalWithin)]);
  if (soon) await showOver(hands, press, soon.card);
  else await showLate(hands, press, work);
  // What changed shows itself. What was refused did so because this Home was behind.
  if (!(await work).ok) await perform(hands, wish({}, `${press.id}:refresh`), press.by);
}

const wish = (args: Record<string, string>, id: string): Intent => ({
  name: SHOW,
  args,
  fields: {},
  problems: [],
  id,
});

/** Shows a card over somebody's Home; when Slack does not take it any more, they get it by direct message. */
export async function showOver(hands: Hands, press: Press, card: SpokenCard): Promise<void> {
  if (await open(hands, press, card)) return;
  await hands.answering.answer(press.by.userId, { responseUrl: '', replace: false }, card);
}

async function showLate(hands: Hands, press: Press, work: Promise<Answer>): Promise<void> {
  const view = await open(hands, press, inLanguage(workingCard, await hands.people.locale(press.by)));
  const { card } = await work;
  const place = view ? { view, title: '' } : { responseUrl: '', replace: false };
  await hands.answering.answer(press.by.userId, place, card);
}

/** @returns the modal's id; null when it could not be opened */
async function open(
  { clients, answering, log }: Hands,
  { triggerId }: Press,
  card: SpokenCard,
): Promise<string | null> {
  try {
    const view = await answering.cardView(card, '');
    const opened = await clients.now.views.open({ trigger_id: triggerId, view });
    return opened.view?.id ?? null;
  } catch (error) {
    log.info({ code: problemOf(error)?.code ?? String(error) }, 'No modal over a Home');
    return null;
  }
}
