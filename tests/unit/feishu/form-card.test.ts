import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FormElement } from "../../../src/adapters/feishu/card.ts";
import { checkCard } from "../../../src/adapters/feishu/check-card.ts";
import { readForm, renderForm } from "../../../src/adapters/feishu/form-card.ts";
import type { Field, Form } from "../../../src/message/form.ts";
import { cardText } from "../../support/fake-feishu-cards.ts";
import { form, refusal } from "./messages.ts";

const field = { label: "数值", hint: null, required: true };
const text = {
  ...field,
  kind: "text" as const,
  multiline: false,
  maxLength: 200,
  placeholder: null,
  initial: null,
};
const reading: Form = {
  title: "填报读数",
  verb: "reading",
  lang: "zh",
  intro: [[{ bold: "LT-004 澜汀区 · 数据中心算力" }], ["没有看懂“十几”是多少。"]],
  fields: [
    {
      ...text,
      name: "value",
      hint: "写上单位，如 8.2 EFLOPS",
      initial: "8.2 EFLOPS",
      placeholder: "8.2 EFLOPS",
    },
    { ...field, name: "as-of", label: "截至", kind: "date", initial: "2026-06-30" },
    {
      ...field,
      name: "level",
      label: "级别",
      required: false,
      kind: "choice",
      options: [
        { value: "E1", label: "E1 官方统计" },
        { value: "E3", label: "E3 媒体报道" },
      ],
      initial: "E3",
    },
    {
      ...field,
      name: "id",
      label: "承诺事项",
      kind: "commitment",
      placeholder: null,
      initial: { value: "LT-004", label: "LT-004 数据中心算力" },
    },
    { ...text, name: "note", label: "备注", required: false, multiline: true },
  ],
  values: { lang: "zh" },
  submit: "提交",
  cancel: "取消",
};
const withFields = (...fields: Field[]): Form => ({ ...reading, fields });
/** What stands in the form of a card. */
function elementsOf(made: Form): FormElement[] {
  return renderForm(made).body.elements.flatMap((element) =>
    element.tag === "form" ? element.elements : [],
  );
}

describe("any form at all", () => {
  it("becomes a card within Feishu's rules, with every field that can be filled in", () => {
    fc.assert(
      fc.property(form, (given) => {
        const card = renderForm(given);
        expect(checkCard(card)).toEqual([]);
        expect(refusal(card)).toBeNull();
        const names = elementsOf(given).flatMap((element) => ("name" in element ? [element.name] : []));
        const first = given.fields.filter(
          (each, at) => given.fields.findIndex(({ name }) => name === each.name) === at,
        );
        const asked = first.filter((each) => each.kind !== "choice" && each.name !== "");
        expect(names).toEqual(expect.arrayContaining(asked.map(({ name }) => name)));
      }),
      { numRuns: 150 },
    );
  });

  it("comes back with the verb and with what went along unseen", () => {
    fc.assert(
      fc.property(form, (given) => {
        const submit = elementsOf(given).find(({ tag }) => tag === "button");
        const value: unknown = submit?.tag === "button" ? submit.behaviors[0]?.value : null;
        const back = readForm(
          JSON.parse(JSON.stringify({ tag: "button", name: "submit", value, form_value: {} })),
        );
        expect(back).toEqual({ verb: given.verb, values: given.values, below: null });
      }),
    );
  });
});

describe("a form card", () => {
  it("asks what a modal asks, with what is known filled in", () => {
    const card = renderForm(reading);
    expect(card.header).toEqual({ title: { tag: "plain_text", content: "填报读数" }, template: "blue" });
    expect(card.body.elements[0]).toEqual({
      tag: "markdown",
      content: "**LT-004 澜汀区 · 数据中心算力**\n没有看懂“十几”是多少。",
    });
    expect(elementsOf(reading)).toMatchObject([
      {
        tag: "input",
        name: "value",
        required: true,
        default_value: "8.2 EFLOPS",
        label: { content: "数值" },
      },
      { tag: "div", text: { content: "写上单位，如 8.2 EFLOPS" } },
      { tag: "div", text: { content: "截至" } },
      { tag: "date_picker", name: "as-of", initial_date: "2026-06-30" },
      { tag: "div", text: { content: "级别（选填）" } },
      { tag: "select_static", name: "level", initial_index: 2, required: false },
      { tag: "input", name: "id", default_value: "LT-004" },
      { tag: "div", text: { content: "LT-004 数据中心算力" } },
      { tag: "input", name: "note", input_type: "multiline_text", label: { content: "备注（选填）" } },
      {
        tag: "button",
        name: "submit",
        form_action_type: "submit",
        behaviors: [{ type: "callback", value: { v: 1, form: "reading", values: { lang: "zh" } } }],
      },
    ]);
  });

  it("leaves out, and says so, what would have to be cut to fit its field", () => {
    const [input, note] = elementsOf(
      withFields({ ...text, name: "url", maxLength: 20, initial: "https://example.org/1508.33" }),
    );
    expect(input).not.toHaveProperty("default_value");
    expect(cardText(note)).toBe("原有内容超过 20 个字符，放不进这里，请重新填写。");
    expect(elementsOf(withFields({ ...text, name: "note", maxLength: 3000 }))[0]).toMatchObject({
      max_length: 1000,
    });
  });

  it("gives up hints, then long texts, before any field", () => {
    const long = { ...text, initial: "光".repeat(1000), maxLength: 1000, hint: "提示".repeat(100) };
    const names = Array.from({ length: 12 }, (_, at) => `f${at}`);
    const card = renderForm(withFields(...names.map((name) => ({ ...long, name }))));
    expect(checkCard(card)).toEqual([]);
    expect(cardText(card)).not.toContain("提示");
    expect(JSON.stringify(card).match(/"tag":"input"/g)).toHaveLength(12);
  });

  it("is not sent when what goes along unseen is too much", () => {
    expect(checkCard(renderForm({ ...reading, values: { text: "光".repeat(20_000) } }))).not.toEqual([]);
  });
});

describe("a submission", () => {
  const value = { v: 1, form: "reading", values: { id: "LT-004", lang: "zh" } };
  const read = (form_value: unknown, given: unknown = value) =>
    readForm({ tag: "button", value: given, form_value });

  it("has the fields by name, those left empty not there, days without their zone", () => {
    expect(
      read({
        value: " 8.2 EFLOPS ",
        "as-of": "2026-06-30 +0800",
        level: "E3",
        note: "",
        list: ["a"],
        none: null,
      }),
    ).toEqual({
      verb: "reading",
      values: { id: "LT-004", lang: "zh", value: "8.2 EFLOPS", "as-of": "2026-06-30", level: "E3" },
      below: null,
    });
  });

  it("may carry its value as JSON text, and no fields at all", () => {
    expect(read(undefined, JSON.stringify(value))).toMatchObject({ verb: "reading", values: value.values });
  });

  it.each([
    ["a button's value", { v: 1, run: "help" }],
    ["another version's", { ...value, v: 2 }],
    ["somebody else's", { form: "x" }],
    ["no JSON", "{"],
    ["nothing", undefined],
  ])("is not ours with %s", (_name, given) => {
    expect(readForm({ tag: "button", value: given, form_value: { value: "1" } })).toBeNull();
    expect(readForm(given)).toBeNull();
  });
});
