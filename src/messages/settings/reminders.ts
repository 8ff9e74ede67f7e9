import type { Settings } from '../../core/preferences.ts';
import { type ReminderId, reminderIds } from '../../core/reminders.ts';
import { type Block, button, buttons, type Card, card, note, text } from '../card.ts';
import { remindersInWords, reminderWords } from '../durations.ts';
import type { Section } from '../settings-card.ts';

export const remindersSection = ({ preferences, community }: Settings): Section => ({
  label: 'Reminders of sessions',
  value: preferences.reminders
    ? remindersInWords(preferences.reminders)
    : `${remindersInWords(community.reminders)} (as usual here)`,
  change: button('Reminders', 'settings.reminders'),
});

/** Each reminder is a button that turns it on or off, three in a row. */
export function reminderButtons(chosen: readonly ReminderId[], intent: string): (Block | null)[] {
  const each = reminderIds.map((id) => {
    const on = chosen.includes(id);
    return button(
      `${on ? '✓ ' : ''}${reminderWords[id]}`,
      intent,
      { reminder: id, wanted: on ? 'no' : 'yes' },
      on ? 'primary' : 'plain',
    );
  });
  return [buttons(...each.slice(0, 3)), buttons(...each.slice(3))];
}

/** When a member is reminded of their sessions, to be changed press by press. */
export function remindersCard({ preferences, community }: Settings): Card {
  const chosen = preferences.reminders ?? community.reminders;
  return card(
    'neutral',
    'When shall I remind you?',
    text(
      chosen.length > 0
        ? `I remind you by direct message: ${remindersInWords(chosen)} each of your sessions. A press turns one on or off.`
        : 'I do not remind you of sessions. A press turns a reminder on.',
    ),
    ...reminderButtons(chosen, 'settings.remind'),
    note('It holds for the sessions that are planned, too.'),
    buttons(
      chosen.length > 0 ? button('None', 'settings.remind', { as: 'none' }) : null,
      preferences.reminders ? button('As usual here', 'settings.remind', { as: 'usual' }) : null,
      button('My settings', 'settings.show'),
    ),
  );
}
