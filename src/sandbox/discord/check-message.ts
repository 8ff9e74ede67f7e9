import { checkMessageComponents } from './check-components.ts';
import { add, asList, checkInteger, checkList, checkSize, checkText, isObject, type Json } from './checks.ts';
import { limits } from './limits.ts';
import { type Path, type Problem, refuse } from './refusal.ts';

/** Message flags: https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const flag = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, loading: 1 << 7, v2: 1 << 15 } as const;

export const hasFlag = (flags: unknown, bit: number): boolean => (Number(flags ?? 0) & bit) !== 0;

/** What a message says already, when the body edits it. */
export interface Existing {
  content: string;
  components: Json[];
  embeds: Json[];
  flags: number;
}

/**
 * Checks the body of a new message or of an edit.
 * @param at where the message stands in the request: `['data']` in an interaction's callback.
 * @throws Refusal 50006 when nothing would be left to see; everything else is added to `out`.
 */
export function checkMessage(out: Problem[], at: Path, body: Json, existing?: Existing, files = 0): void {
  const already = existing ? hasFlag(existing.flags, flag.v2) : false;
  const v2 = already || hasFlag(body.flags, flag.v2);
  checkInteger(out, [...at, 'flags'], body.flags, { max: 2 ** 31 - 1, page: '' });
  checkText(out, [...at, 'content'], body.content, limits.content);
  checkMessageComponents(out, [...at, 'components'], body.components, v2);
  checkEmbeds(out, [...at, 'embeds'], body.embeds);
  checkMentions(out, [...at, 'allowed_mentions'], body.allowed_mentions);
  checkNonce(out, [...at, 'nonce'], body.nonce);
  if (already && typeof body.flags === 'number' && !hasFlag(body.flags, flag.v2)) {
    add(
      out,
      [...at, 'flags'],
      'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
      'The IS_COMPONENTS_V2 flag cannot be removed from a message',
    );
  }
  if (v2) {
    for (const field of ['content', 'embeds', 'poll', 'sticker_ids'] as const) {
      const kept =
        existing && body[field] === undefined && (field === 'content' || field === 'embeds')
          ? existing[field]
          : body[field];
      if (kept !== undefined && kept !== null && (kept as string | unknown[]).length !== 0) {
        add(
          out,
          [...at, field],
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
      }
    }
  }
  if (out.length === 0 && files === 0 && isEmpty(body, existing)) throw refuse.emptyMessage();
}

function isEmpty(body: Json, existing?: Existing): boolean {
  const left = (field: keyof Existing): unknown =>
    body[field] === undefined ? existing?.[field] : body[field];
  return (
    String(left('content') ?? '').trim() === '' &&
    asList(left('embeds')).length === 0 &&
    asList(left('components')).length === 0 &&
    asList(body.sticker_ids).length === 0 &&
    !body.poll
  );
}

function checkEmbeds(out: Problem[], at: Path, value: unknown): void {
  let total = 0;
  const count = (text: unknown): void => {
    total += typeof text === 'string' ? text.length : 0;
  };
  for (const [i, embed] of checkList(out, at, value, limits.embeds).entries()) {
    if (!isObject(embed)) continue;
    const path = [...at, i];
    const footer = isObject(embed.footer) ? embed.footer.text : undefined;
    const author = isObject(embed.author) ? embed.author.name : undefined;
    checkText(out, [...path, 'title'], embed.title, limits.embedTitle);
    checkText(out, [...path, 'description'], embed.description, limits.embedDescription);
    checkText(out, [...path, 'footer', 'text'], footer, limits.embedFooter);
    checkText(out, [...path, 'author', 'name'], author, limits.embedAuthor);
    for (const text of [embed.title, embed.description, footer, author]) count(text);
    for (const [j, field] of checkList(
      out,
      [...path, 'fields'],
      embed.fields,
      limits.embedFields,
    ).entries()) {
      if (!isObject(field)) continue;
      checkText(out, [...path, 'fields', j, 'name'], field.name, limits.embedFieldName, 'required');
      checkText(out, [...path, 'fields', j, 'value'], field.value, limits.embedFieldValue, 'required');
      count(field.name);
      count(field.value);
    }
  }
  if (total > limits.embedTotal.max) {
    add(out, at, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${limits.embedTotal.max}`);
  }
}

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
function checkMentions(out: Problem[], at: Path, value: unknown): void {
  if (value === undefined || value === null) return;
  if (!isObject(value)) {
    add(out, at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    return;
  }
  const parse = asList(value.parse);
  for (const [i, word] of parse.entries()) {
    if (!['users', 'roles', 'everyone'].includes(String(word))) {
      add(
        out,
        [...at, 'parse', i],
        'BASE_TYPE_CHOICES',
        "Value must be one of ('users', 'roles', 'everyone').",
      );
    }
  }
  for (const field of ['users', 'roles'] as const) {
    const ids = checkList(out, [...at, field], value[field], limits.mentionIds);
    for (const [i, id] of ids.entries()) {
      if (!/^\d{1,20}$/.test(String(id))) {
        add(out, [...at, field, i], 'NUMBER_TYPE_COERCE', `Value "${String(id)}" is not snowflake.`);
      }
    }
    if (ids.length > 0 && parse.includes(field)) {
      add(
        out,
        at,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${field}"] and ${field}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

function checkNonce(out: Problem[], at: Path, value: unknown): void {
  if (typeof value === 'string') checkSize(out, at, value.length, limits.nonce);
  else if (value !== undefined && value !== null && !Number.isInteger(value)) {
    add(out, at, 'NONCE_TYPE_INVALID', 'A nonce is an integer or a string');
  }
}
