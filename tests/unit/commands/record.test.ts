import { describe, expect, test } from "vitest";
import { JULY, recorder } from "../../support/recorder.ts";

const NOWHERE = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null } as const;
const READ = "as-of:2026-06-30 source:https://tj.lanting.example/h1 level:E3";

describe("a reading", () => {
  test("is one entry with who, when, from where, and answers with the pace", async () => {
    const { say, entries } = await recorder();
    const { text, problem } = await say("Wang:tracker", `reading LT-004 ８．２ EFLOPS ${READ}`);
    expect(problem).toBeNull();
    expect(text).toContain("0.33");
    expect(entries("LT-004")).toEqual([
      expect.objectContaining({
        type: "reading",
        effectiveOn: "2026-06-30",
        data: {
          value: { op: "=", value: 8.2, unit: "EFLOPS" },
          original: "8.2 EFLOPS",
          asOf: "2026-06-30",
          source: "https://tj.lanting.example/h1",
          level: "E3",
          late: false,
        },
      }),
    ]);
    expect(JSON.stringify(entries("LT-004"))).not.toContain("Wang");
  });
  test("delivered twice is recorded once", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", `reading LT-004 8.2 ${READ}`, 0, { id: "the same" });
    const { answer } = await say("Wang:tracker", `reading LT-004 8.2 ${READ}`, 1, { id: "the same" });
    expect(answer).toBeNull();
    expect(entries("LT-004")).toHaveLength(1);
  });
  test("without a date is as of today; a month means its last day", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", "reading LT-004 8.2 source:bulletin level:E3");
    await say("Wang:tracker", "填报 LT-004 8.1 截至:5月 来源:统计公报 级别:E1");
    expect(entries("LT-004").map(({ effectiveOn }) => effectiveOn)).toEqual(["2026-07-02", "2026-05-31"]);
    await say("Wang:tracker", "reading LT-004 8 as-of:2026\u201104\u201130 source:bulletin level:E3");
    expect(entries("LT-004").at(-1)?.effectiveOn).toBe("2026-04-30");
  });
  test.each([
    ["reading LT-004 8.2 level:E3", "missing_part"],
    ["reading LT-004 8.2 source:x", "missing_part"],
    ["reading LT-004 source:x level:E3", "missing_part"],
    ["reading LT-004 8.2 as-of:2026-07-03 source:x level:E3", "bad_day"],
    ["reading LT-004 8.2 as-of:2026-02-26 source:x level:E3", "bad_day"],
    ["reading LT-004 8.2 as-of:2026-02-30 source:x level:E3", "bad_day"],
    ["reading LT-004 8.2 source:x level:E9", "unknown_value"],
    ["reading LT-004 8.2 家 source:x level:E3", "wrong_unit"],
    ["reading LT-004 1e999 source:x level:E3", "unreadable_figure"],
    ["reading LT-004 10² source:x level:E3", "unreadable_figure"],
    ["reading LT-004 -3 source:x level:E3", "unreadable_figure"],
    ["reading LT-004 8.2 source:ftp://x.example level:E3", "bad_link"],
    ["reading LT-004 8.2 source:https://u:secret@x.example level:E3", "bad_link"],
    ["reading LT-004 done:north source:x level:E3", "not_for_this"],
    ["reading YB-004 3 source:x level:E3", "not_for_this"],
    ["reading YB-004 done:nowhere source:x level:E3", "unknown_node"],
    ["reading LT-007 3 source:x level:E3", "not_for_this"],
    ["reading YB-F01 3 source:x level:E3", "not_a_commitment"],
    ["reading LT-999 3 source:x level:E3", "unknown_id"],
    ["reading 8.2", "unknown_id"],
    ["reading", "missing_id"],
  ])("%s is refused as %s and records nothing", async (line, problem) => {
    const { say, store } = await recorder();
    const said = await say("Wang:tracker", line);
    expect(said.problem).toBe(problem);
    expect(said.text).not.toContain("secret");
    expect(await store.ledger(0, 10)).toEqual([]);
  });
  test.each([
    ["reading LT-004", "reading LT-004 VALUE EFLOPS as-of:DATE source:https://… level:E3"],
    ["填报 LT-004", "填报 LT-004 数值 EFLOPS 截至:日期 来源:https://… 级别:E3"],
    [
      "填报 LT-004 截至:2026-06-30 来源:https://tj.lanting.example/h1 级别:E1",
      "填报 LT-004 数值 EFLOPS 截至:2026-06-30 来源:https://tj.lanting.example/h1 级别:E1",
    ],
    ["填报 LT-004 完成:north", "填报 LT-004 数值 EFLOPS 截至:日期 来源:https://… 级别:E3"],
  ])(
    "%s is answered with a line that names no figure, and records nothing as it stands",
    async (line, next) => {
      const { say, store } = await recorder();
      const { text } = await say("Wang:tracker", line);
      expect(text).toContain(`\`${next}\``);
      expect(text).not.toMatch(/19 ?EFLOPS/u);
      // Whoever has filled in the day but not the figure is told of the figure.
      expect((await say("Wang:tracker", next.replace(/DATE|日期/u, "2026-06-30"))).problem).toBe(
        "unreadable_figure",
      );
      expect((await say("Wang:tracker", next)).problem).not.toBeNull();
      expect(await store.ledger(0, 10)).toEqual([]);
    },
  );
  test("of a milestone names the node that is done", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", "reading YB-004 done:NORTH source:x level:E2");
    expect(entries("YB-004")).toMatchObject([{ data: { value: { done: "north" } } }]);
  });
  test("ten times away from the one before asks first, with the line that confirms", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", `reading LT-004 8.2 ${READ}`);
    const asked = await say("Wang:tracker", "reading LT-004 82 source:x level:E3");
    expect(asked.problem).toBeNull();
    expect(entries("LT-004")).toHaveLength(1);
    const [, line = ""] = /`(reading LT-004 82 [^`]*confirm:yes)`/.exec(asked.text) ?? [];
    await say("Wang:tracker", line);
    expect(entries("LT-004").map(({ type, data }) => type === "reading" && data.value)).toEqual([
      { op: "=", value: 8.2, unit: "EFLOPS" },
      { op: "=", value: 82, unit: "EFLOPS" },
    ]);
  });
  test("a small part of the target early on does not ask", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", "reading LT-001 12 as-of:2026-01-31 source:x level:E3");
    expect(entries("LT-001")).toHaveLength(1);
    await say("Wang:tracker", "reading LT-009 999999 source:x level:E3");
    expect(entries("LT-009")).toHaveLength(0);
  });
});

test("nothing is recorded about an id that the dataset has retired", async () => {
  const { say, store } = await recorder();
  await store.commit({
    at: JULY,
    ledger: [
      {
        id: "dataset:1",
        commitmentId: "LT-003",
        actorKey: "qushi",
        at: JULY,
        effectiveOn: "2026-07-01",
        from: { address: NOWHERE, message: null },
        type: "target_revised",
        data: { what: "retired", from: null, to: null, words: null },
      },
    ],
  });
  const said = await say("Wang:tracker", "reading LT-003 8 source:x level:E3");
  expect(said.problem).toBe("retired_id");
  expect(said.text).toContain("1 Jul 2026");
});

test("a verb that records never runs past words it has no use for", async () => {
  const { say, store } = await recorder();
  await say("Wang:tracker", "evidence LT-004 https://x.example level:E2");
  await say("Wang:tracker", "rate LT-004 in_progress reason:begun");
  expect((await say("Chen:reviewer", "approve LT-004 source")).problem).toBe("unexpected_words");
  expect((await say("Wang:tracker", "rate withdraw LT-004 now")).problem).toBe("unexpected_words");
  expect((await say("Chen:reviewer", "通过LT-004")).answer?.verb).not.toBe("approve");
  expect(await store.ledger(0, 10)).toHaveLength(2);
});

describe("evidence", () => {
  test.each([
    ["evidence LT-004 ftp://x.example/a level:E2", "Only links with http"],
    ["evidence LT-004 javascript:alert(1) level:E2", "Only links with http"],
    ["evidence LT-004 x.example/a level:E2", "no complete link"],
    [`evidence LT-004 https://x.example/${"a".repeat(5_000)} level:E2`, "longer than 2000"],
    ["evidence LT-004 https://u:secret@x.example/a level:E2", "carries a user name or password"],
    ["evidence LT-004 https:// level:E2", "no complete link"],
  ])("%.60s is refused: %s; the link is not repeated", async (line, why) => {
    const { say, store } = await recorder();
    const said = await say("Wang:tracker", line);
    expect(said.answer?.problem).toBe("bad_link");
    expect(said.text).toContain(why);
    expect(said.text).not.toMatch(/secret|x\.example/);
    expect(await store.ledger(0, 10)).toEqual([]);
  });
  test("keeps link, level and note; markup and mentions are text", async () => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", '佐证 LT-004 https://x.example/a?b=1&c=2 级别:e2 "<@U1> *permit*"');
    expect(entries("LT-004")).toMatchObject([
      { data: { url: "https://x.example/a?b=1&c=2", level: "E2", note: "<@U1> *permit*" } },
    ]);
  });
});

