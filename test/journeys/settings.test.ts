import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Programme, startProgramme } from '../support/programme.ts';

describe.each(['slack', 'discord'] as const)('my settings, on %s', (platform) => {
  let programme: Programme;
  beforeAll(async () => {
    programme = await startProgramme();
  });
  afterAll(() => programme.end());

  test('say in which zone times are read, and take another where the platform knows none', async () => {
    const { student } = programme.world.people[platform];
    await student.types('mini-sessions');
    await student.sees(/My requests/, 'private');
    await student.presses('My settings', /My requests/);
    const { buttons, text } = await student.sees(/My settings/, 'private');
    if (platform === 'slack') {
      expect(text).toContain(`${student.timeZone} (from your profile`);
      expect(buttons).not.toContain('Time zone');
      return;
    }
    expect(text).toContain('I do not know it yet');
    await student.presses('Time zone', /My settings/);
    await student.fills({ 'Your time zone': 'Atlantis' });
    await student.sees(/I do not know the time zone|Atlantis/, 'private');
    await student.presses('Edit and send again');
    expect((await student.form()).fields[0]?.value).toBe('Atlantis');
    await student.fills({ 'Your time zone': 'new york' });
    await student.sees(/My settings[\s\S]*America\/New_York/, 'private');
    // In place of what stood there, rather than below it.
    expect(student.sight('private')).toHaveLength(1);
  });
});
