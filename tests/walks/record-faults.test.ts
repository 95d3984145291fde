import { describe, expect, test } from "vitest";
import type { ProblemCode } from "../../src/core/errors.ts";
import { lifeRig, textOf } from "../support/life-rig.ts";
import { ID, START } from "../support/life-story.ts";
import { stores } from "../support/stores.ts";

const GOOD = `reading ${ID} 8.2 EFLOPS as-of:2026-06-30 source:https://data.lanting.example/06 level:E3`;
const PROVED = `evidence ${ID} https://build.lanting.example/17 level:E2`;

function minutes(count: number): Date {
  return new Date(START.getTime() + count * 60_000);
}

describe("a reading that cannot be kept is told why, and nothing is recorded", () => {
  const rest = "as-of:2026-06-30 source:https://data.lanting.example/06 level:E3";
  test.each<readonly [string, ProblemCode, RegExp]>([
    [`reading ${ID} -3 ${rest}`, "unreadable_figure", /below zero/u],
    [`reading ${ID} 1e999 ${rest}`, "unreadable_figure", /1e999/u],
    [`reading ${ID} NaN ${rest}`, "unreadable_figure", /NaN/u],
    [`reading ${ID} Infinity ${rest}`, "unreadable_figure", /Infinity/u],
    [`reading ${ID} 10² ${rest}`, "unreadable_figure", /10²/u],
    [`reading ${ID} ⑩ ${rest}`, "unreadable_figure", /⑩/u],
    [`reading ${ID} 8½ ${rest}`, "unreadable_figure", /8½/u],
    [`reading ${ID} 17~16 ${rest}`, "unreadable_figure", /17~16/u],
    [`reading ${ID} 8.2 家 ${rest}`, "wrong_unit", /EFLOPS/u],
    [`reading ${ID} ${rest}`, "missing_part", new RegExp(`reading ${ID}`, "u")],
    [`reading ${ID} 8.2 as-of:2026-06-30 level:E3`, "missing_part", /source:/u],
    [`reading ${ID} 8.2 as-of:2026-06-30 source:https://a.example`, "missing_part", /level:E3/u],
    [`reading ${ID} 8.2 as-of:2026-07-03 source:https://a.example level:E3`, "bad_day", /2026|Jul/u],
    [`reading ${ID} 8.2 as-of:2026-01-01 source:https://a.example level:E3`, "bad_day", /2026|Feb/u],
    [`reading LT-003 8.2 ${rest}`, "unknown_id", /LT-00/u],
    [`reading LT-099 8.2 ${rest}`, "unknown_id", /LT-00/u],
    [`reading ZZ-001 8.2 ${rest}`, "unknown_id", /ZZ-001/u],
    [`reading LT-007 8.2 ${rest}`, "not_for_this", /LT-007/u],
    [`reading ${ID} 8.2 as-of:2026-06-30 source:ftp://a.example/x level:E3`, "bad_link", /http/u],
  ])("%s", async (line, problem, told) => {
    const rig = await lifeRig();
    const answered = await rig.say(line);
    expect(answered).toMatchObject({ exit: "user_error", problem });
    expect(textOf(answered)).toMatch(told);
    expect(await rig.ledger()).toEqual([]);
  });
});

describe("figures as people type them are kept as they are meant", () => {
  const rest = "截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3";
  test.each([
    ["１６．２ EFLOPS", { op: "=", value: 16.2, unit: "EFLOPS" }],
    ["约16", { op: "~", value: 16, unit: "EFLOPS" }],
    ["超16", { op: ">", value: 16, unit: "EFLOPS" }],
    ["16~17", { op: "range", min: 16, max: 17, unit: "EFLOPS" }],
    ["16～17 EFLOPS", { op: "range", min: 16, max: 17, unit: "EFLOPS" }],
    ["8200 PFLOPS", { op: "=", value: 8200, unit: "PFLOPS" }],
  ])("%s", async (typed, value) => {
    const rig = await lifeRig();
    expect(await rig.say(`填报 ${ID} ${typed} ${rest}`)).toMatchObject({ exit: "answered" });
    const [entry, ...more] = await rig.ledger();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ type: "reading", data: { value } });
  });

  test("a jump of ten times asks first, and is recorded once it is confirmed", async () => {
    const rig = await lifeRig();
    await rig.say(GOOD);
    const asked = await rig.say(GOOD.replace("8.2", "820"));
    expect(textOf(asked)).toContain("confirm:yes");
    expect(await rig.ledger()).toHaveLength(1);
    await rig.say(`${GOOD.replace("8.2", "820")} confirm:yes`);
    expect(await rig.ledger()).toHaveLength(2);
  });
});

