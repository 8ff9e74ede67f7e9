import { z } from 'zod';
import { after, MINUTE } from '../../core/time.ts';
import type { Peephole } from '../../store/peek.ts';
import type { ChildBot } from '../bot.ts';
import type { MovableClock } from '../movable-clock.ts';
import type { World } from '../world.ts';
import type { Switchboard } from './switches.ts';
import type { Tour } from './tour.ts';
import type { Act } from './wire.ts';

const Text = z.string().max(10_000);
const Value = z.union([Text, z.array(Text).max(100)]);
const Platform = z.enum(['slack', 'discord']);
const person = Text;

/** What a page may ask for. Anything else is refused before it reaches the world. */
export const ActSchema: z.ZodType<Act> = z.union([
  z.object({
    act: z.literal('type'),
    platform: Platform,
    person,
    place: Text,
    command: Text,
    options: z.record(Text, Text),
  }),
  z.object({
    act: z.literal('use'),
    platform: z.literal('slack'),
    person,
    thing: Text,
    block: Text,
    action: Text,
    value: Value.optional(),
  }),
  z.object({
    act: z.literal('use'),
    platform: z.literal('discord'),
    person,
    message: Text,
    customId: Text,
    values: z.array(Text).max(100).optional(),
  }),
  z.object({ act: z.literal('fill'), platform: Platform, person, values: z.record(Text, Value) }),
  z.object({ act: z.literal('close-form'), platform: Platform, person }),
  z.object({ act: z.literal('open-home'), person }),
  z.object({
    act: z.literal('move-clock'),
    to: z.union([
      z.object({ minutes: z.number().int().min(1).max(100_000) }),
      z.enum(['next-due', 'next-expiry']),
    ]),
  }),
  z.object({ act: z.literal('switch'), what: z.literal('bot'), to: z.enum(['running', 'killed']) }),
  z.object({ act: z.literal('switch'), what: Platform, to: z.enum(['connected', 'cut']) }),
  z.object({
    act: z.literal('switch'),
    what: z.literal('google'),
    to: z.enum(['works', 'refuses', 'slow']),
  }),
  z.object({ act: z.literal('switch'), what: z.literal('dms'), person, to: z.enum(['open', 'closed']) }),
  z.object({ act: z.literal('play-next') }),
]) as z.ZodType<Act>;

export interface Stage {
  world: World;
  bot: ChildBot;
  clock: MovableClock;
  peephole: Peephole;
  switchboard: Switchboard;
  tour: Tour;
}

/**
 * Does what somebody at the page asked for; resolves when it is done.
 * @throws Error in words for them, when it cannot be done
 */
export async function perform(stage: Stage, act: Act): Promise<void> {
  const { world, switchboard, tour } = stage;
  switch (act.act) {
    case 'type': {
      const who = someone(world, act.platform, act.person);
      who.goesTo(act.place);
      return who.types(act.command, act.options);
    }
    case 'use':
      return act.platform === 'slack'
        ? one(world.people.slack, act.person).uses(act.thing, act.block, act.action, act.value)
        : one(world.people.discord, act.person).uses(act.message, act.customId, act.values);
    case 'fill':
      return someone(world, act.platform, act.person).fills(act.values);
    case 'close-form':
      return someone(world, act.platform, act.person).closesForm();
    case 'open-home':
      return one(world.people.slack, act.person).opensHome();
    case 'move-clock':
      return moveClock(stage, act.to);
    case 'switch':
      return switchboard.flip(act);
    case 'play-next':
      return tour.playNext();
  }
}

function one<P extends { userId: string }>(people: Record<string, P>, id: string): P {
  const found = Object.values(people).find(({ userId }) => userId === id);
  if (!found) throw new Error('There is nobody of that id here. Reload the page.');
  return found;
}

const someone = (world: World, platform: 'slack' | 'discord', id: string) =>
  platform === 'slack' ? one(world.people.slack, id) : one(world.people.discord, id);

async function moveClock(
  { bot, clock, peephole }: Stage,
  to: Extract<Act, { act: 'move-clock' }>['to'],
): Promise<void> {
  const now = clock.now();
  if (typeof to === 'object') return bot.moveTo(after(now, to.minutes * MINUTE));
  const instant = to === 'next-due' ? await peephole.nextDue(now) : await peephole.nextExpiry(now);
  if (!instant) {
    throw new Error(
      to === 'next-due'
        ? 'Nothing waits for a time now. Ask for a session first.'
        : 'No request waits for a mentor now, so none can expire.',
    );
  }
  // A second later, so that it is due and not just about to be.
  return bot.moveTo(after(instant, 1_000));
}
