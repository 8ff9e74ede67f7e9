import type { ReminderId } from './reminders.ts';

/** Someone's account on one platform, in one space (a Slack workspace or a Discord server). */
export interface Account {
  /** Name of the platform, such as "slack". */
  platform: string;
  /** The platform's own id of the space. */
  spaceId: string;
  /** The platform's own id of the user. */
  userId: string;
}

/** A member as others see them. */
export interface Person {
  id: string;
  name: string;
  /** IANA time zone, or null while nobody told us. */
  timeZone: string | null;
  accounts: Account[];
  /** When they are reminded of sessions; as their community has it when null, or left out. */
  reminders?: ReminderId[] | null;
  /** A link of a mentor's own, for all of their sessions; none when null, or left out. */
  meetingRoom?: string | null;
}

/** The member on whose behalf a use-case runs. */
export interface Actor {
  memberId: string;
  communityId: string;
  name: string;
  timeZone: string | null;
  isMentor: boolean;
  /** Looks after the programme: sees what waits in it, and may step in. */
  isCoordinator: boolean;
}

/** The actor as others see them; accounts are known once it is read again. */
export const asPerson = ({ memberId, name, timeZone }: Actor): Person => ({
  id: memberId,
  name,
  timeZone,
  accounts: [],
});
