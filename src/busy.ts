import { keepsCalendar } from './core/community.ts';
import type { OwnCalendar } from './core/finding-times.ts';
import { type BusyCalendars, MeetingError } from './core/ports.ts';
import type { Context } from './core/use-case.ts';
import type { Log } from './log.ts';
import type { Directory } from './store/store.ts';
import type { Metrics } from './web/metrics.ts';

/**
 * Looks at the own calendars of those who asked for it. When a calendar cannot be looked at, that is all that is known
 * of it, and times are found without: nobody waits for somebody else's service. The log has why, and never when
 * anybody is busy, nor an address.
 * @param parts.calendars null where there are none that could be asked
 */
export const lookerAt =
  (parts: {
    directory: Pick<Directory, 'calendars'>;
    calendars: BusyCalendars | null;
    log: Log;
    metrics: Pick<Metrics, 'calendarLook'>;
  }) =>
  (communityId: string, linkMaker: string | null): Context['calendarsOf'] =>
  async (memberIds, within) => {
    const { directory, calendars, log, metrics } = parts;
    if (!calendars || !keepsCalendar(linkMaker)) return new Map();
    const willing = await directory.calendars(communityId, memberIds);
    if (willing.length === 0) return new Map();
    const told = await calendars
      .busy([...new Set(willing.map(({ address }) => address))], within)
      .catch((error: unknown) => error);
    const failed = !(told instanceof Map);
    if (failed) {
      if (told instanceof MeetingError) log.warn({ why: told.message }, 'No calendar could be looked at');
      else log.error({ err: told }, 'Looking at calendars failed');
    }
    return new Map(
      willing.map(({ memberId, address }): [string, OwnCalendar] => {
        const calendar = failed ? undefined : told.get(address);
        const seen = calendar !== undefined && typeof calendar !== 'string';
        metrics.calendarLook(failed ? 'failed' : seen ? 'seen' : 'refused');
        if (typeof calendar === 'string') {
          log.warn({ memberId, why: calendar }, 'A calendar could not be looked at');
        }
        return [memberId, seen ? calendar : 'unseen'];
      }),
    );
  };
