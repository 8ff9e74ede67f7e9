import type { ButtonInteraction, Interaction, ModalSubmitInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { ephemeral, raw, sandbox, TOKEN } from './discord-bot.ts';

let box: Awaited<ReturnType<typeof sandbox>>;
let discord: DiscordStandIn;
let ada: DiscordPerson;

beforeEach(async () => {
  box = await sandbox();
  discord = box.discord;
  ada = discord.addUser({ name: 'Ada', timeZone: 'Europe/London' });
});
afterEach(async () => {
  await box.end();
});

const card = (label = 'Claim') => ({
  content: 'A card',
  components: [{ type: 1, components: [{ type: 2, style: 1, label, custom_id: `do:${label}` }] }],
});
const postCard = () => raw(discord, 'POST', `/channels/${discord.generalId}/messages`, card());

/** A bot that hands over each interaction instead of answering it. */
async function catcher() {
  const caught: Interaction[] = [];
  let wake = (): void => undefined;
  const client = await box.bot(async (interaction) => {
    caught.push(interaction);
    wake();
  });
  return {
    client,
    async next<T extends Interaction = ButtonInteraction>(count = 1): Promise<T> {
      while (caught.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return caught[count - 1] as T;
    },
  };
}

const callback = (i: Interaction, body: unknown, query = '') =>
  raw(discord, 'POST', `/interactions/${i.id}/${i.token}/callback${query}`, body);
const hook = (i: Interaction, method: string, rest = '', body?: unknown) =>
  raw(discord, method, `/webhooks/${discord.applicationId}/${i.token}${rest}`, body);

describe('answers to interactions', () => {
  it('refuses a second acknowledgement with 40060', async () => {
    await postCard();
    const bot = await catcher();
    const pressing = ada.presses('Claim');
    const interaction = await bot.next();
    expect((await callback(interaction, { type: 6 })).status).toBe(204);
    await pressing;
    expect(await callback(interaction, { type: 6 })).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it('delivers one press twice, so that the second answer fails', async () => {
    await postCard();
    let refused: (code: unknown) => void;
    const code = new Promise<unknown>((resolve) => {
      refused = resolve;
    });
    await box.bot(async (i) => {
      if (i.isButton()) await i.deferUpdate().catch((error: { code: unknown }) => refused(error.code));
    });
    await ada.presses('Claim');
    await ada.pressAgain();
    expect(await code).toBe(40060);
  });

  it('tells the person after 3 s, and refuses the late answer with 10062', async () => {
    await postCard();
    const bot = await catcher();
    const began = performance.now();
    await ada.presses('Claim');
    expect(performance.now() - began).toBeGreaterThan(2_900);
    expect(ada.sight('private').map((m) => m.text)).toEqual(['The application did not respond']);
    const late = await callback(await bot.next(), { type: 6 });
    expect(late).toMatchObject({ status: 404, body: { code: 10062 } });
  });

  it('tells the person at once when no bot is there', async () => {
    await postCard();
    await ada.presses('Claim');
    expect(ada.sight('private')).toHaveLength(1);
  });

  it('knows no webhook before the answer, and no token after 15 minutes', async () => {
    await postCard();
    const bot = await catcher();
    const pressing = ada.presses('Claim');
    const interaction = await bot.next();
    expect(await hook(interaction, 'POST', '', { content: 'early' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback(interaction, { type: 4, data: { content: 'first', flags: 64 } });
    await pressing;
    expect((await hook(interaction, 'POST', '', { content: 'second', flags: 64 })).status).toBe(200);
    expect(ada.sight('private').map((m) => m.text)).toEqual(['first', 'second']);
    discord.faults.expireTokens();
    expect(await hook(interaction, 'POST', '', { content: 'late' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    expect(await hook(interaction, 'PATCH', '/messages/@original', { content: 'late' })).toMatchObject({
      status: 401,
    });
  });

  it('answers with the message on request, and reads, edits and deletes it by its token only', async () => {
    await postCard();
    const bot = await catcher();
    const pressing = ada.presses('Claim');
    const interaction = await bot.next();
    const { body } = await callback(
      interaction,
      { type: 4, data: { content: 'yours', flags: 64 } },
      '?with_response=true',
    );
    await pressing;
    expect(body).toMatchObject({
      interaction: { id: interaction.id },
      resource: { type: 4, message: { content: 'yours', flags: 64 } },
    });
    const { id } = (body.resource as { message: { id: string } }).message;
    expect(await raw(discord, 'GET', `/channels/${discord.generalId}/messages/${id}`)).toMatchObject({
      body: { code: 10008 },
    });
    expect((await hook(interaction, 'GET', '/messages/@original')).body).toMatchObject({ id });
    expect((await hook(interaction, 'DELETE', `/messages/${id}`)).status).toBe(204);
    expect(ada.sight('private')).toEqual([]);
    expect(await hook(interaction, 'GET', '/messages/@original')).toMatchObject({
      status: 404,
      body: { code: 10008 },
    });
  });

  it('shows a deferred answer when it is filled in, also by the first follow-up', async () => {
    await postCard();
    const bot = await catcher();
    const pressing = ada.presses('Claim');
    const interaction = await bot.next();
    await interaction.deferReply({ flags: ephemeral });
    await pressing;
    expect(ada.sight('private')).toEqual([]);
    await interaction.followUp('there');
    expect(ada.sight('private')).toMatchObject([{ text: 'there', edited: false }]);
  });

  it('refuses a form in answer to a form, and an update where there is no message', async () => {
    const bot = await catcher();
    await bot.client.application.commands.set([{ name: 'ask', description: 'Ask' }]);
    const typing = ada.types('ask');
    const asked = await bot.next();
    const modal = {
      custom_id: 'm',
      title: 'T',
      components: [{ type: 1, components: [{ type: 4, custom_id: 'x', style: 1, label: 'X' }] }],
    };
    expect(await callback(asked, { type: 7, data: { content: 'x' } })).toMatchObject({
      status: 400,
      body: { code: 50035 },
    });
    expect(await callback(asked, { type: 8, data: { choices: [] } })).toMatchObject({ status: 400 });
    expect((await callback(asked, { type: 9, data: modal })).status).toBe(204);
    await typing;
    const filling = ada.fills({ X: 'hello' });
    const sent = await bot.next<ModalSubmitInteraction>(2);
    expect(sent.fields.getTextInputValue('x')).toBe('hello');
    expect(await callback(sent, { type: 9, data: modal })).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { type: { _errors: [{ code: 'BASE_TYPE_CHOICES' }] } } },
    });
    await callback(sent, { type: 4, data: { content: 'thanks', flags: 64 } });
    await filling;
    await ada.sees('thanks', 'private');
  });
});

describe('rate limits and failures', () => {
  const path = /^\/channels\/\d+\/messages$/;

  it('is waited out by discord.js', async () => {
    const { client } = await catcher();
    discord.faults.rateLimit({ path, times: 1, retryAfter: 0.2 });
    await client.rest.post(`/channels/${discord.generalId}/messages`, { body: { content: 'patient' } });
    expect(discord.wire.filter((e) => path.test(e.path)).map((e) => e.status)).toEqual([429, 200]);
    expect(discord.messages(discord.generalId)).toHaveLength(1);
  });

  it('words a 429 as Discord does', async () => {
    discord.faults.rateLimit({ path, times: 1, retryAfter: 1.5, global: true });
    const limited = await postCard();
    expect(limited).toMatchObject({
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 1.5, global: true },
    });
    expect(limited.headers.get('retry-after')).toBe('2');
    expect(limited.headers.get('x-ratelimit-global')).toBe('true');
    const fine = await postCard();
    expect(fine.status).toBe(200);
    expect(Number(fine.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(fine.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('fails before or after the effect', async () => {
    discord.faults.fail({ path, times: 1, status: 502 });
    expect((await postCard()).status).toBe(502);
    expect(discord.messages(discord.generalId)).toHaveLength(0);
    discord.faults.fail({ path, method: 'POST', times: 1, status: 500, afterwards: true });
    expect((await postCard()).status).toBe(500);
    expect(discord.messages(discord.generalId)).toHaveLength(1);
  });

  it('forbids a channel, and loses messages and channels', async () => {
    const posted = await postCard();
    discord.faults.forbid(discord.generalId);
    expect(await postCard()).toMatchObject({ status: 403, body: { code: 50013 } });
    discord.faults.forbid(discord.generalId, 'see');
    expect(await raw(discord, 'GET', `/channels/${discord.generalId}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    discord.faults.allow(discord.generalId);
    discord.faults.deleteMessage(String(posted.body.id));
    expect(
      await raw(discord, 'PATCH', `/channels/${discord.generalId}/messages/${String(posted.body.id)}`, {
        content: 'x',
      }),
    ).toMatchObject({ status: 404, body: { code: 10008 } });
    discord.faults.deleteChannel(discord.generalId);
    expect(await postCard()).toMatchObject({ status: 404, body: { code: 10003 } });
    discord.faults.removeBot();
    expect(await raw(discord, 'GET', `/guilds/${discord.guildId}`)).toMatchObject({ body: { code: 10004 } });
  });

  it.each([
    ['GET', '/users/12345', 404, 10013],
    ['GET', '/channels/12345', 404, 10003],
    ['GET', '/guilds/12345', 404, 10004],
    ['GET', '/nowhere', 404, 0],
    ['PUT', '/users/@me', 405, 0],
    ['POST', '/interactions/1/abc/callback', 404, 10062],
    ['POST', '/webhooks/1/abc', 404, 10015],
  ])('%s %s answers %i with code %i', async (method, path, status, code) => {
    expect(await raw(discord, method, path, {})).toMatchObject({ status, body: { code } });
  });

  it('refuses a wrong token and broken JSON', async () => {
    expect(await raw(discord, 'GET', '/users/@me', undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    });
    const response = await fetch(`${discord.url}/v10/channels/${discord.generalId}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bot ${TOKEN}`, 'Content-Type': 'application/json' },
      body: '{"content":',
    });
    expect(await response.json()).toMatchObject({ code: 50109 });
  });

  it('reads a multipart body', async () => {
    const { client } = await catcher();
    const files = [{ attachment: Buffer.from('x'), name: 'x.txt' }];
    const channel = (await client.channels.fetch(
      discord.dmOf(ada.userId) ?? (await (await client.users.fetch(ada.userId)).createDM()).id,
    )) as unknown as {
      send(m: unknown): Promise<unknown>;
    };
    await channel.send({ content: 'with a file', files });
    await ada.sees('with a file', 'dm');
    expect(discord.wire.at(-1)?.body).toMatchObject({ content: 'with a file' });
  });
});
