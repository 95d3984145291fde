/** How long things may take, in milliseconds; tests shorten them. */
export interface SlackTimings {
  /** From start() until Slack has said hello. */
  readonly start: number;
  /** One call of the Web API or of a response_url. */
  readonly call: number;
  /** What Slack is asked while somebody waits for an answer that can do without. */
  readonly look: number;
  /** Until a command or a form is acknowledged without its answer: Slack gives up after 3 s (docs.slack.dev/interactivity/handling-user-interaction). */
  readonly acknowledge: number;
  /** Until stop() gives up on what is in flight; closing the socket may take 2 s more. */
  readonly drain: number;
  /** The first and the longest pause between attempts to connect again. */
  readonly retryFirst: number;
  readonly retryLongest: number;
  /** A connection that ends sooner counts as a failed attempt, or a refusing Slack would be called without pause. */
  readonly steady: number;
}

export const TIMINGS: SlackTimings = {
  start: 30_000,
  call: 10_000,
  look: 1_000,
  acknowledge: 2_500,
  drain: 6_000,
  retryFirst: 1_000,
  retryLongest: 60_000,
  steady: 10_000,
};
