// Only what is used: each module registers its element.
import { DiscordButton } from '@skyra/discord-components-core/discord-button.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-bold.js';
import '@skyra/discord-components-core/discord-code.js';
import '@skyra/discord-components-core/discord-italic.js';
import '@skyra/discord-components-core/discord-mention.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-quote.js';
import '@skyra/discord-components-core/discord-subscript.js';
import '@skyra/discord-components-core/discord-time.js';
import '@skyra/discord-components-core/discord-underlined.js';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

/** The elements of discord-components, as React knows them; and what our page needs of them that they lack. */

type Plain = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'discord-messages': Plain & { 'no-background'?: boolean };
      'discord-message': Plain & {
        author: string;
        avatar: string;
        bot?: boolean;
        verified?: boolean;
        timestamp?: string;
      };
      'discord-attachments': Plain;
      'discord-action-row': Plain;
      'discord-button': Plain & {
        type?: 'primary' | 'secondary' | 'success' | 'destructive';
        url?: string;
        disabled?: boolean;
      };
      'discord-mention': Plain & { type: 'user' | 'role' | 'channel' };
      'discord-bold': Plain;
      'discord-code': Plain;
      'discord-italic': Plain;
      'discord-quote': Plain;
      'discord-subscript': Plain;
      'discord-time': Plain;
      'discord-underlined': Plain;
    }
  }
}

/** Their greys and reds are hard to read; these have the contrast that WCAG asks for, and a focus that is seen. */
const more = (of: { elementStyles: unknown[] }, css: string): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  of.elementStyles.push(sheet);
};
more(
  DiscordMessage as unknown as { elementStyles: unknown[] },
  ':host{padding-right:16px} .discord-message-timestamp,.discord-message-edited{color:#a3a6aa!important}',
);
more(
  DiscordButton as unknown as { elementStyles: unknown[] },
  `.destructive{background-color:#d22d39} .destructive.hoverable:hover{background-color:#b3242f}
  .success{background-color:#248046} .primary{background-color:#5662e8}
  :is(a,button){padding:2px 14px!important;border-radius:8px!important}
  :is(a,button)>svg{margin-left:6px}
  :is(a,button):focus-visible{outline:2px solid #fff;outline-offset:2px}`,
);
