/** All times that the Slack platform keeps, in milliseconds, so that tests need not wait for them. */
export interface Timing {
  /** The time, in milliseconds since 1970. */
  now(): number;
  /**
   * How long a form may wait for its use-case before "Still working on it…" is shown. Slack gives up after 3 s
   * (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response).
   */
  answerWithin: number;
  /**
   * How long a press on a Home may wait for its answer before "One moment…" is shown in its place: the trigger that
   * opens it lives 3 s (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses).
   */
  modalWithin: number;
  /** How long keeping what was typed may hold up that view; both together stay within Slack's 3 s. */
  keepWithin: number;
  /** Between an acknowledgement that changes a view and our next change of that view, so that they cannot cross. */
  settle: number;
  /** At least this long between two posts to one channel (https://docs.slack.dev/apis/web-api/rate-limits). */
  postEvery: number;
  /** A post that would have to wait longer for its turn is put off instead. */
  postWait: number;
  /** How long `stop` waits for what was begun. */
  drain: number;
  /** How long a form may wait to learn in which language it is read, before it is shown in the community's. */
  localeWithin: number;
  /** How long a person's name, zone and language are believed. */
  personFresh: number;
  /** How long the list of a channel's members is believed. */
  membersFresh: number;
  /** How long it is believed for somebody who is not on it: they may just have been invited. */
  notMemberFresh: number;
  /** How long the token of a workspace that installed the bot by OAuth is believed before it is looked up anew. */
  installationFresh: number;
  /** First pause before a lost connection is tried again; doubles up to `reconnectMost`. */
  reconnect: number;
  reconnectMost: number;
  /** How long one connection attempt may take. */
  connect: number;
}

export const TIMING: Timing = {
  now: Date.now,
  answerWithin: 2_000,
  keepWithin: 400,
  modalWithin: 1_200,
  settle: 300,
  postEvery: 1_000,
  postWait: 3_000,
  drain: 5_000,
  localeWithin: 700,
  personFresh: 10 * 60_000,
  membersFresh: 60_000,
  notMemberFresh: 5_000,
  installationFresh: 60_000,
  reconnect: 250,
  reconnectMost: 30_000,
  connect: 15_000,
};

/** Resolves after `ms`; does not keep the process alive. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
