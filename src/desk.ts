import { v5 as nameBasedId, v4 as randomId } from 'uuid';
import type { z } from 'zod';
import { lookerAt } from './busy.ts';
import { languageIn, linkMakerOf } from './core/community.ts';
import { type FieldProblem, UserError } from './core/errors.ts';
import type { Language } from './core/language.ts';
import type { BusyCalendars, Clock, PanelPut, WebLinks } from './core/ports.ts';
import type { LookedAt } from './core/space.ts';
import { withoutNul } from './core/text.ts';
import { type Context, runUseCase, type UseCase } from './core/use-case.ts';
import { getExpectation } from './core/use-cases/get-expectation.ts';
import { followTo } from './core/use-cases/set-channels.ts';
import { suggestTags } from './core/use-cases/suggest-tags.ts';
import type { Log } from './log.ts';
import { type Block, type Card, text } from './messages/card.ts';
import { faultCard, refusalCard, strangerCard, unknownIntentCard } from './messages/error-card.ts';
import { expectationWords } from './messages/expectation.ts';
import { fieldSentence } from './messages/field-problems.ts';
import type { Form } from './messages/form.ts';
import { inLanguage, worded } from './messages/in-language.ts';
import { cardFor, isWorded } from './messages/index.ts';
import { withMissed } from './messages/missed.ts';
import type { Locale } from './messages/words.ts';
import {
  type Answer,
  type Desk,
  deliveryOf,
  type Intent,
  localeOf,
  type Visitor,
} from './platforms/platform.ts';
import { commands, routes, shortcuts } from './routes.ts';
import type { Store, Visit } from './store/store.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';

/** Namespace of the ids that are derived from what a person did; any constant UUID does. */
const DEEDS = '6f1a1a3e-52c1-4f0b-9d6e-8f0f4f7c3b21';
/** How many messages that could not be delivered are repeated in one answer; the next answer has the next ones. */
const MISSED_SHOWN = 3;

/**
 * The front desk: turns what people do into use-cases in their name, and what comes of it into cards. The one boundary
 * at which refusals and faults find their words.
 */
