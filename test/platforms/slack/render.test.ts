import { describe, expect, test } from 'vitest';
import type { Block, SpokenCard as Card, Inline, Tone } from '../../../src/messages/card.ts';
import {
  at,
  bold,
  button,
  buttons,
  divider,
  facts,
  fromNow,
  linkButton,
  mention,
  note,
  quote,
  text,
} from '../../../src/messages/card.ts';
import { fallbackText, renderCard, shortWords } from '../../../src/platforms/slack/render.ts';
import { distance, nearness } from '../../../src/platforms/slack/rich-text.ts';
import { checkBlocks, problems } from '../../../src/sandbox/slack/check-blocks.ts';
import { spokenCard as card } from '../../support/spoken.ts';

const now = new Date('2027-03-01T12:00:00Z');
const reader = { spaceId: 'T1', now };
const soon = new Date('2027-03-01T12:15:00Z');
const person = (spaceId: string, userId = 'U1') => ({
  id: '1',
  name: 'Ana *B*',
  timeZone: null,
  accounts: [{ platform: 'slack', spaceId, userId }],
});
/** The blocks below the header. */
const below = (...blocks: (Block | null)[]) => renderCard(card('neutral', 'T', ...blocks), reader).slice(1);
const section = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const refusals = (blocks: unknown) => {
  const p = problems();
  checkBlocks(blocks, 'message', '/blocks', p);
  return p.list;
};

