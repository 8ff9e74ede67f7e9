import type { Settings } from '../core/preferences.ts';
import { type Button, buttons, type Card, card, facts, type Text } from './card.ts';
import { calendarSection } from './settings/calendar.ts';
import { meetingRoomSection } from './settings/meeting-room.ts';

import { quietHoursSection } from './settings/quiet-hours.ts';
import { remindersSection } from './settings/reminders.ts';
import { zoneSection } from './settings/zone.ts';
import { say, type Words } from './words.ts';

/** One thing that members set about themselves: what holds now, and the button that changes it. */
export interface Section {
  label: Words;
  value: Text;
  change: Button | null;
}

/** Each in a file of its own; null where it is no matter for this member. */
const sections: readonly ((settings: Settings) => Section | null)[] = [
  zoneSection,
  remindersSection,
  quietHoursSection,
  calendarSection,
  meetingRoomSection,
];

/** What a member can set about themselves, as it stands; also the answer to each change. */
export const settingsCard = (settings: Settings): Card => {
  const shown = sections.flatMap((section) => section(settings) ?? []);
  return card(
    'neutral',
    say('My settings'),
    facts(...shown.map(({ label, value }): [Words, Text] => [label, value])),
    buttons(...shown.map(({ change }) => change)),
  );
};
