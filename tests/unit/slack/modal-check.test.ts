import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawHome } from "../../../src/adapters/slack/home.ts";
import { checkView } from "../../../src/adapters/slack/modal-check.ts";
import { drawAnswer, drawForm, readContext, readModal } from "../../../src/adapters/slack/modal.ts";
import { refuseViewBlocks } from "../../support/fake-slack-rules.ts";
import { readView } from "../../support/fake-slack-view-rules.ts";
import { anyMessage } from "./messages.ts";
import { AT, FORM, interpreted, plain } from "./views.ts";

describe("the check of a view", () => {
  const modal = drawForm(FORM, AT);
  const [intro, , figure] = modal.blocks;
  const home = drawHome({ summary: "s", blocks: [] });
  const rich = (text: string) => ({
    type: "rich_text" as const,
    elements: [{ type: "rich_text_section" as const, elements: [{ type: "text" as const, text }] }],
  });
  const table = { type: "table", rows: [[{ type: "raw_text", text: "x" }]], column_settings: [] };

  test.each<[string, object]>([
    ["a title of 25", { ...modal, title: { ...modal.title, text: "数".repeat(25) } }],
    ["metadata of 3,001", { ...modal, private_metadata: "x".repeat(3_001) }],
    ["101 blocks", { ...modal, blocks: Array.from({ length: 101 }, () => rich("x")) }],
    ["no blocks", { ...home, blocks: [] }],
    [
      "more than 9,000 in all",
      { ...home, blocks: ["x", "y", "z", "a"].map((each) => rich(each.repeat(2_500))) },
    ],
    ["a table, even on the home tab", { ...home, blocks: [table] }],
    ["an input on the home tab", { ...home, blocks: [figure] }],
    ["an input without a button to send it", { ...modal, submit: undefined }],
    ["two inputs of one block", { ...modal, blocks: [figure, figure] }],
    ["markup", { ...modal, title: { type: "mrkdwn", text: "*x*" } }],
    ["another field", { ...modal, external_id: "x" }],
  ])("refuses %s", (_what, view) => {
    expect(checkView(view)).not.toEqual([]);
  });

  test("takes what stands at the limits", () => {
    expect(checkView({ ...modal, blocks: [intro, ...Array.from({ length: 99 }, () => rich("x"))] })).toEqual(
      [],
    );
    expect(checkView({ ...modal, private_metadata: "数".repeat(3_000) })).toEqual([]);
  });
});

describe("answers and the home tab", () => {
  test("of any message are within every limit, and nothing in them is read as markup", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        for (const view of [drawAnswer(message, AT), drawHome(message)]) {
          expect(checkView(view)).toEqual([]);
          expect(readView(view, refuseViewBlocks)).not.toHaveProperty("error");
          expect(interpreted(view)).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("an answer is called by its message's title, or keeps a long one above its text", () => {
    const answer = (title: string) => drawAnswer({ summary: "s", title, blocks: [] }, AT);
    expect(answer("LT-004 澜汀区")).toMatchObject({
      title: plain("LT-004 澜汀区"),
      blocks: [{ type: "rich_text" }],
    });
    expect(answer("x".repeat(25))).toMatchObject({
      title: plain("区势 Qushi"),
      blocks: [{ type: "header", text: plain("x".repeat(25)) }],
    });
    expect(readContext(answer("x"))).toEqual(AT);
    expect(readModal(answer("x"))).toBeNull();
  });
});