describe("a link that cannot be kept is refused without being repeated", () => {
  test.each([
    ["ftp://files.example/x"],
    ["javascript:alert(1)"],
    ["data:text/html,hello"],
    ["file:///etc/passwd"],
    ["https://wang:hunter2@gov.example/x"],
    [`https://gov.example/${"x".repeat(5_000)}`],
    [`https://gov.example/${"x".repeat(2_500)}`],
  ])("%.40s", async (link) => {
    const rig = await lifeRig();
    for (const line of [
      `evidence ${ID} ${link} level:E2`,
      `reading ${ID} 8.2 as-of:2026-06-30 level:E3 source:${link}`,
    ]) {
      const answered = await rig.say(line);
      expect(answered?.exit, line.slice(0, 60)).toBe("user_error");
      expect(answered?.problem, line.slice(0, 60)).toBe("bad_link");
      expect(textOf(answered)).not.toMatch(/hunter2|alert|passwd|x{100}/u);
    }
    expect(await rig.ledger()).toEqual([]);
  });
});

test("markup and mentions in what people write are kept as text and shown as text", async () => {
  const rig = await lifeRig();
  const text = "*bold* <!channel> <@U1> [x](https://evil.example) `code` <script>";
  await rig.say(`note ${ID} ${text}`);
  await rig.say(`dispute ${ID} ${text}`);
  const entries = await rig.ledger();
  expect(entries).toMatchObject([
    { type: "note", data: { text } },
    { type: "dispute_opened", data: { text } },
  ]);
  const shown = await rig.say(`show ${ID} history`);
  expect(textOf(shown)).toContain(text);
});

describe.each(stores)("two people at once ($name)", ({ open }) => {
  test("rate: both proposals are kept, the later one is the open one", async () => {
    const rig = await lifeRig((await open()).store);
    await rig.say(PROVED);
    const both = await Promise.all([
      rig.say(`rate ${ID} in_progress reason:"halls run"`, { by: "UWANG" }),
      rig.say(`rate ${ID} met reason:"all of it runs"`, { by: "UCHEN", role: "reviewer" }),
    ]);
    expect(both.map((answered) => answered?.exit)).toEqual(["answered", "answered"]);
    const proposed = (await rig.ledger()).filter(({ type }) => type === "rating_proposed");
    expect(proposed).toHaveLength(2);
    await rig.say(`approve ${ID}`, { by: "ULI", role: "reviewer" });
    const last = (await rig.ledger()).at(-1);
    expect(last).toMatchObject({ type: "rating_approved", data: { proposal: proposed.at(-1)?.id } });
  });

  test("approve and return: one decision stands, the other is told that nothing waits", async () => {
    const rig = await lifeRig((await open()).store);
    await rig.say(PROVED);
    await rig.say(`rate ${ID} met reason:"all of it runs"`);
    const both = await Promise.all([
      rig.say(`approve ${ID}`, { by: "UCHEN", role: "reviewer" }),
      rig.say(`return ${ID} reason:"which halls"`, { by: "ULI", role: "reviewer" }),
    ]);
    const problems = both.map((answered) => answered?.problem);
    expect(problems).toContain(null);
    expect(problems).toContain("nothing_proposed");
    const decided = (await rig.ledger()).filter(({ type }) => /^rating_(?:approved|returned)$/u.test(type));
    expect(decided).toHaveLength(1);
  });

  test("the same event, delivered five times at once, is recorded and answered once", async () => {
    const rig = await lifeRig((await open()).store);
    const all = await Promise.all(Array.from({ length: 5 }, () => rig.say(GOOD, { id: "one" })));
    expect(all.filter((answered) => answered !== null)).toHaveLength(1);
    expect(await rig.ledger()).toHaveLength(1);
  });
});

test("a clock set back keeps the order of the record, and takes no day that has not come", async () => {
  const rig = await lifeRig();
  await rig.say(GOOD);
  const before = minutes(-3 * 24 * 60);
  const early = await rig.say(GOOD.replace("8.2", "8.4"), { at: before });
  // 30 June is a day ahead of a clock that says 29 June.
  expect(early).toMatchObject({ problem: "bad_day" });
  await rig.say(`note ${ID} the clock was wrong`, { at: before });
  const entries = await rig.ledger();
  expect(entries.map(({ type, effectiveOn }) => [type, effectiveOn])).toEqual([
    ["reading", "2026-06-30"],
    ["note", "2026-06-29"],
  ]);
  expect(textOf(await rig.say(`show ${ID}`))).toContain("8.2 EFLOPS");
  // One's own act may still be taken back, and is, whatever the clock says.
  expect(await rig.say(`undo ${ID}`, { at: before })).toMatchObject({ exit: "answered" });
  expect((await rig.ledger()).at(-1)).toMatchObject({ type: "undo", data: { entry: entries[1]?.id } });
});
