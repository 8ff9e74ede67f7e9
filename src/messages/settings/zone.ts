import type { Settings } from '../../core/preferences.ts';
import { button, type Text } from '../card.ts';
import type { Form } from '../form.ts';
import type { Section } from '../settings-card.ts';
import { say } from '../words.ts';

export const zoneSection = ({ timeZone, zoneFromPlatform }: Settings): Section => ({
  label: say('Time zone'),
  value: zoneWords(timeZone, zoneFromPlatform),
  change: zoneFromPlatform ? null : button(say('Time zone'), 'settings.zone'),
});

function zoneWords(zone: string | null, fromPlatform: boolean): Text {
  if (zone === null) return say('I do not know it yet.');
  return fromPlatform ? say('{zone} (from your profile; change it there and I follow)', { zone }) : zone;
}

/** In which zone the times that somebody types are meant. */
export const zoneForm = (args: Record<string, string>): Form => ({
  title: say('Time zone'),
  submit: say('Save time zone'),
  intent: 'settings.set-zone',
  args,
  intro: say('I read the times that you type in this zone. Times that I show you are always in your own.'),
  fields: [
    {
      field: 'zone',
      name: 'timeZone',
      label: say('Your time zone'),
      hint: say('A city or an IANA name, such as Berlin or America/New_York.'),
      required: true,
    },
  ],
});