export function createDesk(parts: {
  store: Store;
  clock: Clock;
  log: Log;
  /** Name of the community that all spaces of this deployment belong to. */
  community: string;
  /** In which communities are spoken to that chose none, and people of whom nobody knows their own. */
  language: Language;
  /** Where the bot has pages of its own. */
  links?: WebLinks | null;
  /** Who can make the links of meetings. */
  meetings: Context['meetings'];
  /** People's own calendars, where there are any that could be asked. */
  calendars?: BusyCalendars | null;
  /** Tries everything that the settings name. */
  lookAtSetUp: (where: Pick<Visitor, 'platform' | 'spaceId'>) => Promise<LookedAt>;
  /** Puts the card with which anybody asks into a channel; `delivery` is the same when the same wish arrives twice. */
  putPanel: (
    where: Pick<Visitor, 'platform' | 'spaceId'> & { channelId: string },
    language: Language,
    delivery: string,
  ) => Promise<PanelPut>;
  metrics?: Pick<Metrics, 'intent' | 'failed' | 'calendarLook'>;
}): Desk {
  const { store, clock, language, links = null, metrics = createMetrics() } = parts;

  const { directory } = store;
  const calendarsIn = lookerAt({ directory, calendars: parts.calendars ?? null, log: parts.log, metrics });
  const actorOf = async (by: Visitor) => store.directory.visit(by, clock.now());

  /** @param met hears who it is, as soon as that is known */
  async function run(intent: Intent, by: Visitor, deed: string, met: (actor: Visit) => void): Promise<Done> {
    const route = routes[intent.name];
    if (!route || 'opens' in route)
      return { ok: false, card: unknownIntentCard(), outcome: 'unknown_intent' };
    const actor = await actorOf(by);
    if (!actor) return { ok: false, card: strangerCard(), outcome: 'stranger' };
    met(actor);
    if (intent.problems.length > 0) throw new UserError('invalid_input', { fields: intent.problems });
    const context = contextOf(actor, by, route.verb, deed);
    const result = await runUseCase(route.verb, context, withoutNul({ ...intent.args, ...intent.fields }));
    const card = route.answer(result as never, {
      me: actor.memberId,
      now: clock.now(),
      args: intent.args,
      links,
    });
    return {
      ok: true,
      card: actor.unreachable > 0 ? await andMissed(card, actor) : card,
      outcome: 'done',
      requestId: idOf(result),
    };
  }

  const contextOf = (actor: Visit, by: Visitor, verb: Pick<UseCase, 'name'>, deed: string): Context => ({
    store: store.requestsAs(actor, verb.name, deed),
    profile: store.profileAs(actor),
    availability: store.availabilityAs(actor),
    community: store.communityAs(actor, verb.name),
    coordination: store.coordinationAs(actor, verb.name, deed),
    home: store.homeAs(actor, by),
    people: store.peopleAs(actor),
    space: store.spaceAs(actor, by, verb.name, deed),
    actor,
    settings: actor.settings,
    clock,
    newId: deed,
    zoneFromPlatform: by.zoneFromPlatform ?? false,
    links,
    linkMaker: linkMakerOf(actor.settings, parts.meetings),
    meetings: parts.meetings,
    calendarsOf: calendarsIn(actor.communityId, linkMakerOf(actor.settings, parts.meetings)),
    lookAtSetUp: () => parts.lookAtSetUp(by),
    putPanel: (channelId) => {
      const { platform, spaceId } = by;
      const spoken = languageIn(actor.settings, language);
      return parts.putPanel({ platform, spaceId, channelId }, spoken, deliveryOf(deed));
    },
  });

  /** Looks something up in a person's name while they fill in a form; `otherwise` when it cannot be done. */
  async function lookUp<Schema extends z.ZodType, Result>(
    by: Visitor,
    verb: UseCase<Schema, Result>,
    input: z.input<Schema>,
    otherwise: Result,
  ): Promise<Result> {
    try {
      const actor = await actorOf(by);
      return actor ? await runUseCase(verb, contextOf(actor, by, verb, ''), withoutNul(input)) : otherwise;
    } catch (error) {
      parts.log.warn({ err: error, verb: verb.name }, 'Something beside a form could not be looked up');
      return otherwise;
    }
  }

  /**
   * Puts before an answer what could not be brought to this person by direct message, so that it is not lost on them.
   * Before, because the end of what is long may be left out.
   */
  async function andMissed(card: Card, actor: Visit): Promise<Card> {
    const missed = await missedBy(actor).catch((error: unknown) => {
      parts.log.error({ err: error }, 'What was missed could not be repeated');
      return [];
    });
    return missed.length === 0 ? card : withMissed(card, missed);
  }

  async function missedBy(actor: Visit): Promise<Block[]> {
    const missed: Block[] = [];
    for (const notice of await store.outbox.takeUnreachable(actor.memberId, MISSED_SHOWN)) {
      const request = isWorded(notice) ? await store.outbox.subject(notice) : null;
      const told = request && isWorded(notice) ? cardFor(notice, request, clock.now(), links) : null;
      if (told) missed.push(text({ bold: told.title }), ...told.blocks);
    }
    return missed;
  }

  function refused(error: unknown, log: Log, by: Visitor): Done {
    if (error instanceof UserError) {
      const fields =
        error.code === 'invalid_input' ? (error as UserError<'invalid_input'>).detail.fields : [];
      return { ok: false, card: refusalCard(error, by.roleNames), problems: fields, outcome: error.code };
    }
    const reference = randomId().slice(0, 8);
    log.error({ err: error, reference }, 'A use-case failed');
    metrics.failed('intent');
    return { ok: false, card: faultCard(reference), outcome: 'failed' };
  }

  /** One line a deed, by which its way can be followed: intent id → deed → request → the notices because of it. */
  async function perform(intent: Intent, by: Visitor): Promise<Answer> {
    const began = performance.now();
    const deed = nameBasedId(`${by.platform} ${intent.id}`, DEEDS);
    // What comes from outside names nothing here, unless we know it.
    const name = Object.hasOwn(routes, intent.name) ? intent.name : 'unknown';
    const log = parts.log.child({ platform: by.platform, intent: name, intentId: intent.id, deed });
    let locale = localeOf(by, { language });
    const met = (actor: Visit) => {
      locale = localeOf(actor, { language: languageIn(actor.settings, language) });
    };
    const done = await run(intent, by, deed, met).catch((error: unknown) => refused(error, log, by));
    const ms = performance.now() - began;
    metrics.intent(name, done.outcome, ms);
    const requestId = done.requestId ?? intent.args.requestId;
    log.info({ requestId, outcome: done.outcome, ms: Math.round(ms) }, 'An intent was performed');
    return answerIn(locale, done);
  }

  /** Runs something about drafts in a person's name; `otherwise` when it cannot be done. */
  async function withDrafts<Result>(by: Visitor, otherwise: Result, act: (actor: Visit) => Promise<Result>) {
    try {
      const actor = await actorOf(by);
      return actor ? await act(actor) : otherwise;
    } catch (error) {
      if (!(error instanceof UserError)) parts.log.error({ err: error }, 'A draft could not be kept or read');
      return otherwise;
    }
  }

  return {
    commands,
    language,
    shortcuts,
    form: (name, args) => {
      const route = routes[name];
      return route && 'opens' in route ? withInitials(route.opens(args), args) : null;
    },
    formFor: (submitIntent, args) => {
      const open = Object.values(routes).find(
        (route) => 'opens' in route && route.opens({}).intent === submitIntent,
      );
      return open && 'opens' in open ? withInitials(open.opens(args), args) : null;
    },
    perform,
    keepDraft: (by, draft) =>
      withDrafts(by, null, (actor) => store.drafts.keep(actor, withoutNul(draft), clock.now())),
    replaceDraft: (by, id, draft) =>
      withDrafts(by, undefined, (actor) => store.drafts.replace(actor, id, withoutNul(draft), clock.now())),
    draft: (by, id) => withDrafts(by, null, (actor) => store.drafts.get(actor, id, clock.now())),
    dropDraft: (by, id) => withDrafts(by, undefined, (actor) => store.drafts.drop(actor, id)),
    zoneOf: (by) => withDrafts(by, null, async (actor) => actor.timeZone),
    usualZone: (by) => withDrafts(by, null, async (actor) => actor.settings.timeZone),
    meet: async (by) => void (await actorOf(by)),
    suggestTags: (by, typed, most) =>
      lookUp(by, suggestTags, { typed, most }, typed.trim() ? [typed.trim()] : []),
    async expectation(by) {
      const expectation = await lookUp(by, getExpectation, {}, null);
      return expectation && expectationWords(expectation);
    },
    announce: (space) => store.directory.ensureSpace(space, parts.community, followTo(clock.now())),
    settingsOf: (space) => store.directory.chosenIn(space),
    greets: (space, joinedAt) => store.directory.greets(space, joinedAt, clock.now()),
    greetAgain: (space) => store.directory.greetAgain(space),
    now: () => clock.now(),
  };
}

