/**
 * What a message says, as somebody reads it: Slack hands out its text with markup for people, channels, links and
 * dates (https://docs.slack.dev/messaging/formatting-message-text).
 */
export const plainWords = (text: string): string =>
  text
    .replaceAll(/<([^<>]*)>/g, (_whole, inside: string) => token(inside))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();

function token(inside: string): string {
  const cut = inside.indexOf('|');
  const target = cut < 0 ? inside : inside.slice(0, cut);
  const label = cut < 0 ? '' : inside.slice(cut + 1);
  if (target.startsWith('@')) return label ? `@${label}` : '@somebody';
  if (target.startsWith('#')) return label ? `#${label}` : '#a-channel';
  if (target.startsWith('!date')) return label;
  if (target.startsWith('!subteam')) return label || '@a-group';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  const address = target.replace(/^mailto:/, '');
  return label && label !== address ? `${label} (${address})` : address;
}

/**
 * Where a message is. Asking Slack for it would take from the three seconds in which a form must open.
 * https://docs.slack.dev/messaging/retrieving-messages#permalinks
 * @param ts the message's, such as "1700000000.000100"
 */
export function permalink(domain: string, channelId: string, ts: string, threadTs: string): string {
  if (!domain || !channelId) return '';
  const link = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return threadTs && threadTs !== ts ? `${link}?thread_ts=${threadTs}&cid=${channelId}` : link;
}
