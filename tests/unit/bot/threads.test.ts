import { describe, expect, test } from "vitest";
import { directTo, type Address } from "../../../src/core/place.ts";
import { ADMIN, CHANNEL, CHEN, WANG } from "../../support/bot-rig.ts";
import { inThread, threadRig, type ThreadRig } from "../../support/thread-rig.ts";

const ID = "LT-004";
const LINK = "https://data.lanting.example/compute-2026h1";

/** The discussion of LT-004 and how Wang speaks in it. */
async function discussing(rig: ThreadRig) {
  const thread = await rig.open(ID);
  return { thread, say: inThread(rig, thread), chen: inThread(rig, thread, CHEN) };
}

describe("in a discussion, by mention and without an id", () => {
  test("everything that can be recorded is recorded of its commitment, in both languages", async () => {
    for (const lines of [
      [
        `填报 8.2 截至:2026-06-30 来源:${LINK} 级别:E3`,
        `佐证 ${LINK} 级别:E3 “上半年通报”`,
        "评定 推进中 理由:两座机房通电",
        "异议 “哪些机器算在内？”",
        "异议 结束 “只算已通电的”",
        "备注 已问区政务和数据局",
        "结束讨论 “年底再看”",
        "撤销",
      ],
      [
        `reading 8.2 as-of:2026-06-30 source:${LINK} level:E3`,
        `evidence ${LINK} level:E3 "half-year note"`,
        'rate in_progress reason:"two sites have power"',
        'dispute "which machines count?"',
        'dispute close "only those with power"',
        "note asked the data bureau",
        'resolve "look again in December"',
        "undo",
      ],
    ]) {
      const rig = await threadRig();
      const { thread, say } = await discussing(rig);
      for (const line of lines) await say(line);
      expect(rig.entries(ID).map(({ type }) => type)).toEqual([
        "reading",
        "evidence",
        "rating_proposed",
        "dispute_opened",
        "dispute_closed",
        "note",
        "discussion_resolved",
        "undo",
      ]);
      expect(rig.entries(ID).every(({ from }) => from.address.thread === thread.thread)).toBe(true);
    }
  });

  test.each([
    ["通过", "评定提议"],
    ["approve #3", "approved"],
    ['退回 理由:"写明是哪几座"', "退回"],
    ["return #3 reason:which", "returned"],
  ])("a proposal is decided: %s", async (line) => {
    const rig = await threadRig();
    const { say, chen } = await discussing(rig);
    await say(`填报 8.2 截至:2026-06-30 来源:${LINK} 级别:E3`);
    await say(`佐证 ${LINK} 级别:E3`);
    await say("评定 推进中 理由:两座机房通电");
    expect((await say("通过"))?.text).toContain("needs_role");
    await chen(line);
    expect(rig.entries(ID).at(-1)?.type).toBe(
      /^(?:通过|approve)/u.test(line) ? "rating_approved" : "rating_returned",
    );
  });

  test("a bare mention shows it, an aspect is its own, and questions that need no id stay what they are", async () => {
    const rig = await threadRig();
    const { say } = await discussing(rig);
    expect((await say(""))?.text).toContain("LT-004");
    expect((await say("出处"))?.text).toContain("LT-004");
    expect((await say("history"))?.text).toContain("LT-004");
    expect((await say("看板"))?.text).not.toContain("LT-004 ");
    expect((await say("show QH-002"))?.text).toContain("QH-002");
    expect((await say("填报 LT-999 3"))?.text).toContain("unknown_id");
  });

  test.each([
    ["in the thread", (thread: Address) => ({ address: thread })],
    ["on its first message", ({ thread }: Address) => ({ ref: { address: CHANNEL, id: thread ?? "" } })],
  ])(
    "what is done by a button %s leaves its one line in the thread, not in the channel",
    async (_, where) => {
      const rig = await threadRig();
      const { thread } = await discussing(rig);
      const values = { id: ID, value: "8.2", "as-of": "2026-06-30", source: LINK, level: "E3" };
      await rig.submit("reading", values, { actor: WANG, ...where(thread) });
      await rig.line(`佐证 ${ID} ${LINK} 级别:E3`, { actor: WANG, via: "click", ...where(thread) });
      expect(rig.entries(ID).map(({ from }) => from.address.thread)).toEqual([thread.thread, thread.thread]);
      const posts = (await rig.settle()).filter(({ act }) => act === "post");
      expect(posts.map((each) => each.thread)).toEqual([thread.thread, thread.thread]);
      expect(posts[0]?.text).toContain("8.2");
    },
  );

  test("what is done by a button on another message in the channel is told there, and in the thread", async () => {
    const rig = await threadRig();
    const { thread } = await discussing(rig);
    const elsewhere = { ref: { address: CHANNEL, id: "171.1" } };
    await rig.line(`佐证 ${ID} ${LINK} 级别:E3`, { actor: WANG, via: "click", ...elsewhere });
    const posts = (await rig.settle()).filter(({ act }) => act === "post");
    expect(new Set(posts.map((each) => each.thread))).toEqual(new Set([null, thread.thread]));
    expect(posts).toHaveLength(2);
  });
});

