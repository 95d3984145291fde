import { describe, expect, test, vi } from "vitest";
import { directTo } from "../../../src/core/place.ts";
import type { Message } from "../../../src/message/message.ts";
import { renderText } from "../../../src/message/text.ts";
import { StoreError } from "../../../src/store/store.ts";
import { ask, ballycastle, lanting, shenzhen } from "../../support/books.ts";
import { ADMIN, botRig, CHANNEL, CHEN, WANG } from "../../support/bot-rig.ts";

function text(message: Message): string {
  return renderText(message, { columns: 1_000, colour: false });
}

function buttonsOf(message: Message | undefined) {
  return (message?.blocks ?? []).flatMap((block) => (block.type === "buttons" ? block.buttons : []));
}

describe("the commitments that are offered", () => {
  test("with nothing typed: what the channel follows, then all in order", async () => {
    const rig = await botRig();
    await rig.line("周报 设置 每周一 9:07 区:云泊", { actor: WANG });
    const offered = await rig.options("");
    const all = rig.desk.book.dataset.commitments.map(({ id }) => id);
    expect(offered.map(({ value }) => value).toSorted()).toEqual(all.toSorted());
    const first = offered.filter(({ value }) => value.startsWith("YB-")).length;
    expect(offered.slice(0, first).every(({ value }) => value.startsWith("YB-"))).toBe(true);
    expect(offered[first]?.value).toBe(all[0]);
  });

  test.each([
    ["lt4", "LT-004"],
    ["ＬＴ－００４", "LT-004"],
    ["yb", "YB-001"],
    ["云泊", "YB-001"],
    ["LT-0", "LT-001"],
    ["LT-04", "LT-004"],
  ])("%s → %s first", async (typed, id) => {
    const { options } = await botRig();
    expect((await options(typed))[0]?.value).toBe(id);
  });

  test("in the language of whoever types; what is found by no word is found by its spelling, or nothing is", async () => {
    const rig = await botRig();
    await rig.line("settings lang:en", { actor: WANG, place: directTo(WANG), via: "direct" });
    const [found] = await rig.options("lt4", WANG);
    expect(found?.label).toMatch(/^LT-004 [A-Z][a-z]+ · /u);
    expect((await rig.options("lt4", CHEN))[0]?.label).toMatch(/^LT-004 澜汀 · /u);
    expect((await rig.options("LT-O04"))[0]?.value).toBe("LT-004");
    expect(await rig.options("qqqq zzzz")).toEqual([]);
    expect(await rig.options("x".repeat(5_000))).toEqual([]);
  });
});

describe("a message that is picked as evidence", () => {
  test("brings the form with its first link and the one commitment it names", async () => {
    const { keep } = await botRig();
    const kept = await keep("看 LT-004：https://news.example/a?LT-005=1。还有 https://b.example");
    expect(kept).toMatchObject({ audience: "caller", form: { verb: "evidence", values: { id: "LT-004" } } });
    expect(kept?.form?.fields[0]).toMatchObject({ name: "link", initial: "https://news.example/a?LT-005=1" });
    const run = buttonsOf(kept?.message).map((button) => ("run" in button ? button.run : ""));
    expect(run).toContain("佐证 LT-004 https://news.example/a?LT-005=1");
  });

  test("leaves the commitment open where it names none or two; without a link it is itself the link", async () => {
    const { keep } = await botRig({ link: () => "https://chat.example/archives/C1/p171" });
    for (const said of ["LT-004 or LT-005?", "nothing", "LT-999 ABC-12345678"]) {
      const kept = await keep(said);
      expect(kept?.form?.values).not.toHaveProperty("id");
      expect(kept?.form?.fields.map(({ name, initial }) => [name, initial])).toEqual([
        ["id", null],
        ["link", "https://chat.example/archives/C1/p171"],
        ["level", null],
        ["note", null],
      ]);
    }
  });

  test("who posted it and where goes along, what they wrote does not", async () => {
    const { keep, submit, store } = await botRig({ link: () => "https://chat.example/archives/C1/p171" });
    const kept = await keep("王敏的原话 LT-004 https://news.example/a", { author: WANG });
    await submit("evidence", {
      ...kept?.form?.values,
      link: "https://news.example/a",
      level: "E4",
    });
    const [entry] = await store.ledger(0, 10);
    expect(entry?.data).toEqual({
      url: "https://news.example/a",
      level: "E4",
      note: null,
      posted: { by: await store.personKey(WANG), where: "https://chat.example/archives/C1/p171" },
    });
    expect(JSON.stringify(entry)).not.toContain("原话");
    // Another link is not what they posted.
    await submit("evidence", { ...kept?.form?.values, link: "https://other.example/b", level: "E4" });
    expect((await store.ledger(1, 10))[0]?.data).not.toHaveProperty("posted");
  });

  test("with neither says so, and records nothing by itself", async () => {
    const { keep, store } = await botRig();
    const kept = await keep("LT-004 reached");
    expect(kept?.form).toBeUndefined();
    expect(kept?.text).toContain("没有链接");
    await keep("LT-004 https://x.example E2 level:E2");
    expect(await store.ledger(0, 10)).toEqual([]);
  });

  test("tells who may not at once who can grant it, in the audit too", async () => {
    const { keep, store } = await botRig();
    const written = vi.spyOn(store, "commit");
    const kept = await keep("LT-004 https://x.example", { actor: WANG, author: CHEN });
    expect(kept?.form).toBeUndefined();
    // Nothing is remembered for a form that they do not get.
    expect(written.mock.calls.filter(([{ offers = [] }]) => offers.length > 0)).toEqual([]);
    expect(kept?.text).toContain("slack:T1:U9");
    expect(await store.audit(1)).toMatchObject([{ what: "evidence", detail: "needs_role" }]);
  });
});

