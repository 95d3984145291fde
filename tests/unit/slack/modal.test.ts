import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkOptions, checkView } from "../../../src/adapters/slack/modal-check.ts";
import {
  drawAnswer,
  drawForm,
  drawOptions,
  fieldErrors,
  readContext,
  readModal,
} from "../../../src/adapters/slack/modal.ts";
import type { Field } from "../../../src/message/form.ts";
import { refuseViewBlocks } from "../../support/fake-slack-rules.ts";
import { readView } from "../../support/fake-slack-view-rules.ts";
import { anyChoices, anyForm } from "./messages.ts";
import { asked, AT, FIGURE, FORM, interpreted, plain, sent } from "./views.ts";

test("a form is a modal that asks for each field in a block of its own", () => {
  const { blocks, ...modal } = drawForm(FORM, AT);
  expect(modal).toEqual({
    type: "modal",
    callback_id: "form:reading",
    title: plain("填报读数"),
    submit: plain("填报"),
    close: plain("取消"),
    private_metadata: JSON.stringify({ at: AT, values: { seq: "41" } }),
  });
  const [intro, ...inputs] = blocks;
  expect(intro).toMatchObject({
    type: "rich_text",
    elements: [{ elements: [{}, {}, { text: "目标：超过 19 EFLOPS <!channel>" }] }],
  });
  expect(inputs).toEqual([
    {
      type: "input",
      block_id: "field:id",
      label: plain("承诺"),
      optional: false,
      element: {
        type: "external_select",
        action_id: "value",
        min_query_length: 0,
        initial_option: { text: plain("LT-004 澜汀区 · 算力"), value: "LT-004" },
        placeholder: plain("输入几个字"),
      },
    },
    {
      type: "input",
      block_id: "field:value",
      label: plain("读数"),
      hint: plain("例如 8.2 EFLOPS"),
      optional: false,
      element: {
        type: "plain_text_input",
        action_id: "value",
        multiline: false,
        max_length: 200,
        placeholder: plain("8.2 EFLOPS"),
      },
    },
    {
      type: "input",
      block_id: "field:on",
      label: plain("截至"),
      optional: false,
      element: { type: "datepicker", action_id: "value", initial_date: "2026-06-30" },
    },
    {
      type: "input",
      block_id: "field:level",
      label: plain("级别"),
      optional: true,
      element: {
        type: "static_select",
        action_id: "value",
        options: [
          { text: plain("E1 官方统计"), value: "E1" },
          { text: plain("E2 官方发布"), value: "E2" },
        ],
        initial_option: { text: plain("E2 官方发布"), value: "E2" },
      },
    },
  ]);
});

describe("any form", () => {
  test("is within every limit of a modal, and nothing in it is read as markup", () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const modal = drawForm(form, AT);
        expect(checkView(modal)).toEqual([]);
        expect(readView(modal, refuseViewBlocks)).not.toHaveProperty("error");
        expect(interpreted(modal)).toEqual([]);
        expect(readContext(sent(modal, {}))).toEqual(AT);
      }),
      { numRuns: 80 },
    );
  });

  test("brings back, unseen or in a field, what was to go along", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string({ maxLength: 2_000 }), { maxKeys: 4 }),
        (values) => {
          const modal = drawForm({ ...FORM, fields: [], values }, AT);
          const fields = modal.blocks.flatMap((block) => (block.type === "input" ? [block] : []));
          const typed = fields.flatMap(({ block_id, element }) =>
            element.type === "plain_text_input"
              ? [[block_id, { type: element.type, value: element.initial_value }] as const]
              : [],
          );
          const kept = Object.entries(values).filter(
            ([name, value]) => !typed.some(([id]) => id === `field:${name}`) || value.trim() !== "",
          );
          const read = readModal(sent(modal, Object.fromEntries(typed)));
          expect(read).toEqual({ verb: "reading", values: Object.fromEntries(kept), context: AT });
        },
      ),
    );
  });
});

