import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { giveBack } from '../../src/core/give-back.ts';
import { attachMeeting, meetingFailed, setLink } from '../../src/core/meeting-link.ts';
import { reportMoved, reportNoShow } from '../../src/core/no-show.ts';
import { accept, decline, propose } from '../../src/core/proposals.ts';
import { type Change, cancel, claim, expire, type Request, release, renew } from '../../src/core/request.ts';
import { closeUnfinished, complete, end, join, rate, schedule, wrapUp } from '../../src/core/scheduling.ts';
import { DAY } from '../../src/core/time.ts';
import { frozen, now, nowPlus, type Role, roles, sessionId, situations } from './samples.ts';

/**
 * What may happen when, and who may do it: one table for each verb. A row is a situation of the request; a cell is
 * the status that it leads to, or the code of the refusal. `samples.ts` says what the situations are.
 */
const byPeople = `
claim                  | student      | holder                | another mentor          | somebody else
open                   | mentors_only | → CLAIMED             | → CLAIMED               | mentors_only
open, out of time      | mentors_only | request_not_open      | request_not_open        | mentors_only
claimed                | mentors_only | request_already_yours | request_already_claimed | mentors_only
claimed 2 days ago     | mentors_only | request_already_yours | request_already_claimed | mentors_only
student proposes       | mentors_only | request_already_yours | request_already_claimed | mentors_only
session in 2 days      | mentors_only | request_already_yours | request_already_claimed | mentors_only
mentor proposes        | mentors_only | request_already_yours | request_already_claimed | mentors_only
session in 10 min      | mentors_only | request_already_yours | request_already_claimed | mentors_only
session goes on        | mentors_only | request_already_yours | request_already_claimed | mentors_only
session over           | mentors_only | request_already_yours | request_already_claimed | mentors_only
over for a day         | mentors_only | request_already_yours | request_already_claimed | mentors_only
session missed         | mentors_only | request_already_yours | request_already_claimed | mentors_only
completed              | mentors_only | request_not_open      | request_not_open        | mentors_only
cancelled              | mentors_only | request_not_open      | request_not_open        | mentors_only
cancelled when claimed | mentors_only | request_not_open      | request_not_open        | mentors_only
expired                | mentors_only | request_not_open      | request_not_open        | mentors_only

release                | student                    | holder                  | another mentor             | somebody else
open                   | request_not_claimed        | request_not_claimed     | request_not_claimed        | request_not_claimed
open, out of time      | request_not_claimed        | request_not_claimed     | request_not_claimed        | request_not_claimed
claimed                | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
claimed 2 days ago     | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
student proposes       | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
session in 2 days      | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
mentor proposes        | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
session in 10 min      | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
session goes on        | request_claimed_by_another | session_already_started | request_claimed_by_another | request_claimed_by_another
session over           | request_claimed_by_another | session_already_started | request_claimed_by_another | request_claimed_by_another
over for a day         | request_claimed_by_another | session_already_started | request_claimed_by_another | request_claimed_by_another
session missed         | request_claimed_by_another | → OPEN                  | request_claimed_by_another | request_claimed_by_another
completed              | request_closed             | request_closed          | request_closed             | request_closed
cancelled              | request_closed             | request_closed          | request_closed             | request_closed
cancelled when claimed | request_closed             | request_closed          | request_closed             | request_closed
expired                | request_closed             | request_closed          | request_closed             | request_closed

cancel                 | student                 | holder            | another mentor    | somebody else
open                   | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
open, out of time      | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
claimed                | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
claimed 2 days ago     | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
student proposes       | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
session in 2 days      | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
mentor proposes        | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
session in 10 min      | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
session goes on        | session_already_started | request_not_yours | request_not_yours | request_not_yours
session over           | session_already_started | request_not_yours | request_not_yours | request_not_yours
over for a day         | session_already_started | request_not_yours | request_not_yours | request_not_yours
session missed         | → CANCELLED             | request_not_yours | request_not_yours | request_not_yours
completed              | request_closed          | request_not_yours | request_not_yours | request_not_yours
cancelled              | request_closed          | request_not_yours | request_not_yours | request_not_yours
cancelled when claimed | request_closed          | request_not_yours | request_not_yours | request_not_yours
expired                | request_closed          | request_not_yours | request_not_yours | request_not_yours

renew                  | student            | holder            | another mentor    | somebody else
open                   | request_still_open | request_not_yours | request_not_yours | request_not_yours
open, out of time      | → OPEN             | request_not_yours | request_not_yours | request_not_yours
claimed                | request_still_open | request_not_yours | request_not_yours | request_not_yours
claimed 2 days ago     | request_still_open | request_not_yours | request_not_yours | request_not_yours
student proposes       | request_still_open | request_not_yours | request_not_yours | request_not_yours
session in 2 days      | request_still_open | request_not_yours | request_not_yours | request_not_yours
mentor proposes        | request_still_open | request_not_yours | request_not_yours | request_not_yours
session in 10 min      | request_still_open | request_not_yours | request_not_yours | request_not_yours
session goes on        | request_still_open | request_not_yours | request_not_yours | request_not_yours
session over           | request_still_open | request_not_yours | request_not_yours | request_not_yours
over for a day         | request_still_open | request_not_yours | request_not_yours | request_not_yours
session missed         | request_still_open | request_not_yours | request_not_yours | request_not_yours
completed              | request_closed     | request_not_yours | request_not_yours | request_not_yours
cancelled              | request_closed     | request_not_yours | request_not_yours | request_not_yours
cancelled when claimed | request_closed     | request_not_yours | request_not_yours | request_not_yours
expired                | → OPEN             | request_not_yours | request_not_yours | request_not_yours

schedule               | student                    | holder                    | another mentor             | somebody else
open                   | request_not_claimed        | request_not_claimed       | request_not_claimed        | request_not_claimed
open, out of time      | request_not_claimed        | request_not_claimed       | request_not_claimed        | request_not_claimed
claimed                | request_claimed_by_another | → SCHEDULED               | request_claimed_by_another | request_claimed_by_another
claimed 2 days ago     | request_claimed_by_another | → SCHEDULED               | request_claimed_by_another | request_claimed_by_another
student proposes       | request_claimed_by_another | → SCHEDULED               | request_claimed_by_another | request_claimed_by_another
session in 2 days      | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
mentor proposes        | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
session in 10 min      | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
session goes on        | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
session over           | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
over for a day         | request_claimed_by_another | request_already_scheduled | request_claimed_by_another | request_claimed_by_another
session missed         | request_claimed_by_another | → SCHEDULED               | request_claimed_by_another | request_claimed_by_another
completed              | request_closed             | request_closed            | request_closed             | request_closed
cancelled              | request_closed             | request_closed            | request_closed             | request_closed
cancelled when claimed | request_closed             | request_closed            | request_closed             | request_closed
expired                | request_closed             | request_closed            | request_closed             | request_closed

propose                | student                 | holder                  | another mentor    | somebody else
open                   | request_not_claimed     | request_not_yours       | request_not_yours | request_not_yours
open, out of time      | request_not_claimed     | request_not_yours       | request_not_yours | request_not_yours
claimed                | → CLAIMED               | → CLAIMED               | request_not_yours | request_not_yours
claimed 2 days ago     | → CLAIMED               | → CLAIMED               | request_not_yours | request_not_yours
student proposes       | → CLAIMED               | → CLAIMED               | request_not_yours | request_not_yours
session in 2 days      | → SCHEDULED             | → SCHEDULED             | request_not_yours | request_not_yours
mentor proposes        | → SCHEDULED             | → SCHEDULED             | request_not_yours | request_not_yours
session in 10 min      | → SCHEDULED             | → SCHEDULED             | request_not_yours | request_not_yours
session goes on        | session_already_started | session_already_started | request_not_yours | request_not_yours
session over           | session_already_started | session_already_started | request_not_yours | request_not_yours
over for a day         | session_already_started | session_already_started | request_not_yours | request_not_yours
session missed         | → CLAIMED               | → CLAIMED               | request_not_yours | request_not_yours
completed              | request_closed          | request_closed          | request_not_yours | request_not_yours
cancelled              | request_closed          | request_not_yours       | request_not_yours | request_not_yours
cancelled when claimed | request_closed          | request_closed          | request_not_yours | request_not_yours
expired                | request_closed          | request_not_yours       | request_not_yours | request_not_yours

accept                 | student              | holder               | another mentor    | somebody else
open                   | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
open, out of time      | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
claimed                | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
claimed 2 days ago     | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
student proposes       | proposal_is_your_own | → SCHEDULED          | request_not_yours | request_not_yours
session in 2 days      | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
mentor proposes        | → SCHEDULED          | proposal_is_your_own | request_not_yours | request_not_yours
session in 10 min      | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session goes on        | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session over           | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
over for a day         | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session missed         | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
completed              | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
cancelled              | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
cancelled when claimed | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
expired                | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours

decline                | student              | holder               | another mentor    | somebody else
open                   | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
open, out of time      | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
claimed                | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
claimed 2 days ago     | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
student proposes       | proposal_is_your_own | → CLAIMED            | request_not_yours | request_not_yours
session in 2 days      | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
mentor proposes        | → SCHEDULED          | proposal_is_your_own | request_not_yours | request_not_yours
session in 10 min      | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session goes on        | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session over           | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
over for a day         | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
session missed         | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
completed              | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
cancelled              | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours
cancelled when claimed | proposal_gone        | proposal_gone        | request_not_yours | request_not_yours
expired                | proposal_gone        | request_not_yours    | request_not_yours | request_not_yours

join                   | student           | holder            | another mentor    | somebody else
open                   | session_not_found | session_not_found | session_not_found | session_not_found
open, out of time      | session_not_found | session_not_found | session_not_found | session_not_found
claimed                | session_not_found | session_not_found | session_not_found | session_not_found
claimed 2 days ago     | session_not_found | session_not_found | session_not_found | session_not_found
student proposes       | session_not_found | session_not_found | session_not_found | session_not_found
session in 2 days      | → SCHEDULED       | → SCHEDULED       | request_not_yours | request_not_yours
mentor proposes        | → SCHEDULED       | → SCHEDULED       | request_not_yours | request_not_yours
session in 10 min      | → SCHEDULED       | → SCHEDULED       | request_not_yours | request_not_yours
session goes on        | → SCHEDULED       | → SCHEDULED       | request_not_yours | request_not_yours
session over           | session_over      | session_over      | request_not_yours | request_not_yours
over for a day         | session_over      | session_over      | request_not_yours | request_not_yours
session missed         | session_missed    | session_missed    | request_not_yours | request_not_yours
completed              | session_over      | session_over      | request_not_yours | request_not_yours
cancelled              | session_not_found | session_not_found | session_not_found | session_not_found
cancelled when claimed | session_not_found | session_not_found | session_not_found | session_not_found
expired                | session_not_found | session_not_found | session_not_found | session_not_found

complete               | student                   | holder                    | another mentor    | somebody else
open                   | session_not_found         | session_not_found         | session_not_found | session_not_found
open, out of time      | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed                | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed 2 days ago     | session_not_found         | session_not_found         | session_not_found | session_not_found
student proposes       | session_not_found         | session_not_found         | session_not_found | session_not_found
session in 2 days      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
mentor proposes        | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session in 10 min      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session goes on        | → COMPLETED               | → COMPLETED               | request_not_yours | request_not_yours
session over           | → COMPLETED               | → COMPLETED               | request_not_yours | request_not_yours
over for a day         | → COMPLETED               | → COMPLETED               | request_not_yours | request_not_yours
session missed         | session_missed            | session_missed            | request_not_yours | request_not_yours
completed              | session_already_completed | session_already_completed | request_not_yours | request_not_yours
cancelled              | session_not_found         | session_not_found         | session_not_found | session_not_found
cancelled when claimed | session_not_found         | session_not_found         | session_not_found | session_not_found
expired                | session_not_found         | session_not_found         | session_not_found | session_not_found

did not come           | student                   | holder                    | another mentor    | somebody else
open                   | session_not_found         | session_not_found         | session_not_found | session_not_found
open, out of time      | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed                | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed 2 days ago     | session_not_found         | session_not_found         | session_not_found | session_not_found
student proposes       | session_not_found         | session_not_found         | session_not_found | session_not_found
session in 2 days      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
mentor proposes        | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session in 10 min      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session goes on        | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
session over           | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
over for a day         | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
session missed         | session_missed            | session_missed            | request_not_yours | request_not_yours
completed              | session_already_completed | session_already_completed | request_not_yours | request_not_yours
cancelled              | session_not_found         | session_not_found         | session_not_found | session_not_found
cancelled when claimed | session_not_found         | session_not_found         | session_not_found | session_not_found
expired                | session_not_found         | session_not_found         | session_not_found | session_not_found

moved                  | student                   | holder                    | another mentor    | somebody else
open                   | session_not_found         | session_not_found         | session_not_found | session_not_found
open, out of time      | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed                | session_not_found         | session_not_found         | session_not_found | session_not_found
claimed 2 days ago     | session_not_found         | session_not_found         | session_not_found | session_not_found
student proposes       | session_not_found         | session_not_found         | session_not_found | session_not_found
session in 2 days      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
mentor proposes        | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session in 10 min      | session_not_started       | session_not_started       | request_not_yours | request_not_yours
session goes on        | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
session over           | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
over for a day         | → CLAIMED                 | → CLAIMED                 | request_not_yours | request_not_yours
session missed         | session_missed            | session_missed            | request_not_yours | request_not_yours
completed              | session_already_completed | session_already_completed | request_not_yours | request_not_yours
cancelled              | session_not_found         | session_not_found         | session_not_found | session_not_found
cancelled when claimed | session_not_found         | session_not_found         | session_not_found | session_not_found
expired                | session_not_found         | session_not_found         | session_not_found | session_not_found

rate                   | student           | holder            | another mentor    | somebody else
open                   | session_not_found | request_not_yours | request_not_yours | request_not_yours
open, out of time      | session_not_found | request_not_yours | request_not_yours | request_not_yours
claimed                | session_not_found | request_not_yours | request_not_yours | request_not_yours
claimed 2 days ago     | session_not_found | request_not_yours | request_not_yours | request_not_yours
student proposes       | session_not_found | request_not_yours | request_not_yours | request_not_yours
session in 2 days      | session_not_over  | request_not_yours | request_not_yours | request_not_yours
mentor proposes        | session_not_over  | request_not_yours | request_not_yours | request_not_yours
session in 10 min      | session_not_over  | request_not_yours | request_not_yours | request_not_yours
session goes on        | session_not_over  | request_not_yours | request_not_yours | request_not_yours
session over           | → COMPLETED       | request_not_yours | request_not_yours | request_not_yours
over for a day         | → COMPLETED       | request_not_yours | request_not_yours | request_not_yours
session missed         | session_missed    | request_not_yours | request_not_yours | request_not_yours
completed              | → COMPLETED       | request_not_yours | request_not_yours | request_not_yours
cancelled              | session_not_found | request_not_yours | request_not_yours | request_not_yours
cancelled when claimed | session_not_found | request_not_yours | request_not_yours | request_not_yours
expired                | session_not_found | request_not_yours | request_not_yours | request_not_yours

wrap up                | student           | holder            | another mentor    | somebody else
open                   | request_not_yours | request_not_yours | request_not_yours | request_not_yours
open, out of time      | request_not_yours | request_not_yours | request_not_yours | request_not_yours
claimed                | request_not_yours | session_not_found | request_not_yours | request_not_yours
claimed 2 days ago     | request_not_yours | session_not_found | request_not_yours | request_not_yours
student proposes       | request_not_yours | session_not_found | request_not_yours | request_not_yours
session in 2 days      | request_not_yours | session_not_over  | request_not_yours | request_not_yours
mentor proposes        | request_not_yours | session_not_over  | request_not_yours | request_not_yours
session in 10 min      | request_not_yours | session_not_over  | request_not_yours | request_not_yours
session goes on        | request_not_yours | session_not_over  | request_not_yours | request_not_yours
session over           | request_not_yours | → COMPLETED       | request_not_yours | request_not_yours
over for a day         | request_not_yours | → COMPLETED       | request_not_yours | request_not_yours
session missed         | request_not_yours | session_missed    | request_not_yours | request_not_yours
completed              | request_not_yours | → COMPLETED       | request_not_yours | request_not_yours
cancelled              | request_not_yours | request_not_yours | request_not_yours | request_not_yours
cancelled when claimed | request_not_yours | session_not_found | request_not_yours | request_not_yours
expired                | request_not_yours | request_not_yours | request_not_yours | request_not_yours

setLink                | student                    | holder            | another mentor    | somebody else
open                   | session_not_found          | session_not_found | session_not_found | session_not_found
open, out of time      | session_not_found          | session_not_found | session_not_found | session_not_found
claimed                | session_not_found          | session_not_found | session_not_found | session_not_found
claimed 2 days ago     | session_not_found          | session_not_found | session_not_found | session_not_found
student proposes       | session_not_found          | session_not_found | session_not_found | session_not_found
session in 2 days      | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
mentor proposes        | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
session in 10 min      | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
session goes on        | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
session over           | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
over for a day         | request_claimed_by_another | → SCHEDULED       | request_not_yours | request_not_yours
session missed         | session_over               | session_over      | request_not_yours | request_not_yours
completed              | session_over               | session_over      | request_not_yours | request_not_yours
cancelled              | session_not_found          | session_not_found | session_not_found | session_not_found
cancelled when claimed | session_not_found          | session_not_found | session_not_found | session_not_found
expired                | session_not_found          | session_not_found | session_not_found | session_not_found`;

