import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured, told at the place where it happens. Durations are in milliseconds. */
export interface Metrics {
  /** The platform took our acknowledgement of what a person did, or no longer waited for it. */
  acknowledged(platform: string, how: 'in_time' | 'lost', ms: number): void;
  /** An intent was done, refused (with the refusal's code), or failed. */
  intent(name: string, outcome: string, ms: number): void;
  /** A delivery was tried. @param how as in `Delivered` */
  delivery(kind: string, how: string): void;
  /** A reminder arrived this long after it was meant to. */
  reminder(lateMs: number): void;
  /** A platform asked us to slow down. */
  rateLimited(platform: string): void;
  /** Somebody's own calendar was looked at: it was `seen`, did not let us (`refused`), or none could be asked (`failed`). */
  calendarLook(how: 'seen' | 'refused' | 'failed'): void;
  /** Something failed that should not have. */
  failed(where: 'intent' | 'delivery' | 'outbox' | 'clock'): void;
  /** From now on these are asked for each page. */
  watch(now: () => Promise<Gauges>): void;
  /** Everything, in the text format of Prometheus. */
  page(): Promise<{ type: string; text: string }>;
}

/** What stands at the moment of asking. */
export interface Gauges {
  outbox: { due: number; later: number; dead: number; oldestDueMs: number } | null;
  platforms: { name: string; up: boolean }[];
  /** Since the clock last did all that was due. */
  sinceTickMs: number;
}

const SECONDS = 1_000;
const name = (rest: string) => `mini_mentorship_${rest}`;

/** The meters of one bot, in a registry of their own. */
export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const counter = (rest: string, help: string, labelNames: string[]) =>
    new Counter({ name: name(rest), help, labelNames, registers });
  const histogram = (rest: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name: name(rest), help, labelNames, buckets, registers });
  const gauge = (rest: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: name(rest), help, labelNames, registers });

  // Slack and Discord wait 3 seconds for an acknowledgement.
  const quick = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5];
  const acknowledgements = counter(
    'acknowledgements_total',
    'Acknowledgements of what people did, by whether the platform still waited for them.',
    ['platform', 'outcome'],
  );
  const acknowledgementSeconds = histogram(
    'acknowledgement_seconds',
    'From the arrival of what somebody did to its acknowledgement.',
    ['platform'],
    quick,
  );
  const intents = counter(
    'intents_total',
    'What people wanted, by what became of it: done, failed, or the code of the refusal.',
    ['intent', 'outcome'],
  );
  const intentSeconds = histogram('intent_seconds', 'How long an intent took.', ['intent'], quick);
  const claims = counter('claims_total', 'Presses of Claim: who won, and who came second.', ['outcome']);
  const deliveries = counter('deliveries_total', 'Deliveries by kind of notice and how they ended.', [
    'kind',
    'outcome',
  ]);
  const lateness = histogram(
    'reminder_lateness_seconds',
    'How long after its time a reminder arrived.',
    [],
    [1, 2, 5, 15, 60, 300, 900, 3_600],
  );
  const rateLimits = counter('rate_limits_total', 'Deliveries that a platform asked to send later.', [
    'platform',
  ]);
  const calendarLooks = counter(
    'calendar_looks_total',
    'Looks at the calendars of people who asked for it.',
    ['outcome'],
  );
  const errors = counter('errors_total', 'Unexpected failures; the log has each.', ['where']);
  const outbox = gauge('outbox_notices', 'Undelivered notices: due, later, or given up (dead).', ['state']);
  const oldest = gauge('outbox_oldest_due_seconds', 'How long the oldest due notice has waited.');
  const up = gauge('platform_up', '1 when the platform is connected.', ['platform']);
  const tick = gauge('seconds_since_tick', 'Since the clock last did all that was due.');
  const database = gauge('database_up', '1 when the database answers.');

  let ask: (() => Promise<Gauges>) | null = null;

  return {
    acknowledged(platform, outcome, ms) {
      acknowledgements.inc({ platform, outcome });
      acknowledgementSeconds.observe({ platform }, ms / SECONDS);
    },
    intent(intent, outcome, ms) {
      intents.inc({ intent, outcome });
      intentSeconds.observe({ intent }, ms / SECONDS);
      if (intent !== 'request.claim') return;
      if (outcome === 'done') claims.inc({ outcome: 'won' });
      else if (outcome === 'request_already_claimed') claims.inc({ outcome: 'lost' });
    },
    delivery: (kind, outcome) => deliveries.inc({ kind, outcome }),
    reminder: (lateMs) => lateness.observe(Math.max(0, lateMs) / SECONDS),
    rateLimited: (platform) => rateLimits.inc({ platform }),
    calendarLook: (outcome) => calendarLooks.inc({ outcome }),
    failed: (where) => errors.inc({ where }),
    watch(now) {
      if (!ask) collectDefaultMetrics({ register: registry });
      ask = now;
    },
    async page() {
      const gauges = await ask?.();
      if (gauges) {
        database.set(gauges.outbox ? 1 : 0);
        outbox.reset();
        for (const state of ['due', 'later', 'dead'] as const) {
          if (gauges.outbox) outbox.set({ state }, gauges.outbox[state]);
        }
        oldest.set((gauges.outbox?.oldestDueMs ?? Number.NaN) / SECONDS);
        for (const one of gauges.platforms) up.set({ platform: one.name }, one.up ? 1 : 0);
        tick.set(gauges.sinceTickMs / SECONDS);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
