import { describe, expect, test } from "vitest";
import type { Address } from "../../../src/core/place.ts";
import { ADMIN, CHANNEL, WANG } from "../../support/bot-rig.ts";
import { inThread, threadRig, type ThreadRig } from "../../support/thread-rig.ts";

const ID = "LT-004";
const MOVED: Address = { ...CHANNEL, to: { channel: "C2" } };
const NOTE = `备注 ${ID} 已问`;
const ELSEWHERE: Address = { ...CHANNEL, to: { channel: "C9" } };

/** Somebody records something in another channel. */
async function recordsElsewhere(rig: ThreadRig): Promise<void> {
  await rig.line(NOTE, { place: ELSEWHERE, address: ELSEWHERE });
}

describe("a channel with discussions", () => {
  test.each(["left", "gone"] as const)("that is %s is left alone, and nothing is lost", async (what) => {
    const rig = await threadRig();
    const thread = await rig.open(ID);
    await rig.place(what);
    await recordsElsewhere(rig);
    expect(await rig.settle()).toEqual([]);
    expect((await rig.discussion(ID)).away).toBe(what);
    await rig.place(what === "left" ? "joined" : "back");
    const told = (await rig.settle()).filter(({ key }) => key.startsWith("t:"));
    // The same card is edited, and what was missed is told in the same thread.
    expect(told.map(({ act, thread: where }) => [act, where])).toEqual([
      ["edit", null],
      ["post", thread.thread],
    ]);
    expect(told[0]?.text).toContain("最近记录：备注");
    await inThread(rig, thread)("填报 8.2 截至:2026-06-30 来源:公报 级别:E3");
    expect(rig.entries(ID)).toHaveLength(2);
    expect(await rig.store.discussions("all")).toHaveLength(1);
  });

  test("that was left and is asked to discuss again takes its thread up where it stands", async () => {
    const rig = await threadRig();
    const thread = await rig.open(ID);
    await rig.place("gone");
    expect((await rig.line(`讨论 ${ID}`))?.text).toContain("马上在下面打开");
    await rig.settle();
    expect(await rig.discussion(ID)).toMatchObject({ away: null, parent: thread.thread?.slice(2) });
    expect((await rig.line(`讨论 ${ID}`))?.text).toContain("已有它的讨论话题");
  });

  test("that is only called something else goes on as it was", async () => {
    const rig = await threadRig();
    await rig.open(ID);
    const before = await rig.discussion(ID);
    await rig.place("renamed");
    expect(await rig.settle()).toEqual([]);
    expect(await rig.discussion(ID)).toEqual(before);
  });

  test("that moves has its discussions anew under its new id, once, with what was recorded", async () => {
    const rig = await threadRig();
    const thread = await rig.open(ID);
    await rig.open("QH-002");
    await recordsElsewhere(rig);
    await rig.settle();
    await rig.place("moved", { id: "moved-1", to: MOVED });
    await rig.place("moved", { id: "moved-1", to: MOVED });
    const told = await rig.settle();
    expect(told.map(({ act, thread: where }) => [act, where])).toEqual([
      ["post", null],
      ["post", null],
    ]);
    expect(told.every(({ text }) => text.startsWith("讨论 · "))).toBe(true);
    expect(await rig.discussion(ID)).toMatchObject({ away: "moved" });
    const now = await rig.discussion(ID, MOVED);
    const say = inThread(rig, { ...MOVED, thread: `m.${now.parent}` });
    await say("备注 接着说");
    expect(rig.entries(ID).map(({ type }) => type)).toEqual(["note", "note"]);
    // What is still typed under the old id means the same commitment.
    await inThread(rig, thread)("备注 旧的地方");
    expect(rig.entries(ID)).toHaveLength(3);
  });

  test("that moves to where the commitment is discussed already has one thread there", async () => {
    const rig = await threadRig();
    await rig.open(ID);
    const there = await rig.open(ID, MOVED);
    await rig.place("moved", { to: MOVED });
    expect(await rig.settle()).toEqual([]);
    expect(`m.${(await rig.discussion(ID, MOVED)).parent}`).toBe(there.thread);
  });

  test("that moves back has its first thread again", async () => {
    const rig = await threadRig();
    const first = await rig.open(ID);
    await rig.place("moved", { to: MOVED });
    await rig.settle();
    await rig.place("moved", { place: MOVED, to: CHANNEL });
    await recordsElsewhere(rig);
    const told = await rig.settle();
    expect(told.map(({ act, thread }) => [act, thread])).toEqual([
      ["edit", null],
      ["post", first.thread],
    ]);
    expect((await rig.discussion(ID, MOVED)).away).toBe("moved");
  });

  test("without any discussion has nothing written for it", async () => {
    const rig = await threadRig();
    for (const what of ["left", "gone", "back", "renamed"] as const) await rig.place(what);
    expect(await rig.store.discussions("all")).toEqual([]);
    expect(await rig.settle()).toEqual([]);
  });
});

test("two channels show the same, and what is typed in one is told in the other with where it came from", async () => {
  const rig = await threadRig();
  const here = await rig.open(ID);
  await rig.open(ID, MOVED);
  await inThread(rig, here)("填报 8.2 截至:2026-06-30 来源:公报 级别:E3");
  const told = await rig.settle();
  expect(told.filter(({ act }) => act === "edit")).toHaveLength(2);
  const [first, second] = told.filter(({ act }) => act === "edit").map(({ text }) => text);
  expect(first).toBe(second);
  const replies = told.filter(({ act }) => act === "post");
  expect(replies).toHaveLength(1);
  expect(replies[0]).toMatchObject({ thread: `m.${(await rig.discussion(ID, MOVED)).parent}` });
  expect(replies[0]?.text).toContain("（经 Slack）");
  expect(replies[0]?.text).toContain("slack:T1:U1");
});

test("a discussion is opened again by nobody: every opening is audited with who did it", async () => {
  const rig = await threadRig();
  await rig.line(`讨论 ${ID}`, { actor: WANG });
  await rig.line(`讨论 ${ID}`, { actor: ADMIN });
  await rig.line("结束讨论 LT-004 “谈完了”", { actor: ADMIN });
  const rows = (await rig.store.audit(10)).map(({ what, actor, outcome }) => [what, actor?.id, outcome]);
  expect(rows).toEqual([
    ["resolve", "U9", "done"],
    ["discuss", "U1", "done"],
  ]);
});
