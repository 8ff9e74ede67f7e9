import type { SetUpCheck } from '../core/ports.ts';
import { button, buttons, type Card, card, type Inline, text } from './card.ts';
import { say } from './words.ts';

/** For coordinators: everything that the bot needs, and how to mend what is wrong. The names are those of the settings. */
export function setUpCard(checks: readonly SetUpCheck[]): Card {
  const failed = checks.filter(({ ok }) => !ok);
  const fine = checks.filter(({ ok }) => ok);
  return card(
    failed.length > 0 ? 'bad' : 'good',
    failed.length > 0 ? say('Some of it needs attention') : say('Everything that I need works'),
    ...failed.map(({ what, remedy = '' }) => text('✗ ', { bold: what }, '\n', remedy)),
    fine.length > 0
      ? text(...fine.flatMap(({ what }, index): Inline[] => [index > 0 ? '\n' : '', `✓ ${what}`]))
      : null,
    buttons(
      button(say('Look again'), 'admin.set-up', {}, 'primary'),
      button(say('Settings'), 'admin.settings'),
    ),
  );
}
