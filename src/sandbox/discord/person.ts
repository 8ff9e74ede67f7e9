import type { Person, Place, SeenForm, SeenMessage } from '../person.ts';
import { kind } from './check-components.ts';
import { asList, isObject, type Json } from './checks.ts';
import { commandData, findCommand, findMessageCommand, messageCommandData } from './commands.ts';
import type { Delivery } from './delivery.ts';
import { checkForm, fillForm, seenForm, submission } from './forms.ts';
import { answered, type Deed, interact } from './interactions.ts';
import { putMessage } from './messages.ts';
import { type DiscordScreen, screenOf } from './screen.ts';
import { buttonLabel, everyShown, everythingInSight, pressable, type Sighting, sightings } from './sight.ts';
import {
  type Channel,
  canSee,
  dmWith,
  type Interaction,
  type Message,
  type OpenForm,
  type User,
  until,
  type World,
} from './world.ts';

/** Real milliseconds that a person waits for something to appear. */
const PATIENCE_MS = 10_000;

/** A person at the Discord stand-in, with what only Discord has. */
export interface DiscordPerson extends Person {
  readonly platform: 'discord';
  /** Goes to another channel: commands are typed there from now on. At first a person is in the first channel they see. */
  goesTo(channelId: string): void;
  /** Goes to the direct messages with the bot: commands are typed there from now on. */
  goesToDm(): void;
  /** Presses the button only among direct messages. */
  pressesInDm(label: string, within?: string | RegExp): Promise<void>;
  /** Sends the person's last interaction once more, under the same id. A bot may well leave it unanswered. */
  pressAgain(): Promise<void>;
  /** Chooses options, by their words, in the newest select menu in sight that has them all. */
  selects(options: string | string[], within?: string | RegExp): Promise<void>;
  /** Their screen, for a client to draw. */
  screen(): DiscordScreen;
  /**
   * Uses the button or menu with this custom id in this message.
   * @param values what was chosen in a menu, by the options' values
   * @throws Error when it is not there any more
   */
  uses(messageId: string, customId: string, values?: string[]): Promise<void>;
  /** What the app offers while this is being typed into the option. A name given to `types` later is sent as its value. */
  autocomplete(
    command: string,
    option: string,
    typed: string,
  ): Promise<{ name: string; value: string | number }[]>;
}