/** What the clock and the meeting provider do, in nobody's name. They are never refused: what is not due stays (-). */
const byItself = `
by itself              | expire    | giveBack | end         | closeUnfinished | attachMeeting | meetingFailed
open                   | -         | -        | -           | -               | -             | -
open, out of time      | → EXPIRED | -        | -           | -               | -             | -
claimed                | -         | -        | -           | -               | -             | -
claimed 2 days ago     | -         | → OPEN   | -           | -               | -             | -
student proposes       | -         | -        | -           | -               | -             | -
session in 2 days      | -         | -        | -           | -               | → SCHEDULED   | → SCHEDULED
mentor proposes        | -         | -        | -           | -               | → SCHEDULED   | → SCHEDULED
session in 10 min      | -         | -        | -           | -               | → SCHEDULED   | → SCHEDULED
session goes on        | -         | -        | -           | -               | → SCHEDULED   | → SCHEDULED
session over           | -         | -        | → SCHEDULED | -               | → SCHEDULED   | → SCHEDULED
over for a day         | -         | -        | → SCHEDULED | → COMPLETED     | → SCHEDULED   | → SCHEDULED
session missed         | -         | -        | -           | -               | -             | -
completed              | -         | -        | -           | -               | -             | -
cancelled              | -         | -        | -           | -               | -             | -
cancelled when claimed | -         | -        | -           | -               | -             | -
expired                | -         | -        | -           | -               | -             | -`;

