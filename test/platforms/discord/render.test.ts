import { describe, expect, it } from 'vitest';
import {
  at,
  type Button,
  bold,
  button,
  buttons,
  type SpokenCard as Card,
  divider,
  facts,
  fromNow,
  type Inline,
  type LinkButton,
  linkButton,
  mention,
  note,
  quote,
  text,
} from '../../../src/messages/card.ts';
import { escapeMarkdown } from '../../../src/platforms/discord/escape.ts';
import { limits, shorten } from '../../../src/platforms/discord/limits.ts';
import { render } from '../../../src/platforms/discord/render.ts';
import { checkMessageComponents, everyComponent } from '../../../src/sandbox/discord/check-components.ts';
import { readMarkdown } from '../../../src/sandbox/discord/markdown.ts';
import type { Problem } from '../../../src/sandbox/discord/refusal.ts';
import { createWorld, type User } from '../../../src/sandbox/discord/world.ts';
import { spokenCard as card } from '../../support/spoken.ts';

const world = createWorld({ token: 't' });
const reader = world.users.get(world.applicationId) as User;
const read = (source: string): string => readMarkdown(world, reader, source).text;

const problemsOf = (it: Card): Problem[] => {
  const problems: Problem[] = [];
  checkMessageComponents(problems, [], render(it).components, true);
  return problems;
};
const contents = (it: Card): string[] =>
  everyComponent(render(it).components).flatMap((c) => (typeof c.content === 'string' ? [c.content] : []));

const when = new Date('2026-12-01T17:30:00Z');
const ada = { id: 'm1', name: 'Ada *L*', timeZone: null };

describe('a card', () => {
  it('becomes a Components V2 message', () => {
    expect(
      render(
        card(
          'urgent',
          'My *build*\nfails',
          text('By ', mention({ ...ada, accounts: [{ platform: 'discord', spaceId: 'g', userId: '42' }] })),
          facts(
            ['When', [at(when), ', ', fromNow(when)]],
            ['Who', [bold('a_b'), ' ', mention({ ...ada, accounts: [] })]],
          ),
          quote('# One\n\n- two'),
          divider,
          note('Small\nprint'),
          buttons(
            button('Claim', 'request.claim', { requestId: '1' }, 'primary'),
            button('Drop', 'request.drop', {}, 'danger'),
            linkButton('Join', 'https://meet.example/a'),
          ),
          text({ link: 'https://x.example/a(b)', label: 'the [page]' }),
        ),
        7,
      ),
    ).toMatchSnapshot();
  });

  it('puts six buttons into two rows, and the same button once', () => {
    const six = Array.from({ length: 6 }, (_, i) => button(`B${i}`, 'a.b', { i: String(i) }));
    const body = render(card('good', 'x', buttons(...six), buttons(button('Again', 'a.b', { i: '0' }))));
    const rows = everyComponent(body.components).filter((c) => c.type === 1);
    expect(rows.map((row) => (row.components as unknown[]).length)).toEqual([5, 1]);
  });

  it('writes out a link that Discord would refuse', () => {
    const long = `https://x.example/${'a'.repeat(600)}`;
    const shown = contents(
      card('good', 'x', buttons(linkButton('Go', 'javascript:alert(1)'), linkButton('Far', long))),
    );
    expect(shown.map(read)).toEqual(['x', 'Go: javascript:alert(1)', `Far: ${long}`]);
  });

  it('makes no masked link out of a label that looks like another address', () => {
    const [, shown] = contents(
      card('good', 'x', text({ link: 'https://evil.example', label: 'https://good.example' })),
    );
    expect(shown).toBe('https://evil.example/');
  });

  it('stands even with nothing in it', () => {
    expect(problemsOf(card('good', '  ', text(' '), note(''), quote(' '), facts()))).toEqual([]);
  });
});

describe('what people type', () => {
  const nasty = [
    '**b** *i* __u__ ~~s~~ ||spoiler|| `code` ```block``` _i_',
    '# heading',
    '-# small',
    '> quoted\n>>> all',
    '- item\n* item\n+ item\n1. item\n23. item',
    '@everyone and @here, <@42> <@!42> <@&42> <#42> </x:42> <t:1:F> <a:x:42> <:x:42> <id:guide>',
    '[click](https://evil.example)',
    '(https://ok.example/_a_b), "https://ok.example". https://ok.example/*a*b',
    'back\\slash \\*',
    'snake_case_word a_b_c',
    'line\r\n# heading after a return',
    '((parens)) | pipes | [brackets]',
  ];

  it.each(nasty)('shows literally: %j', (typed) => {
    const wanted = typed.replaceAll('\r\n', '\n');
    expect(read(escapeMarkdown(typed))).toBe(wanted);
    for (const it of [
      card('good', 'x', text(typed)),
      card('good', 'x', note(typed)),
      card('good', 'x', facts(['Label', typed])),
    ]) {
      const [, shown = ''] = contents(it);
      expect(read(shown).replace(/^Label /, '')).toBe(wanted);
    }
    const [, quoted = ''] = contents(card('good', 'x', quote(typed)));
    expect(read(quoted)).toBe(wanted);
    const [title = ''] = contents(card('good', typed));
    expect(read(title)).toBe(wanted.replaceAll(/\s+/g, ' ').trim());
  });

  it('forges no link, and leaves web addresses whole', () => {
    const { links } = readMarkdown(
      world,
      reader,
      escapeMarkdown('[a](https://evil.example/x) see https://ok.example/a_b_(c)?d=e_f.'),
    );
    for (const { label, url } of links) expect(label).toBe(url);
    expect(links.map(({ label, url }) => [label, url])).toEqual([
      ['https://evil.example/x', 'https://evil.example/x'],
      ['https://ok.example/a_b_(c)?d=e_f', 'https://ok.example/a_b_(c)?d=e_f'],
    ]);
  });

  it('escapes what Discord could read, and no more', () => {
    const escaped = '\\@everyone \\<@1> \\*a\\* -x\n\\-y\n\\#z';
    expect(escapeMarkdown('@everyone <@1> *a* -x\n-y\n#z')).toBe(escaped);
  });

  it.each([
    ['https://a.example<@42>', 'https://a.example \\<@42>'],
    ['https://a.example<t:1:F>', 'https://a.example \\<t:1:F>'],
    ['https://a.example/[x](https://b.example)', 'https://a.example/ \\[x\\](https://b.example)'],
    ['**https://a.example**', '\\*\\*https://a.example \\*\\*'],
    ['`https://a.example`', '\\`https://a.example \\`'],
    ['<https://a.example>', '\\<https://a.example>'],
    ['https://**bold**', 'https://**bold \\*\\*'],
  ])('parts an address from a sign that follows it: %s', (typed, escaped) => {
    expect(escapeMarkdown(typed)).toBe(escaped);
  });
});

