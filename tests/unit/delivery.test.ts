import { describe, expect, test } from "vitest";
import { DeliveryError } from "../../src/platform/platform.ts";
import { CHANNEL, delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

const HOUR = 3_600;
const down = (): DeliveryError => new DeliveryError("unreachable", "ECONNREFUSED", null, "all");
const at = (seconds: number): Date => new Date(MONDAY.getTime() + seconds * 1_000);

describe("sending", () => {
  test("posts the parent first and its child in the parent's thread", async () => {
    const { put, worker, sent, states } = await scene();
    await put(delivery("child", { parentKey: "parent" }), delivery("parent"));
    await worker.pump();
    expect(sent.map(({ key, thread }) => [key, thread])).toEqual([
      ["parent", null],
      ["child", "id of parent"],
    ]);
    expect(await states()).toEqual(["child sent", "parent sent"]);
  });

  test("edits the message that a delivery became", async () => {
    const { put, worker, sent, row } = await scene();
    await put(delivery("first"), delivery("better", { act: { edit: "first" } }));
    await worker.pump();
    expect(sent.map(({ act, key }) => [act, key])).toEqual([
      ["post", "first"],
      ["edit", "id of first"],
    ]);
    expect((await row("better")).ref?.id).toBe("id of first");
  });

  test("sends the messages of one place in order and those of others beside them", async () => {
    const slow = Promise.withResolvers<void>();
    const { put, worker, sent } = await scene({ steps: [slow.promise] });
    const elsewhere = { ...CHANNEL, to: { channel: "C2" } };
    await put(
      delivery("one"),
      delivery("two"),
      delivery("three"),
      delivery("other", { to: elsewhere, dueAt: at(0) }),
    );
    const pumped = worker.pump();
    await expect.poll(() => sent.map(({ key }) => key)).toEqual(["one", "other"]);
    slow.resolve();
    await pumped;
    expect(sent.map(({ key }) => key)).toEqual(["one", "other", "two", "three"]);
  });

  test("sends nothing twice when it is woken from all sides", async () => {
    const { put, worker, sent } = await scene();
    await put(delivery("one"), delivery("two"));
    await Promise.all([worker.pump(), worker.pump(), worker.pump()]);
    expect(sent.map(({ key }) => key)).toEqual(["one", "two"]);
    await worker.pump();
    expect(sent).toHaveLength(2);
  });

  test("waits for a platform that is not configured, and gives up when the news is old", async () => {
    const { put, worker, after, row } = await scene();
    await put(
      delivery("card", {
        to: { platform: "feishu", workspace: null, to: { channel: "oc_1" }, thread: null },
      }),
    );
    await worker.pump();
    expect(await row("card")).toMatchObject({ state: "waiting", reason: "feishu is not configured" });
    await after(37 * HOUR);
    expect(await row("card")).toMatchObject({ state: "failed", reason: "too old" });
  });

  test("does not send what was due 36 hours ago", async () => {
    const { put, after, sent, row } = await scene();
    await put(delivery("digest"));
    await after(36 * HOUR + 1);
    expect(sent).toEqual([]);
    expect(await row("digest")).toMatchObject({ state: "failed", reason: "too old" });
  });

  test("an adapter that throws something else has an unknown outcome", async () => {
    const failing = Promise.reject(new TypeError("a bug"));
    failing.catch(() => undefined);
    const { put, worker, row } = await scene({ steps: [failing] });
    await put(delivery("digest"));
    await worker.pump();
    expect(await row("digest")).toMatchObject({
      state: "unconfirmed",
      reason: "unknown_outcome: TypeError",
    });
  });

  test("keeps to the budgets of the platform, which are a part of the claim", async () => {
    const budgets = { place: [{ count: 1, perMs: 1_000 }], all: [] };
    const { put, worker, after, sent } = await scene({ budgets });
    await put(delivery("one"), delivery("two"), delivery("three"));
    await worker.pump();
    expect(sent.map(({ key }) => key)).toEqual(["one"]);
    await after(1);
    expect(sent.map(({ key }) => key)).toEqual(["one", "two"]);
  });

  test("posts a child on its own where the platform has no threads", async () => {
    const { put, worker, sent } = await scene({ threads: false });
    await put(delivery("parent"), delivery("child", { parentKey: "parent" }));
    await worker.pump();
    expect(sent.map(({ key, thread }) => [key, thread])).toEqual([
      ["parent", null],
      ["child", null],
    ]);
  });

  test("claims the next of a place as soon as the one before is settled", async () => {
    const slow = Promise.withResolvers<void>();
    const { put, worker, sent } = await scene({ steps: [slow.promise] });
    await put(delivery("one"));
    worker.wake();
    // It rests until the lease of the first ends, unless that one is settled; nobody wakes it for the second.
    await expect.poll(() => worker.state().nextAt).toEqual(at(60));
    await put(delivery("two"));
    slow.resolve();
    await expect.poll(() => sent.map(({ key }) => key)).toEqual(["one", "two"]);
    await worker.stop();
  });
});

describe("what is surely not sent", () => {
  test("waits as long as a rate limit asks, and its place with it, but no other", async () => {
    const limited = new DeliveryError("rate_limited", "ratelimited", 30_000);
    const { put, worker, after, sent } = await scene({ steps: [limited] });
    await put(delivery("one"), delivery("two"));
    await worker.pump();
    await put(delivery("other", { to: { ...CHANNEL, to: { channel: "C2" } } }));
    await after(29);
    expect(sent.map(({ key }) => key)).toEqual(["one", "other"]);
    await after(1);
    expect(sent.map(({ key }) => key)).toEqual(["one", "other", "one", "two"]);
  });

  test("a limit of the whole platform holds up every place of it", async () => {
    const limited = new DeliveryError("rate_limited", "99991400", 30_000, "all");
    const { put, worker, after, sent } = await scene({ steps: [limited] });
    await put(delivery("one"));
    await worker.pump();
    await put(delivery("other", { to: { ...CHANNEL, to: { channel: "C2" } } }));
    await after(29);
    expect(sent.map(({ key }) => key)).toEqual(["one"]);
    await after(1);
    expect(sent.map(({ key }) => key).toSorted()).toEqual(["one", "one", "other"]);
  });

  test("is tried again with growing pauses", async () => {
    const { put, worker, after, sent } = await scene({ steps: [down(), down(), down()] });
    await put(delivery("one"));
    await worker.pump();
    for (const [pause, count] of [
      [4, 1],
      [1, 2],
      [9, 2],
      [1, 3],
    ] as const) {
      await after(pause);
      expect(sent).toHaveLength(count);
    }
  });

  test("waits while the installation itself is refused, and pauses no rule for it", async () => {
    const revoked = new DeliveryError("forbidden", "token_revoked", null, "all");
    const { put, worker, after, row, store } = await scene({ steps: [revoked] });
    await put(delivery("one"));
    await worker.pump();
    expect(await row("one")).toMatchObject({ state: "waiting", reason: "forbidden: token_revoked" });
    expect(await store.audit(10)).toEqual([]);
    await after(60);
    expect(await row("one")).toMatchObject({ state: "sent" });
  });
});

describe("a refused form", () => {
  const refused = (): DeliveryError => new DeliveryError("rejected", "invalid_blocks");

  test("is sent once more as text alone", async () => {
    const { put, worker, sent, states } = await scene({ steps: [refused()] });
    await put(delivery("one"));
    await worker.pump();
    const [rich, plain] = sent;
    expect(rich?.message.blocks[0]).toEqual({ type: "divider" });
    expect(plain?.message.blocks.map(({ type }) => type)).toEqual(["text"]);
    expect(JSON.stringify(plain?.message)).toContain("about one");
    expect(await states()).toEqual(["one sent"]);
  });

  test("that is refused as text too has failed", async () => {
    const { put, worker, sent, row } = await scene({ steps: [refused(), refused()] });
    await put(delivery("one"));
    await worker.pump();
    expect(sent).toHaveLength(2);
    expect(await row("one")).toMatchObject({ state: "failed", reason: "rejected: invalid_blocks" });
  });
});
