import { describe, expect, test } from "vitest";
import { directTo } from "../../../src/core/place.ts";
import { CHANNEL, ADMIN, botRig, CHEN, WANG } from "../../support/bot-rig.ts";

/** The fields of a reading of LT-004, as a form sends them. */
const READING = {
  id: "LT-004",
  value: "8.2 EFLOPS",
  "as-of": "2026-06-30",
  source: "https://x.example/a",
  level: "E3",
  lang: "en",
};

describe("a line that lacks something", () => {
  test("brings a form with what was typed, and a button that opens it where there was no trigger", async () => {
    const { line } = await botRig();
    const said = "reading lt4 8.2 EFLOPS as-of:2026-06-30 source:https://x.example/a";
    const replied = await line(said);
    const form = replied?.form;
    expect(form).toMatchObject({ verb: "reading", lang: "en", values: { id: "LT-004", lang: "en" } });
    const initial = Object.fromEntries((form?.fields ?? []).map((each) => [each.name, each.initial]));
    expect(initial).toEqual({
      value: "8.2 EFLOPS",
      "as-of": "2026-06-30",
      source: "https://x.example/a",
      level: null,
    });
    const button = replied?.message.blocks.at(-1);
    expect(button).toMatchObject({ type: "buttons", buttons: [{ label: "Fill in", run: said }] });
    expect(replied?.text).toContain("missing_part");
  });

  test("in Chinese; with no id the commitment is asked for", async () => {
    const { line } = await botRig();
    const replied = await line("佐证 https://x.example/b 级别:E2");
    expect(replied?.form).toMatchObject({ title: "附上佐证", lang: "zh" });
    const fields = replied?.form?.fields ?? [];
    expect(fields.map(({ name, kind, initial }) => [name, kind, initial])).toEqual([
      ["id", "commitment", null],
      ["link", "text", "https://x.example/b"],
      ["level", "choice", "E2"],
      ["note", "text", null],
    ]);
  });

  test.each([
    ["reading LT-004 lots source:https://x.example level:E3", "unreadable_figure"],
    ["evidence LT-999 https://x.example level:E2", "unknown_id"],
    ["rate LT-004 wonderful reason:x", "unknown_value"],
    ["note LT-004", "missing_part"],
    ["dispute", "missing_id"],
    ["evidence LT-004 https://x.example level:E7", "unknown_value"],
    ["event LT-004", "not_for_this"],
  ])("%s → %s", async (said, code) => {
    const { line } = await botRig();
    const replied = await line(said);
    expect(replied?.text).toContain(code);
    expect(replied?.form !== undefined).toBe(code !== "not_for_this");
  });

  test("brings none to who may not record, and none where nothing can be filled in", async () => {
    const viewer = await (await botRig()).line("reading LT-004", { actor: WANG });
    expect(viewer?.text).toContain("needs_role");
    expect(viewer?.form).toBeUndefined();
    const nameless = await (await botRig()).line("reading", { actor: WANG });
    expect(nameless?.text).toContain("missing_id");
    expect(nameless?.form).toBeUndefined();
    const plain = await (await botRig({ abilities: { forms: "none" } })).line("reading LT-004");
    expect(plain?.form).toBeUndefined();
    expect(plain?.text).not.toContain("Fill in");
  });

  test("a line too long for a button brings its form without one", async () => {
    const { line } = await botRig();
    const replied = await line(`rate LT-004 ${"x".repeat(1_600)}`);
    expect(replied?.form?.verb).toBe("rate");
    expect(replied?.message.blocks.every(({ type }) => type !== "buttons")).toBe(true);
  });

  test("of two open doubts the form asks which", async () => {
    const { line, submit, entries } = await botRig();
    await line("dispute LT-004 which machines count");
    await line("dispute LT-004 since when");
    const replied = await line("dispute close LT-004 settled by the bureau");
    expect(replied?.form?.fields.map(({ name }) => name)).toEqual(["number", "text"]);
    const options = replied?.form?.fields[0];
    if (options?.kind !== "choice") throw new Error("no choice");
    const number = options.options[0]?.value ?? "";
    await submit("dispute close", { id: "LT-004", number, text: "settled" });
    expect(entries("LT-004").at(-1)).toMatchObject({ type: "dispute_closed", data: { outcome: "settled" } });
  });
});

test("the number of a doubt that is none does not stand in the way of closing the only one", async () => {
  const { line, submit, entries } = await botRig();
  await line("dispute LT-004 which machines count");
  const replied = await line("dispute close LT-004 #99 settled");
  expect(replied?.form?.fields).toMatchObject([{ name: "text", initial: "settled" }]);
  await submit("dispute close", { ...replied?.form?.values, text: "settled" });
  expect(entries("LT-004").at(-1)?.type).toBe("dispute_closed");
});

test("of more doubts than a choice holds the number is typed", async () => {
  const { line, submit, entries } = await botRig();
  for (let at = 1; at <= 11; at += 1) await line(`dispute LT-004 doubt ${at}`);
  const replied = await line("dispute close LT-004 settled");
  expect(replied?.form?.fields[0]).toMatchObject({ name: "number", kind: "text", required: true });
  const said = await submit("dispute close", { ...replied?.form?.values, number: "99", text: "settled" });
  expect(said?.refused).toEqual({ field: "number" });
  await submit("dispute close", { ...replied?.form?.values, number: "3", text: "settled" });
  expect(entries("LT-004").at(-1)).toMatchObject({ type: "dispute_closed", data: { outcome: "settled" } });
});

