import { describe, expect, test } from "vitest";
import { recorder, type Recorder } from "../../support/recorder.ts";

const LINK = "https://x.example/permit";

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** An admin's first grants: two people who may review in Lanting, and one who may record anywhere. */
async function granted(): Promise<Recorder> {
  const made = await recorder();
  for (const line of [
    "admin grant slack:T1:U1 reviewer 澜汀",
    "admin grant slack:T1:U2 reviewer district:LT",
    "admin grant slack:T1:U3 tracker",
  ])
    expect((await made.say("boss:admin", line)).problem).toBeNull();
  return made;
}

describe("a rating", () => {
  test("lacking evidence is refused with the line that adds it; a statement moves nothing", async () => {
    const { say, entries } = await recorder();
    const bare = await say("Wang:tracker", "评定 LT-004 推进中 理由:已开工");
    expect(bare.problem).toBe("rating_needs");
    expect(bare.text).toContain("`佐证 LT-004 https://… 级别:E2`");
    await say("Wang:tracker", `evidence LT-004 ${LINK} level:E5`);
    const claimed = await say("Wang:tracker", "rate LT-004 in progress reason:started");
    expect(claimed.problem).toBe("rating_needs");
    expect(claimed.text).toContain("E5");
    expect(entries("LT-004").map(({ type }) => type)).toEqual(["evidence"]);
    await say("Wang:tracker", `evidence LT-004 ${LINK} level:E2`);
    expect((await say("Wang:tracker", "rate LT-004 in progress")).problem).toBe("missing_part");
    expect((await say("Wang:tracker", "rate LT-004 unrated reason:x")).problem).toBe("unknown_value");
    await say("Wang:tracker", "rate LT-004 in progress reason:works have begun");
    expect(entries("LT-004").at(-1)).toMatchObject({
      type: "rating_proposed",
      data: { rating: "in_progress", reason: "works have begun" },
    });
  });
  test("tells of a reading that reaches the target only where one would help", async () => {
    const { say } = await recorder();
    const met = await say("Wang:tracker", "rate LT-004 met reason:x");
    expect(met.text).toContain("E1/E2, or E3 with a reading that reaches the target");
    const dropped = await say("Wang:tracker", "rate LT-004 withdrawn reason:x");
    expect(dropped.text).toContain("evidence of E1/E2/E3; there is none");
  });
  test("is approved by somebody else, never by its proposer while another may review", async () => {
    const { say, desk } = await granted();
    await say("U1", `evidence LT-004 ${LINK} level:E2`);
    await say("U1", "rate LT-004 in_progress reason:begun");
    const own = await say("U1", "approve LT-004");
    expect(own.problem).toBe("own_proposal");
    expect(own.text).toContain("slack:T1:U2");
    expect((await say("U3", "approve LT-004")).problem).toBe("needs_role");
    await say("U2", "approve LT-004");
    const { rating } = desk.book.ledger.of("LT-004");
    expect(rating).toMatchObject({ rating: "in_progress", approval: { data: { single: false } } });
    expect((await say("U2", "yardstick QH-001 x")).problem).toBe("needs_role");
  });
  test("two accounts of one person are one: a linked proposer does not approve", async () => {
    const { say } = await granted();
    await say("boss:admin", "admin grant feishu:ou_a1 reviewer");
    await say("U1", `evidence LT-004 ${LINK} level:E2`);
    await say("U1", "rate LT-004 in_progress reason:begun");
    await say("boss:admin", "admin link slack:T1:U1 slack:T1:U2");
    expect((await say("U2", "approve LT-004")).problem).toBe("own_proposal");
  });
  test("by the only reviewer is approved in a second act and said to be a single review", async () => {
    const { say, desk } = await recorder();
    await say("boss:admin", "admin grant slack:T1:U1 reviewer");
    await say("U1", `evidence LT-004 ${LINK} level:E2`);
    await say("U1", "rate LT-004 in_progress reason:begun");
    expect(desk.book.ledger.of("LT-004").rating).toBeNull();
    const { text } = await say("U1", "approve LT-004");
    expect(text).toContain("ingle review");
    expect(desk.book.ledger.of("LT-004").rating?.approval.data.single).toBe(true);
  });
  test("decided by two at once is decided once, and the second is told", async () => {
    const { say, entries, store } = await granted();
    await say("U3", `evidence LT-004 ${LINK} level:E2`);
    await say("U3", "rate LT-004 in_progress reason:begun");
    const both = await Promise.all([
      say("U1", "approve LT-004"),
      say("U2", "return LT-004 reason:too early"),
    ]);
    expect(both.map(({ problem }) => problem ?? "done").toSorted(byText)).toEqual([
      "done",
      "nothing_proposed",
    ]);
    const decided = entries("LT-004").filter(({ type }) => /approved|returned/.test(type));
    expect(decided).toHaveLength(1);
    expect(await store.ledger(0, 10)).toHaveLength(3);
  });
  test("is returned with a reason, withdrawn by its proposer, and can be proposed again", async () => {
    const { say, desk, entries } = await granted();
    await say("U3", `evidence LT-004 ${LINK} level:E2`);
    await say("U3", "rate LT-004 in_progress reason:begun");
    expect((await say("U1", "return LT-004")).problem).toBe("missing_part");
    await say("U1", "退回 LT-004 理由:太早");
    expect(desk.book.ledger.of("LT-004").proposal).toBeNull();
    await say("U3", "rate LT-004 in_progress reason:begun indeed");
    await say("U3", "rate withdraw LT-004");
    expect(entries("LT-004").at(-1)?.type).toBe("rating_withdrawn");
    expect((await say("U1", "approve LT-004")).problem).toBe("nothing_proposed");
  });
  test("of what is not checkable is never given; of acts only against a yardstick", async () => {
    const { say } = await recorder();
    await say("Wang:tracker", `evidence LT-002 ${LINK} level:E1`);
    const acts = await say("Wang:tracker", "rate LT-002 met reason:x");
    expect(acts.text).toContain('`yardstick LT-002 "…"`');
    expect((await say("Wang:tracker", "rate LT-007 met reason:x")).problem).toBe("rating_needs");
    await say("Chen:reviewer", "yardstick LT-002 the bureau's list");
    expect((await say("Wang:tracker", "rate LT-002 met reason:x")).problem).toBeNull();
  });
});

