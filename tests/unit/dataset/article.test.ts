import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { checkArticle } from "../../../src/dataset/article.ts";
import type { DatasetFault } from "../../../src/dataset/fault.ts";
import { loadDraft } from "../../../src/dataset/load.ts";
import { hashOf, paragraphsOf } from "../../../src/dataset/paragraphs.ts";
import { givesDay } from "../../../src/dataset/spelled-days.ts";
import { articleFile, scratch, type Scratch } from "./scratch.ts";

const article = async (name: string) => readFile(articleFile(name), "utf8");

async function prove(copy: Scratch, text: string): Promise<DatasetFault[]> {
  const { draft } = await loadDraft(copy.folder);
  return draft === null ? [] : checkArticle(draft, text);
}

test("an article counts its paragraphs from the by-line on, headings too", () => {
  expect(paragraphsOf("题目\n\n作者 甲\n\n第一段\n标题\n\n　第三段　\n")).toEqual([
    "第一段",
    "标题",
    "第三段",
  ]);
  expect(paragraphsOf("Title\r\nBy-line\r\n\r\nOne\r\nTwo")).toEqual(["One", "Two"]);
  expect(paragraphsOf("")).toEqual([]);
});

test("a hash does not see how wide the brackets are", () => {
  expect(hashOf("南山智造（红花岭基地）")).toBe(hashOf(" 南山智造(红花岭基地) "));
});

test.each([
  ["ballycastle-2025", "ballycastle"],
  ["lanting-2026", "lanting"],
  ["lanting-2026", "lanting-computing"],
  ["lanting-2026", "lanting-spring"],
])("%s is proven by %s", async (id, name) => {
  expect(await prove(await scratch(id), await article(name))).toEqual([]);
});

test.each([
  ["harbour.yaml", "value: 240", "value: 241", /does not have the target 241 homes/],
  ["harbour.yaml", "original: 11 km", "original: exactly 11 km", /does not have the wording "exactly 11 km"/],
  ["harbour.yaml", "asOf: 2025-01-20", "asOf: 2025-01-02", /does not give the day 2025-01-02/],
  ["harbour.yaml", "asOf: 2024-12-31", "asOf: 2024-12-30", /does not give the day 2024-12-30/],
  ["harbour.yaml", "At least 240", "At least 340", /says "340", which paragraph 3/],
  ["harbour.yaml", "by 1 December.", "by 4 December.", /says "4 December", a day that paragraph 6/],
  [
    "harbour.yaml",
    "text: by 1 December",
    "text: before December",
    /does not have the words "before December"/,
  ],
  ["knockdoon.yaml", "“Mend & Tea”", "“Mend & Coffee”", /does not have the words "Mend & Coffee"/],
  [
    "st-brigids.yaml",
    "value: 4.5, unit: € million",
    "value: 45, unit: € million",
    /does not have the scale 45 € million/,
  ],
  ["sources.yaml", '"240 homes"', '"240 houses"', /does not have the figure "240 houses"/],
  ["sources.yaml", '"Mend & Tea"', '"Mend and Tea"', /does not have the name "Mend and Tea"/],
])("in %s, %s → %s is told with its line", async (file, from, to, says) => {
  const copy = await scratch("ballycastle-2025");
  const line = await copy.edit(file, from, to);
  const told = (await prove(copy, await article("ballycastle"))).filter(({ what }) => says.test(what));
  expect(told.map((fault) => `${basename(fault.file)}:${fault.line}`)).toEqual([`${file}:${line}`]);
});

test("in two languages, a converted figure is held to the paragraph and a quoted name to its words", async () => {
  const copy = await scratch("lanting-2026");
  const money = await copy.edit("qiuhe.yaml", "RMB 40.26 billion", "RMB 4.026 billion");
  const name = await copy.edit("yunbo.yaml", "“湖光里”", "“湖光山色”");
  const period = await copy.edit("yunbo.yaml", "years: 3", "years: 4");
  const told = await prove(copy, await article("lanting"));
  expect(told.map(({ file, line }) => `${basename(file)}:${line}`)).toEqual(
    expect.arrayContaining([`qiuhe.yaml:${money}`, `yunbo.yaml:${name}`, `yunbo.yaml:${period}`]),
  );
});

test("a changed paragraph is told with the right hash", async () => {
  const text = (await article("ballycastle")).replace("most of them", "nearly all of them");
  const [fault, ...others] = await prove(await scratch("ballycastle-2025"), text);
  expect(others).toEqual([]);
  expect(fault?.what).toBe("Paragraph 3 of the article has another hash");
  expect(fault?.fix).toContain(`sha256: ${hashOf(paragraphsOf(text)[2] ?? "")}`);
});

test("a paragraph that the article does not have is told at the item and at the source", async () => {
  const text = paragraphsOf(await article("ballycastle"))
    .slice(0, 15)
    .join("\n");
  const told = await prove(await scratch("ballycastle-2025"), `Title\nBy-line\n${text}`);
  expect(told.map(({ what }) => what)).toEqual([
    "The article has no paragraph 16, only 15",
    "KN-F01 cites paragraph 16, the article has 15",
    "KN-F02 cites paragraph 16, the article has 15",
  ]);
});

test("only the source that the article is the text of is proven; another text is none of them", async () => {
  const copy = await scratch("lanting-2026");
  const [fault, ...others] = await prove(copy, "题目\n作者 乙\n另一篇报道。");
  expect(others).toEqual([]);
  expect(fault?.what).toBe("The article is the text of none of the sources");
});

test.each([
  ["截至6月30日", "2026-06-30", true],
  ["as of 30 June 2026", "2026-06-30", true],
  ["as of 30 June 2026", "2026-06-29", false],
  ["at the end of June", "2026-06-30", false],
  ["2025年总产出", "2025-12-31", true],
  ["2025年总产出", "2025-06-30", false],
  ["6月底", "2026-06-30", true],
  ["6月底", "2025-06-30", false],
])("whether %s gives %s: %s", (text, day, given) => {
  expect(givesDay(text, day, "2026-07-02")).toBe(given);
});
