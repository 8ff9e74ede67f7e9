import type { ReactNode } from 'react';
import { discordDate } from './times.tsx';

/** The part of Discord's markdown that messages of apps use, as elements of discord-components. */

export interface MarkdownReader {
  zone: string;
  now: number;
  names: Record<string, string>;
}

/** Blocks: headings, small print, quotes, lists, and lines of text. */
export function Markdown({ source, reader }: { source: string; reader: MarkdownReader }) {
  const out: ReactNode[] = [];
  const lines = source.split('\n');
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? '';
    const heading = /^(#{1,3}) (.+)$/.exec(line);
    if (heading) {
      const Heading = `h${(heading[1] ?? '#').length + 2}` as 'h3' | 'h4' | 'h5';
      out.push(
        <Heading key={i} className="discord-heading" data-level={heading[1]?.length}>
          {inline(heading[2] ?? '', reader)}
        </Heading>,
      );
      i += 1;
    } else if (line.startsWith('-# ')) {
      out.push(<discord-subscript key={i}>{inline(line.slice(3), reader)}</discord-subscript>);
      i += 1;
    } else if (/^> ?/.test(line)) {
      const quoted: string[] = [];
      const first = i;
      while (i < lines.length && /^> ?/.test(lines[i] ?? '')) {
        quoted.push((lines[i] ?? '').replace(/^> ?/, ''));
        i += 1;
      }
      out.push(
        <discord-quote key={first}>
          {quoted.map((one, n) => (
            <span key={n} className="discord-line">
              {inline(one, reader)}
            </span>
          ))}
        </discord-quote>,
      );
    } else {
      out.push(
        <span key={i} className="discord-line">
          {inline(line.replace(/^[-*] /, '• '), reader)}
        </span>,
      );
      i += 1;
    }
  }
  return <>{out}</>;
}

const TOKEN =
  /\\([\\`*_~|<>{}[\]()#+\-.!:@/])|`([^`\n]+)`|\*\*([\s\S]+?)\*\*|__([\s\S]+?)__|\*([^*\n]+)\*|~~([\s\S]+?)~~|<t:(-?\d+)(?::([tTdDfFR]))?>|<(@!?|@&|#)(\d+)>|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]'"*_])/;

/** Words inside a line. Whatever is no markup stands as it is. */
function inline(source: string, reader: MarkdownReader): ReactNode[] {
  const out: ReactNode[] = [];
  let rest = source;
  for (let key = 0; rest !== ''; key += 1) {
    const found = TOKEN.exec(rest);
    if (!found) {
      out.push(rest);
      break;
    }
    if (found.index > 0) out.push(rest.slice(0, found.index));
    out.push(<Piece key={key} found={found} reader={reader} />);
    rest = rest.slice(found.index + found[0].length);
  }
  return out;
}

function Piece({ found, reader }: { found: RegExpExecArray; reader: MarkdownReader }): ReactNode {
  const [whole, escaped, code, bold, under, italic, struck, unix, style, sign, id, label, target, url] =
    found;
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return <discord-code>{code}</discord-code>;
  if (bold !== undefined) return <discord-bold>{inline(bold, reader)}</discord-bold>;
  if (under !== undefined) return <discord-underlined>{inline(under, reader)}</discord-underlined>;
  if (italic !== undefined) return <discord-italic>{inline(italic, reader)}</discord-italic>;
  if (struck !== undefined) return <s>{inline(struck, reader)}</s>;
  if (unix !== undefined)
    return <discord-time>{discordDate(Number(unix), style ?? 'f', reader.zone, reader.now)}</discord-time>;
  if (id !== undefined) {
    const name = reader.names[id] ?? 'unknown';
    return (
      <discord-mention type={sign === '#' ? 'channel' : sign === '@&' ? 'role' : 'user'}>
        {name}
      </discord-mention>
    );
  }
  const href = target ?? url;
  if (href !== undefined)
    return (
      <a href={href} target="_blank" rel="noreferrer" className="discord-anchor">
        {label === undefined ? href : inline(label, reader)}
      </a>
    );
  return whole;
}
