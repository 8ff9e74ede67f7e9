import type { Expectation } from '../core/expectation.ts';
import { counted, say, type Words } from './words.ts';

/** What a student may expect, before they send. */
export function expectationWords({ medianMinutes, inTen }: Expectation): Words {
  if (medianMinutes === null) {
    return say(
      'Mentors are busy: in the last 30 days, fewer than half of the requests here were claimed. You hear of yours either way.',
    );
  }
  const time = roughly(medianMinutes);
  return inTen < 5
    ? say('In the last 30 days, requests here were claimed after about {time}.', { time })
    : say('In the last 30 days, requests here were claimed after about {time}; {count} of 10 within a day.', {
        time,
        count: inTen,
      });
}

/** Nobody is promised minutes: five of them, or an hour, is as exact as it gets. */
function roughly(minutes: number): Words {
  if (minutes < 55)
    return counted(Math.max(5, Math.ceil(minutes / 5) * 5), '{count} minute', '{count} minutes');
  const hours = Math.round(minutes / 60);
  if (hours < 36) return counted(Math.max(1, hours), '{count} hour', '{count} hours');
  return counted(Math.round(hours / 24), '{count} day', '{count} days');
}