test("a text that is too long keeps the id that it was about", async () => {
  const { line } = await botRig();
  for (const said of [`note ＬＴ－００４：${"x".repeat(2_001)}`, `备注 lt 004 ${"x".repeat(2_001)}`]) {
    const replied = await line(said);
    expect(replied?.form).toMatchObject({
      values: { id: "LT-004" },
      fields: [{ name: "text", initial: null }],
    });
  }
});

test("an undo that lacks its reason asks for nothing else, whatever happens meanwhile", async () => {
  const { line, submit, entries } = await botRig();
  await line("admin grant slack:T1:U1 tracker");
  await line("note LT-004 first", { actor: WANG });
  const replied = await line("undo LT-004");
  expect(replied?.form?.fields.map(({ name, required }) => [name, required])).toEqual([["reason", true]]);
  await line("note LT-004 second", { actor: WANG });
  await submit("undo", { ...replied?.form?.values, reason: "a slip" });
  const [first, , undo] = entries("LT-004");
  expect(undo).toMatchObject({ type: "undo", data: { entry: first?.id, reason: "a slip" } });
});

describe("a submission", () => {
  test("records once, is answered to its sender, and leaves one public line", async () => {
    const { submit, entries, outbox, store } = await botRig();
    const replied = await submit("reading", READING, { id: "view-1" });
    expect(replied).toMatchObject({ audience: "caller" });
    expect(replied?.refused).toBeUndefined();
    expect(await submit("reading", READING, { id: "view-1" })).toBeNull();
    expect(entries("LT-004")).toHaveLength(1);
    const posts = await outbox();
    expect(posts.map(({ delivery }) => delivery.to.to)).toEqual([{ channel: "C1" }]);
    expect(await store.audit(5)).toMatchObject([{ what: "reading", outcome: "done" }]);
  });

  test("on a card that everyone sees leaves no second line; by direct message none either", async () => {
    const open = await botRig({ abilities: { private: false, forms: "card" } });
    expect(await open.submit("reading", READING)).toMatchObject({ audience: "channel" });
    expect(await open.outbox()).toEqual([]);
    const direct = await botRig();
    await direct.submit("reading", READING, { place: directTo(ADMIN) });
    expect(await direct.outbox()).toEqual([]);
    expect(Object.keys(direct.entries("LT-004")[0]?.from.address.to ?? {})).toEqual(["person"]);
  });

  test.each([
    [{ ...READING, value: "lots" }, "value"],
    [{ ...READING, value: "8 kilometres" }, "value"],
    [{ ...READING, "as-of": "2027-01-01" }, "as-of"],
    [{ ...READING, source: "ftp://x.example/a" }, "source"],
    [{ ...READING, level: "E1", source: "" }, "source"],
    [{ ...READING, id: "LT-999" }, "id"],
    [{ ...READING, value: "" }, "value"],
  ])(
    "%j is refused beside the field, in the form's language, and can be sent again",
    async (values, field) => {
      const { submit, entries } = await botRig();
      const replied = await submit("reading", values, { id: "view-1" });
      expect(replied).toMatchObject({ audience: "caller", refused: { field } });
      expect(replied?.message.summary).not.toMatch(/\p{Script=Han}/u);
      expect(entries("LT-004")).toEqual([]);
      expect((await submit("reading", READING, { id: "view-1" }))?.refused).toBeUndefined();
      expect(entries("LT-004")).toHaveLength(1);
    },
  );

  test("of one who may not is refused beside no field, and audited", async () => {
    const { submit, store } = await botRig();
    const replied = await submit("note", { id: "LT-004", text: "x" }, { actor: WANG });
    expect(replied?.refused).toEqual({ field: null });
    expect(await store.audit(1)).toMatchObject([{ what: "note", outcome: "refused", detail: "needs_role" }]);
  });

  test("ten times the current figure asks first, with a line that confirms", async () => {
    const { submit, line, entries } = await botRig();
    await submit("reading", READING);
    const asked = await submit("reading", { ...READING, value: "82 EFLOPS" });
    expect(asked?.refused).toBeUndefined();
    const runs = (asked?.message.blocks ?? []).flatMap((block) =>
      block.type === "buttons" ? block.buttons.flatMap((each) => ("run" in each ? [each.run] : [])) : [],
    );
    const confirm = runs.find((run) => run.includes("confirm:yes")) ?? "";
    // A double click on one card is one act; the same words said again are another.
    const ref = { address: CHANNEL, id: "171.2" };
    expect(await line(confirm, { via: "click", ref })).not.toBeNull();
    expect(await line(confirm, { via: "click", ref })).toBeNull();
    expect(entries("LT-004")).toHaveLength(2);
    await line(confirm, { via: "click", ref: { ...ref, id: "171.3" } });
    expect(entries("LT-004")).toHaveLength(3);
  });
});

test("is answered in the language that its form was drawn in", async () => {
  const { submit, say } = await botRig();
  await say(ADMIN, "admin grant slack:T1:U2 tracker");
  const replied = await submit("note", { id: "LT-004", text: "x", lang: "zh" }, { actor: CHEN });
  expect(replied?.refused).toBeUndefined();
  expect(replied?.message.summary).toMatch(/\p{Script=Han}/u);
});
