import type { Person } from '../../src/sandbox/person.ts';

/** A student asks for a mini session with as little as the form needs. */
export async function asks(student: Person, title: string, more: Record<string, string> = {}): Promise<void> {
  // On Discord, options that are given with the command leave one form to fill; on Slack all of it is one form.
  await student.types(
    'mini-session',
    student.platform === 'discord' ? { duration: '30', urgency: 'normal' } : {},
  );
  await student.fills({
    Title: title,
    'Session type': 'Code review',
    Description: 'Please look at it.',
    ...more,
  });
  if (more['Preferred times']) await confirmsTimes(student);
  await student.sees(/Your request is with the mentors/, 'private');
}

/** A mentor claims it from the card in the channel. */
export async function claims(mentor: Person, title: string): Promise<void> {
  await mentor.sees(title, 'channel');
  await mentor.presses('Claim', title);
  await mentor.sees(/It is yours/, 'private');
}

/** On Discord typed times are shown as they were understood before anything is sent. */
export async function confirmsTimes(who: Person): Promise<void> {
  if (who.platform !== 'discord') return;
  await who.sees(/Ready to send/, 'private');
  await who.presses('Send', /Ready to send/);
}

/** "2026-12-01 18:30", in UTC, as somebody types it. */
export const typedTime = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The answer to a field that asks for one time. */
export const asTyped = (who: Person, at: Date): string =>
  who.platform === 'slack' ? at.toISOString() : typedTime(at);

/** For {@link asks}: the one time that suits the student. */
export const preferring = (student: Person, at: Date): Record<string, string> => ({
  [student.platform === 'slack' ? 'Preferred times (1)' : 'Preferred times']: asTyped(student, at),
});

/** The mentor who just claimed sets a time, of a request whose student named none. */
export async function schedules(mentor: Person, at: Date): Promise<void> {
  await choosesAnotherTime(mentor, at);
  await mentor.sees(/The session is set/, 'private');
}

/** The mentor who just claimed chooses a time of their own. */
export async function choosesAnotherTime(mentor: Person, at: Date): Promise<void> {
  await mentor.presses('Schedule');
  await mentor.sees(/When do you meet/, 'private');
  await mentor.presses('Another time');
  await mentor.fills({ Start: asTyped(mentor, at) });
  await confirmsTimes(mentor);
}

/**
 * Somebody proposes a time.
 * @param label the button that leads there, on a message with these words
 */
export async function proposes(
  who: Person,
  [label, within]: [label: string, within: RegExp],
  at: Date,
  reason = '',
): Promise<void> {
  await who.presses(label, within);
  await who.fills({ Start: asTyped(who, at), Reason: reason });
  await confirmsTimes(who);
  await who.sees(/You proposed a time/, 'private');
}

/** Presses a button that a newer direct message has taken from this one, as a client does that has not caught up. */
export async function pressesTaken(who: Person, label: string, within: RegExp): Promise<void> {
  const { id } = await who.sees(within, 'dm');
  await who.pressesOld(id, label);
}
