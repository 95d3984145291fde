import { expect, test } from "vitest";
import type { Block, Message } from "../../../src/message/message.ts";
import { renderText } from "../../../src/message/text.ts";

function plain(blocks: readonly Block[], columns = 80, rest: Partial<Message> = {}): string {
  return renderText({ summary: "summary", blocks, ...rest }, { columns, colour: false });
}

test("prints the summary only where there is nothing else", () => {
  expect(plain([])).toBe("summary");
  expect(plain([], 80, { title: "Title" })).toBe("Title");
});

test("prints a card as fields with the colon of each label's script", () => {
  const card: Block = {
    type: "fields",
    items: [
      { label: "目标", value: ["年底突破 ", { bold: "19 EFLOPS" }] },
      { label: "Target", value: ["above 19 EFLOPS"] },
      { label: "", value: ["no label"] },
    ],
  };
  expect(plain([card])).toBe("目标：年底突破 19 EFLOPS\nTarget: above 19 EFLOPS\nno label");
});

test("hangs the later lines of a field and a list item below their text", () => {
  const field: Block = {
    type: "fields",
    items: [{ label: "From", value: ["one two three four five six seven"] }],
  };
  expect(plain([field], 24)).toBe("From: one two three four\n      five six seven");
  const list: Block = { type: "list", items: [["one two three four five six seven"]] };
  expect(plain([list], 24)).toBe("- one two three four\n  five six seven");
});

test("counts Chinese characters and emoji as two columns", () => {
  const text = plain([{ type: "text", lines: [["区".repeat(25)], ["🟢".repeat(11)]] }], 20);
  expect(text.split("\n")).toEqual(["区".repeat(10), "区".repeat(10), "区".repeat(5), "🟢".repeat(10), "🟢"]);
});

test("aligns a table by what its cells take on the screen", () => {
  const table: Block = {
    type: "table",
    columns: [
      { label: "区", align: "left" },
      { label: "项", align: "right" },
    ],
    rows: [
      ["南山", "12"],
      ["Lanting", "3"],
    ],
  };
  expect(plain([table])).toBe("区       项\n-------  --\n南山     12\nLanting   3");
});

test("prints a table that is too wide as one record per row", () => {
  const table: Block = {
    type: "table",
    columns: [
      { label: "Commitment", align: "left" },
      { label: "Due", align: "left" },
      { label: "项", align: "right" },
    ],
    rows: [["GM-001 Computing power", "31 Dec 2026", "1"]],
  };
  expect(plain([table], 30)).toBe("GM-001 Computing power\n  Due: 31 Dec 2026\n  项：1");
});

test("names every series of a chart beside its sign and its number", () => {
  const chart: Block = {
    type: "chart",
    title: "By district",
    unit: "commitments",
    series: ["not rated", "not checkable"],
    bars: [
      { label: "Lanting", values: [6, 2] },
      { label: "Qiuhe", values: [0, 0] },
    ],
  };
  const lines = plain([chart]).split("\n");
  expect(lines[0]).toBe("By district (commitments)");
  expect(lines[1]).toBe(`Lanting  ${"█".repeat(18)}${"░".repeat(6)}  █ not rated 6 · ░ not checkable 2`);
  expect(lines[2]).toBe(`Qiuhe    ${" ".repeat(24)}  0`);
});

test("gives values that are no counts a line per series, and a dash for what is no number", () => {
  const chart: Block = {
    type: "chart",
    title: "",
    unit: "EFLOPS",
    series: ["from", "read"],
    bars: [{ label: "LT-004", values: [6.5, Number.NaN] }],
  };
  expect(plain([chart])).toBe(`EFLOPS\nLT-004  ${"█".repeat(24)}  from 6.5\n${" ".repeat(34)}read –`);
});

test("prints buttons as lines that can be typed and addresses that can be opened", () => {
  const buttons: Block = {
    type: "buttons",
    buttons: [
      { label: "Source", run: "show GM-001 source" },
      { label: "Open", url: "https://example.org/a" },
      { label: "help", run: "help" },
    ],
  };
  expect(plain([buttons])).toBe(
    "Source  › show GM-001 source\nOpen    https://example.org/a\n        › help",
  );
});

test("prints a link as its label and its address, and code between backticks", () => {
  const line = [
    "see ",
    { label: "the page", url: "https://example.org/x" },
    " or ",
    { code: "show GM-001" },
  ] as const;
  expect(plain([{ type: "text", lines: [line] }])).toBe(
    "see the page https://example.org/x or `show GM-001`",
  );
  const bare = [{ label: "https://example.org/x", url: "https://example.org/x" }];
  expect(plain([{ type: "note", lines: [bare] }])).toBe("https://example.org/x");
});

test("keeps the lines of a quote, and sets tables and suggestions apart", () => {
  const text = plain([
    { type: "quote", text: "first\r\nsecond" },
    { type: "table", columns: [{ label: "", align: "left" }], rows: [["cell"]] },
    { type: "divider" },
    { type: "buttons", buttons: [{ label: "x", run: "help" }] },
  ]);
  expect(text).toBe(`| first\n| second\n\ncell\n\n${"-".repeat(40)}\n\nx  › help`);
});

test("colours only when asked, and ends every colour on its own line", () => {
  const message: Message = {
    summary: "s",
    title: "LT-004",
    tone: "bad",
    blocks: [{ type: "text", lines: [[{ bold: "one two three four five six" }, " ", { code: "help" }]] }],
  };
  const coloured = renderText(message, { columns: 20, colour: true });
  expect(coloured.split("\n")[0]).toBe("\u001b[31m\u001b[1mLT-004\u001b[22m\u001b[39m");
  expect(coloured.split("\n")[1]).toBe("\u001b[1mone two three four\u001b[22m");
  expect(renderText(message, { columns: 20, colour: false })).not.toContain("\u001b");
});

test("takes away what people's text could do to a terminal", () => {
  const evil = "a\u001b[31mred\u001b[0m\u001b]0;title\u0007 b\u009b2Jc\u202ed\u0000\r\ne\u001b";
  expect(plain([{ type: "text", lines: [[evil, { bold: "\u0007x" }, { code: "y\u001b[2J" }]] }])).toBe(
    "ared bcd ex`y`",
  );
  expect(plain([{ type: "quote", text: "q\u001b[1mz" }])).toBe("| qz");
});
