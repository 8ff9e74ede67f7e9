import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  ContainerBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { ephemeral, sandbox } from './discord-bot.ts';

let box: Awaited<ReturnType<typeof sandbox>>;
let discord: DiscordStandIn;
let ada: DiscordPerson;

beforeEach(async () => {
  box = await sandbox();
  discord = box.discord;
  ada = discord.addUser({ name: 'Ada Lovelace', timeZone: 'America/New_York' });
});
afterEach(async () => {
  await box.end();
});

const command = new SlashCommandBuilder()
  .setName('mini-session')
  .setDescription('Ask for a mini session')
  .addStringOption((o) => o.setName('when').setDescription('When').setAutocomplete(true))
  .addStringOption((o) =>
    o
      .setName('urgency')
      .setDescription('How soon')
      .addChoices({ name: 'Soon', value: 'high' }, { name: 'Later', value: 'low' }),
  )
  .toJSON();

const publish = (client: Client<true>) => client.application.commands.set([command]);

const form = () =>
  new ModalBuilder()
    .setCustomId('request:7')
    .setTitle('Ask for a session')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Title')
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('title')
            .setStyle(TextInputStyle.Short)
            .setMinLength(3)
            .setMaxLength(20),
        ),
      new LabelBuilder()
        .setLabel('Length')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder()
            .setCustomId('length')
            .addOptions(
              { label: '30 minutes', value: '30', default: true },
              { label: '45 minutes', value: '45' },
            ),
        ),
      new LabelBuilder()
        .setLabel('Details')
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('details')
            .setStyle(TextInputStyle.Paragraph)
            .setRequired(false)
            .setValue('already typed'),
        ),
    );

const claimCard = (label = 'Claim') => ({
  flags: MessageFlags.IsComponentsV2 as const,
  components: [
    new ContainerBuilder()
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('## Help with **Rust**\nby <@1>'))
      .addActionRowComponents(
        new ActionRowBuilder<ButtonBuilder>().addComponents(
          new ButtonBuilder().setCustomId('claim:7').setLabel(label).setStyle(ButtonStyle.Primary),
          new ButtonBuilder().setURL('https://example.org/7').setLabel('Details').setStyle(ButtonStyle.Link),
        ),
      ),
  ],
});

