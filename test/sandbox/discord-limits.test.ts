import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { limits } from '../../src/sandbox/discord/limits.ts';
import {
  button,
  codes,
  embed,
  link,
  many,
  numbered,
  option,
  row,
  rows,
  select,
  text,
  v2,
  x,
} from './discord-bodies.ts';
import { raw, sandbox } from './discord-bot.ts';

/** Everything that Discord refuses in messages, tried one by one, each beside something that it accepts. */

let box: Awaited<ReturnType<typeof sandbox>>;
let discord: DiscordStandIn;

beforeAll(async () => {
  box = await sandbox({ bucketLimit: 10_000 });
  discord = box.discord;
});
afterAll(async () => {
  await box.end();
});

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

it('names the page of every limit', () => {
  for (const limit of Object.values(limits))
    expect(limit.page).toMatch(/^https:\/\/docs\.discord\.com\/developers\//);
});
