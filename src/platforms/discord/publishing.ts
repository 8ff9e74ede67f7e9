import type { Entries } from '../platform.ts';
import { createBackgroundRest } from './client.ts';
import { compare, type Difference, publish, type Scope } from './commands.ts';
import { wording } from './remedies.ts';
import { type DiscordSettings, findServer } from './setup.ts';

/** For what can wait, such as a command line. */
const REQUEST_MS = 10_000;

/**
 * Publishes the commands, or says what publishing would change.
 * @param dryRun changes nothing
 * @throws PlatformSetupError that names what is wrong and the remedy
 */
export async function publishOnDiscord(
  settings: DiscordSettings,
  entries: Entries,
  { scope, dryRun }: { scope: Scope; dryRun: boolean },
): Promise<{ server: string; difference: Difference }> {
  const rest = createBackgroundRest(settings, REQUEST_MS);
  try {
    const { id: guildId, name: server } = await findServer(rest, settings);
    const whose = { applicationId: settings.applicationId, guildId };
    const act = dryRun ? compare : publish;
    return {
      server,
      difference: await wording(settings, 'commands', () => act(rest, whose, scope, entries)),
    };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