const tables = [...byPeople.split('\n\n'), byItself].map((table) => table.trim());

const meeting = { state: 'ready', link: 'https://meet.google.com/abc-defg-hij', eventId: 'e1' } as const;

const verbs: Record<string, (request: Request, role: Role) => Change> = {
  claim: (request, role) => claim(request, roles[role], now),
  release: (request, role) => release(request, roles[role], now),
  cancel: (request, role) => cancel(request, roles[role], now),
  renew: (request, role) => renew(request, roles[role], now),
  schedule: (request, role) =>
    schedule(request, roles[role], nowPlus(3 * DAY), now, sessionId, 'google-meet'),
  propose: (request, role) => propose(request, roles[role], nowPlus(4 * DAY), '', now),
  accept: (request, role) => accept(request, roles[role], nowPlus(3 * DAY), now, sessionId, 'google-meet'),
  decline: (request, role) => decline(request, roles[role], nowPlus(3 * DAY), now),
  join: (request, role) => join(request, roles[role], now),
  complete: (request, role) => complete(request, roles[role], now),
  'did not come': (request, role) => reportNoShow(request, roles[role], now),
  moved: (request, role) => reportMoved(request, roles[role], now),
  rate: (request, role) =>
    rate(request, roles[role], { rating: 5, helped: 'yes', comment: 'Thank you' }, now),
  'wrap up': (request, role) => wrapUp(request, roles[role], 'Went well', 'Read on', now),
  setLink: (request, role) => setLink(request, roles[role], 'https://example.org/room', now, 'google-meet'),
};
const sweeps: Record<string, (request: Request) => Change | null> = {
  expire: (request) => expire(request, now),
  giveBack: (request) => giveBack(request, now),
  end: (request) => end(request, now),
  closeUnfinished: (request) => closeUnfinished(request, now),
  attachMeeting: (request) => attachMeeting(request, sessionId, meeting, 'google-meet', now),
  meetingFailed: (request) => meetingFailed(request, sessionId, now),
};

