import { expect } from 'vitest';
import { MeetingError } from '../../src/core/ports.ts';

/** The MeetingError with which `work` ends. */
export async function failureOf(work: Promise<unknown>): Promise<MeetingError> {
  const error = await work.then(
    () => expect.fail('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MeetingError);
  return error as MeetingError;
}