describe("after note ID and dispute ID everything is text", () => {
  test.each([
    ["note LT-004 level:E3 source: “x", "level:E3 source: “x"],
    ["备注 ＬＴ４：哪些机器算，哪些不算？", "哪些机器算，哪些不算？"],
    ['note lt4 "the whole of it"', "the whole of it"],
    ['note LT 004 he said "no" and "yes"', 'he said "no" and "yes"'],
    ["note LT-004 one\ntwo\u0007three \u202eabc", "one two three abc"],
  ])("%s", async (line, text) => {
    const { say, entries } = await recorder();
    const { problem } = await say("Wang:tracker", line);
    expect(problem).toBeNull();
    expect(entries("LT-004")).toMatchObject([{ type: "note", data: { text, nothingNew: false } }]);
  });
  test.each([
    ["备注 LT-004 已查无新", true],
    ["note LT-004 Checked, nothing new on the site", true],
    ["note LT-004 nothing new", true],
    ["note LT-004 they say there is nothing new about it", false],
    ["备注 LT-004 未查", false],
  ])("%s: a search that found nothing is %s", async (line, nothingNew) => {
    const { say, entries } = await recorder();
    await say("Wang:tracker", line);
    expect(entries("LT-004")).toMatchObject([{ data: { nothingNew } }]);
  });
  test("nothing after the id, no id, an unknown one, too much", async () => {
    const { say, store } = await recorder();
    expect((await say("Wang:tracker", "note LT-004")).problem).toBe("missing_part");
    expect((await say("Wang:tracker", "note")).problem).toBe("missing_id");
    expect((await say("Wang:tracker", "note something else")).problem).toBe("unknown_id");
    expect((await say("Wang:tracker", `note LT-004 ${"x".repeat(2_001)}`)).problem).toBe("text_too_long");
    expect(await store.ledger(0, 10)).toEqual([]);
  });
  test("of two open disputes the number says which is closed", async () => {
    const { say, desk } = await recorder();
    await say("Wang:tracker", "dispute LT-004 which machines count?");
    await say("Chen:tracker", "异议 LT-004 “口径不同”");
    const asked = await say("Wang:tracker", "dispute close LT-004 settled");
    expect(asked.problem).toBe("which_dispute");
    expect(asked.text).toContain("dispute close LT-004 #2");
    await say("Wang:tracker", "dispute close LT-004 #2 settled");
    expect(desk.book.ledger.of("LT-004").disputes.map(({ seq }) => seq)).toEqual([1]);
    await say("Wang:tracker", "异议 结束 LT-004 “已说明”");
    expect(desk.book.ledger.of("LT-004").disputes).toEqual([]);
    expect((await say("Wang:tracker", "dispute close LT-004 again")).problem).toBe("no_dispute");
  });
});

