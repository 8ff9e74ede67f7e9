import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from '../bot.ts';
import type { MovableClock } from '../movable-clock.ts';
import type { Person, Place } from '../person.ts';
import { story } from '../story.ts';
import type { World } from '../world.ts';
import type { TourAct, TourState } from './wire.ts';

export interface Tour {
  state(): TourState;
  /** Plays the next step. @throws Error when one is being played, or none is left */
  playNext(): Promise<void>;
}

/** How long the page shows what is about to be filled in or was done, in milliseconds at pace 1. */
const SHOWN = { types: 500, fills: 1_400, presses: 700, sees: 900 };

/**
 * The story, step by step, with everything that its people do told to whoever watches.
 * @param pace how slowly people act: 1 to be watched, 0 as fast as they can
 */
export function createTour(
  parts: { world: World; bot: Bot; clock: MovableClock; pace: number },
  changed: () => void,
): Tour {
  const { world, bot, clock, pace } = parts;
  const acts: TourAct[] = [];
  let current = -1;
  const tell = async (who: Person, what: Partial<TourAct> & { words: string }, ms: number) => {
    acts.push({ n: acts.length + 1, step: current, platform: who.platform, person: who.userId, ...what });
    changed();
    if (pace > 0) await delay(ms * pace);
  };
  const steps = story(watched(world, tell), bot, clock);
  const state: TourState['steps'] = steps.map(({ says }) => ({ says, state: 'todo' }));

  return {
    state: () => ({ steps: state, acts: acts.slice(-40) }),
    async playNext() {
      if (state.some((step) => step.state === 'doing')) throw new Error('A step is being played already.');
      const next = state.findIndex((step) => step.state !== 'done');
      const step = steps[next];
      if (!step)
        throw new Error('The story is over. Everything on this page still works; go on by yourself.');
      current = next;
      state[next] = { says: step.says, state: 'doing' };
      changed();
      try {
        await putFormsAway(world);
        await step.does();
        state[next] = { says: step.says, state: 'done' };
      } catch (error) {
        state[next] = {
          says: step.says,
          state: 'failed',
          why: error instanceof Error ? error.message : String(error),
        };
      }
      changed();
    },
  };
}

/** Whoever played before may have left a form open, which would be in the way. */
async function putFormsAway(world: World): Promise<void> {
  for (const person of Object.values(world.people.slack))
    if (person.screen().modal) await person.closesForm();
  for (const person of Object.values(world.people.discord))
    if (person.screen().form) await person.closesForm();
}

type Tell = (who: Person, what: Partial<TourAct> & { words: string }, ms: number) => Promise<void>;

/** The same world, with people who tell what they do. */
function watched(world: World, tell: Tell): World {
  const all = <People extends Record<string, Person>>(people: People): People =>
    Object.fromEntries(
      Object.entries(people).map(([role, person]) => [role, telling(person, tell)]),
    ) as People;
  return { ...world, people: { slack: all(world.people.slack), discord: all(world.people.discord) } };
}

function telling<P extends Person>(person: P, tell: Tell): P {
  const { name } = person;
  return {
    ...person,
    async types(command, options) {
      const words = [
        `/${command}`,
        ...Object.entries(options ?? {}).map(([key, value]) => `${key}:${value}`),
      ];
      await tell(person, { words: `${name} types ${words.join(' ')}` }, SHOWN.types);
      await person.types(command, options);
    },
    async fills(values) {
      await person.form();
      await tell(person, { words: `${name} fills in the form and sends it`, fills: values }, SHOWN.fills);
      await person.fills(values);
    },
    async presses(label, within) {
      const at = whereIs(person, (seen) => seen.buttons.includes(label) && says(seen.text, within));
      await tell(person, { words: `${name} presses ${label}`, ...at }, SHOWN.presses);
      await person.presses(label, within);
    },
    async sees(text, where, timeoutMs) {
      const seen = await person.sees(text, where, timeoutMs);
      const first = seen.text.split('\n')[0] ?? '';
      const at = { place: where, channel: seen.channel, message: seen.id };
      await tell(person, { words: `${name} sees “${first.slice(0, 80)}”`, at }, SHOWN.sees);
      return seen;
    },
  };
}

type Seen = ReturnType<Person['sight']>[number];

/** The newest thing in sight that fits. */
function whereIs(person: Person, fits: (seen: Seen) => boolean): Pick<TourAct, 'at'> {
  for (const place of ['private', 'dm', 'channel'] satisfies Place[]) {
    const seen = person.sight(place).findLast(fits);
    if (seen) return { at: { place, channel: seen.channel, message: seen.id } };
  }
  return {};
}

const says = (text: string, wanted: string | RegExp | undefined): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