export function personAt(world: World, delivery: Delivery, user: User): DiscordPerson {
  let place: Channel | undefined;
  let last: Interaction | undefined;
  const offered = new Map<string, { name: string; value: string | number }[]>();

  const here = (): Channel => {
    const first = [...world.channels.values()].find((c) => c.type === 0 && canSee(world, user, c));
    const channel = place ?? first;
    if (!channel) throw new Error(`${user.name} sees no channel to type in.`);
    return channel;
  };
  const act = async (deed: Omit<Deed, 'user'>): Promise<Interaction> => {
    const interaction = interact(world, delivery, { ...deed, user });
    last = interaction;
    await answered(world, interaction);
    return interaction;
  };
  const openForm = (): OpenForm | undefined => world.forms.get(user.id);
  const waitForForm = (): Promise<OpenForm> =>
    until(
      world,
      openForm,
      PATIENCE_MS,
      () => `No form opened for ${user.name}. ${inSight(everythingInSight(world, user))}`,
    );

  const use = async (message: Message, component: Json, values?: string[]): Promise<void> => {
    const channel = world.channels.get(message.channelId);
    if (!channel) throw new Error(`The channel of the message is gone.`);
    const data = {
      custom_id: component.custom_id,
      component_type: component.type,
      id: component.id,
      ...(values ? { values } : {}),
    };
    await act({ type: 3, channel, data, message });
  };
  const press = async (among: () => Sighting[], label: string, within?: string | RegExp): Promise<void> => {
    for (const sighting of among().reverse()) {
      const { message } = sighting;
      const button = everyShown(message?.components).find((c) => pressable(c) && buttonLabel(c) === label);
      if (message && button && (within === undefined || says(sighting.seen, within)))
        return use(message, button);
    }
    throw new Error(
      `${user.name} has no button "${label}"${within ? ` in "${within}"` : ''} to press. ${inSight(among())}`,
    );
  };

  return {
    name: user.name,
    platform: 'discord',
    userId: user.id,
    timeZone: user.timeZone,
    goesTo(channelId) {
      const channel = world.channels.get(channelId);
      if (!channel || !canSee(world, user, channel))
        throw new Error(`${user.name} cannot see the channel ${channelId}.`);
      place = channel;
    },
    goesToDm() {
      place = dmWith(world, user.id);
    },
    async types(command, options = {}) {
      const typed = findCommand(world, user, here(), command);
      const given = Object.fromEntries(
        Object.entries(options).map(([name, text]) => {
          const picked = offered.get(`${command} ${name}`)?.find((choice) => choice.name === text);
          return [name, picked ? String(picked.value) : text];
        }),
      );
      await act({ type: 2, channel: here(), data: commandData(world, typed, given) });
    },
    async writes(text) {
      return putMessage(world, here().id, { content: text }, { authorId: user.id }).id;
    },
    async picks(entry, text) {
      const found = sightings(world, user, 'channel').findLast(({ seen }) => says(seen, text))?.message;
      const channel = found && world.channels.get(found.channelId);
      if (!channel) throw new Error(`${user.name} sees no message "${text}" in a channel.`);
      const command = findMessageCommand(world, user, channel, entry);
      await act({ type: 2, channel, data: messageCommandData(world, command, found) });
    },
    async autocomplete(command, option, text) {
      const typed = findCommand(world, user, here(), command);
      if (!typed.options.find((o) => o.name === option)?.autocomplete) {
        throw new Error(`The option "${option}" of /${command} completes nothing.`);
      }
      const interaction = await act({
        type: 4,
        channel: here(),
        data: commandData(world, typed, { [option]: text }, option),
      });
      const choices = (interaction.choices ?? []) as { name: string; value: string | number }[];
      offered.set(`${command} ${option}`, choices);
      return choices;
    },
    async form(): Promise<SeenForm> {
      return seenForm(world, await waitForForm());
    },
    async fills(values) {
      const form = await waitForForm();
      fillForm(world, form, values);
      if (!checkForm(form)) return world.changed();
      const channel = world.channels.get(form.interaction.channelId);
      if (!channel) throw new Error('The channel of the form is gone.');
      const source = world.messages.get(form.interaction.sourceId ?? '');
      const interaction = interact(world, delivery, {
        type: 5,
        user,
        channel,
        data: submission(world, form),
        ...(source ? { message: source } : {}),
      });
      form.submission = interaction.id;
      last = interaction;
      await answered(world, interaction);
    },
    async closesForm() {
      await waitForForm();
      world.forms.delete(user.id);
      world.changed();
    },
    presses: (label, within) => press(() => everythingInSight(world, user), label, within),
    pressesInDm: (label, within) => press(() => sightings(world, user, 'dm'), label, within),
    async pressesOld(messageId, label) {
      const message = world.messages.get(messageId);
      if (!message) throw new Error(`There is no message ${messageId}.`);
      for (const components of [message.components, ...[...message.history].reverse()]) {
        const button = everyShown(components).find((c) => pressable(c) && buttonLabel(c) === label);
        if (button) return use({ ...message, components }, button);
      }
      throw new Error(`The message ${messageId} never had a button "${label}".`);
    },
    async pressAgain() {
      const again = last;
      if (!again) throw new Error(`${user.name} has done nothing yet that could be delivered twice.`);
      delivery.sendAgain(again);
    },
    screen: () => screenOf(world, user),
    async uses(messageId, customId, values) {
      const message = everythingInSight(world, user).find((s) => s.message?.id === messageId)?.message;
      const component = everyShown(message?.components).find(
        (c) => c.custom_id === customId && c.disabled !== true,
      );
      if (!message || !component) throw new Error('That is not there any more.');
      await use(message, component, values);
    },
    async selects(options, within) {
      const wanted = [options].flat();
      for (const { message, seen } of everythingInSight(world, user).reverse()) {
        if (!message || (within !== undefined && !says(seen, within))) continue;
        for (const select of everyShown(message.components).filter(
          (c) => c.type === kind.select && !c.disabled,
        )) {
          const found = asList(select.options).filter(
            (o): o is Json => isObject(o) && wanted.includes(String(o.label)),
          );
          if (found.length === wanted.length)
            return use(
              message,
              select,
              found.map((o) => String(o.value)),
            );
        }
      }
      throw new Error(
        `${user.name} has no select menu with ${wanted.join(', ')}. ${inSight(everythingInSight(world, user))}`,
      );
    },
    async sees(text, where, timeoutMs = PATIENCE_MS): Promise<SeenMessage> {
      const look = (): SeenMessage | undefined =>
        sightings(world, user, where)
          .reverse()
          .find((sighting) => says(sighting.seen, text))?.seen;
      return until(world, look, timeoutMs, () => {
        return `${user.name} does not see "${text}" (${where}) within ${timeoutMs} ms. ${inSight(sightings(world, user, where))}`;
      });
    },
    sight: (where: Place) => sightings(world, user, where).map(({ seen }) => seen),
  };
}

function says(seen: SeenMessage, text: string | RegExp): boolean {
  return typeof text === 'string'
    ? seen.text.includes(text)
    : new RegExp(text.source, text.flags.replace('g', '')).test(seen.text);
}

/** The newest things in sight, for error messages. */
function inSight(all: Sighting[]): string {
  if (all.length === 0) return 'Nothing is in sight.';
  const lines = all.slice(-20).map(({ seen }) => {
    const words = seen.text.replaceAll('\n', ' / ').slice(0, 200);
    return `- ${words}${seen.buttons.map((label) => ` [${label}]`).join('')}`;
  });
  return `In sight, the newest last:\n${lines.join('\n')}`;
}