describe("in a digest's thread", () => {
  test("that names several it asks which, and each button is the whole line", async () => {
    const rig = await threadRig();
    await rig.line("周报 设置 每周一 9:07 区:澜汀");
    await rig.line("周报 立即");
    const [parent] = await rig.settle();
    if (parent === undefined) throw new Error("no digest");
    const thread: Address = { ...CHANNEL, thread: `m.${parent.key}` };
    const say = inThread(rig, thread);
    const asked = await say(`填报 8.4 截至:2026-06-30 来源:${LINK} 级别:E3`);
    expect(asked?.text).toContain("which_commitment");
    const buttons = asked?.message.blocks.flatMap((block) => (block.type === "buttons" ? block.buttons : []));
    expect(buttons?.length).toBeGreaterThan(1);
    const [first] = buttons ?? [];
    if (first === undefined || !("run" in first)) throw new Error("no button");
    expect(first.run).toBe(`填报 ${first.label} 8.4 截至:2026-06-30 来源:${LINK} 级别:E3`);
    expect(rig.entries(first.label)).toEqual([]);
    await say("备注 都看过了");
    const button = buttons?.find(({ label }) => label === ID);
    if (button === undefined || !("run" in button)) throw new Error("no button");
    await say(button.run, { via: "click" });
    expect(rig.entries(ID).map(({ type }) => type)).toEqual(["reading"]);
    expect(rig.desk.book.ledger.size).toBe(1);
    expect((await say(`填报 ${ID} 8.5 截至:2026-07-01 来源:${LINK} 级别:E3`))?.text).not.toContain(
      "which_commitment",
    );
  });

  test("a thread of somebody else's message means nothing", async () => {
    const rig = await threadRig();
    const say = inThread(rig, { ...CHANNEL, thread: "99.9" });
    expect((await say("填报 8.4"))?.text).toContain("unknown_id");
  });
});

describe("discuss", () => {
  test("opens below, then links, and in the thread says so; the language is the channel's", async () => {
    const rig = await threadRig();
    const opening = await rig.line("discuss LT-004", { via: "slash" });
    expect(opening?.text).toContain("opens below");
    const [card, ...more] = await rig.settle();
    expect(more).toEqual([]);
    expect(card).toMatchObject({ act: "post", thread: null });
    expect(card?.text).toContain("讨论 · LT-004");
    const again = await rig.line("讨论 LT-004");
    expect(again?.text).toContain("已有它的讨论话题");
    expect(again?.message.blocks).toContainEqual({
      type: "buttons",
      buttons: [{ label: "打开话题", url: `https://chat.lanting.example/m.${card?.key ?? ""}` }],
    });
    const say = inThread(rig, { ...CHANNEL, thread: `m.${card?.key ?? ""}` });
    expect((await say("讨论"))?.text).toContain("这里就是它的讨论话题");
    expect(await rig.settle()).toEqual([]);
  });

  test("by two at once is one discussion, and the second is answered as the second", async () => {
    const rig = await threadRig();
    const answers = await Promise.all([
      rig.line("讨论 LT-004", { actor: WANG }),
      rig.line("讨论 LT-004", { actor: CHEN }),
    ]);
    expect(answers.filter((each) => each?.text.includes("马上在下面打开"))).toHaveLength(1);
    expect(await rig.settle()).toHaveLength(1);
    expect(await rig.store.discussions("all")).toHaveLength(1);
  });

  test("taken again by the platform opens nothing anew", async () => {
    const rig = await threadRig();
    await rig.line("讨论 LT-004", { id: "same" });
    expect(await rig.line("讨论 LT-004", { id: "same" })).toBeNull();
    expect(await rig.settle()).toHaveLength(1);
  });

  test.each<[string, Address]>([
    ["in direct messages", directTo(WANG)],
    ["at the terminal", { platform: "terminal", workspace: null, to: { channel: "" }, thread: null }],
    ["at a webhook", { platform: "webhook", workspace: null, to: { channel: "NEWS" }, thread: null }],
  ])("%s says where it can be done", async (_, place) => {
    const rig = await threadRig();
    const answered = await rig.line("discuss LT-004", { place, address: place, via: "direct" });
    expect(answered?.text).toContain("Send it there: `discuss LT-004`");
    expect(await rig.store.discussions("all")).toEqual([]);
  });

  test("of a fact or an unknown id is refused", async () => {
    const rig = await threadRig();
    expect((await rig.line("discuss LT-999"))?.text).toContain("unknown_id");
    expect(await rig.store.discussions("all")).toEqual([]);
  });

  test("leaves an audit row that says who opened which", async () => {
    const rig = await threadRig();
    await rig.line("讨论 LT-004", { actor: WANG });
    const [row] = await rig.store.audit(5);
    expect(row).toMatchObject({ what: "discuss", outcome: "done", detail: "LT-004", actor: WANG });
  });
});

describe("resolve", () => {
  test("needs an outcome and a tracker, and is an entry, audited, that the card and the channel tell", async () => {
    const rig = await threadRig();
    const { say, thread } = await discussing(rig);
    expect((await say("结束讨论"))?.text).toContain("missing_part");
    expect((await inThread(rig, thread, { ...WANG, id: "U7" })('resolve "ok"'))?.text).toContain(
      "needs_role",
    );
    await say("结束讨论 “只算已通电的机器”");
    expect(rig.entries(ID).at(-1)).toMatchObject({
      type: "discussion_resolved",
      data: { outcome: "只算已通电的机器" },
    });
    const [row] = await rig.store.audit(5);
    expect(row).toMatchObject({ what: "resolve", outcome: "done" });
    const told = await rig.settle();
    expect(told.map(({ act, thread: where }) => [act, where])).toEqual([
      ["edit", null],
      ["post", null],
    ]);
    expect(told[0]?.text).toContain("讨论结论：只算已通电的机器");
    expect((await rig.line("讨论 LT-004", { actor: ADMIN }))?.text).toContain("已有它的讨论话题");
  });
});
