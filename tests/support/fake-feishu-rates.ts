import type { Budgets } from "../../src/core/budget.ts";
import type { Refusal } from "./fake-feishu-card-rules.ts";
import { createGate } from "./fake-platform-rules.ts";

/**
 * "发送消息" and "频控策略": 5 a second to one chat, whoever of its bots sends; 50 a second and 1,000 a minute for each of
 * create and reply.
 */
export const ENFORCED: Budgets = {
  place: [{ count: 5, perMs: 1_000 }],
  all: [
    { count: 50, perMs: 1_000 },
    { count: 1_000, perMs: 60_000 },
  ],
};
/** "更新已发送的消息卡片": 5 a second for one message; and 1,000 a minute and 50 a second for all. */
const EDITS: Budgets = ENFORCED;

/** A refusal with the seconds of x-ogw-ratelimit-reset, where the answer carries them. */
export interface Throttled extends Refusal {
  readonly status: number;
  readonly reset: number | null;
}

type Counted = "create" | "reply" | "update";

/** Counts what was taken in on the fake's own clock. */
export class Rates {
  /** How often something was refused. */
  refused = 0;
  private readonly gates: Readonly<Record<Counted, ReturnType<typeof createGate>>>;
  private on = false;

  constructor(clock: () => number) {
    // The two ways to send share the chat, and each has the app's limits for itself.
    const chats = createGate({ place: ENFORCED.place, all: [] }, clock);
    const app = { place: [], all: ENFORCED.all };
    const [creates, replies] = [createGate(app, clock), createGate(app, clock)];
    this.gates = {
      create: (chat) => creates("") ?? chats(chat),
      reply: (chat) => replies("") ?? chats(chat),
      update: createGate(EDITS, clock),
    };
  }

  enforce(on: boolean): void {
    this.on = on;
  }

  /** `place` is the chat, or for an edit the message. Null where it may go on. */
  check(what: Counted, place: string): Throttled | null {
    if (!this.on) return null;
    const refusal = this.gates[what](place);
    if (refusal === null) return null;
    this.refused += 1;
    if (refusal.scope === "all") {
      const reset = Math.max(1, Math.ceil(refusal.retryAfterMs / 1_000));
      return { status: 429, code: 99991400, msg: "request trigger frequency limit", reset };
    }
    return { status: 400, code: 230020, msg: "This operation triggers the frequency limit.", reset: null };
  }
}
