import type { Budgets } from "../../src/core/budget.ts";
import type { Address } from "../../src/core/place.ts";
import { problemChange, type OnProblem } from "../../src/delivery/problem.ts";
import { createWorker, type Worker } from "../../src/delivery/worker.ts";
import type { Wait } from "../../src/delivery/wait.ts";
import type { Message } from "../../src/message/message.ts";
import { DeliveryError, type Abilities, type Found, type Platform } from "../../src/platform/platform.ts";
import type { Delivery, OutboxRow } from "../../src/store/outbox.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Change, Store } from "../../src/store/store.ts";

export const MONDAY = new Date("2026-11-30T01:07:00Z");
export const CHANNEL: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };

/** A delivery to CHANNEL, due on MONDAY, unless said otherwise. */
export function delivery(key: string, more: Partial<Delivery> = {}): Delivery {
  return {
    key,
    to: CHANNEL,
    act: "post",
    message: { summary: key, blocks: [{ type: "divider" }, { type: "text", lines: [[`about ${key}`]] }] },
    dueAt: MONDAY,
    parentKey: null,
    subscriptionId: null,
    ...more,
  };
}

/** What the next call does: an error, a promise to wait for, or success (null). */
export type Step = DeliveryError | Promise<void> | null;

export interface Sent {
  readonly act: "post" | "edit";
  readonly key: string;
  readonly to: string;
  readonly thread: string | null;
  readonly message: Message;
}

/** A platform without a network: each call takes the next step, then all succeed; it records what it was given. */
export function scripted(
  steps: Step[],
  find: Abilities["find"],
  found: (Found | DeliveryError)[] = [],
  more: Pick<Setting, "threads" | "budgets"> = {},
) {
  const sent: Sent[] = [];
  const looks: { readonly key: string; readonly since: Date }[] = [];
  const next = async (): Promise<void> => {
    const step = steps.shift() ?? null;
    if (step instanceof DeliveryError) throw step;
    await step;
  };
  const record = (act: Sent["act"], to: Address, key: string, message: Message): void => {
    const place = "channel" in to.to ? to.to.channel : to.to.person;
    sent.push({ act, key, to: place, thread: to.thread, message });
  };
  const platform: Platform = {
    name: "slack",
    abilities: {
      threads: more.threads ?? true,
      edits: true,
      forms: "none",
      filesNeed: null,
      reads: false,
      files: false,
      buttons: true,
      private: true,
      find,
    },
    budgets: more.budgets ?? { place: [], all: [] },
    callback: null,
    link: () => null,
    health: () => ({ state: "connected", detail: null }),
    lacks: () => [],
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async post(to, message, key) {
      record("post", to, key, message);
      await next();
      return { ref: { address: to, id: `id of ${key}` } };
    },
    async edit(ref, message) {
      record("edit", ref.address, ref.id, message);
      await next();
    },
    mayPost: () => Promise.resolve("unknown"),
    find: (_to, key, since) => {
      looks.push({ key, since });
      const what = found.shift() ?? { state: "unknown" };
      return what instanceof DeliveryError ? Promise.reject(what) : Promise.resolve(what);
    },
  };
  return { platform, sent, looks };
}

export interface Scene {
  readonly store: Store;
  readonly worker: Worker;
  readonly sent: readonly Sent[];
  readonly looks: readonly { readonly key: string; readonly since: Date }[];
  readonly logged: readonly string[];
  readonly time: { now: Date };
  readonly put: (...deliveries: Delivery[]) => Promise<void>;
  /** Moves the clock on and sends what is due then. */
  readonly after: (seconds: number) => Promise<void>;
  readonly row: (key: string) => Promise<OutboxRow>;
  /** `key state` of everything in the outbox, by key. */
  readonly states: () => Promise<string[]>;
}

export interface Setting {
  readonly steps?: Step[];
  readonly find?: Abilities["find"];
  readonly found?: (Found | DeliveryError)[];
  readonly threads?: boolean;
  readonly budgets?: Budgets;
  /** How the worker waits, where not by real timers. */
  readonly wait?: Wait;
  readonly onProblem?: OnProblem;
  /** What the worker works with in place of the store itself. */
  readonly through?: (store: Store) => Store;
}

/** A worker on a store in memory and a scripted platform, on a clock that stands still until it is moved. */
export async function scene(setting: Setting = {}): Promise<Scene> {
  const store = await openSqlite({ file: ":memory:" });
  const { platform, sent, looks } = scripted(
    setting.steps ?? [],
    setting.find ?? "none",
    setting.found,
    setting,
  );
  const time = { now: MONDAY };
  const logged: string[] = [];
  const say = (what: string, fields: Readonly<Record<string, string | number>>): void => {
    logged.push([what, ...Object.values(fields)].join(" "));
  };
  const worker = createWorker({
    store: setting.through?.(store) ?? store,
    platforms: new Map([["slack", platform]]),
    clock: () => time.now,
    log: { info: say, warn: say },
    onProblem:
      setting.onProblem ??
      ((problem): Change =>
        problemChange(problem, ({ kind, reason }) => ({ summary: `${kind}: ${reason}`, blocks: [] }))),
    random: () => 1,
    ...(setting.wait === undefined ? {} : { wait: setting.wait }),
  });
  const row = async (key: string): Promise<OutboxRow> => {
    const found = await store.delivery(key);
    if (found === null) throw new Error(`no delivery ${key}`);
    return found;
  };
  return {
    store,
    worker,
    sent,
    looks,
    logged,
    time,
    row,
    async put(...deliveries) {
      await store.commit({ at: time.now, deliveries });
    },
    async after(seconds) {
      time.now = new Date(time.now.getTime() + seconds * 1_000);
      await worker.pump();
    },
    async states() {
      const rows = await store.outbox({
        states: ["waiting", "sending", "sent", "unconfirmed", "failed", "dropped"],
        limit: 1_000,
      });
      return rows.map(({ delivery: { key }, state }) => `${key} ${state}`).toSorted();
    },
  };
}
