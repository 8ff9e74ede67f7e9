import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EVENTS } from '../../../src/platforms/slack/receive.ts';
import { SCOPES } from '../../../src/platforms/slack/set-up.ts';
import { commands, shortcuts } from '../../../src/routes.ts';
import { inEnglish } from '../../support/spoken.ts';

const manifest = JSON.parse(
  await readFile(new URL('../../../manifests/slack.json', import.meta.url), 'utf8'),
);

describe('the Slack manifest', () => {
  test('registers the commands that the desk knows', () => {
    const registered = manifest.features.slash_commands.map((one: Record<string, string>) => ({
      name: one.command?.slice(1),
      description: one.description,
    }));
    expect(registered).toEqual(
      commands.map(({ name, description }) => ({ name, description: inEnglish(description) })),
    );
  });

  test('registers the entries of menus that the desk knows, within Slack’s limits', () => {
    const registered = manifest.features.shortcuts.map((one: Record<string, string>) => ({ ...one }));
    expect(registered).toEqual(
      shortcuts.map(({ id, name, description, on }) => ({
        name,
        type: on === 'app' ? 'global' : 'message',
        callback_id: id,
        description: inEnglish(description),
      })),
    );
    // https://docs.slack.dev/reference/app-manifest#features
    for (const { name, description, id } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(inEnglish(description).length).toBeLessThanOrEqual(150);
      expect(id.length).toBeLessThanOrEqual(255);
    }
  });

  test('asks for the scopes that the code checks for', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(SCOPES);
  });

  test('subscribes to the events that the code reads', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(EVENTS);
  });

  test('is one that Slack takes: every property known, every text within its limit', () => {
    const words = (max: number) => z.string().min(1).max(max);
    // https://docs.slack.dev/reference/app-manifest
    const rules = z.strictObject({
      _metadata: z.strictObject({ major_version: z.literal([1, 2]), minor_version: z.int().min(0) }),
      display_information: z.strictObject({
        name: words(35),
        description: words(140),
        background_color: z.string().regex(/^#([0-9a-f]{3}){1,2}$/i),
      }),
      features: z.strictObject({
        bot_user: z.strictObject({ display_name: words(80), always_online: z.boolean() }),
        app_home: z.strictObject({
          home_tab_enabled: z.boolean(),
          messages_tab_enabled: z.boolean(),
          messages_tab_read_only_enabled: z.boolean(),
        }),
        shortcuts: z
          .array(
            z.strictObject({
              name: words(24),
              type: z.enum(['message', 'global']),
              callback_id: words(255),
              description: words(150),
            }),
          )
          .max(10),
        slash_commands: z
          .array(
            z.strictObject({
              command: z.string().regex(/^\/[^\s/]{1,31}$/),
              description: words(2_000),
              usage_hint: words(1_000),
              should_escape: z.boolean(),
            }),
          )
          .max(50),
      }),
      oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(words(255)).max(255) }) }),
      settings: z.strictObject({
        event_subscriptions: z.strictObject({ bot_events: z.array(words(255)).max(100) }),
        interactivity: z.strictObject({
          is_enabled: z.boolean(),
          message_menu_options_url: z.url().optional(),
        }),
        org_deploy_enabled: z.literal(false),
        socket_mode_enabled: z.boolean(),
        token_rotation_enabled: z.literal(false),
      }),
    });
    expect(rules.safeParse(manifest).error?.issues).toBeUndefined();
    const { bot } = manifest.oauth_config.scopes;
    expect(new Set(bot).size).toBe(bot.length);
  });

  test('has the scope that each event asks for', () => {
    // The pages of the events: https://docs.slack.dev/reference/events
    const asked: Record<string, string[]> = {
      app_home_opened: [],
      app_uninstalled: [],
      tokens_revoked: [],
      member_joined_channel: ['channels:read', 'groups:read'],
      member_left_channel: ['channels:read', 'groups:read'],
      user_change: ['users:read'],
    };
    for (const event of EVENTS)
      expect(SCOPES, event).toEqual(expect.arrayContaining(asked[event] ?? ['unknown']));
  });

  test('turns on what the bot needs', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.features.bot_user.display_name).toBeTruthy();
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  });
});
