import { describe, expect, test } from "vitest";
import { DeliveryError } from "../../src/platform/platform.ts";
import { CHANNEL, delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

const HOUR = 3_600;
const down = (): DeliveryError => new DeliveryError("unreachable", "ECONNREFUSED", null, "all");
const noAnswer = (): DeliveryError => new DeliveryError("unknown_outcome", "timeout");
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

describe("what may have arrived", () => {
  test("is never sent again where it cannot be found out, and its reply fails with it", async () => {
    const { put, worker, after, sent, states } = await scene({ steps: [noAnswer()] });
    await put(delivery("parent"), delivery("child", { parentKey: "parent" }));
    await worker.pump();
    await after(24 * HOUR);
    expect(sent).toHaveLength(1);
    expect(await states()).toEqual(["child failed", "parent unconfirmed"]);
  });

  test("is sent again with its key where the platform takes one, within 55 minutes of the first attempt", async () => {
    const safe = await scene({ find: "key", steps: [noAnswer()] });
    await safe.put(delivery("one"));
    await safe.worker.pump();
    await safe.after(5);
    expect(safe.sent.map(({ key }) => key)).toEqual(["one", "one"]);
    expect(await safe.states()).toEqual(["one sent"]);

    const late = await scene({ find: "key", steps: Array.from({ length: 40 }, noAnswer) });
    await late.put(delivery("one"));
    for (let minute = 0; minute < 70; minute += 1) await late.after(60);
    expect(await late.states()).toEqual(["one unconfirmed"]);
    const count = late.sent.length;
    expect(count).toBeGreaterThan(5);
    await late.after(HOUR);
    expect(late.sent).toHaveLength(count);
  });

  test("stays in doubt over a later refusal, so that a program that slept does not repeat it too late", async () => {
    const { put, worker, after, sent, row } = await scene({
      find: "key",
      steps: [noAnswer(), new DeliveryError("rate_limited", "limited", 1_000)],
    });
    await put(delivery("one"));
    await worker.pump();
    await after(5);
    expect(await row("one")).toMatchObject({
      state: "waiting",
      reason: "may have arrived: rate_limited: limited",
    });
    await after(HOUR);
    expect(sent).toHaveLength(2);
    expect(await row("one")).toMatchObject({ state: "unconfirmed" });
  });

  test("is looked for before it is sent again: found, it counts as sent", async () => {
    const ref = { address: CHANNEL, id: "m1" };
    const { put, worker, after, sent, looks, row } = await scene({
      find: "history",
      steps: [noAnswer()],
      found: [{ state: "posted", ref }],
    });
    await put(delivery("one"));
    await worker.pump();
    await after(14);
    expect(looks).toEqual([]);
    await after(1);
    expect(looks).toMatchObject([{ key: "one", since: at(-300) }]);
    expect(sent).toHaveLength(1);
    expect(await row("one")).toMatchObject({ state: "sent", ref });
  });

  test("absent from the history it is sent again; unknown it is not", async () => {
    const absent = await scene({ find: "history", steps: [noAnswer()], found: [{ state: "absent" }] });
    await absent.put(delivery("one"));
    await absent.worker.pump();
    await absent.after(15);
    expect(absent.sent).toHaveLength(2);
    expect(await absent.states()).toEqual(["one sent"]);

    const unknown = await scene({ find: "history", steps: [noAnswer()], found: [{ state: "unknown" }] });
    await unknown.put(delivery("one"));
    await unknown.worker.pump();
    await unknown.after(15);
    expect(unknown.sent).toHaveLength(1);
    expect(await unknown.states()).toEqual(["one unconfirmed"]);
  });

  test("an operator may send it again after all", async () => {
    const { put, worker, store, sent, row, time } = await scene({ find: "key", steps: [noAnswer()] });
    await put(delivery("one"));
    await worker.pump();
    time.now = at(37 * HOUR);
    await worker.pump();
    expect(await row("one")).toMatchObject({ state: "unconfirmed" });
    expect(await store.decide("one", "retry", { at: time.now })).toBe(true);
    await worker.pump();
    expect(sent).toHaveLength(2);
    expect(await row("one")).toMatchObject({ state: "sent" });
  });

  test("an edit is repeated: the second changes nothing", async () => {
    const { put, worker, after, sent, states } = await scene({ steps: [null, noAnswer()] });
    await put(delivery("one"), delivery("two", { act: { edit: "one" } }));
    await worker.pump();
    await after(5);
    expect(sent.map(({ act }) => act)).toEqual(["post", "edit", "edit"]);
    expect(await states()).toEqual(["one sent", "two sent"]);
  });
});

describe("what an earlier worker left in flight", () => {
  const lease = async (find: "key" | "history" | "none", after: number) => {
    const made = await scene({ find, found: [{ state: "absent" }] });
    await made.put(delivery("one"));
    const budgets = new Map();
    await made.store.claim({ now: MONDAY, limit: 1, leaseMs: 60_000, budgets });
    await made.after(after);
    return { sent: made.sent.length, looks: made.looks.length, state: (await made.row("one")).state };
  };

  test("is not touched while its lease holds", async () =>
    expect(await lease("key", 59)).toEqual({ sent: 0, looks: 0, state: "sending" }));
  test("is sent again with its key", async () =>
    expect(await lease("key", 60)).toEqual({ sent: 1, looks: 0, state: "sent" }));
  test("but not when the key is forgotten", async () =>
    expect(await lease("key", 56 * 60)).toEqual({ sent: 0, looks: 0, state: "unconfirmed" }));
  test("is looked for first", async () =>
    expect(await lease("history", 60)).toEqual({ sent: 1, looks: 1, state: "sent" }));
  test("is unconfirmed where neither helps", async () =>
    expect(await lease("none", 60)).toEqual({ sent: 0, looks: 0, state: "unconfirmed" }));
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
