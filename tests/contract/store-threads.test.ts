import { describe, expect, test } from "vitest";
import { discussionName } from "../../src/core/discussion.ts";
import {
  MONDAY,
  after,
  channel,
  delivery,
  discussion,
  keysOf,
  ref,
  sent,
  settle,
  take,
} from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

const DAY = 86_400_000;
const NAME = discussionName(discussion());

describe.each(stores)("threads, on $name", ({ open }) => {
  test("one discussion for each commitment and place, for good", async () => {
    const { store } = await open();
    const here = discussion();
    const there = discussion({ place: channel("C2"), parent: "t.2", face: "t.2" });
    const other = discussion({ commitmentId: "GM-002" });
    expect(await store.commit({ at: MONDAY, discussions: [here, there, other] })).toEqual({ done: true });
    const again = discussion({ parent: "t.9", shown: "other" });
    expect(await store.commit({ at: MONDAY, discussions: [again], deliveries: [delivery("t.9")] })).toEqual({
      done: false,
      because: "changed_before",
    });
    expect(await store.delivery("t.9")).toBeNull();
    const inThread = { ...channel("C1"), thread: "1.1" };
    expect(await store.discussions({ place: inThread })).toEqual([
      { ...here, revision: 1 },
      { ...other, revision: 1 },
    ]);
    expect(await store.discussions({ commitmentId: "GM-001" })).toHaveLength(2);
    expect(await store.discussions("all")).toHaveLength(3);
  });

  test("what two read and both write is written by the first", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, discussions: [discussion()] });
    const [read] = await store.discussions("all");
    if (read === undefined) throw new Error("not there");
    const told = { ...read, toldSeq: 7, sent: 2, cards: { e1: "t.2" }, away: "left" };
    expect(await store.commit({ at: MONDAY, discussions: [told], deliveries: [delivery("t.2")] })).toEqual({
      done: true,
    });
    const late = await store.commit({ at: MONDAY, discussions: [read], deliveries: [delivery("t.3")] });
    expect(late).toEqual({ done: false, because: "changed_before" });
    expect(await store.discussions("all")).toEqual([{ ...told, revision: 2 }]);
    expect(await store.delivery("t.3")).toBeNull();
  });

  test("a message of ours is found by where it arrived, with its replies; an edit is not a message", async () => {
    const { store } = await open();
    await store.commit({
      at: MONDAY,
      deliveries: [
        delivery("a"),
        delivery("a.1", { parentKey: "a" }),
        delivery("a.e", { act: { edit: "a" } }),
      ],
    });
    await settle(store, (await take(store))[0], sent("1.1"));
    for (const row of await take(store)) await settle(store, row, sent(row.edits?.id ?? "1.2"));
    expect(keysOf(await store.thread({ ...channel("C1"), thread: "1.1" }, "1.1"))).toEqual(["a", "a.1"]);
    expect(keysOf(await store.thread(channel("C1"), "1.2"))).toEqual(["a.1"]);
    expect(await store.thread(channel("C2"), "1.1")).toEqual([]);
    expect(await store.thread(channel("C1"), "9.9")).toEqual([]);
  });

  test("replies are counted by person and day, those of an inbound that came again once", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, discussions: [discussion(), discussion({ commitmentId: "GM-002" })] });
    const reply = (accept: string, personKey: string, day: string, at: Date) =>
      store.commit({ at, accept, replies: [{ discussion: discussion(), personKey, day, at }] });
    await reply("m1", "P-1", "2026-02-09", after(60_000));
    await reply("m1", "P-1", "2026-02-09", after(60_000));
    // What comes late does not make the last one older.
    await reply("m2", "P-1", "2026-02-09", after(30_000));
    await reply("m3", "P-2", "2026-02-12", after(3 * DAY));
    expect(await store.talk(channel("C1"), null)).toEqual(
      new Map([[NAME, { replies: 3, people: 2, lastAt: after(3 * DAY) }]]),
    );
    expect(await store.talk(channel("C1"), "2026-02-10")).toEqual(
      new Map([[NAME, { replies: 1, people: 1, lastAt: after(3 * DAY) }]]),
    );
    expect((await store.talk(channel("C2"), null)).size).toBe(0);
  });

  test("an offer is kept for ninety days, what a discussion stands on for good", async () => {
    const { store } = await open();
    const offer = {
      id: "o1",
      url: "https://x.example.org",
      postedBy: "P-1",
      message: ref("1.2"),
    };
    await store.commit({
      at: MONDAY,
      discussions: [discussion({ face: "t.2" })],
      offers: [offer],
      deliveries: [delivery("t.1"), delivery("t.2", { parentKey: "t.1" }), delivery("x")],
    });
    for (let rows = await take(store); rows.length > 0; rows = await take(store))
      for (const row of rows) await settle(store, row, sent(`m.${row.delivery.key}`));
    expect(await store.prune(after(89 * DAY))).toBe(0);
    expect(await store.offer("o1")).toEqual(offer);
    expect(await store.prune(after(91 * DAY))).toBe(2);
    expect(await store.offer("o1")).toBeNull();
    expect(await store.delivery("x")).toBeNull();
    expect(keysOf(await store.thread(channel("C1"), "m.t.1"))).toEqual(["t.1", "t.2"]);
  });
});
