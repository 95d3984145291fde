import { describe, expect, test } from "vitest";
import type { Act } from "../../src/core/act.ts";
import type { Entry } from "../../src/core/record.ts";
import { ledgerLines } from "../../src/store/ledger-lines.ts";
import type { LedgerEntry, NewEntry, Store } from "../../src/store/store.ts";
import { raw } from "../support/store-raw.ts";
import { MONDAY, OWNER, after, channel, delivery, entry } from "../support/store-samples.ts";
import { containing, stores } from "../support/stores.ts";

const EFLOPS = { op: ">", value: 8.2, unit: "EFLOPS" } as const;
const READ = {
  original: "超8.2 EFLOPS",
  asOf: "2026-06-30",
  source: "https://a.test/",
  level: "E3",
} as const;

/** Every kind of act, with what each may lack. */
const ACTS: readonly Act[] = [
  { type: "reading", data: { ...READ, value: EFLOPS, late: false } },
  { type: "reading", data: { ...READ, value: { op: "range", min: 16, max: 17, unit: "%" }, late: true } },
  { type: "reading", data: { ...READ, value: { done: "opened" }, source: null, late: false } },
  { type: "evidence", data: { url: "https://a.test/b?c=¶9", level: "E2", note: null } },
  { type: "rating_proposed", data: { rating: "partly_met", reason: "两项中一项" } },
  { type: "rating_approved", data: { proposal: "e4", single: true } },
  { type: "rating_returned", data: { proposal: "e4", reason: "which one?" } },
  { type: "rating_withdrawn", data: { proposal: "e4" } },
  { type: "dispute_opened", data: { text: "哪些算？\n第二行" } },
  { type: "dispute_closed", data: { dispute: "e8", outcome: "all of them" } },
  { type: "note", data: { text: "已查无新", nothingNew: true } },
  { type: "yardstick_set", data: { text: "a completion record" } },
  { type: "event_recorded", data: { event: "start", on: "2026-03-01" } },
  { type: "target_revised", data: { what: "new", from: null, to: ">19 EFLOPS", words: { zh: "新" } } },
  { type: "target_revised", data: { what: "retired", from: ">19 EFLOPS", to: null, words: null } },
  { type: "undo", data: { entry: "e0", reason: null } },
];

function recorded(act: Act, id: string): NewEntry {
  const { type: _type, data: _data, ...rest } = entry(id);
  return { ...rest, ...act };
}

function direct(id: string) {
  return { platform: "slack", workspace: "T1", to: { person: id }, thread: null } as const;
}

async function idsOf(store: Store): Promise<readonly string[]> {
  return (await store.ledger(0, 1_000)).map(({ id }) => id);
}

