import type { types } from '@slack/bolt';
import type { SpokenCard } from '../../messages/card.ts';
import { LIMITS } from './limits.ts';
import { renderCard, type Side } from './render.ts';

/** A card as somebody's Home tab (https://docs.slack.dev/reference/views/home-tab-views). */
export const homeView = (card: SpokenCard, side: Side): types.HomeView => ({
  type: 'home',
  blocks: renderCard(card, side, LIMITS.viewBlocks.max),
});
