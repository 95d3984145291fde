/** One thing that Slack waits to have acknowledged: an event, a command, a click or whatever else it sends. */
export interface Envelope {
  /** For the log. */
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
  /** Rejects when nobody waits any more. */
  readonly acknowledge: (payload?: object) => Promise<void>;
  /** It could not be taken in: Slack sends an event again. */
  readonly refuse: () => void;
}

/** Takes an envelope in; null while nothing is taken in. Never rejects. */
export type OnEnvelope = (envelope: Envelope) => Promise<void> | null;
