import { describe, expect, it } from "vitest";
import type { CardElement, CardForm, FormElement } from "../../../src/adapters/feishu/card.ts";
import { checkCard } from "../../../src/adapters/feishu/check-card.ts";
import { WEBHOOK_CARD } from "../../../src/adapters/feishu/limits.ts";
import { renderFeishu } from "../../../src/adapters/feishu/render.ts";

const good = renderFeishu({ summary: "s", blocks: [{ type: "text", lines: [[{ bold: "b" }]] }] });
const withBody = (elements: unknown[]): unknown => ({ ...good, body: { elements } });

const plain = (content: string) => ({ tag: "plain_text" as const, content });
const input: FormElement = {
  tag: "input",
  name: "value",
  label: plain("数值"),
  label_position: "top",
  width: "fill",
  required: true,
  input_type: "text",
  max_length: 5,
};
const submit: FormElement = {
  tag: "button",
  name: "submit",
  text: plain("提交"),
  type: "primary",
  form_action_type: "submit",
  behaviors: [{ type: "callback", value: { v: 1, form: "reading", values: {} } }],
};
const select: FormElement = {
  tag: "select_static",
  name: "level",
  width: "fill",
  required: false,
  options: [{ text: plain("E1"), value: "E1" }],
};
const form = (...elements: FormElement[]): CardForm => ({ tag: "form", name: "form", elements });
const chart = renderFeishu({
  summary: "s",
  blocks: [{ type: "chart", title: "t", unit: "", series: ["a"], bars: [{ label: "b", values: [1.5] }] }],
}).body.elements[0];
const click: CardElement = {
  tag: "column_set",
  flex_mode: "flow",
  columns: [
    {
      tag: "column",
      width: "auto",
      elements: [
        {
          tag: "button",
          text: plain("帮助"),
          type: "default",
          behaviors: [{ type: "callback", value: { v: 1, run: "帮助" } }],
        },
      ],
    },
  ],
};

describe("checkCard", () => {
  it("finds nothing wrong with what is right", () => {
    expect(checkCard(withBody([click, form(input, select, submit), chart]))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["an unknown property", { ...good, extra: 1 }],
    ["an unknown element", withBody([{ tag: "note" }])],
    ["an empty text", withBody([{ tag: "div", text: { tag: "plain_text", content: "" } }])],
    ["a mention", withBody([{ tag: "markdown", content: "<at id=all></at>" }])],
    ["an unescaped link", withBody([{ tag: "markdown", content: "[a](javascript:x)" }])],
    ["a list", withBody([{ tag: "markdown", content: "x\n- y" }])],
    ["too many components", withBody(Array.from({ length: 181 }, () => ({ tag: "hr" })))],
    ["too many bytes", withBody([{ tag: "markdown", content: "光".repeat(10_000) }])],
    ["a mention by its own hand", withBody([{ tag: "markdown", content: "<person id = 'all'></person>" }])],
    ["a second submit button", withBody([form(input, submit, { ...submit, name: "again" })])],
    ["a form without one", withBody([form(input)])],
    ["two fields of one name", withBody([form(input, input, submit)])],
    ["a field with the form's name", withBody([form({ ...input, name: "form" }, submit)])],
    ["two forms", withBody([form(submit), form({ ...submit, name: "other" })])],
    ["a form in a form", withBody([{ ...form(submit), elements: [form(submit)] }])],
    ["a text longer than its input", withBody([form({ ...input, default_value: "123456" }, submit)])],
    ["an input of more than 1000", withBody([form({ ...input, max_length: 1001 }, submit)])],
    [
      "a day that is none",
      withBody([
        form(
          { tag: "date_picker", name: "d", width: "fill", required: false, initial_date: "2026-02-30" },
          submit,
        ),
      ]),
    ],
    [
      "an option twice",
      withBody([form({ ...select, options: [...select.options, ...select.options] }, submit)]),
    ],
    ["an option that is not there", withBody([form({ ...select, initial_index: 2 }, submit)])],
    [
      "too much unseen",
      withBody([
        form({
          ...submit,
          behaviors: [{ type: "callback", value: { v: 1, form: "f", values: { a: "光".repeat(3000) } } }],
        }),
      ]),
    ],
    ["six charts", withBody(Array.from({ length: 6 }, () => chart))],
    ["a figure shown as another", JSON.parse(JSON.stringify(withBody([chart])).replace('"1.5"', '"2"'))],
    ["no card", null],
  ])("finds %s", (_name, card) => {
    expect(checkCard(card)).not.toEqual([]);
  });

  it.each([
    ["a click", click],
    ["a form", form(input, submit)],
    ["19 KB", { tag: "div", text: plain("光".repeat(6_400)) }],
  ])("finds %s in what goes to a custom bot", (_name, element) => {
    expect(checkCard(withBody([element]))).toEqual([]);
    expect(checkCard(withBody([element]), WEBHOOK_CARD)).not.toEqual([]);
  });
});
