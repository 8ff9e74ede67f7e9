import { describe, expect, it } from 'vitest';
import { chooseMeetingProvider } from '../../src/meetings/index.ts';
import { jitsi } from '../../src/meetings/jitsi.ts';
import { aWish, linkOf } from '../contracts/meeting-provider.ts';

describe('chooseMeetingProvider', () => {
  it('has nothing to make links with when mentors paste them', () => {
    expect(chooseMeetingProvider({ provider: 'manual' })).toBeUndefined();
  });

  it('opens the provider that is named', () => {
    const identity = { kind: 'refresh-token', clientId: 'a', clientSecret: 'b', refreshToken: 'c' } as const;
    expect(chooseMeetingProvider({ provider: 'google-meet', identity })?.name).toBe('google-meet');
    expect(chooseMeetingProvider({ provider: 'jitsi', host: 'meet.example.org', secret: 's' })?.name).toBe(
      'jitsi',
    );
  });
});

describe('jitsi', () => {
  it('names rooms that the session id alone does not give away', async () => {
    const wish = aWish();
    const roomBy = async (secret: string) =>
      linkOf(await jitsi({ provider: 'jitsi', host: 'meet.example.org', secret }).create(wish));
    const link = await roomBy('one secret');
    expect(link).toMatch(/^https:\/\/meet\.example\.org\/mini-session-[0-9a-f]{32}$/);
    expect(link).not.toContain(wish.sessionId.slice(0, 8));
    expect(await roomBy('another secret')).not.toBe(link);
  });

  it('names the server that does not answer', async () => {
    const check = jitsi({ provider: 'jitsi', host: 'http://127.0.0.1:1', secret: 's' }).check();
    await expect(check).rejects.toMatchObject({
      kind: 'setup',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });
});