describe.each(stores)("the ledger on $name", ({ open }) => {
  test("gives every kind of act back as it was recorded, as the core knows it, also after a restart", async () => {
    const { store, reopen } = await open();
    const entries = ACTS.map((act, at) => recorded(act, `e${at}`));
    await store.commit({ at: MONDAY, ledger: entries });
    const expected = entries.map((each, at) => ({ ...each, seq: at + 1 }));
    expect(await store.ledger(0, 99)).toEqual(expected);
    const read: readonly Entry[] = await (await reopen()).ledger(0, 99);
    expect(read).toEqual(expected);
  });

  test.each([
    ["a figure that is none", { value: { ...EFLOPS, value: Number.NaN } }],
    ["one without end", { value: { ...EFLOPS, value: Infinity } }],
    ["a day that does not exist", { asOf: "2026-02-30" }],
  ])("takes in nothing that could not be read again: %s", async (_what, wrong) => {
    const { store } = await open();
    const bad = recorded({ type: "reading", data: { ...READ, value: EFLOPS, late: false, ...wrong } }, "bad");
    const change = { at: MONDAY, accept: "E1", deliveries: [delivery("a")] };
    await expect(store.commit({ ...change, ledger: [entry("e1"), bad] })).rejects.toMatchObject({
      name: "StoreError",
      code: "unusable",
      message: containing("bad"),
    });
    expect(await idsOf(store)).toEqual([]);
    expect(await store.delivery("a")).toBeNull();
    expect(await store.commit({ ...change, ledger: [entry("e1")] })).toEqual({ done: true });
  });

  test("takes in no day that does not exist", async () => {
    const { store } = await open();
    const bad = { ...entry("bad"), effectiveOn: "2026-13-01" };
    await expect(store.commit({ at: MONDAY, ledger: [bad] })).rejects.toMatchObject({ code: "unusable" });
    expect(await idsOf(store)).toEqual([]);
  });

  test("is only added to: whatever is done with the store, its lines stay as they were", async () => {
    const { store, reopen } = await open();
    const actor = await store.personKey(OWNER);
    const other = await store.personKey({ ...OWNER, id: "U2" });
    const first = { ...entry("e1"), actorKey: actor, from: { address: direct("U1"), message: "1.1" } };
    await store.commit({ at: MONDAY, ledger: [first, entry("e2")] });
    const before = await store.ledger(0, 9);
    const again = { ...entry("e1"), data: { text: "something else", nothingNew: false }, actorKey: "P-9" };
    await store.commit({ at: MONDAY, ledger: [again] });
    await store.commit({ at: MONDAY, links: [{ from: actor, into: other }] });
    await store.commit({ at: MONDAY, forget: [other] });
    await store.commit({
      at: MONDAY,
      ledger: [recorded({ type: "undo", data: { entry: "e1", reason: null } }, "u1")],
    });
    await store.prune(after(9e12));
    expect((await (await reopen()).ledger(0, 9)).slice(0, 2)).toEqual(before);
  });

  test("is kept by the database itself, against whoever is past the store", async () => {
    const { store, options } = await open();
    await store.commit({ at: MONDAY, ledger: [entry("e1")] });
    await store.close();
    await raw(options, async (say) => {
      for (const statement of ["delete from ledger", "update ledger set data = '{}' where seq = 1"]) {
        await expect(say(statement), statement).rejects.toThrow("only added to");
      }
      expect(await say("select seq, id from ledger")).toHaveLength(1);
    });
  });

  test("records two undos of one entry that race as one, since their ids come from the entry undone", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, ledger: [entry("e1")] });
    const undo = (reason: string) => recorded({ type: "undo", data: { entry: "e1", reason } }, "undo e1");
    const change = (n: number) => ({
      at: MONDAY,
      accept: `E${n}`,
      ledger: [undo(`${n}`), entry(`after ${n}`)],
    });
    const done = await Promise.all(Array.from({ length: 8 }, (_none, n) => store.commit(change(n))));
    expect(done.every(({ done: each }) => each)).toBe(true);
    const all = await store.ledger(0, 99);
    expect(all.filter(({ type }) => type === "undo")).toHaveLength(1);
    expect(all).toHaveLength(10);
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  test("holds each act once, however often and in whatever order it is delivered", async () => {
    const { store } = await open();
    const act = (n: number) => ({ at: MONDAY, accept: `E${n}`, ledger: [entry(`e${n}`)] });
    const order = [3, 1, 2, 3, 1, 4, 4, 2, 5, 1, 5, 3];
    const done = await Promise.all(order.map((n) => store.commit(act(n))));
    expect(done.filter(({ done: each }) => each)).toHaveLength(5);
    expect((await idsOf(store)).toSorted()).toEqual(["e1", "e2", "e3", "e4", "e5"]);
  });

  test("keeps a person's key in place of their direct messages, and their id nowhere", async () => {
    const { store, options } = await open();
    const key = await store.personKey(OWNER);
    const from = { address: direct("U1"), message: "1.1" };
    const others = { address: direct("U7"), message: null };
    await store.commit({
      at: MONDAY,
      ledger: [
        { ...entry("e1"), from },
        { ...entry("e2"), from: others },
      ],
    });
    const read: readonly LedgerEntry[] = await store.ledger(0, 9);
    expect(read[0]?.from).toEqual({ ...from, address: direct(key) });
    expect(read[1]?.from.address).toEqual(direct(await store.personKey({ ...OWNER, id: "U7" })));
    await store.close();
    const rows = await raw(options, (say) => say("select * from ledger"));
    expect(JSON.stringify(rows)).not.toMatch(/U[17]/);
  });

  test("is told as JSON lines, one for each entry however many there are, with people as keys", async () => {
    const { store } = await open();
    const key = await store.personKey(OWNER);
    const thread = { ...channel("C1"), thread: "9.9" };
    const reading = recorded({ type: "reading", data: { ...READ, value: EFLOPS, late: false } }, "e1");
    await store.commit({
      at: MONDAY,
      ledger: [
        { ...reading, actorKey: key, from: { address: thread, message: "1.1" } },
        { ...entry("e2"), actorKey: key, from: { address: direct("U1"), message: null } },
        ...Array.from({ length: 2_500 }, (_none, at) => entry(`x${at}`)),
      ],
    });
    const lines: string[] = [];
    for await (const line of ledgerLines(store)) lines.push(line);
    expect(lines).toHaveLength(2_502);
    expect(lines.some((line) => line.includes("\n") || line.includes("U1"))).toBe(false);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      seq: 1,
      id: "e1",
      commitmentId: "GM-001",
      type: "reading",
      actorKey: key,
      at: MONDAY.toISOString(),
      effectiveOn: "2026-02-09",
      data: { ...READ, value: EFLOPS, late: false },
      from: { place: "slack:T1:C1", thread: "9.9", message: "1.1" },
    });
    expect(lines[1]).toContain(`"from":{"place":"slack:T1:${key}","thread":null,"message":null}`);
  });
});
