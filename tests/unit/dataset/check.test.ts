import { appendFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { loadDataset } from "../../../src/dataset/load.ts";
import { broken, expectTold } from "./breaks.ts";
import { scratch } from "./scratch.ts";

test.each([
  broken(
    "a language that is missing",
    "yunbo.yaml",
    "      zh: 马拉松沿线设好医疗点。\n",
    "",
    /summary lacks zh/,
    { below: -1 },
  ),
  broken(
    "a figure in one language only",
    "qiuhe.yaml",
    "7 月 15 日前签出 60 套人才房",
    "7 月 15 日前签出 60 套人才房，另有 3 处配套",
    /summary\.zh says "3", the English text does not/,
  ),
  broken(
    "a figure that differs between languages",
    "qiuhe.yaml",
    "RMB 40.26 billion",
    "RMB 402.6 billion",
    /summary\.en says "RMB 402.6 billion", the Chinese text does not/,
  ),
  broken(
    "a year that an older figure needs",
    "qiuhe.yaml",
    "从 2025 年的 9 天",
    "从 9 天",
    /the zh text does not name 2025, the year of its baseline/,
  ),
  broken(
    "an event in one language",
    "yunbo.yaml",
    "event: { zh: 达产, en: full capacity is reached }",
    "event: { zh: 达产 }",
    /period\.start\.event lacks en/,
  ),
  broken("a theme in one language", "themes.yaml", "zh: 住房, ", "", /name lacks zh/),
])("$name is told in a dataset of two languages", async (each) => {
  await expectTold("lanting-2026", each);
});

test("tells every fault at once, in the order of the files", async () => {
  const copy = await scratch("ballycastle-2025");
  await copy.edit("dataset.yaml", "zone: Europe/Dublin", "zone: Nowhere");
  await copy.edit("harbour.yaml", "theme: coast", "theme: none-such");
  await copy.edit(
    "harbour.yaml",
    'modality: target\n    check: figure\n    why: { en: "Stages',
    'modality: hope\n    check: figure\n    why: { en: "Stages',
  );
  await copy.edit("knockdoon.yaml", "paragraph: 15", "paragraph: 99");
  await appendFile(copy.path("themes.yaml"), "- { code: coast2, en: Coast }\n");
  const { faults } = await loadDataset(copy.folder);
  expect(faults.map(({ file, line }) => `${basename(file)}:${line}`)).toEqual([
    "dataset.yaml:4",
    "harbour.yaml:59",
    "harbour.yaml:61",
    "knockdoon.yaml:35",
    "themes.yaml:8",
  ]);
});

test("two commitments of one district with the same target and measure are one too many", async () => {
  const copy = await scratch("lanting-2026");
  const line = await copy.edit(
    "lanting.yaml",
    'measure: chargers\n    target: { op: "=", value: 1500, unit: 个, original: 充电桩1500个 }',
    'measure: parking\n    target: { op: ">=", value: 3600, unit: 个, original: 不少于3600个 }',
  );
  const { faults } = await loadDataset(copy.folder);
  expect(
    faults
      .filter(({ what }) => what.includes("LT-009 has the same target and measure as LT-001"))
      .map((fault) => fault.line),
  ).toEqual([line + 1]);
});
