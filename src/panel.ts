import type { Language } from './core/language.ts';
import type { PanelPut } from './core/ports.ts';
import { inLanguage } from './messages/in-language.ts';
import { panelCard } from './messages/panel-cards.ts';
import { type Platform, TryLater, Undeliverable } from './platforms/platform.ts';

/**
 * Puts the card with which anybody asks for a mini session into a channel.
 * @param delivery the same when the same wish arrives twice, by which a platform can tell
 * @returns how it went, for the one who asked to be told at once
 */
export async function putPanel(
  platforms: readonly Platform[],
  { platform, spaceId, channelId }: { platform: string; spaceId: string | null; channelId: string },
  language: Language,
  delivery: string,
): Promise<PanelPut> {
  const there = platforms.find(({ name }) => name === platform);
  if (!there || spaceId === null) return 'closed';
  // Many read it, by many clocks.
  const card = inLanguage(panelCard(), { language, timeZone: null });
  try {
    await there.post({ to: 'channel', spaceId, channelId }, card, { id: delivery, maybeSent: true });
    return 'put';
  } catch (error) {
    if (error instanceof Undeliverable) return 'closed';
    if (error instanceof TryLater) return 'busy';
    throw error;
  }
}