describe("yardsticks and starts", () => {
  test("a yardstick is a reviewer's, for acts only", async () => {
    const { say, desk } = await recorder();
    expect((await say("Wang:tracker", "yardstick LT-002 the list")).problem).toBe("needs_role");
    expect((await say("Chen:reviewer", "yardstick LT-004 the list")).problem).toBe("not_for_this");
    await say("Chen:reviewer", "凭据 LT-002 “竣工备案”");
    expect(desk.book.ledger.of("LT-002").yardstick?.data.text).toBe("竣工备案");
  });
  test("a period that starts with an event starts on the day recorded", async () => {
    const { say, desk } = await recorder();
    expect((await say("Wang:tracker", "event LT-004 on:2026-06-01")).problem).toBe("not_for_this");
    expect((await say("Wang:tracker", "event YB-003 on:2026-08-01")).problem).toBe("bad_day");
    expect((await say("Wang:tracker", "起点 YB-003")).problem).toBe("missing_part");
    await say("Wang:tracker", "起点 YB-003 日期:6月1日");
    expect(desk.book.ledger.of("YB-003").started?.data.on).toBe("2026-06-01");
    const early = await say("Wang:tracker", "reading YB-003 1 as-of:2026-05-31 source:x level:E3");
    expect(early.problem).toBe("bad_day");
  });
});
