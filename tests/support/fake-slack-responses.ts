import { z } from "zod";
import { refusePayload } from "./fake-slack-rules.ts";
import { BOT_USER, type FakeWorkspace, type SlackAnswer, type SlackMessage } from "./fake-slack-state.ts";
import { visibleText } from "./fake-slack-text.ts";
import { Waiters } from "./fake-slack-waiters.ts";

/** What an answer is about: where it appears, and the message it may replace. */
export interface About {
  readonly channel: string;
  readonly thread: string | null;
  readonly original: SlackMessage | null;
}

/** A response_url takes five calls within thirty minutes: docs.slack.dev/interactivity/handling-user-interaction. */
const MOST_CALLS = 5;
const LIFE_MS = 30 * 60_000;

const shown = z.object({
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
});
const parts = z.looseObject({ text: z.unknown(), blocks: z.unknown() });

/** Answers that are no posts: acknowledgements of commands and calls of response_urls. */
export class Responses {
  readonly #workspace: FakeWorkspace;
  readonly #open = new Map<string, { readonly about: About; readonly until: number; calls: number }>();
  readonly #received = new Waiters<{ readonly id: string; readonly answer: SlackAnswer }>();

  constructor(workspace: FakeWorkspace) {
    this.#workspace = workspace;
  }

  /** Opens an address and gives its id, the last part of its path. */
  open(about: About): string {
    const id = `r${this.#workspace.count()}`;
    this.#open.set(id, { about, until: this.#workspace.now() + LIFE_MS, calls: 0 });
    return id;
  }

  async next(id: string): Promise<SlackAnswer> {
    return (await this.#received.next((given) => given.id === id)).answer;
  }

  /** A call of the address. */
  receive(id: string, body: unknown): { readonly status: number; readonly body: string } {
    const open = this.#open.get(id);
    if (open === undefined || this.#workspace.now() >= open.until) return gone("expired_url");
    open.calls += 1;
    if (open.calls > MOST_CALLS) return gone("used_url");
    // Which form a refusal takes here is not documented; incoming webhooks answer 400 with the bare code.
    if (this.problems(body).length > 0) return { status: 400, body: "invalid_blocks" };
    const answer = this.take(body, open.about, "response_url");
    this.#received.tell({ id, answer });
    return { status: 200, body: "ok" };
  }

  problems(payload: unknown): readonly string[] {
    const { text, blocks } = parts.parse(payload);
    return refusePayload({ text, blocks });
  }

  /** Shows an answer: to everyone it becomes a message of the channel. */
  take(payload: unknown, about: About, through: SlackAnswer["through"]): SlackAnswer {
    const how = shown.parse(payload);
    const old = how.replace_original === true ? about.original : null;
    const answer: SlackAnswer = {
      id: old?.id ?? this.#workspace.nextTs(),
      channel: about.channel,
      thread: about.thread,
      by: BOT_USER,
      key: old?.key ?? null,
      payload,
      text: visibleText(payload),
      shown: old !== null ? "replaced" : how.response_type === "in_channel" ? "in_channel" : "ephemeral",
      through,
    };
    if (answer.shown === "in_channel") this.#workspace.add(answer);
    if (answer.shown === "replaced") this.#workspace.replace(answer);
    return answer;
  }

  giveUp(): void {
    this.#received.giveUp("the fake Slack was closed before the bot answered");
  }
}

function gone(error: string) {
  return { status: 404, body: JSON.stringify({ ok: false, error }) };
}
