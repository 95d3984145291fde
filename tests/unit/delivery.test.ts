import { describe, expect, test } from "vitest";
import type { Address } from "../../src/core/place.ts";
import { createWorker } from "../../src/delivery/worker.ts";
import { DeliveryError, type Platform } from "../../src/platform/platform.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Delivery } from "../../src/store/store.ts";

const MONDAY = new Date("2026-11-30T01:07:00Z");
const CHANNEL: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
const delivery = (key: string, parentKey: string | null = null): Delivery => ({
  key,
  to: CHANNEL,
  message: { summary: key, blocks: [] },
  dueAt: MONDAY,
  parentKey,
});

/** A platform that answers each post with the next of `outcomes`, then accepts; it records what it was given. */
function platform(outcomes: (DeliveryError | null)[], find: Platform["abilities"]["find"] = "none") {
  const posts: { key: string; thread: string | null }[] = [];
  const slack: Platform = {
    name: "slack",
    abilities: { threads: true, edits: true, files: false, buttons: true, private: true, find },
    health: () => ({ state: "connected", detail: null }),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    post(to, _message, key) {
      posts.push({ key, thread: to.thread });
      const outcome = outcomes.shift() ?? null;
      if (outcome !== null) return Promise.reject(outcome);
      return Promise.resolve({ ref: { address: to, id: `id of ${key}` } });
    },
    edit: () => Promise.resolve(),
    find: () => Promise.resolve({ state: "unknown" }),
  };
  return { posts, slack };
}

async function bench(outcomes: (DeliveryError | null)[], find: Platform["abilities"]["find"] = "none") {
  const store = createMemoryStore();
  const { posts, slack } = platform(outcomes, find);
  const time = { now: MONDAY };
  const log = { info: () => undefined, warn: () => undefined };
  const worker = createWorker({ store, platforms: new Map([["slack", slack]]), clock: () => time.now, log });
  await store.claimSlot("slot", MONDAY, [delivery("parent"), delivery("child", "parent")]);
  const states = async () => (await store.outbox()).map(({ state }) => state.state);
  const after = async (seconds: number) => {
    time.now = new Date(time.now.getTime() + seconds * 1_000);
    await worker.pump();
  };
  return { store, posts, worker, states, after };
}

describe("the worker", () => {
  test("posts the parent first and its child in the parent's thread", async () => {
    const { posts, worker, states } = await bench([]);
    await worker.pump();
    expect(posts).toEqual([
      { key: "parent", thread: null },
      { key: "child", thread: "id of parent" },
    ]);
    expect(await states()).toEqual(["sent", "sent"]);
  });

  test("waits as long as a rate limit asks and then sends with the same key", async () => {
    const { posts, worker, after, states } = await bench([
      new DeliveryError("rate_limited", "ratelimited", 30_000),
    ]);
    await worker.pump();
    await after(29);
    expect(posts.map(({ key }) => key)).toEqual(["parent"]);
    await after(1);
    expect(posts.map(({ key }) => key)).toEqual(["parent", "parent", "child"]);
    expect(await states()).toEqual(["sent", "sent"]);
  });

  test("tries again with growing pauses while nobody can be reached", async () => {
    const down = (): DeliveryError => new DeliveryError("unreachable", "ECONNREFUSED");
    const { posts, worker, after } = await bench([down(), down(), down()]);
    await worker.pump();
    await after(4);
    expect(posts).toHaveLength(1);
    await after(1);
    expect(posts).toHaveLength(2);
    await after(9);
    expect(posts).toHaveLength(2);
    await after(1);
    expect(posts).toHaveLength(3);
  });

  test("never sends again what may have arrived, and shows it as unconfirmed", async () => {
    const { posts, worker, after, states } = await bench([new DeliveryError("unknown_outcome", "timeout")]);
    await worker.pump();
    await after(86_400);
    expect(posts).toHaveLength(1);
    expect(await states()).toEqual(["unconfirmed", "failed"]);
  });

  test("sends it again with its key where the platform makes that safe, within the hour", async () => {
    const lost = (): DeliveryError => new DeliveryError("unknown_outcome", "timeout");
    const safe = await bench([lost()], "key");
    await safe.worker.pump();
    await safe.after(5);
    expect(await safe.states()).toEqual(["sent", "sent"]);

    const late = await bench(Array.from({ length: 30 }, lost), "key");
    await late.worker.pump();
    for (let minute = 0; minute < 70; minute += 1) await late.after(60);
    expect(await late.states()).toEqual(["unconfirmed", "failed"]);
  });

  test.each(["target_gone", "forbidden", "rejected"] as const)("gives up at once on %s", async (code) => {
    const { posts, worker, after, states } = await bench([new DeliveryError(code, "no")]);
    await worker.pump();
    await after(86_400);
    expect(posts).toHaveLength(1);
    expect(await states()).toEqual(["failed", "failed"]);
  });

  test("sends nothing twice when it is woken from all sides", async () => {
    const { posts, worker } = await bench([]);
    await Promise.all([worker.pump(), worker.pump(), worker.pump()]);
    expect(posts.map(({ key }) => key)).toEqual(["parent", "child"]);
  });

  test("starts nothing once it is stopped", async () => {
    const { posts, worker } = await bench([]);
    await worker.stop();
    await worker.pump();
    expect(posts).toEqual([]);
  });
});

describe("the store in memory", () => {
  test("takes an inbound message once, and forgets it after half a day", async () => {
    const store = createMemoryStore();
    expect(await store.accept("m1", MONDAY)).toBe(true);
    expect(await store.accept("m1", MONDAY)).toBe(false);
    expect(await store.accept("m1", new Date(MONDAY.getTime() + 13 * 3_600_000))).toBe(true);
  });

  test("claims a slot once", async () => {
    const store = createMemoryStore();
    expect(await store.claimSlot("s", MONDAY, [delivery("a")])).toBe(true);
    expect(await store.claimSlot("s", MONDAY, [delivery("b")])).toBe(false);
    expect((await store.outbox()).map(({ delivery: { key } }) => key)).toEqual(["a"]);
  });
});