describe("the bot's own page", () => {
  test("shows nobody's rules but one's own, what is due, and how all stands", async () => {
    const rig = await botRig();
    await rig.line("周报 设置 每周一 9:07 区:云泊", { actor: WANG });
    await rig.line("订阅 区:澜汀 提前:7天", { actor: CHEN });
    const page = text(await rig.home(WANG));
    expect(page).toContain("S-1");
    expect(page).not.toContain("S-2");
    expect(page).not.toContain("LT-0");
    const { commitments } = rig.desk.book.dataset;
    const own = commitments.filter(({ district }) => district === "YB").length;
    expect(page).toContain(`${own} 项承诺`);
    expect(text(await rig.home(ADMIN))).toContain(`${commitments.length} 项承诺`);
  });

  test("asks a reviewer for what waits, with buttons that decide; nobody else, and never for one's own", async () => {
    const rig = await botRig();
    await rig.line("admin grant slack:T1:U2 reviewer");
    await rig.line("admin grant slack:T1:U1 tracker");
    await rig.line("evidence LT-004 https://x.example level:E2", { actor: WANG });
    await rig.line("rate LT-004 in_progress reason:started", { actor: WANG });
    const page = await rig.home(CHEN);
    expect(text(page)).toContain("started");
    const runs = buttonsOf(page).map((button) => ("run" in button ? button.run : ""));
    expect(runs.slice(0, 2)).toEqual(["通过 LT-004 #2", "退回 LT-004 #2"]);
    expect(text(await rig.home(WANG))).not.toContain("started");
    const returned = await rig.line("退回 LT-004 #2", { actor: CHEN, via: "click", place: directTo(CHEN) });
    expect(returned?.form?.fields.map(({ name }) => name)).toEqual(["reason"]);
    // A page that was opened before a newer proposal decides nothing about that one.
    await rig.line("rate LT-004 in_progress reason:halls have power", { actor: WANG });
    const old = await rig.line("通过 LT-004 #2", { actor: CHEN, via: "click", place: directTo(CHEN) });
    expect(old?.text).toContain("#3");
    expect(rig.desk.book.ledger.of("LT-004").rating).toBeNull();
    await rig.line("通过 LT-004 #3", { actor: CHEN, via: "click", place: directTo(CHEN) });
    expect(text(await rig.home(CHEN))).not.toContain("halls");
    await rig.line("rate LT-004 stalled reason:stopped", { actor: CHEN });
    expect(text(await rig.home(CHEN))).not.toContain("stopped");
    expect(text(await rig.home(ADMIN))).toContain("stopped");
  });

  test("is one screen with many rules, and has a button for each language that works", async () => {
    const rig = await botRig();
    for (let at = 1; at <= 9; at += 1) await rig.line(`订阅 提前:${at}天`, { actor: WANG });
    const page = text(await rig.home(WANG));
    expect(page.match(/^\W*S-\d/gmu)?.length).toBe(5);
    expect(page.split("\n").length).toBeLessThan(40);
    const english = buttonsOf(await rig.home(WANG)).find(({ label }) => label === "English");
    const run = english !== undefined && "run" in english ? english.run : "";
    await rig.line(run, { actor: WANG, place: directTo(WANG), via: "click" });
    expect(text(await rig.home(WANG))).toContain("What I follow");
  });
});