describe("a form that was sent", () => {
  const read = (values: Readonly<Record<string, object>>) =>
    readModal(sent(drawForm(FORM, AT), values))?.values;

  test("is read by the names of its fields, as it was typed", () => {
    expect(
      readModal(
        sent(drawForm(FORM, AT), {
          "field:id": { type: "external_select", selected_option: { text: plain("x"), value: "LT-005" } },
          "field:value": { type: "plain_text_input", value: " Zürich & <b> \\u00fc 8.2 " },
          "field:on": { type: "datepicker", selected_date: "2026-07-01" },
          "field:level": { type: "static_select", selected_option: { text: plain("x"), value: "E1" } },
        }),
      ),
    ).toEqual({
      verb: "reading",
      values: { seq: "41", id: "LT-005", value: " Zürich & <b> \\u00fc 8.2 ", on: "2026-07-01", level: "E1" },
      context: AT,
    });
  });

  test("has nothing of what was left empty", () => {
    expect(
      read({
        "field:id": { type: "external_select", selected_option: null },
        "field:value": { type: "plain_text_input", value: null },
        "field:on": { type: "datepicker", selected_date: null },
        "field:level": { type: "static_select", selected_option: null },
      }),
    ).toEqual({ seq: "41" });
    expect(read({ "field:value": { type: "plain_text_input", value: " \n" } })).toEqual({ seq: "41" });
  });

  test("is none of ours with another callback, other metadata or blocks of others", () => {
    const modal = drawForm(FORM, AT);
    expect(readModal({ ...modal, callback_id: "other" })).toBeNull();
    expect(readModal({ ...modal, private_metadata: "" })).toBeNull();
    expect(readModal({ ...modal, private_metadata: '{"at":{"team":1}}' })).toBeNull();
    expect(readModal(null)).toBeNull();
    expect(read({ other: { type: "plain_text_input", value: "x" } })).toEqual({ seq: "41" });
    expect(read({ "field:value": { type: "checkboxes", selected_options: [] } })).toEqual({ seq: "41" });
  });
});

describe("a form's fields", () => {
  const elementOf = (field: Field) => {
    const [block] = drawForm({ ...FORM, intro: [], fields: [field] }, AT).blocks;
    return block?.type === "input" ? block.element : null;
  };

  test("that Slack could not offer whole are typed instead of chosen", () => {
    const choice = (...values: string[]): Field => ({
      ...asked,
      name: "node",
      label: "节点",
      kind: "choice",
      options: values.map((value) => ({ value, label: value })),
      initial: values[0] ?? null,
    });
    expect(elementOf(choice("数".repeat(150)))).toMatchObject({ type: "static_select" });
    for (const field of [choice("数".repeat(151), "x"), choice("a", "a"), choice("")])
      expect(elementOf(field)).toMatchObject({ type: "plain_text_input", max_length: 3_000 });
  });

  test("begin with nothing where what is known is no day or too long", () => {
    const day = (initial: string): Field => ({ ...asked, name: "on", label: "x", kind: "date", initial });
    expect(elementOf(day("2026-02-30"))).toEqual({ type: "datepicker", action_id: "value" });
    expect(elementOf({ ...FIGURE, maxLength: 5, initial: "1,830.5 亿元" })).toMatchObject({ max_length: 5 });
  });

  test("of one name are asked for once, and win over what goes along unseen", () => {
    const modal = drawForm({ ...FORM, fields: [FIGURE, FIGURE], values: { value: "1", seq: "2" } }, AT);
    expect(modal.blocks.filter((block) => block.type === "input")).toHaveLength(1);
    expect(readModal(sent(modal, {}))?.values).toEqual({ seq: "2" });
  });
});

describe("an error beside a field", () => {
  const modal = drawForm(FORM, AT);

  test("stands under the block of its field, else under the first", () => {
    expect(fieldErrors(modal, "value", "“8.2” 缺单位")).toEqual({ "field:value": "“8.2” 缺单位" });
    expect(fieldErrors(modal, "nothing", "x")).toEqual({ "field:id": "x" });
    expect(fieldErrors(modal, null, "x\ny")).toEqual({ "field:id": "x y" });
  });

  test("has nowhere to stand in a view that asks for nothing", () => {
    expect(fieldErrors(drawAnswer({ summary: "s", blocks: [] }, AT), "value", "x")).toEqual({});
    expect(fieldErrors(null, null, "x")).toEqual({});
  });
});

test("any choices are offered within the limits, each value once and none cut", () => {
  fc.assert(
    fc.property(anyChoices, (choices) => {
      const { options } = drawOptions(choices);
      expect(checkOptions({ options })).toEqual([]);
      expect(interpreted(options)).toEqual([]);
      const values = options.map(({ value }) => value);
      expect(new Set(values).size).toBe(values.length);
      const known = new Set(choices.map(({ value }) => value));
      expect(values.filter((value) => !known.has(value))).toEqual([]);
    }),
  );
});