describe('limits', () => {
  it('shortens the longest texts first, and keeps the short ones', () => {
    const it = card(
      'good',
      'A short title',
      text('short'),
      quote('x'.repeat(9_000)),
      quote('y'.repeat(9_000)),
      note('end'),
    );
    const shown = contents(it);
    expect(problemsOf(it)).toEqual([]);
    expect(shown[1]).toBe('short');
    expect(shown[4]).toBe('-# end');
    expect(shown[2]?.length).toBe(shown[3]?.length);
    expect(shown[2]).toMatch(/x…$/);
    const total = shown.join('').length;
    expect(total).toBeLessThanOrEqual(limits.text.max);
    expect(total).toBeGreaterThan(limits.text.max - 10);
  });

  it('keeps a card that just fits as it is', () => {
    const words = 'x'.repeat(limits.text.max - '## t'.length);
    expect(contents(card('good', 't', text(words)))).toEqual(['## t', words]);
    expect(problemsOf(card('good', 't', text(`${words}y`)))).toEqual([]);
    expect(contents(card('good', 't', text(`${words}y`)))[1]).toMatch(/…$/);
  });

  it('says so when there are more parts than a message holds', () => {
    const many = Array.from({ length: 60 }, (_, i) => [
      text(`Row ${i}`),
      buttons(button('Go', 'a.b', { i: `${i}` })),
      divider,
    ]);
    const it = card('good', 'List', ...many.flat());
    expect(problemsOf(it)).toEqual([]);
    expect(contents(it)[0]).toBe('## List\nRow 0');
    expect(contents(it).at(-1)).toContain('more than fits');
  });

  it('never cuts a character in two', () => {
    for (let max = 1; max < 12; max += 1) {
      const cut = shorten('😀😀😀😀😀😀', max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(cut).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });

  it('renders every card to something that Discord takes', () => {
    const random = seeded(20_261_122);
    for (let i = 0; i < 150; i += 1) {
      const it = anyCard(random);
      expect({ i, problems: problemsOf(it) }).toEqual({ i, problems: [] });
    }
  });
});

/** Numbers from 0 to 1, the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyCard(random: () => number): Card {
  const upTo = (max: number) => Math.floor(random() * (max + 1));
  const pick = <T>(...all: T[]): T => all[upTo(all.length - 1)] as T;
  const words = (): string => {
    const size = pick(0, 1, upTo(30), upTo(300), upTo(6_000));
    const alphabet = pick(
      '*_~`|[]()<>@\\#-',
      'abc def\n',
      ' \n\t\u200b',
      '😀é',
      '1. @everyone https://a.b/c_d ',
    );
    return Array.from({ length: size }, () => alphabet[upTo(alphabet.length - 1)]).join('');
  };
  const person = () => ({
    id: '1',
    name: words(),
    timeZone: null,
    accounts: pick([], [{ platform: 'discord', spaceId: '1', userId: '123456789012345678' }]),
  });
  const inline = (): Inline =>
    pick<Inline>(words(), bold(words()), at(when), fromNow(when), mention(person()), {
      link: pick('https://a.example/(b)', 'nonsense', words()),
      label: words(),
    });
  const some = <T>(max: number, make: () => T): T[] => Array.from({ length: upTo(max) }, make);
  const anyButton = () =>
    pick<Button | LinkButton>(
      button(words(), 'a.b', { i: String(upTo(50)) }, pick('primary', 'danger', 'plain')),
      linkButton(words(), pick('https://a.example', 'ftp://x', words())),
    );
  const block = () =>
    pick(
      () => text(...some(5, inline)),
      () => note(...some(5, inline)),
      () => quote(words()),
      () => facts(...some(10, (): [string, Inline[]] => [words(), some(3, inline)])),
      () => buttons(...some(12, anyButton)),
      () => divider,
    )();
  return card(pick('neutral', 'good', 'waiting', 'urgent', 'bad'), words(), ...some(pick(3, 10, 90), block));
}
