import type { Dashboard } from '../../src/core/dashboard.ts';
import type { Request } from '../../src/core/request.ts';
import { dashboardCard } from '../../src/messages/dashboard-card.ts';
import { availability, claimed, everyState, now, open, scheduled } from '../core/samples.ts';
import {
  everyAttention,
  everyAvailability,
  fullest,
  page,
  type Reader,
  readerIds,
  type Sample,
} from './every-card.ts';

const none = page([], { page: 1, pages: 1, total: 0 });
const four = (request: Request) =>
  page(
    Array.from({ length: 4 }, (_, i) => fullest(request, `${i}${request.id.slice(1)}`)),
    { page: 2, pages: 3, total: 11 },
  );

export const emptyDashboard: Dashboard = {
  coming: none,
  requests: none,
  past: none,
  mentor: null,
  attention: null,
};
export const emptyMentor: NonNullable<Dashboard['mentor']> = {
  claims: none,
  open: none,
  topics: [],
  availability: availability(),
};

const ofAll = (request: Request): Dashboard => ({
  coming: four(request),
  requests: four(request),
  past: four(request),
  attention: null,
  mentor: {
    ...emptyMentor,
    claims: four(request),
    open: four(request),
    topics: ['git', 'python', 'w'.repeat(30)],
  },
});

/** The longest that a Home can get. */
export const fullestDashboard = (): Dashboard => ({
  ...ofAll(scheduled(60_000, { meetingState: 'READY', meetingLink: 'https://meet.google.com/abc-defg-hij' })),
  mentor: {
    claims: four(claimed()),
    open: four(open()),
    topics: Array.from({ length: 20 }, (_, i) => `${i}${'w'.repeat(28)}`),
    availability: everyAvailability.fullest ?? availability(),
  },
});

/** A Home in every state of everything on it. */
export const everyDashboard = (readers: readonly Reader[] = ['student', 'holder']): Sample[] =>
  Object.entries({
    empty: emptyDashboard,
    'an empty mentor’s': { ...emptyDashboard, mentor: emptyMentor },
    fullest: fullestDashboard(),
    ...Object.fromEntries(
      Object.entries(everyAvailability).map(([what, set]) => [
        what,
        { ...emptyDashboard, mentor: { ...emptyMentor, availability: set } },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(everyAttention()).map(([what, attention]) => [
        `a coordinator’s, ${what}`,
        { ...emptyDashboard, attention },
      ]),
    ),
    ...Object.fromEntries(Object.entries(everyState).map(([state, request]) => [state, ofAll(request)])),
  }).flatMap(([what, dashboard]) =>
    readers.map((reader) => ({
      what: `the Home of the ${reader}, ${what}`,
      card: dashboardCard(dashboard, { me: readerIds[reader], now, args: {} }),
    })),
  );
