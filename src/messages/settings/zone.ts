import type { Settings } from '../../core/preferences.ts';
import { button } from '../card.ts';
import type { Form } from '../form.ts';
import type { Section } from '../settings-card.ts';

export const zoneSection = ({ timeZone, zoneFromPlatform }: Settings): Section => ({
  label: 'Time zone',
  value: [
    timeZone ?? 'I do not know it yet.',
    ...(zoneFromPlatform ? [' (from your profile; change it there and I follow)'] : []),
  ],
  change: zoneFromPlatform ? null : button('Time zone', 'settings.zone'),
});

/** In which zone the times that somebody types are meant. */
export const zoneForm = (args: Record<string, string>): Form => ({
  title: 'Time zone',
  submit: 'Save time zone',
  intent: 'settings.set-zone',
  args,
  intro: 'I read the times that you type in this zone. Times that I show you are always in your own.',
  fields: [
    {
      field: 'zone',
      name: 'timeZone',
      label: 'Your time zone',
      hint: 'A city or an IANA name, such as Berlin or America/New_York.',
      required: true,
    },
  ],
});
