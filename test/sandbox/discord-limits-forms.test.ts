import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { button, codes, many, option, row, select, text, x } from './discord-bodies.ts';
import { raw, sandbox } from './discord-bot.ts';

/** Everything that Discord refuses in forms and commands, tried one by one, each beside something that it accepts. */

let box: Awaited<ReturnType<typeof sandbox>>;
let discord: DiscordStandIn;
let ada: DiscordPerson;

beforeAll(async () => {
  box = await sandbox({ bucketLimit: 10_000 });
  discord = box.discord;
  ada = discord.addUser({ name: 'Ada', timeZone: 'UTC' });
});
afterAll(async () => {
  await box.end();
});

const post = (body: unknown) => raw(discord, 'POST', `/channels/${discord.generalId}/messages`, body);

describe('forms', () => {
  const input = (extra: object = {}) => ({ type: 4, custom_id: 'i', style: 1, ...extra });
  const label = (component: unknown, extra: object = {}) => ({ type: 18, label: 'L', component, ...extra });
  const modal = (...components: unknown[]) => ({ custom_id: 'm', title: 'T', components });
  const inputs = (count: number) => many(count, (i) => label(input({ custom_id: `i${i}` })));

  /** Opens a form in answer to a press and tells what Discord thinks of it. */
  async function open(data: object) {
    await post({ content: 'card', components: [row(button({ label: 'Open' }))] });
    const client = await box.bot();
    const interaction = new Promise<{ id: string; token: string }>((resolve) =>
      client.once('interactionCreate', resolve),
    );
    const pressing = ada.presses('Open');
    const { id, token } = await interaction;
    const answer = await raw(discord, 'POST', `/interactions/${id}/${token}/callback`, { type: 9, data });
    if (answer.status !== 204)
      await raw(discord, 'POST', `/interactions/${id}/${token}/callback`, { type: 6 });
    await pressing;
    await client.destroy();
    return answer;
  }

  it.each<[string, object]>([
    ['five labels', modal(...inputs(5))],
    [
      'a full text input',
      modal(
        label(
          input({ min_length: 0, max_length: 4000, value: x(4000), placeholder: x(100), required: false }),
        ),
      ),
    ],
    ['a legacy row', modal(row(input({ label: x(45) })))],
    [
      'a select, words, choices',
      modal(
        label(select(), { description: x(100) }),
        text('words'),
        label({ type: 21, custom_id: 'r', options: many(2, (i) => option({ value: `${i}` })) }),
      ),
    ],
    ['an optional select', modal(label(select({ required: false, min_values: 0 })))],
  ])('%s: accepted', async (_, data) => {
    expect(await open(data)).toMatchObject({ status: 204 });
  });

  it.each<[string, object, string]>([
    ['no components', modal(), 'components BASE_TYPE_BAD_LENGTH'],
    ['six components', modal(...inputs(6)), 'components BASE_TYPE_BAD_LENGTH'],
    ['a title over 45', { ...modal(...inputs(1)), title: x(46) }, 'title BASE_TYPE_BAD_LENGTH'],
    ['a blank title', { ...modal(...inputs(1)), title: ' ' }, 'title BASE_TYPE_REQUIRED'],
    ['no custom_id', { ...modal(...inputs(1)), custom_id: undefined }, 'custom_id BASE_TYPE_REQUIRED'],
    ['a custom_id over 100', { ...modal(...inputs(1)), custom_id: x(101) }, 'custom_id BASE_TYPE_BAD_LENGTH'],
    [
      'an input without custom_id',
      modal(label(input({ custom_id: undefined }))),
      'components.0.component.custom_id COMPONENT_CUSTOM_ID_REQUIRED',
    ],
    ['a custom_id twice', modal(label(input()), label(input())), 'components COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['a label over 45', modal(label(input(), { label: x(46) })), 'components.0.label BASE_TYPE_BAD_LENGTH'],
    [
      'a label description over 100',
      modal(label(input(), { description: x(101) })),
      'components.0.description BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label without component',
      modal({ type: 18, label: 'L' }),
      'components.0.component BASE_TYPE_REQUIRED',
    ],
    ['a bare input', modal(input({ label: 'L' })), 'components.0.type UNION_TYPE_CHOICES'],
    ['a select in a row', modal(row(select())), 'components.0.components.0.type UNION_TYPE_CHOICES'],
    ['a button', modal(row(button())), 'components.0.components.0.type UNION_TYPE_CHOICES'],
    [
      'two inputs in a row',
      modal(row(input({ label: 'L' }), input({ label: 'L', custom_id: 'j' }))),
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a legacy input without label',
      modal(row(input())),
      'components.0.components.0.label BASE_TYPE_REQUIRED',
    ],
    [
      'a value over 4000',
      modal(label(input({ value: x(4001) }))),
      'components.0.component.value BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a value over its own maximum',
      modal(label(input({ value: x(11), max_length: 10 }))),
      'components.0.component.value BASE_TYPE_MAX_LENGTH',
    ],
    [
      'min_length below 0',
      modal(label(input({ min_length: -1 }))),
      'components.0.component.min_length NUMBER_TYPE_MIN',
    ],
    [
      'max_length of 0',
      modal(label(input({ max_length: 0 }))),
      'components.0.component.max_length NUMBER_TYPE_MIN',
    ],
    [
      'max_length over 4000',
      modal(label(input({ max_length: 4001 }))),
      'components.0.component.max_length NUMBER_TYPE_MAX',
    ],
    [
      'min_length over max_length',
      modal(label(input({ min_length: 5, max_length: 4 }))),
      'components.0.component.min_length BASE_TYPE_BAD_RANGE',
    ],
    [
      'an input placeholder over 100',
      modal(label(input({ placeholder: x(101) }))),
      'components.0.component.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an input style of 3',
      modal(label(input({ style: 3 }))),
      'components.0.component.style BASE_TYPE_CHOICES',
    ],
    [
      'a disabled select',
      modal(label(select({ disabled: true }))),
      'components.0.component.disabled COMPONENT_DISABLED_IN_MODAL',
    ],
    [
      'a required select of at least 0',
      modal(label(select({ min_values: 0 }))),
      'components.0.component.min_values COMPONENT_REQUIRED_MIN_VALUES',
    ],
    [
      'a radio group of one',
      modal(label({ type: 21, custom_id: 'r', options: [option()] })),
      'components.0.component.options BASE_TYPE_BAD_LENGTH',
    ],
  ])('%s: refused', async (_, data, code) => {
    const answer = await open(data);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(codes((answer.body.errors as { data: unknown }).data)).toContain(code);
  });
});

describe('commands', () => {
  const put = (commands: unknown) =>
    raw(discord, 'PUT', `/applications/${discord.applicationId}/commands`, commands);
  const command = (extra: object = {}) => ({ name: 'ask', description: 'Ask', ...extra });
  const given = (extra: object = {}) => ({ type: 3, name: 'what', description: 'What', ...extra });

  it.each<[string, unknown, string]>([
    ['a name with a capital', [command({ name: 'Ask' })], '0.name APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a space', [command({ name: 'ask me' })], '0.name APPLICATION_COMMAND_INVALID_NAME'],
    ['a name over 32', [command({ name: x(33) })], '0.name BASE_TYPE_BAD_LENGTH'],
    ['no name', [{ description: 'x' }], '0.name BASE_TYPE_REQUIRED'],
    ['no description', [{ name: 'ask' }], '0.description BASE_TYPE_REQUIRED'],
    ['a description over 100', [command({ description: x(101) })], '0.description BASE_TYPE_BAD_LENGTH'],
    [
      '26 options',
      [command({ options: many(26, (i) => given({ name: `o${i}` })) })],
      '0.options BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an option twice',
      [command({ options: [given(), given()] })],
      '0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'an option of no known type',
      [command({ options: [given({ type: 99 })] })],
      '0.options.0.type BASE_TYPE_CHOICES',
    ],
    [
      'a required option after an optional one',
      [command({ options: [given(), given({ name: 'b', required: true })] })],
      '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      '26 choices',
      [command({ options: [given({ choices: many(26, (i) => ({ name: `${i}`, value: `${i}` })) })] })],
      '0.options.0.choices BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a choice over 100',
      [command({ options: [given({ choices: [{ name: x(101), value: 'v' }] })] })],
      '0.options.0.choices.0.name BASE_TYPE_BAD_LENGTH',
    ],
    [
      'choices and autocomplete',
      [command({ options: [given({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      '0.options.0 APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
    ],
    [
      'a subcommand beside an option',
      [command({ options: [given({ type: 1, name: 'sub' }), given()] })],
      '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    ['the same name twice', [command(), command()], '1 APPLICATION_COMMANDS_DUPLICATE_NAME'],
    [
      'more than 8000 characters',
      [
        command({
          options: many(25, (i) =>
            given({ name: `o${i}`, choices: many(25, (j) => ({ name: `${j}`, value: x(20) })) }),
          ),
        }),
      ],
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('%s: refused', async (_, commands, code) => {
    const answer = await put(commands);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(codes(answer.body.errors)).toContain(code);
  });

  it('are replaced by a PUT, and keep their ids', async () => {
    const first = (await put([command(), command({ name: 'old' })])).body as unknown as { id: string }[];
    const second = (await put([command({ description: 'Ask again' })])).body as unknown as { id: string }[];
    expect(second[0]?.id).toBe(first[0]?.id);
    expect(discord.commands()).toMatchObject([{ name: 'ask', description: 'Ask again' }]);
    const path = `/applications/${discord.applicationId}/guilds/${discord.guildId}/commands`;
    expect((await raw(discord, 'POST', path, command({ name: 'here' }))).status).toBe(201);
    expect((await raw(discord, 'POST', path, command({ name: 'here' }))).status).toBe(200);
    expect((await raw(discord, 'GET', path)).body).toMatchObject([
      { name: 'here', guild_id: discord.guildId },
    ]);
    expect(await raw(discord, 'PATCH', `${path}/123`, {})).toMatchObject({
      status: 404,
      body: { code: 10063 },
    });
    await expect(ada.types('ask', {})).resolves.toBeUndefined();
  });

  it('with subcommands cannot be used bare', async () => {
    const sub = { type: 1, name: 'open', description: 'Open ones', options: [given({ required: true })] };
    await put([command({ name: 'mentor', options: [sub] })]);
    await expect(ada.types('mentor')).rejects.toThrow('cannot be used bare; it has the subcommands: open');
    await expect(ada.types('mentor open')).rejects.toThrow('needs the option "what"');
    const client = await box.bot();
    const data = new Promise<unknown>((resolve) =>
      client.once('interactionCreate', (i) => {
        if (!i.isChatInputCommand()) return;
        resolve([i.options.getSubcommand(), i.options.getString('what')]);
        void i.reply('ok');
      }),
    );
    await ada.types('mentor open', { what: 'all' });
    expect(await data).toEqual(['open', 'all']);
  });
});