/** What became of an intent, also for the log and the metrics. */
interface Done {
  ok: boolean;
  card: Card;
  /** What is wrong with fields of the form, when it is about one. */
  problems?: FieldProblem[];
  /** `done`, `failed`, or why it was refused. */
  outcome: string;
  /** The request that it made, or was about. */
  requestId?: string | undefined;
}

const idOf = (result: unknown): string | undefined =>
  typeof result === 'object' && result !== null && 'id' in result ? String(result.id) : undefined;

/** The one place where answers find the language of the person. */
function answerIn(locale: Locale, { ok, card, problems = [] }: Done): Answer {
  const spoken = inLanguage(card, locale);
  if (ok) return { ok, card: spoken };
  const sentences = problems.map((problem) => [problem.field, worded(fieldSentence(problem), locale)]);
  return { ok, card: spoken, fieldProblems: Object.fromEntries(sentences) };
}

/** Args that are named like fields become what the fields begin with; the others ride along. */
function withInitials(form: Form, args: Record<string, string>): Form {
  const names = new Set(form.fields.map((field) => field.name));
  return {
    ...form,
    args: Object.fromEntries(Object.entries(args).filter(([name]) => !names.has(name))),
    fields: form.fields.map((field) => {
      const initial = args[field.name];
      if (initial === undefined) return field;
      if (field.field === 'choice') {
        return field.choices.some(({ value }) => value === initial) ? { ...field, initial } : field;
      }
      if (field.field === 'text') return { ...field, initial };
      if (field.field === 'tags') return { ...field, initial: [initial] };
      return field;
    }),
  };
}