describe('a card as Block Kit', () => {
  test('title and tone', () => {
    expect(renderCard(card('good', 'Done <!here>'), reader)).toEqual([
      { type: 'header', text: { type: 'plain_text', text: '✅ Done <!here>', emoji: false } },
    ]);
  });

  test('words, bold, times in the reader’s zone, links', () => {
    expect(
      below(
        text('At ', at(soon), ', ', bold('*really*'), ': ', { link: 'https://a.example/x', label: 'here' }),
      ),
    ).toEqual([
      section(
        { type: 'text', text: 'At ' },
        {
          type: 'date',
          timestamp: 1_803_903_300,
          format: '{date_long_pretty} at {time}',
          fallback: 'Mon 1 Mar, 12:15 UTC',
        },
        { type: 'text', text: ', ' },
        { type: 'text', text: '*really*', style: { bold: true } },
        { type: 'text', text: ': ' },
        { type: 'link', url: 'https://a.example/x', text: 'here' },
      ),
    ]);
  });

  test('relative times are counted from now', () => {
    expect(below(text(fromNow(soon)))).toMatchObject([
      section({ type: 'date' }, { type: 'text', text: ' (in 15 minutes)' }),
    ]);
  });

  test('people are mentioned in their own workspace, and named elsewhere', () => {
    expect(below(text(mention(person('T1'))))).toEqual([section({ type: 'user', user_id: 'U1' })]);
    const named = section({ type: 'text', text: 'Ana *B*', style: { bold: true } });
    expect(below(text(mention(person('T2'))))).toEqual([named]);
    expect(below(text(mention(person('T1', '<!channel>'))))).toEqual([named]);
  });

  test('facts are lines', () => {
    expect(below(facts(['When', at(soon)], ['What', ['a', bold('b')]]))).toMatchObject([
      section(
        { type: 'text', text: 'When:', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'date' },
        { type: 'text', text: '\n' },
        { type: 'text', text: 'What:', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b', style: { bold: true } },
      ),
    ]);
  });

  test('notes are quiet, and escaped', () => {
    const words = note('Until ', at(soon), ' & <!here> ', mention(person('T1')), bold(' or '), fromNow(soon));
    expect(below(words)).toMatchObject([{ type: 'rich_text' }]); // A name with stars.
    const quiet = note('Until ', at(soon), ' & <!here>, ', bold('or'), ' ', fromNow(soon), {
      link: 'https://a.example/?a=1&b=|',
      label: 'x',
    });
    const date = '<!date^1803903300^{date_long_pretty} at {time}|Mon 1 Mar, 12:15 UTC>';
    expect(below(quiet)).toEqual([
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: `Until ${date} &amp; &lt;!here&gt;, *or* ${date} (in 15 minutes)<https://a.example/?a=1&amp;b=%7C|x>`,
            verbatim: true,
          },
        ],
      },
    ]);
  });

  test.each(['_a_', '*b*', '~c~', '`d`', '> e', ':fire:'])(
    'a note that mrkdwn would change is rich text: %s',
    (words) => {
      expect(below(note('By ', '\n', words))).toEqual([
        section({ type: 'text', text: 'By ' }, { type: 'text', text: '\n' }, { type: 'text', text: words }),
      ]);
    },
  );

  test('what holds no words is left out', () => {
    expect(
      below(
        text(''),
        text(' ', '\n'),
        note(' '),
        facts(),
        { block: 'quote', text: ' ' },
        { block: 'buttons', buttons: [] },
      ),
    ).toEqual([]);
  });

  test('quotes hold exactly what was written, with its addresses as links to themselves', () => {
    const written =
      '<!channel> *b* _i_ `c` ~s~\n> q <https://evil.example|good> see https://a.example/x?y=1.';
    const [block] = below(quote(written));
    expect(block).toMatchObject({ type: 'rich_text', elements: [{ type: 'rich_text_quote' }] });
    const { elements } = (
      block as unknown as { elements: [{ elements: { type: string; text: string; url?: string }[] }] }
    ).elements[0];
    expect(elements.map((element) => element.text).join('')).toBe(written);
    expect(elements.flatMap(({ url }) => url ?? [])).toEqual(['https://a.example/x?y=1']);
  });

  test('addresses that are no web addresses are words only', () => {
    const link = { link: 'javascript:alert(1)', label: 'here' };
    expect(below(text(link))).toEqual([section({ type: 'text', text: 'here' })]);
    expect(below(buttons(linkButton('Join', 'file:///etc/passwd')))).toEqual([]);
  });

  test('buttons carry their intent; links theirs', () => {
    expect(
      below(
        buttons(
          button('Claim', 'request.claim', { requestId: 'a' }, 'primary'),
          linkButton('Join', 'https://meet.example/a'),
        ),
      ),
    ).toEqual([
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Claim', emoji: false },
            action_id: 'request.claim?requestId=a',
            style: 'primary',
          },
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Join', emoji: false },
            action_id: 'link:1',
            url: 'https://meet.example/a',
          },
        ],
      },
    ]);
  });

  test('many buttons make rows; equal ones are an error', () => {
    const many = buttons(...Array.from({ length: 12 }, (_, i) => button(`B${i}`, 'a.b', { i: String(i) })));
    expect(below(many).map((row) => (row as { elements: unknown[] }).elements.length)).toEqual([5, 5, 2]);
    expect(() => below(buttons(button('A', 'a.b'), button('B', 'a.b')))).toThrow('do the same');
  });

  test('the fallback reads well and pings nobody', () => {
    const full = card(
      'urgent',
      'New <request>',
      text('From ', mention(person('T1'))),
      quote('@here <!channel>\n\nx'),
    );
    expect(fallbackText(full, reader)).toBe('New &lt;request&gt;. From Ana *B* — @here &lt;!channel&gt; x');
    expect(shortWords(card('bad', 'Not now!', text('Later.')), reader, 300)).toBe('Not now! Later.');
    expect(shortWords(card('bad', '', divider), reader, 300)).toBe('That did not work.');
  });

  test.each([
    [0, 'now'],
    [15 * 60, 'in 15 minutes'],
    [60, 'in 1 minute'],
    [-61 * 60, '61 minutes ago'],
    [2 * 3_600, 'in 2 hours'],
    [-30 * 3_600, '30 hours ago'],
    [3 * 86_400, 'in 3 days'],
  ])('%d seconds away is "%s"', (seconds, words) => {
    expect(distance(now, new Date(now.getTime() + seconds * 1_000), 'en')).toBe(words);
  });

  test.each([
    [15 * 60, ' (in 15 minutes)'],
    [-4 * 60, ' (4 minutes ago)'],
    [24 * 3_600, ''],
    [-13 * 3_600, ''],
  ])('%d seconds away is said beside the date as "%s"', (seconds, words) => {
    expect(nearness(now, new Date(now.getTime() + seconds * 1_000), 'en')).toBe(words);
  });
});

