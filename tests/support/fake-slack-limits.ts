import type { FakeWorkspace } from "./fake-slack-state.ts";

/** docs.slack.dev/apis/web-api/rate-limits: one message a second to a channel. Slack lets short bursts pass; this one does not. */
const PER_CHANNEL_MS = 1_000;
/** "Several hundred" messages a minute to a workspace (the same page), at the least that these words can mean. */
const PER_WORKSPACE = { count: 200, perMs: 60_000 } as const;

/** The same page, tier 3 (chat.update): "50+ per minute"; this one takes no more than fifty. */
const EDITS = { count: 50, perMs: 60_000 } as const;

/** How many posts and edits are taken in, by the fake's clock. */
export interface Gate {
  /** Whole seconds until one more is taken in there, as in Retry-After; null: at once. */
  wait(channel: string): number | null;
  took(channel: string): void;
  /** The same for edits, wherever they are made. */
  waitToEdit(): number | null;
  tookEdit(): void;
  /** Off at first. */
  on: boolean;
}

export function createGate(workspace: FakeWorkspace): Gate {
  const last = new Map<string, number>();
  const all: number[] = [];
  const edits: number[] = [];
  const gate: Gate = {
    on: false,
    wait(channel) {
      if (!gate.on) return null;
      const now = workspace.now();
      const here = (last.get(channel) ?? Number.NEGATIVE_INFINITY) + PER_CHANNEL_MS - now;
      const everywhere =
        (all.at(-PER_WORKSPACE.count) ?? Number.NEGATIVE_INFINITY) + PER_WORKSPACE.perMs - now;
      const wait = Math.max(here, everywhere);
      return wait > 0 ? Math.ceil(wait / 1_000) : null;
    },
    waitToEdit() {
      if (!gate.on) return null;
      const wait = (edits.at(-EDITS.count) ?? Number.NEGATIVE_INFINITY) + EDITS.perMs - workspace.now();
      return wait > 0 ? Math.ceil(wait / 1_000) : null;
    },
    tookEdit() {
      edits.push(workspace.now());
    },
    took(channel) {
      const now = workspace.now();
      last.set(channel, now);
      all.push(now);
    },
  };
  return gate;
}