describe("undo", () => {
  test("takes one's own last act back within ten minutes, as a reverse entry, once", async () => {
    const { say, entries, desk } = await granted();
    await say("U3", "note LT-004 a");
    await say("U3", "note QH-001 b", 1);
    await say("U3", "undo", 5);
    expect(desk.book.ledger.of("QH-001").notes).toEqual([]);
    expect(entries("QH-001").map(({ type }) => type)).toEqual(["note", "undo"]);
    const both = await Promise.all([say("U3", "undo LT-004", 6), say("U3", "撤销 LT-004", 6)]);
    expect(both.map(({ problem }) => problem ?? "done").toSorted(byText)).toEqual([
      "done",
      "nothing_to_undo",
    ]);
    expect(entries("LT-004").map(({ type }) => type)).toEqual(["note", "undo"]);
    expect((await say("U3", "undo", 7)).problem).toBe("nothing_to_undo");
  });
  test("later, or of another's act, it is a reviewer's, with a reason", async () => {
    const { say, desk } = await granted();
    await say("U3", "note LT-004 a");
    const late = await say("U3", "undo LT-004", 11);
    expect(late.problem).toBe("undo_needs_reviewer");
    expect(late.text).toContain("`undo LT-004 #1 reason:…`");
    await say("boss:admin", "admin grant slack:T1:U4 tracker");
    expect((await say("U4", "undo LT-004", 1)).problem).toBe("undo_needs_reviewer");
    expect((await say("U1", "undo LT-004", 600)).problem).toBe("missing_part");
    await say("U1", "撤销 LT-004 #1 理由:写错了", 600);
    expect(desk.book.ledger.of("LT-004").notes).toEqual([]);
  });
  test("a clock set back does not keep one from it", async () => {
    const { say } = await granted();
    await say("U3", "note LT-004 a");
    expect((await say("U3", "undo LT-004", -60)).problem).toBeNull();
  });
  test("nothing is pulled out from under what rests on it", async () => {
    const { say, desk } = await granted();
    await say("U3", `evidence LT-004 ${LINK} level:E2`);
    await say("U3", "rate LT-004 in_progress reason:begun");
    await say("U1", "approve LT-004");
    expect((await say("U3", "undo LT-004 #1")).problem).toBe("undo_blocked");
    expect((await say("U3", "undo LT-004 #2")).problem).toBe("undo_blocked");
    await say("U1", "undo LT-004");
    expect(desk.book.ledger.of("LT-004").rating).toBeNull();
    expect(desk.book.ledger.of("LT-004").proposal).not.toBeNull();
    // Decided anew after the decision was taken back.
    await say("U2", "approve LT-004");
    expect(desk.book.ledger.of("LT-004").rating?.rating).toBe("in_progress");
  });
});
