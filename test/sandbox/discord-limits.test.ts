import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { limits } from '../../src/sandbox/discord/limits.ts';
import { raw, sandbox } from './discord-bot.ts';

/** Everything that Discord refuses, tried one by one, each beside something that it accepts. */

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

const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const button = (extra: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...extra });
const numbered = (i: number) => button({ custom_id: `go:${i}` });
const link = (extra: object = {}) => ({
  type: 2,
  style: 5,
  label: 'Go',
  url: 'https://example.org',
  ...extra,
});
const option = (extra: object = {}) => ({ label: 'One', value: '1', ...extra });
const select = (extra: object = {}) => ({ type: 3, custom_id: 's', options: [option()], ...extra });
const row = (...components: unknown[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const rows = (...components: unknown[]) => ({ content: 'x', components: components.map((c) => row(c)) });
const v2 = (...components: unknown[]) => ({ flags: 1 << 15, components });
const embed = (extra: object) => ({ embeds: [{ title: 'T', ...extra }] });

/** Every code in a nested error body, with its path. */
function codes(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map((e) => `${path.slice(1)} ${e.code}`)
      : codes(value, `${path}.${key}`),
  );
}

const post = (body: unknown) => raw(discord, 'POST', `/channels/${discord.generalId}/messages`, body);

describe('messages', () => {
  it.each<[string, object]>([
    ['2000 characters', { content: x(2000) }],
    [
      'five rows of five buttons',
      { components: many(5, (r) => row(...many(5, (i) => numbered(r * 5 + i)))) },
    ],
    [
      'a full select',
      rows(
        select({
          placeholder: x(150),
          options: many(25, (i) => option({ value: `${i}`, label: x(100), description: x(100) })),
        }),
      ),
    ],
    ['40 components', v2(...many(39, () => text('x')), text('y'))],
    [
      'a card',
      v2({ type: 17, accent_color: 1, components: [text(x(4000)), { type: 14 }, row(numbered(1), link())] }),
    ],
    ['a section', v2({ type: 9, components: [text('a')], accessory: button() })],
    ['an embed', embed({ description: x(4096), fields: [{ name: 'n', value: 'v' }] })],
    ['a nonce', { content: 'x', nonce: x(25) }],
    ['only an emoji on a button', rows({ type: 2, style: 2, custom_id: 'e', emoji: { name: '👋' } })],
    ['careful mentions', { content: '@everyone', allowed_mentions: { parse: ['users'], roles: ['1'] } }],
  ])('%s: accepted', async (_, body) => {
    expect(codes((await post(body)).body.errors)).toEqual([]);
    expect((await post(body)).status).toBe(200);
  });

  it.each<[string, object, string]>([
    ['content over 2000', { content: x(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
    ['content that is no text', { content: { a: 1 } }, 'content STRING_TYPE_CONVERT'],
    ['a nonce over 25', { content: 'x', nonce: x(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
    ['six rows', rows(...many(6, numbered)), 'components BASE_TYPE_MAX_LENGTH'],
    [
      'six buttons in a row',
      { components: [row(...many(6, numbered))] },
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    ['an empty row', { components: [row()] }, 'components.0.components BASE_TYPE_BAD_LENGTH'],
    [
      'a select beside a button',
      { components: [row(select(), button())] },
      'components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a button outside a row',
      { content: 'x', components: [button()] },
      'components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a button label over 80',
      rows(button({ label: x(81) })),
      'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a button without words',
      rows(button({ label: undefined })),
      'components.0.components.0.label BUTTON_COMPONENT_LABEL_REQUIRED',
    ],
    [
      'a button without custom_id',
      rows(button({ custom_id: undefined })),
      'components.0.components.0.custom_id COMPONENT_CUSTOM_ID_REQUIRED',
    ],
    [
      'a custom_id over 100',
      rows(button({ custom_id: x(101) })),
      'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    ['a custom_id twice', rows(button(), button()), 'components COMPONENT_CUSTOM_ID_DUPLICATED'],
    [
      'a link with custom_id',
      rows(link({ custom_id: 'a' })),
      'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    ],
    [
      'a link without url',
      rows(link({ url: undefined })),
      'components.0.components.0.url BASE_TYPE_REQUIRED',
    ],
    [
      'a link to nowhere',
      rows(link({ url: 'nowhere' })),
      'components.0.components.0.url URL_TYPE_INVALID_URL',
    ],
    [
      'a link to a script',
      rows(link({ url: 'javascript:alert(1)' })),
      'components.0.components.0.url URL_TYPE_INVALID_SCHEME',
    ],
    [
      'a url over 512',
      rows(link({ url: `https://x.org/${x(500)}` })),
      'components.0.components.0.url BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a url on an ordinary button',
      rows(button({ url: 'https://x.org' })),
      'components.0.components.0.url BUTTON_COMPONENT_INVALID_STYLE_FOR_URL',
    ],
    ['a button style of 9', rows(button({ style: 9 })), 'components.0.components.0.style BASE_TYPE_CHOICES'],
    [
      '26 options',
      rows(select({ options: many(26, (i) => option({ value: `${i}` })) })),
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    ['no options', rows(select({ options: [] })), 'components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
    [
      'an option label over 100',
      rows(select({ options: [option({ label: x(101) })] })),
      'components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option value over 100',
      rows(select({ options: [option({ value: x(101) })] })),
      'components.0.components.0.options.0.value BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option description over 100',
      rows(select({ options: [option({ description: x(101) })] })),
      'components.0.components.0.options.0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an option value twice',
      rows(select({ options: [option(), option()] })),
      'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'a select placeholder over 150',
      rows(select({ placeholder: x(151) })),
      'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      'min_values over 25',
      rows(select({ min_values: 26, max_values: 1 })),
      'components.0.components.0.min_values NUMBER_TYPE_MAX',
    ],
    [
      'max_values of 0',
      rows(select({ max_values: 0 })),
      'components.0.components.0.max_values NUMBER_TYPE_MIN',
    ],
    [
      'a text input in a message',
      rows({ type: 4, custom_id: 'a', style: 1, label: 'A' }),
      'components.0.components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a text display without the flag',
      { content: 'x', components: [text('a')] },
      'components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'content beside Components V2',
      { ...v2(text('a')), content: 'x' },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'embeds beside Components V2',
      { ...v2(text('a')), embeds: [{ title: 'x' }] },
      'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      '41 components, nested ones counted',
      v2(...many(20, () => row(button({ custom_id: String(Math.random()) }))), text('a')),
      'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    ],
    [
      '4001 characters over all text displays',
      v2(text(x(4000)), { type: 17, components: [text('y')] }),
      'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    ['an empty text display', v2(text('')), 'components.0.content BASE_TYPE_REQUIRED'],
    ['an empty container', v2({ type: 17, components: [] }), 'components.0.components BASE_TYPE_BAD_LENGTH'],
    [
      'a container in a container',
      v2({ type: 17, components: [{ type: 17, components: [text('a')] }] }),
      'components.0.components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a section without accessory',
      v2({ type: 9, components: [text('a')] }),
      'components.0.accessory BASE_TYPE_REQUIRED',
    ],
    [
      'four texts in a section',
      v2({ type: 9, components: many(4, () => text('a')), accessory: button() }),
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label in a message',
      v2({ type: 18, label: 'L', component: select() }),
      'components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a component id twice',
      v2({ ...text('a'), id: 7 }, { ...text('b'), id: 7 }),
      'components COMPONENT_ID_DUPLICATED',
    ],
    ['an embed title over 256', embed({ title: x(257) }), 'embeds.0.title BASE_TYPE_MAX_LENGTH'],
    [
      '26 embed fields',
      embed({ fields: many(26, () => ({ name: 'n', value: 'v' })) }),
      'embeds.0.fields BASE_TYPE_MAX_LENGTH',
    ],
    [
      'embeds over 6000',
      { embeds: many(2, () => ({ description: x(3001) })) },
      'embeds MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'an unknown word in parse',
      { content: 'x', allowed_mentions: { parse: ['all'] } },
      'allowed_mentions.parse.0 BASE_TYPE_CHOICES',
    ],
    [
      'users both parsed and listed',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'allowed_mentions that is no object',
      { content: 'x', allowed_mentions: [] },
      'allowed_mentions MODEL_TYPE_CONVERT',
    ],
  ])('%s: refused', async (_, body, code) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    expect(codes(answer.body.errors)).toContain(code);
  });

  it.each([{}, { content: '  \n ' }, { content: '', embeds: [], components: [] }, v2()])(
    'an empty message is refused: %j',
    async (body) => {
      expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } });
    },
  );

  it('keeps the Components V2 flag through edits', async () => {
    const { body } = await post(v2(text('a')));
    const patch = (edit: object) =>
      raw(discord, 'PATCH', `/channels/${discord.generalId}/messages/${String(body.id)}`, edit);
    expect(codes((await patch({ flags: 0, components: [text('b')] })).body.errors)).toContain(
      'flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
    );
    expect(codes((await patch({ content: 'x' })).body.errors)).toHaveLength(1);
    expect((await patch({ components: [text('b')] })).body).toMatchObject({ flags: 1 << 15 });
    expect(await patch({ components: [] })).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it('takes the flag in an edit that removes the content', async () => {
    const { body } = await post({ content: 'plain' });
    const patch = (edit: object) =>
      raw(discord, 'PATCH', `/channels/${discord.generalId}/messages/${String(body.id)}`, edit);
    expect((await patch(v2(text('b')))).status).toBe(400);
    expect((await patch({ ...v2(text('b')), content: null })).status).toBe(200);
  });
});

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

it('names the page of every limit', () => {
  for (const limit of Object.values(limits))
    expect(limit.page).toMatch(/^https:\/\/docs\.discord\.com\/developers\//);
});
