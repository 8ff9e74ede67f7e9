import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
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

  test('turns on what the bot needs', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.features.bot_user.display_name).toBeTruthy();
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  });
});
