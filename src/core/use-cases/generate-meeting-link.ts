import { z } from 'zod';
import { setLink } from '../meeting-link.ts';
import { useCase } from '../use-case.ts';
import { HttpsLink, Id } from './input.ts';

const input = z.object({ requestId: Id, link: HttpsLink.optional() });

/** The mentor gives a meeting link, or asks the provider to make one again. */
export const generateMeetingLink = useCase(
  'generateMeetingLink',
  input,
  ({ store, actor, clock, linkMaker }, { requestId, link }) =>
    store.changeRequest(requestId, (request) =>
      setLink(request, actor, link ?? null, clock.now(), linkMaker),
    ),
);
