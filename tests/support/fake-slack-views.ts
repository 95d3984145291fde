import { refuse, word, type Answer, type Params } from "./fake-slack-answer.ts";
import { refuseViewBlocks } from "./fake-slack-rules.ts";
import { APP, BOT, TEAM, type FakeWorkspace } from "./fake-slack-state.ts";
import { viewText } from "./fake-slack-text.ts";
import { readView, type ViewPayload } from "./fake-slack-view-rules.ts";
import { Waiters } from "./fake-slack-waiters.ts";

/** A modal or a home tab, as it is now: it changes when the bot updates it or the person closes it. */
export interface FakeView {
  readonly id: string;
  readonly user: string;
  /** The view as the bot sent it. */
  readonly payload: ViewPayload;
  /** All visible words. */
  readonly text: string;
  readonly closed: boolean;
}

/** Something that the bot did to a view; `trigger`: the trigger_id that was used up for it. */
interface Drawn {
  readonly view: FakeView;
  readonly trigger: string | null;
}

interface Held extends FakeView {
  payload: ViewPayload;
  text: string;
  closed: boolean;
  hash: string;
  /** The view below it in the stack. */
  readonly below: string | null;
}

/** docs.slack.dev/surfaces/modals: up to three views in one modal. */
const MOST_STACKED = 3;

/** docs.slack.dev/reference/methods/views.open, views.push, views.update and views.publish. */
export class Views {
  readonly drawn = new Waiters<Drawn>();
  readonly #workspace: FakeWorkspace;
  readonly #held = new Map<string, Held>();
  readonly #homes = new Map<string, string>();

  constructor(workspace: FakeWorkspace) {
    this.#workspace = workspace;
  }

  get all(): readonly FakeView[] {
    return [...this.#held.values()];
  }

  open(params: Params): Answer {
    return this.#begin(params, null);
  }

  /** On top of the view whose button or submission gave the trigger; here, of the person's open view. */
  push(params: Params): Answer {
    const open = [...this.#held.values()].filter(
      ({ closed, payload }) => !closed && payload.type === "modal",
    );
    const top = open.at(-1);
    if (top === undefined) return refuse("view_not_found");
    if (this.#depth(top) >= MOST_STACKED) return refuse("push_limit_reached");
    return this.#begin(params, top.id);
  }

  update(params: Params): Answer {
    const held = this.#held.get(word(params["view_id"]));
    if (held === undefined || held.closed) return refuse("not_found");
    const hash = word(params["hash"]);
    if (hash !== "" && hash !== held.hash) return refuse("hash_conflict");
    const read = readView(params["view"], refuseViewBlocks);
    if ("error" in read) return refuse(read.error, read.messages);
    if (read.view.type !== held.payload.type) return refuse("invalid_arguments");
    return this.#redraw(held, read.view);
  }

  publish(params: Params): Answer {
    const user = word(params["user_id"]);
    if (!/^[UW][A-Z0-9]+$/.test(user)) return refuse("invalid_arguments");
    const read = readView(params["view"], refuseViewBlocks);
    if ("error" in read) return refuse(read.error, read.messages);
    if (read.view.type !== "home") return refuse("invalid_arguments");
    const old = this.#held.get(this.#homes.get(user) ?? "");
    const hash = word(params["hash"]);
    if (hash !== "" && hash !== old?.hash) return refuse("hash_conflict");
    if (old !== undefined) return this.#redraw(old, read.view);
    const answer = this.#add(user, read.view, null, null);
    this.#homes.set(user, answer.id);
    return { ok: true, view: this.wire(answer.id) };
  }

  /** What a submission's acknowledgement asks for: a view in the place of this one, or on top of it. */
  answered(view: FakeView, how: "update" | "push", payload: unknown): FakeView {
    const held = this.held(view);
    const read = readView(payload, refuseViewBlocks);
    if ("error" in read)
      throw new Error(`Slack would not show this view: ${read.error} ${read.messages.join("; ")}`);
    if (how === "push") return this.#add(held.user, read.view, null, held.id);
    this.#redraw(held, read.view);
    return held;
  }

  close(view: FakeView, all: boolean): void {
    for (let at: Held | undefined = this.held(view); at !== undefined; at = this.#below(at)) {
      at.closed = true;
      if (!all) return;
    }
  }

  held(view: FakeView): Held {
    const held = this.#held.get(view.id);
    if (held === undefined) throw new Error(`no view ${view.id}`);
    return held;
  }

  /** A view as payloads carry it: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
  wire(id: string, state: unknown = { values: {} }): Answer {
    const held = this.#held.get(id);
    if (held === undefined) throw new Error(`no view ${id}`);
    const rootOf = (one: Held): Held => {
      const below = this.#below(one);
      return below === undefined ? one : rootOf(below);
    };
    return {
      private_metadata: "",
      callback_id: "",
      ...held.payload,
      // Every block has an id when it comes back, and an input what we did not say of it.
      blocks: held.payload.blocks.map((block, index) =>
        block.type === "input" ? { dispatch_action: false, ...block } : { block_id: `b${index}`, ...block },
      ),
      id,
      team_id: TEAM,
      app_id: APP,
      bot_id: BOT,
      app_installed_team_id: TEAM,
      hash: held.hash,
      root_view_id: rootOf(held).id,
      previous_view_id: held.below,
      state,
    };
  }

  #begin(params: Params, below: string | null): Answer {
    const read = readView(params["view"], refuseViewBlocks);
    if ("error" in read) return refuse(read.error, read.messages);
    if (read.view.type !== "modal") return refuse("invalid_arguments");
    const trigger = word(params["trigger_id"]);
    const taken = this.#workspace.takeTrigger(trigger);
    if ("error" in taken) return refuse(taken.error);
    const held = this.#add(taken.user, read.view, trigger, below);
    return { ok: true, view: this.wire(held.id) };
  }

  #add(user: string, payload: ViewPayload, trigger: string | null, below: string | null): Held {
    const id = `V0VIEW${this.#workspace.count()}`;
    const held = { id, user, payload, text: viewText(payload), closed: false, hash: this.#hash(), below };
    this.#held.set(id, held);
    this.drawn.tell({ view: held, trigger });
    return held;
  }

  #redraw(held: Held, payload: ViewPayload): Answer {
    Object.assign(held, { payload, text: viewText(payload), hash: this.#hash() });
    this.drawn.tell({ view: held, trigger: null });
    return { ok: true, view: this.wire(held.id) };
  }

  #hash(): string {
    return `${Math.floor(this.#workspace.now() / 1_000)}.h${this.#workspace.count()}`;
  }

  #below({ below }: Held): Held | undefined {
    return below === null ? undefined : this.#held.get(below);
  }

  #depth(held: Held): number {
    const below = this.#below(held);
    return below === undefined ? 1 : 1 + this.#depth(below);
  }
}
