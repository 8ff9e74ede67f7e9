/**
 * Buttons and forms carry their intent and its arguments themselves, so that a restart loses nothing.
 * The tightest room for that is Discord's `custom_id`: 100 characters
 * (https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id). UUIDs are packed to
 * 22 characters for it.
 */
export const MAX_INTENT_CODE = 100;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Packs an intent into one line, such as `request.claim?requestId=~J5…`.
 * @throws Error when it has no room; a test renders every card, so this is a programming error
 */
export function encodeIntent(name: string, args: Record<string, string>): string {
  const pairs = Object.entries(args).map(([key, value]) => `${key}=${encodeURIComponent(pack(value))}`);
  const code = pairs.length > 0 ? `${name}?${pairs.join('&')}` : name;
  if (code.length > MAX_INTENT_CODE)
    throw new Error(`The intent "${name}" has no room for its arguments: ${code}`);
  return code;
}

/** Unpacks what {@link encodeIntent} made. Returns null for anything else. */
export function decodeIntent(code: string): { name: string; args: Record<string, string> } | null {
  const [name, query = '', ...rest] = code.split('?');
  if (!name || rest.length > 0 || !/^[a-z][a-z.-]*$/.test(name)) return null;
  const args: Record<string, string> = {};
  for (const pair of query ? query.split('&') : []) {
    const cut = pair.indexOf('=');
    if (cut < 1) return null;
    try {
      args[pair.slice(0, cut)] = unpack(decodeURIComponent(pair.slice(cut + 1)));
    } catch {
      return null;
    }
  }
  return { name, args };
}

const pack = (value: string): string =>
  UUID.test(value)
    ? `~${Buffer.from(value.replaceAll('-', ''), 'hex').toString('base64url')}`
    : value.replace(/^~/, '~~');

function unpack(value: string): string {
  if (value.startsWith('~~')) return value.slice(1);
  if (!/^~[\w-]{22}$/.test(value)) return value;
  const hex = Buffer.from(value.slice(1), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
