import type { Words } from './words.ts';

/** A web page of a few words. */
export interface WebPage {
  title: Words;
  paragraphs: Words[];
  /** A button that sends the page back to its own address: for what no mere look at it may do. */
  press?: Words;
  /** Where to go from here. */
  link?: { label: Words; url: string };
}
