import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Language, languageOf, languages } from '../core/language.ts';
import type { WebPage } from '../messages/web-page.ts';
import type { Locale } from '../messages/words.ts';
import { htmlOf } from './html.ts';

/** The language that the browser prefers, among those that the bot speaks. */
export const spokenBy = (request: IncomingMessage): Language =>
  (request.headers['accept-language'] ?? '')
    .split(',')
    .map((tag) => languageOf(tag.split(';')[0]?.trim()))
    .find((language) => language !== null) ?? languages[0];

/**
 * Nothing of the bot's pages is stored, framed, indexed, told to where people go from here, or allowed to run. Forms are
 * not limited: browsers hold that against where the answer leads on to, and that is whatever video call there is.
 */
export function guard(response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-robots-tag', 'noindex');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  );
}

/** @param locale of whoever reads it; the browser's language when left out */
export function show(
  response: ServerResponse,
  status: number,
  page: WebPage,
  locale: Locale = { language: spokenBy(response.req), timeZone: null },
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(htmlOf(page, locale));
}
