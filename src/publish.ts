import { type Config, ConfigError } from './config.ts';
import { isNothing, publishOnDiscord } from './platforms/index.ts';
import { commands, shortcuts } from './routes.ts';

/**
 * Publishes the slash commands on Discord; Slack has them in its app's manifest.
 * @param say takes lines for whoever is at the terminal
 */
export async function publishCommands(
  { discord }: Config,
  how: { global: boolean; dryRun: boolean },
  say: (line: string) => void,
): Promise<void> {
  if (!discord) {
    throw new ConfigError([
      'DISCORD_TOKEN is missing: only Discord is told of commands like this. On Slack they stand in manifests/slack.json, which you paste into the manifest of the app.',
    ]);
  }
  const scope = how.global ? 'global' : 'server';
  const { server, difference } = await publishOnDiscord(
    discord,
    { commands, shortcuts },
    { scope, dryRun: how.dryRun },
  );
  const where = how.global ? 'every server that the bot is in' : `the server "${server}"`;
  const beside = how.global ? `the server "${server}"` : 'every server';
  if (isNothing(difference)) {
    say(`Nothing to do: the commands of ${where} are up to date.`);
    return;
  }
  const { added, changed, removed, doubles } = difference;
  for (const name of added) say(`+ ${name}`);
  for (const name of changed) say(`~ ${name}`);
  for (const name of removed) say(`- ${name}`);
  for (const name of doubles) say(`- ${name}, which was published to ${beside}, and would be there twice`);
  say(
    how.dryRun
      ? `That is what publishing to ${where} would change. Nothing was changed.`
      : `Published to ${where}.${how.global ? ' People see it once they open Discord anew.' : ''}`,
  );
}
