import { worded } from '../messages/in-language.ts';
import type { WebPage } from '../messages/web-page.ts';
import type { Locale, Words } from '../messages/words.ts';

const escaped = (words: string): string =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const STYLE = `
  :root { color-scheme: light dark; --ink: #1d1c1d; --ground: #f4ede4; --sheet: #fff; --accent: #1f4d3a; --on-accent: #fff; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8e6e3; --ground: #17191b; --sheet: #23272a; --accent: #8fd3b0; --on-accent: #10241b; }
  }
  body { font: 17px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); margin: 0; }
  main { max-width: 34rem; margin: 12vh auto; padding: 2.5rem; background: var(--sheet); border-radius: 12px;
    box-sizing: border-box; overflow-wrap: anywhere; }
  @media (max-width: 36rem) { main { margin: 0; padding: 2rem 1.25rem; min-height: 100vh; border-radius: 0; } }
  h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
  a, button { display: inline-block; margin-top: .75rem; padding: .7rem 1.4rem; border: 0; border-radius: 8px;
    background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
  a:focus-visible, button:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px; }`;

/** A page as HTML, in its reader's language, without a script. */
export function htmlOf({ title, paragraphs, press, link }: WebPage, locale: Locale): string {
  const words = (said: Words) => escaped(worded(said, locale));
  return `<!doctype html>
<html lang="${locale.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${words(title)}</h1>
${paragraphs.map((said) => `<p>${words(said)}</p>`).join('\n')}
${press ? `<form method="post"><button type="submit">${words(press)}</button></form>` : ''}
${link ? `<a href="${escaped(link.url)}">${words(link.label)}</a>` : ''}
</main>
</body>
</html>
`;
}