describe("an answer where everyone sees it", () => {
  test("has one button that says it in the other language, in place of the card", async () => {
    const { line } = await botRig({ abilities: { private: false } });
    const board = await line("看板");
    expect(buttonsOf(board?.message).at(-1)).toEqual({ label: "EN", run: "看板 lang:en", replace: true });
    const other = await line("看板 lang:en", { via: "click" });
    expect(other?.text).toContain("Board");
    expect(buttonsOf(other?.message).at(-1)).toEqual({ label: "中文", run: "看板 lang:zh", replace: true });
    const card = buttonsOf((await line("show LT-004"))?.message).filter(
      (button) => "run" in button && button.run.includes("lang:"),
    );
    expect(card).toHaveLength(1);
  });

  test("the button asks the same, in the other language, for every example of every question", async () => {
    const { line, desk } = await botRig({ abilities: { private: false } });
    const questions = desk.commands.filter(({ effect, role }) => effect === "none" && role === "viewer");
    for (const { examples, name } of questions) {
      for (const example of [...examples.zh, ...examples.en]) {
        const asked = await ask(desk, example);
        const other = asked.lang === "zh" ? "en" : "zh";
        const button = buttonsOf((await line(example))?.message).findLast(
          (each) => "run" in each && each.run.endsWith(` lang:${other}`),
        );
        if (button === undefined || !("run" in button)) throw new Error(`${name}: ${example} has no button`);
        const again = await ask(desk, button.run);
        expect([again.verb, again.lang, again.exit], button.run).toEqual([asked.verb, other, asked.exit]);
      }
    }
  });

  test("a click is no privacy: what is for the asker alone goes to them, and a change is not announced twice", async () => {
    const { line, outbox } = await botRig({ abilities: { private: false } });
    const set = await line("周报 设置 每周一 9:07", { via: "click", actor: WANG });
    expect(set?.audience).toBe("channel");
    expect(set?.text).toMatch(/S-1[^]*操作人：slack:T1:U1/u);
    expect(await outbox()).toEqual([]);
    const preview = await line("周报 预览", { via: "click", actor: WANG });
    expect(preview?.text).toContain("已发到你的私聊");
    expect((await outbox()).map(({ delivery }) => delivery.to.to)).toEqual([{ person: WANG.id }]);
  });

  test("not on errors, nor on what records or changes a rule", async () => {
    const { line } = await botRig({ abilities: { private: false } });
    for (const said of [
      "清单 区:南三",
      "note LT-004 x",
      "周报 设置 每周一 9:07",
      "清单 算".padEnd(700, "算"),
    ]) {
      const replied = await line(said);
      expect(JSON.stringify(buttonsOf(replied?.message)), said).not.toContain("lang:");
    }
  });
});

test.each([lanting, ballycastle, shenzhen])("the greeting of %# asks what $id answers", async (of) => {
  const rig = await botRig({ of });
  await rig.place("joined");
  const [row] = await rig.outbox();
  const greeting = row !== undefined && "message" in row.delivery ? row.delivery.message : undefined;
  const [first] = buttonsOf(greeting);
  const answered = await ask(rig.desk, first !== undefined && "run" in first ? first.run : "");
  expect(answered.verb).toBe("list");
  expect(text(answered.message)).toContain(of.commitments.find(({ check }) => check === "figure")?.id ?? "-");
});

describe("a file", () => {
  test("comes by direct message, which an answer in a channel says", async () => {
    const { line } = await botRig();
    for (const via of ["slash", "mention", "click"] as const)
      expect((await line("export as:csv", { via }))?.text).toContain("comes by direct message");
    const direct = await line("export as:csv", { via: "direct", place: directTo(ADMIN) });
    expect(direct?.text).not.toContain("comes by direct message");
    expect(direct?.message.files).toHaveLength(1);
  });

  test("that cannot be sent is text as far as it goes, with the permission that lacks", async () => {
    const { line } = await botRig({ abilities: { files: false, filesNeed: "files:write" } });
    for (const said of ["export as:json", "export text:computing check:figure as:csv"]) {
      const replied = await line(said);
      expect(replied?.message.files).toBeUndefined();
      expect(replied?.text).toContain("files:write");
    }
    const none = await botRig({ abilities: { files: false } });
    expect((await none.line("export as:json"))?.text).not.toContain("permission");
  });
});

test("what a menu sends is taken once and answered where it is", async () => {
  const { line } = await botRig();
  const how = { id: "menu-1", via: "menu", place: directTo(WANG), actor: WANG } as const;
  expect(await line("帮助", how)).toMatchObject({ audience: "channel" });
  expect(await line("帮助", how)).toBeNull();
});

test("without its store the bot still offers commitments, says so on its page, and lets an event come again", async () => {
  const rig = await botRig();
  await rig.store.close();
  expect((await rig.options("lt4"))[0]?.value).toBe("LT-004");
  expect(await rig.options("")).toHaveLength(rig.desk.book.dataset.commitments.length);
  expect(text(await rig.home(WANG))).toContain("store_busy");
  const refused = await rig.submit("note", { id: "LT-004", text: "x" });
  expect(refused).toMatchObject({ refused: { field: null } });
  expect(refused?.text).toContain("store_busy");
  const talk = rig.talk("年底能到吗？", { address: { ...CHANNEL, thread: "171.1" } });
  await expect(talk).rejects.toThrow(StoreError);
  for (const what of ["joined", "left", "gone", "moved"] as const)
    await expect(rig.place(what, { to: CHANNEL }), what).rejects.toThrow(StoreError);
});