type Act = (request: Request) => Change | null;

/** A column of a table: what to do, as whom. */
const acts: Record<string, Record<string, Act>> = {
  ...Object.fromEntries(
    Object.entries(verbs).map(([verb, act]) => [
      verb,
      Object.fromEntries(Object.keys(roles).map((role) => [role, (request) => act(request, role as Role)])),
    ]),
  ),
  'by itself': sweeps,
};

function outcomeOf(act: Act, request: Request): string {
  try {
    const change = act(frozen(request));
    return change ? `→ ${change.request.status}` : '-';
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

/** The table as it is in truth, in the shape in which it is written above. */
function tableOf(verb: string): string {
  const columns = Object.entries(acts[verb] ?? {});
  const rows = [
    [verb, ...columns.map(([name]) => name)],
    ...Object.entries(situations).map(([name, request]) => [
      name,
      ...columns.map(([, act]) => outcomeOf(act, request)),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}

const spaced = (table: string): string => table.trim().replace(/ +\|/g, ' |');

describe('Who may do what, when', () => {
  test.each(tables.map((table) => [table.split('|')[0]?.trim() ?? '', table]))('%s', (verb, table) => {
    expect(spaced(tableOf(verb))).toBe(spaced(table));
  });

  test('every verb has its table', () => {
    expect(tables).toHaveLength(Object.keys(acts).length);
  });

  test('a mentor does not claim what is their own', () => {
    const mentoringStudent = { ...roles.student, isMentor: true };
    for (const request of Object.values(situations)) {
      expect(() => claim(request, mentoringStudent, now)).toThrow(
        expect.objectContaining({ code: 'request_is_your_own' }),
      );
    }
  });
});

/** Every allowed change there is. */
const changes = Object.entries(acts).flatMap(([verb, columns]) =>
  Object.entries(columns).flatMap(([role, act]) =>
    Object.entries(situations).flatMap(([situation, before]) => {
      if (!outcomeOf(act, before).startsWith('→')) return [];
      const change = act(before);
      return change ? [{ what: `${verb} · ${role} · ${situation}`, act, before, change }] : [];
    }),
  ),
);

describe('Whatever happens', () => {
  test('the channel’s card follows every change of status', () => {
    for (const { what, before, change } of changes) {
      if (change.request.status === before.status) continue;
      const card = change.notices.find(({ kind }) => kind === 'request_card');
      expect(card, what).toMatchObject({ mode: 'latest', key: `request_card:${before.id}` });
    }
  });

  test('only those concerned are told, and each thing once', () => {
    for (const { what, act, before, change } of changes) {
      const mentor = change.request.mentor ?? before.mentor;
      const parties = [before.student.id, mentor?.id];
      for (const { recipient, requestId, detail } of change.notices) {
        if (recipient.to === 'member') expect(parties, what).toContain(recipient.memberId);
        expect(requestId).toBe(before.id);
        for (const value of Object.values(detail)) expect(value, what).toBeTypeOf('string');
      }
      const keys = change.notices.map(({ key }) => key);
      expect(new Set(keys).size, `${what}: ${keys}`).toBe(keys.length);
      for (const key of keys) expect(key).not.toMatch(/undefined|null|NaN|\[object/);
      expect(
        act(before)?.notices.map(({ key }) => key),
        what,
      ).toEqual(keys);
    }
  });

  test('what is about a session can be withdrawn with it', () => {
    const aboutSessions = [
      ...['session_card', 'session_moved', 'session_reminder', 'link_missing'],
      ...['did_it_happen', 'how_did_it_go'],
      ...['meeting_wanted', 'meeting_check', 'meeting_moved'],
    ];
    for (const notice of changes.flatMap(({ change }) => change.notices)) {
      expect(notice.sessionId, notice.key).toBe(aboutSessions.includes(notice.kind) ? sessionId : null);
    }
  });
});