describe('a command, a form and a deferred answer', () => {
  it('goes the whole way, with what the person filled in and what the form came with', async () => {
    const got: unknown[] = [];
    const client = await box.bot(async (i) => {
      if (i.isChatInputCommand()) {
        got.push(i.options.getString('urgency'), i.inGuild(), i.locale);
        await i.showModal(form());
      } else if (i.isModalSubmit()) {
        await i.deferReply({ flags: ephemeral });
        got.push(i.customId, i.fields.getTextInputValue('title'));
        got.push(i.fields.getStringSelectValues('length'), i.fields.getTextInputValue('details'));
        await i.editReply(`Thank you, <@${i.user.id}>: <t:1796167800:F>`);
      }
    });
    await publish(client);
    await ada.types('mini-session', { urgency: 'Soon' });
    expect(await ada.form()).toEqual({
      title: 'Ask for a session',
      fields: [
        { label: 'Title', kind: 'text', value: '' },
        { label: 'Length', kind: 'select', value: ['30 minutes'] },
        { label: 'Details', kind: 'paragraph', value: 'already typed' },
      ],
    });
    await ada.fills({ Title: 'Borrowing', Length: '45 minutes' });
    const seen = await ada.sees('Thank you', 'private');
    expect(seen.text).toBe('Thank you, @Ada Lovelace: Tuesday, December 1, 2026 at 6:30 PM');
    expect(got).toEqual(['high', true, 'en-US', 'request:7', 'Borrowing', ['45'], 'already typed']);
    expect(ada.sight('channel')).toEqual([]);
    expect(discord.messages(discord.generalId)).toEqual([]);
    expect(discord.wire.map((e) => `${e.method} ${e.path.replace(/\d{5,}/g, 'ID')} ${e.status}`)).toEqual([
      'GET /gateway/bot 200',
      'PUT /applications/ID/commands 200',
      'POST /interactions/ID/token/callback 204',
      'POST /interactions/ID/token/callback 204',
      'PATCH /webhooks/ID/token/messages/@original 200',
    ]);
    expect(box.errors).toEqual([]);
  });

  it('keeps the form open, with errors at the fields, until the client is content', async () => {
    const client = await box.bot(async (i) => {
      if (i.isChatInputCommand()) await i.showModal(form());
      if (i.isModalSubmit()) await i.reply({ content: 'ok', flags: ephemeral });
    });
    await publish(client);
    await ada.types('mini-session');
    await ada.fills({ Title: '' });
    expect((await ada.form()).fields[0]).toMatchObject({ value: '', error: 'This field is required' });
    await ada.fills({ Title: 'ab' });
    expect((await ada.form()).fields[0]?.error).toMatch(/at least 3/);
    await ada.fills({ Title: 'a'.repeat(21) });
    expect((await ada.form()).fields[0]?.error).toMatch(/20 or fewer/);
    await expect(ada.fills({ Subject: 'x' })).rejects.toThrow('no field "Subject". It has: "Title"');
    await expect(ada.fills({ Length: '2 hours' })).rejects.toThrow('no option "2 hours"');
    await ada.fills({ Title: 'abc' });
    await ada.sees('ok', 'private');
    expect(discord.wire.filter((e) => e.path.endsWith('/callback'))).toHaveLength(2);
  });

  it('keeps the form and what was typed when the app does not answer', async () => {
    const client = await box.bot(async (i) => {
      if (i.isChatInputCommand()) await i.showModal(form());
    });
    await publish(client);
    await ada.types('mini-session');
    await ada.fills({ Title: 'Borrowing' });
    await ada.sees('The application did not respond', 'private');
    expect((await ada.form()).fields[0]?.value).toBe('Borrowing');
  });

  it('offers only published commands and the choices they name', async () => {
    await expect(ada.types('mini-session')).rejects.toThrow('no command /mini-session');
    const client = await box.bot();
    await publish(client);
    await expect(ada.types('mini-session', { urgency: 'now' })).rejects.toThrow('no choice');
    await expect(ada.types('mini-session', { colour: 'red' })).rejects.toThrow('no option "colour"');
  });

  it('completes what is typed, and sends the value of the chosen name', async () => {
    let received: string | null = '';
    const client = await box.bot(async (i) => {
      if (i.isAutocomplete()) {
        const typed = i.options.getFocused();
        await i.respond([{ name: `${typed} at 18:00`, value: '2026-12-02T18:00Z' }]);
      } else if (i.isChatInputCommand()) {
        received = i.options.getString('when');
        await i.reply({ content: 'ok', flags: ephemeral });
      }
    });
    await publish(client);
    expect(await ada.autocomplete('mini-session', 'when', 'tomorrow')).toEqual([
      { name: 'tomorrow at 18:00', value: '2026-12-02T18:00Z' },
    ]);
    await ada.types('mini-session', { when: 'tomorrow at 18:00' });
    expect(received).toBe('2026-12-02T18:00Z');
    await ada.types('mini-session', { when: 'anything else' });
    expect(received).toBe('anything else');
  });
});

