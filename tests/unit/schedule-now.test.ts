import { expect, test } from "vitest";
import { createDesk } from "../../src/bot/desk.ts";
import { perform } from "../../src/bot/perform.ts";
import { channel, cst, rig, textOf } from "../support/year-rig.ts";
import { deliver } from "../support/year.ts";

/** `digest now` beside the schedule, in one channel. */
async function channelWith() {
  const { set, at, store, book } = await rig();
  await set("S-1", cst("2026-03-03 12:00"));
  const desk = createDesk(book, store, { lang: "en", zone: null, admins: [], program: "0.0.0" });
  const now = async (text: string) => {
    const when = cst(text);
    const actor = { platform: "slack", workspace: "T1", id: "U1" } as const;
    const asking = { line: "digest now", actor, place: channel("C1"), at: when, role: null, lang: null };
    await perform(desk, store, asking, { id: null, isRedelivered: false, isPrivate: false });
    return deliver(store, when);
  };
  const edits = async (): Promise<readonly (readonly [string, string])[]> =>
    (await store.outbox({ states: ["sent"], limit: 20 })).flatMap(({ delivery: { key, act } }) =>
      act === "post" ? [] : [[act.edit, key] as const],
    );
  return { at, now, edits, store };
}

test("sent again on its day, a digest edits the one that the slot has sent, and still tells the same changes", async () => {
  const { at, now, edits } = await channelWith();
  expect(await at("2026-03-09 09:07")).toHaveLength(1);
  const [digest] = await at("2026-03-23 09:07");
  expect(textOf(digest ?? expect.fail())).toMatch(/Changed since 9 Mar 2026: 1\n- DK-002/u);
  const [again] = await now("2026-03-23 15:00");
  expect(textOf(again ?? expect.fail())).toMatch(/Changed since 9 Mar 2026: 1\n- DK-002/u);
  const [third] = await now("2026-03-23 16:00");
  expect(textOf(third ?? expect.fail())).toMatch(/Changed since 9 Mar 2026: 1\n- DK-002/u);
  expect(await edits()).toEqual([
    ["S-1.202603230107", "S-1.20260323080000"],
    ["S-1.202603230107", "S-1.20260323070000"],
  ]);
});

test("the next slot is a message of its own and tells what changed since the edited one", async () => {
  const { at, now, edits } = await channelWith();
  expect(await now("2026-03-06 15:00")).toHaveLength(1);
  const [digest] = await at("2026-03-09 09:07");
  expect(textOf(digest ?? expect.fail())).toMatch(/Changed since 6 Mar 2026: 1\n- BT-001/u);
  await now("2026-03-09 12:00");
  const [next] = await at("2026-03-16 09:07");
  expect(textOf(next ?? expect.fail())).toContain("Changed since 9 Mar 2026: nothing");
  expect(await edits()).toEqual([["S-1.202603090107", "S-1.20260309040000"]]);
});
