import type { Settings } from '../../core/preferences.ts';
import { type ReminderId, reminderIds } from '../../core/reminders.ts';
import { type Block, button, buttons, type Card, card, note, text } from '../card.ts';
import { remindersInWords, reminderWords } from '../durations.ts';
import type { Section } from '../settings-card.ts';
import { listed, say } from '../words.ts';

export const remindersSection = ({ preferences, community }: Settings): Section => ({
  label: say('Reminders of sessions'),
  value: preferences.reminders
    ? remindersInWords(preferences.reminders)
    : say('{times} (as usual here)', { times: remindersInWords(community.reminders) }),
  change: button(say('Reminders'), 'settings.reminders'),
});

/** Each reminder is a button that turns it on or off, three in a row. */
export function reminderButtons(chosen: readonly ReminderId[], intent: string): (Block | null)[] {
  const each = reminderIds.map((id) => {
    const on = chosen.includes(id);
    return button(
      on ? listed(['✓ ', reminderWords[id]], '') : reminderWords[id],
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
    say('When shall I remind you?'),
    text(
      chosen.length > 0
        ? say('I remind you by direct message, {times} each of your sessions. A press turns one on or off.', {
            times: remindersInWords(chosen),
          })
        : say('I do not remind you of sessions. A press turns a reminder on.'),
    ),
    ...reminderButtons(chosen, 'settings.remind'),
    note(say('It holds for the sessions that are planned, too.')),
    buttons(
      chosen.length > 0 ? button(say('None'), 'settings.remind', { as: 'none' }) : null,
      preferences.reminders ? button(say('As usual here'), 'settings.remind', { as: 'usual' }) : null,
      button(say('My settings'), 'settings.show'),
    ),
  );
}
