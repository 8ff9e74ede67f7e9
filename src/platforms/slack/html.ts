import type { Language } from '../../core/language.ts';
import { worded } from '../../messages/in-language.ts';
import type { InstallPage } from '../../messages/install-pages.ts';
import type { Words } from '../../messages/words.ts';

const escaped = (words: string): string =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const STYLE = `
  body { font: 17px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #f4ede4; margin: 0; }
  main { max-width: 34rem; margin: 12vh auto; padding: 2.5rem; background: #fff; border-radius: 12px; }
  h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
  a { display: inline-block; margin-top: .75rem; padding: .7rem 1.4rem; border-radius: 8px; background: #1f4d3a;
    color: #fff; font-weight: 600; text-decoration: none; }
  a:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px; }`;

/** A page as HTML, in a language, without a script. */
export function htmlOf({ title, paragraphs, link }: InstallPage, language: Language): string {
  const words = (said: Words) => escaped(worded(said, { language, timeZone: null }));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${words(title)}</h1>
${paragraphs.map((said) => `<p>${words(said)}</p>`).join('\n')}
${link ? `<a href="${escaped(link.url)}">${words(link.label)}</a>` : ''}
</main>
</body>
</html>
`;
}