describe('messages', () => {
  it('shows a Components V2 card, and a button that changes it for everyone', async () => {
    const bob = discord.addUser({ name: 'Bob', timeZone: 'Europe/Berlin' });
    const client = await box.bot(async (i) => {
      if (i.isButton()) await i.update(claimCard('Schedule'));
    });
    await client.rest.post(`/channels/${discord.generalId}/messages`, {
      body: {
        ...claimCard(),
        components: claimCard().components.map((c) => c.toJSON()),
        nonce: 'n1',
        enforce_nonce: true,
      },
    });
    const seen = await bob.sees('Help with Rust', 'channel');
    expect(seen).toMatchObject({
      text: 'Help with Rust\nby @unknown',
      buttons: ['Claim'],
      links: [{ label: 'Details', url: 'https://example.org/7' }],
      edited: false,
    });
    await ada.presses('Claim', 'Rust');
    expect(bob.sight('channel')[0]).toMatchObject({ id: seen.id, buttons: ['Schedule'], edited: true });
    await expect(ada.presses('Claim')).rejects.toThrow('no button "Claim"');
    await ada.pressesOld(seen.id, 'Claim');
    expect(box.errors).toEqual([]);
  });

  it('opens a form from a button, whose answer updates the message with the button', async () => {
    const sources: unknown[] = [];
    const client = await box.bot(async (i) => {
      if (i.isButton()) await i.showModal(form());
      if (i.isModalSubmit() && i.isFromMessage()) {
        sources.push(i.message.id);
        await i.update({ content: `Called ${i.fields.getTextInputValue('title')}`, components: [] });
      }
    });
    const row = { type: 1, components: [{ type: 2, style: 1, label: 'Rename', custom_id: 'rename' }] };
    const posted = await client.rest.post(`/channels/${discord.generalId}/messages`, {
      body: { content: 'Nameless', components: [row] },
    });
    await ada.presses('Rename');
    await ada.fills({ Title: 'Ferris' });
    expect(ada.sight('channel')).toMatchObject([{ text: 'Called Ferris', buttons: [], edited: true }]);
    expect(sources).toEqual([(posted as { id: string }).id]);
  });

  it('lets 200 people press one button at once', async () => {
    const people = Array.from({ length: 200 }, (_, i) => discord.addUser({ name: `P${i}`, timeZone: 'UTC' }));
    const client = await box.bot(async (i) => {
      if (i.isButton()) await i.reply({ content: `You are <@${i.user.id}>`, flags: ephemeral });
    });
    const row = { type: 1, components: [{ type: 2, style: 1, label: 'Me', custom_id: 'me' }] };
    await client.rest.post(`/channels/${discord.generalId}/messages`, {
      body: { content: 'Who?', components: [row] },
    });
    await Promise.all(people.map((p) => p.presses('Me')));
    expect(people.map((p) => p.sight('private').map((m) => m.text))).toEqual(
      people.map((p) => [`You are @${p.name}`]),
    );
  });

  it('sends direct messages, and refuses where DMs are closed', async () => {
    const client = await box.bot();
    const user = await client.users.fetch(ada.userId);
    await user.send('Hello **Ada**, see [the room](https://meet.example/x)');
    expect(await ada.sees('Hello Ada', 'dm')).toMatchObject({
      links: [{ label: 'the room', url: 'https://meet.example/x' }],
    });
    discord.faults.closeDms(ada.userId);
    expect((await user.createDM(true)).id).toBe(discord.dmOf(ada.userId));
    await expect(user.send('again')).rejects.toMatchObject({ code: 50007, status: 403 });
    discord.faults.openDms(ada.userId);
    await user.send('third');
    expect(ada.sight('dm').map((m) => m.text)).toEqual(['Hello Ada, see the room', 'third']);
  });

  it('takes commands and buttons in direct messages, with the user alone', async () => {
    const contexts: unknown[] = [];
    const client = await box.bot(async (i) => {
      if (i.isRepliable()) {
        contexts.push(i.inGuild(), i.member, i.context);
        await i.reply('in the DM');
      }
    });
    await publish(client);
    ada.goesToDm();
    await ada.types('mini-session');
    await ada.sees('in the DM', 'dm');
    expect(contexts).toEqual([false, null, 1]);
  });

  it('answers a repeated nonce with the earlier message', async () => {
    const client = await box.bot();
    const body = { content: 'once', nonce: 'abc', enforce_nonce: true };
    const post = () =>
      client.rest.post(`/channels/${discord.generalId}/messages`, { body }) as Promise<{ id: string }>;
    const [first, second] = [await post(), await post()];
    expect(second.id).toBe(first.id);
    expect(discord.messages(discord.generalId)).toHaveLength(1);
  });

  it('records who was really pinged', async () => {
    const client = await box.bot();
    const role = discord.addRole('mentors');
    const words = `@everyone <@${ada.userId}> <@&${role}>`;
    const post = (body: object) => client.rest.post(`/channels/${discord.generalId}/messages`, { body });
    await post({ content: words });
    await post({ content: words, allowed_mentions: { parse: [] } });
    await post({ content: words, allowed_mentions: { parse: ['users'], roles: [role] } });
    await post({ flags: 1 << 15, components: [{ type: 10, content: words }] });
    const all = { everyone: true, users: [ada.userId], roles: [role] };
    expect(discord.messages(discord.generalId).map((m) => m.pinged)).toEqual([
      all,
      { everyone: false, users: [], roles: [] },
      { everyone: false, users: [ada.userId], roles: [role] },
      all,
    ]);
    expect(ada.sight('channel')[0]?.text).toBe('@everyone @Ada Lovelace @mentors');
  });

  it('lets people use string selects', async () => {
    const client = await box.bot(async (i) => {
      if (i.isStringSelectMenu())
        await i.update({ content: `chosen: ${i.values.join('+')}`, components: [] });
    });
    const options = [
      { label: 'Monday', value: 'mo' },
      { label: 'Tuesday', value: 'tu' },
    ];
    const select = { type: 3, custom_id: 'day', options, max_values: 2 };
    await client.rest.post(`/channels/${discord.generalId}/messages`, {
      body: { content: 'When?', components: [{ type: 1, components: [select] }] },
    });
    await ada.selects(['Monday', 'Tuesday']);
    await ada.sees('chosen: mo+tu', 'channel');
  });

  it('shows a channel to the holders of its roles only', async () => {
    const role = discord.addRole('mentors');
    const channel = discord.addChannel('mentors', { roles: [role] });
    const client = await box.bot();
    await client.rest.post(`/channels/${channel}/messages`, { body: { content: 'psst' } });
    expect(ada.sight('channel')).toEqual([]);
    discord.grant(ada.userId, role);
    expect(ada.sight('channel')).toHaveLength(1);
    discord.revoke(ada.userId, role);
    expect(ada.sight('channel')).toEqual([]);
  });
});
