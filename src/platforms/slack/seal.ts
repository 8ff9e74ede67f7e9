import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Keeps secrets unreadable where they are stored. */
export interface Seal {
  /** @param bound what the secret belongs to; it opens for that only */
  close(secret: string, bound: string): string;
  /** @returns null when none of our keys closed it, it is bound to something else, or it was changed */
  open(sealed: string, bound: string): string | null;
  /** Whether another key than the first closed it, so that it should be closed anew. */
  isStale(sealed: string): boolean;
}

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';

/** Tells keys apart without giving anything away about them. */
const nameOf = (key: Buffer): string =>
  createHash('sha256').update('mini-mentorship token key').update(key).digest('hex').slice(0, 12);

/**
 * AES-256-GCM: `v1.<name of the key>.<nonce>.<tag>.<ciphertext>`.
 * @param keys 32 bytes each; the first closes, each opens what it closed
 */
export function createSeal(keys: readonly Buffer[]): Seal {
  const [first] = keys;
  if (!first) throw new Error('A seal needs a key');
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    close(secret, bound) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, first, nonce).setAAD(Buffer.from(bound));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
      return [VERSION, nameOf(first), ...parts].join('.');
    },
    open(sealed, bound) {
      const [version, name = '', ...parts] = sealed.split('.');
      const key = byName.get(name);
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== VERSION || !key || !nonce || !tag || !text) return null;
      try {
        const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: 16 })
          .setAAD(Buffer.from(bound))
          .setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    isStale: (sealed) => sealed.split('.')[1] !== nameOf(first),
  };
}
