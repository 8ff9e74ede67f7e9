import { languageIn } from '../core/community.ts';
import { nextChangeOf, readDashboard } from '../core/dashboard.ts';
import type { Language } from '../core/language.ts';
import { after, DAY, type Instant } from '../core/time.ts';
import { dashboardCard } from '../messages/dashboard-card.ts';
import { inLanguage } from '../messages/in-language.ts';
import {
  deliveryOf,
  localeOf,
  type Platform,
  RateLimited,
  TryLater,
  Undeliverable,
} from '../platforms/platform.ts';
import type { Delivered, LeasedNotice, Post, Store } from '../store/store.ts';

/** After this many tries it is let be: the next change, and whoever opens it, have it shown anew. */
const TRIES = 6;
/** A Home that nobody looked at for this long is let be until they do, as everywhere. */
const LOOKED_AT_WITHIN = 14 * DAY;

/**
 * Shows somebody's Home as it is now, with their own eyes. A Home that cannot be shown is nobody's loss for long, so
 * it never ends in sight of an operator.
 * @param language of the deployment, where neither the reader nor the community has one
 */
export async function showHome(
  notice: LeasedNotice,
  store: Store,
  now: Instant,
  language: Language,
  post: (platform: string, ...what: Parameters<Platform['post']>) => Promise<Post>,
): Promise<Delivered> {
  const home = await store.homes.of(notice.detail.account ?? '');
  if (!home) return { how: 'skipped', why: 'its account is gone' };
  const { actor, settings, account, pages, reader, openedAt } = home;
  const dashboard = await readDashboard(
    {
      store: store.requestsAs(actor, 'readDashboard'),
      profile: store.profileAs(actor),
      availability: store.availabilityAs(actor),
      coordination: store.coordinationAs(actor, 'readDashboard'),
      actor,
      settings,
      clock: { now: () => now },
    },
    pages,
  );
  const worded = dashboardCard(dashboard, { me: actor.memberId, now, args: {} });
  const card = inLanguage(worded, localeOf(reader, { language: languageIn(settings, language) }));
  // When the outcome of an earlier try is unknown, so is what stands there now; this is newer in any case.
  const hash = notice.attempts > 1 ? null : (notice.post?.messageId ?? null);
  const { platform, ...who } = account;
  try {
    const shown = await post(platform, { to: 'home', ...who, hash }, card, {
      id: deliveryOf(notice.id),
      maybeSent: notice.attempts > 1,
    });
    const again = after(openedAt, LOOKED_AT_WITHIN) > now ? nextChangeOf(dashboard, now) : null;
    return { how: 'sent', post: shown, again };
  } catch (error) {
    if (error instanceof Undeliverable) return { how: 'skipped', why: error.message };
    if (error instanceof TryLater && !(error instanceof RateLimited) && notice.attempts >= TRIES) {
      return { how: 'skipped', why: error.message };
    }
    throw error;
  }
}
