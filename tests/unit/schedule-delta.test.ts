import { describe, expect, test } from "vitest";
import { createTick } from "../../src/schedule/tick.ts";
import { channel, cst, lines, rig, textOf } from "../support/year-rig.ts";

const SET = cst("2026-02-25 12:00");
const MONDAY = "2026-03-02 09:07";

describe("what a digest compares with", () => {
  test("is what this channel was told last, once that has arrived", async () => {
    const { set, at, tick, store } = await rig();
    await set("S-1", cst("2026-02-25 12:00"));
    await set("S-2", cst("2026-03-05 12:00"), { to: channel("C2") });
    // S-1 is put in the outbox and never arrives.
    await tick(cst(MONDAY));
    const [row] = await store.claim({ now: cst(MONDAY), limit: 1, leaseMs: 60_000, budgets: new Map() });
    await store.settle(
      row?.delivery.key ?? "",
      row?.lease ?? "",
      { type: "failed", reason: "gone" },
      { at: cst(MONDAY) },
    );
    const monday = await at("2026-03-09 09:07");
    expect(monday.map((each) => textOf(each).includes("Changed since"))).toEqual([false, false]);
    const [first, second] = await at("2026-03-16 09:07");
    expect(textOf(first ?? expect.fail())).toContain("Changed since 9 Mar 2026");
    expect(textOf(second ?? expect.fail())).toContain("Changed since 9 Mar 2026");
  });

  test("nothing changed: skipped or said, as the rule has it", async () => {
    const { set, at } = await rig();
    const filter = [{ key: "district", negated: false, values: ["DK"] }] as const;
    await set("S-1", cst("2026-03-20 12:00"), { filter, empty: "skip" });
    await set("S-2", cst("2026-03-20 12:00"), { filter, empty: "say", to: channel("C2") });
    expect(await at("2026-03-23 09:07")).toHaveLength(2);
    const said = await at("2026-03-30 09:07");
    expect(lines(said)).toEqual([
      "2026-03-30 Mon 09:07 slack:T1:C2 Weekly digest · district:Dukou: nothing has changed since 23 Mar 2026. 6 commitments, 2 past due, next due DK-003 Public chargers on 31 Dec 2026. DK-003",
    ]);
  });

  test("channels with the same rule, language and snapshot share the composing", async () => {
    const { set, book, store } = await rig();
    for (let count = 1; count <= 20; count += 1) await set(`S-${count}`, SET, { to: channel(`C${count}`) });
    let selected = 0;
    const counting = {
      ...book,
      select: (...of: Parameters<typeof book.select>) => ((selected += 1), book.select(...of)),
    };
    expect(await createTick({ book: counting, store, lang: "en" })(cst(MONDAY))).toBe(20);
    expect(selected).toBeLessThan(6);
  });
});
