import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { drawAgain, typedValues } from "../../../src/adapters/slack/modal-again.ts";
import { checkView } from "../../../src/adapters/slack/modal-check.ts";
import type { SlackModal } from "../../../src/adapters/slack/modal-payload.ts";
import { drawAnswer, drawForm, readModal } from "../../../src/adapters/slack/modal.ts";
import { refuseViewBlocks } from "../../support/fake-slack-rules.ts";
import { readView } from "../../support/fake-slack-view-rules.ts";
import { anyForm } from "./messages.ts";
import { AT, FORM, plain, sent } from "./views.ts";

const submission = z.object({ view: z.unknown() });

/** A form that is sent as it is offered. */
function sentAsOffered(modal: SlackModal): unknown {
  const state = modal.blocks.flatMap((block): readonly (readonly [string, object])[] => {
    if (block.type !== "input") return [];
    const { block_id, element } = block;
    switch (element.type) {
      case "plain_text_input":
        return [[block_id, { type: element.type, value: element.initial_value ?? null }] as const];
      case "datepicker":
        return [[block_id, { type: element.type, selected_date: element.initial_date ?? null }] as const];
      case "static_select":
      case "external_select": {
        const selected_option = element.initial_option ?? null;
        return [[block_id, { type: element.type, selected_option }] as const];
      }
    }
  });
  return sent({ ...modal, hash: "1.h" }, Object.fromEntries(state));
}

test("any form comes again within Slack's limits, with all that was in it", () => {
  fc.assert(
    fc.property(anyForm, fc.string({ maxLength: 400 }), (form, wrong) => {
      const modal = drawForm(form, AT);
      const first = sentAsOffered(modal);
      const again = drawAgain(first, form.fields[0]?.name ?? null, wrong);
      if (!modal.blocks.some(({ type }) => type === "input")) {
        expect(again).toBeNull();
        return;
      }
      if (again === null) throw new Error("lost");
      expect(checkView(again)).toEqual([]);
      expect(readView(again, refuseViewBlocks)).toHaveProperty("view");
      const asked = (view: SlackModal) => view.blocks.filter(({ type }) => type === "input");
      expect(asked(again).length).toBeGreaterThanOrEqual(Math.min(99, asked(modal).length));
      if (asked(modal).length < 100) expect(readModal(sentAsOffered(again))).toEqual(readModal(first));
    }),
    { numRuns: 100 },
  );
});

test("what Slack added to a view is left out, and what was typed is there", () => {
  const { view } = submission.parse(
    JSON.parse(readFileSync(new URL("../../fixtures/slack/view-submission.json", import.meta.url), "utf8")),
  );
  const again = drawAgain(view, "value", "这个数字不能换算");
  expect(checkView(again ?? {})).toEqual([]);
  expect(again).toMatchObject({
    callback_id: "form:reading",
    title: plain("填报读数"),
    submit: plain("填报"),
    close: plain("取消"),
    blocks: [
      { type: "section", text: plain("数值：这个数字不能换算") },
      { block_id: "field:value", element: { initial_value: "8.2 EFLOPS", max_length: 40 } },
      { block_id: "field:as-of", element: { initial_date: "2026-06-30" } },
      { block_id: "field:note", element: { multiline: true } },
    ],
  });
  expect(typedValues(view)).toEqual([
    { label: "数值", value: "8.2 EFLOPS" },
    { label: "截至", value: "2026-06-30" },
  ]);
});

test.each([
  ["an element we never sent", [{ type: "rich_text_section", elements: [{ type: "emoji", name: "tada" }] }]],
  ["a part we never sent", [{ type: "rich_text_list", style: "bullet", elements: [] }]],
])("words above the fields that hold %s go, and what was typed stays", (_what, elements) => {
  const modal = drawForm(FORM, AT);
  const inputs = modal.blocks.filter(({ type }) => type === "input");
  const view = sent(
    { ...modal, blocks: [{ type: "rich_text", elements }, ...inputs] },
    { "field:value": { type: "plain_text_input", value: "8.2 EFLOPS" } },
  );
  const again = drawAgain(view, "value", "这个数字不能换算");
  expect(checkView(again ?? {})).toEqual([]);
  expect(again?.blocks.map(({ type }) => type)).toEqual(["section", ...inputs.map(() => "input")]);
  expect(JSON.stringify(again)).toContain('"initial_value":"8.2 EFLOPS"');
  expect(typedValues(view)).toEqual([{ label: "读数", value: "8.2 EFLOPS" }]);
});

test("what was emptied stays empty", () => {
  const emptied = sent(drawForm(FORM, AT), {
    "field:id": { type: "external_select", selected_option: null },
    "field:value": { type: "plain_text_input", value: null },
    "field:on": { type: "datepicker", selected_date: null },
    "field:level": { type: "static_select", selected_option: null },
  });
  expect(JSON.stringify(drawAgain(emptied, null, "x"))).not.toContain("initial");
});

test("a view that asks for nothing does not come again", () => {
  expect(drawAgain(sent(drawAnswer({ summary: "x", blocks: [] }, AT), {}), null, "x")).toBeNull();
  expect(drawAgain({ type: "home" }, null, "x")).toBeNull();
});