/** A reproducible source of numbers below 1 (mulberry32). */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyCard(seed: number): Card {
  const roll = dice(seed);
  const upTo = (max: number) => Math.floor(roll() * (max + 1));
  const pick = <T>(all: readonly T[]): T => all[upTo(all.length - 1)] as T;
  const bits = [
    '',
    ' ',
    '\n',
    'a',
    '😀',
    '*b*',
    '<!channel>',
    '&amp;',
    'https://a.example/',
    'ü',
    '>',
    '`',
    '\u0000',
    '\ud800',
  ];
  const words = () => pick(bits).repeat(pick([0, 1, 3, 80, 200, 3_001, 9_000]));
  const inline = (): Inline =>
    pick<() => Inline>([
      words,
      () => bold(words()),
      () => at(new Date(upTo(4e12))),
      () => fromNow(soon),
      () => mention({ ...person(pick(['T1', 'T2'])), name: words() }),
      () => ({
        link: pick(['https://a.example/', 'nowhere', `https://a.example/${'x'.repeat(4_000)}`]),
        label: words(),
      }),
    ])();
  const line = () => Array.from({ length: upTo(6) }, inline);
  const block = (_: unknown, n: number): Block | null =>
    pick<() => Block | null>([
      () => text(...line()),
      () => note(...line()),
      () => quote(words()),
      () => facts(...Array.from({ length: upTo(30) }, (): [string, Inline[]] => [words(), line()])),
      () => divider,
      () =>
        buttons(
          ...Array.from({ length: upTo(30) }, (_, i) =>
            roll() < 0.2
              ? linkButton(words(), pick(['https://a.example', 'no']))
              : button(words(), 'a.b', { n: `${n}.${i}` }, pick(['primary', 'danger', 'plain'])),
          ),
        ),
    ])();
  const tones: Tone[] = ['neutral', 'good', 'waiting', 'urgent', 'bad'];
  return card(pick(tones), words(), ...Array.from({ length: upTo(90) }, block));
}

describe('no card is ever refused', () => {
  test.each(Array.from({ length: 100 }, (_, i) => i))('seed %d', (seed) => {
    const odd = anyCard(seed);
    const blocks = renderCard(odd, reader);
    expect(refusals(blocks)).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(textOf(blocks).length).toBeLessThanOrEqual(13_000 + buttonWords(blocks));
    expect(emptyWords(blocks)).toEqual([]);
    expect(Buffer.byteLength(fallbackText(odd, reader))).toBeLessThanOrEqual(4_000);
    expect(fallbackText(odd, reader).trim()).not.toBe('');
  });

  const textOf = (blocks: unknown): string => found(blocks, 'text').join('');
  const buttonWords = (blocks: ReturnType<typeof renderCard>): number =>
    textOf(blocks.filter(({ type }) => type === 'actions')).length;
  const emptyWords = (blocks: unknown): string[] => found(blocks, 'text').filter((words) => words === '');

  function found(node: unknown, key: string): string[] {
    if (Array.isArray(node)) return node.flatMap((child) => found(child, key));
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([name, value]) =>
      name === key && typeof value === 'string' ? [value] : found(value, key),
    );
  }

  test('the buttons that end a card outlive everything else', () => {
    const lots = Array.from({ length: 80 }, (_, i) => text(`Line ${i}`));
    const blocks = below(...lots, buttons(button('More', 'a.more')));
    expect(blocks).toHaveLength(49);
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'a.more' }] });
    expect(blocks.at(-2)).toMatchObject({ elements: [{ text: 'There is more than fits here.' }] });
  });
});
