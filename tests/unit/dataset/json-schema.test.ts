import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { jsonSchemas } from "../../../src/dataset/json-schema.ts";
import { recordOf } from "../../../src/dataset/read-yaml.ts";
import { filesOf, fixture } from "./scratch.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/schema/", import.meta.url));
const SHENZHEN = fileURLToPath(new URL("../../../data/shenzhen-2026", import.meta.url));
const OUTDATED = "docs/schema/ is not what the program checks. Write it anew: npm run schema";

/** The schema by which a file of a dataset is read; every other file is a district's. */
function schemaFor(file: string): z.ZodType {
  const name = file.replace(/\.yaml$/u, ".json");
  const all = jsonSchemas();
  const found = all.find((each) => each.name === name) ?? all.find((each) => each.name === "district.json");
  if (found === undefined) throw new Error(`no schema for ${file}`);
  return z.fromJSONSchema(found.schema);
}

test("the files under docs/schema are current", async () => {
  const names = (await readdir(FOLDER)).sort();
  expect(names, OUTDATED).toEqual(
    jsonSchemas()
      .map(({ name }) => name)
      .sort(),
  );
  for (const { name, schema } of jsonSchemas()) {
    const written: unknown = JSON.parse(await readFile(`${FOLDER}${name}`, "utf8"));
    expect(written, OUTDATED).toEqual(schema);
  }
});

test("each says its draft and what it is for", () => {
  for (const { schema } of jsonSchemas()) {
    expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    expect(schema).toHaveProperty("description");
  }
});

describe.each([SHENZHEN, fixture("lanting-2026"), fixture("ballycastle-2025")])("%s", (folder) => {
  test("fits, file by file", async () => {
    for (const { name, text } of await filesOf(folder)) {
      const { success, error } = schemaFor(name).safeParse(parse(text));
      expect({ name, success, error }).toEqual({ name, success: true, error: undefined });
    }
  });
});

describe("a file with a fault does not fit", () => {
  const breaks: readonly (readonly [what: string, file: string, from: string | RegExp, to: string])[] = [
    ["an unknown key", "lanting.yaml", "theme: transport", "thema: transport"],
    ["a missing key", "lanting.yaml", "    part: goals\n", ""],
    ["a wrong word", "lanting.yaml", "check: figure", "check: number"],
    ["an id of another shape", "lanting.yaml", "id: LT-001", "id: LT-1"],
    ["a day of another shape", "lanting.yaml", "date: 2026-12-31", "date: 2026/12/31"],
    ["a value beside a range", "lanting.yaml", "value: 3600", "value: 3600, min: 1, max: 2"],
    ["a target without its value", "lanting.yaml", "value: 3600, ", ""],
    ["a figure that loses digits", "lanting.yaml", "value: 3600", "value: 1000000000000"],
    ["two ends of a period", "lanting.yaml", "end: 2026-12-31 }", "end: 2026-12-31, years: 1 }"],
    ["an empty text", "lanting.yaml", /zh: 停车泊位/u, 'zh: ""'],
    ["white space around a text", "lanting.yaml", "en: Parking spaces", 'en: " Parking spaces"'],
    ["a text of two lines", "lanting.yaml", "en: Parking spaces", 'en: "Parking\\nspaces"'],
    ["null for a key that is left out", "lanting.yaml", "kind: cumulative", "kind:"],
    ["a hash of another length", "sources.yaml", /sha256: [0-9a-f]/u, "sha256: "],
    ["a language that nobody speaks", "dataset.yaml", "[zh, en]", "[zh, fr]"],
    ["a code in capitals", "themes.yaml", "code: computing", "code: Computing"],
    ["a measure without its unit", "measures.yaml", ", unit: 台", ""],
  ];

  test.each(breaks)("%s (%s)", async (_, name, from, to) => {
    const text = (await filesOf(fixture("lanting-2026"))).find((each) => each.name === name)?.text ?? "";
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(schemaFor(name).safeParse(parse(broken)).success).toBe(false);
  });
});

test("a version that YAML takes for a number fits, as it does when it is loaded", async () => {
  const text =
    (await filesOf(fixture("lanting-2026"))).find(({ name }) => name === "dataset.yaml")?.text ?? "";
  const content = recordOf(parse(text.replace(/version: .*/u, "version: 2026.10")));
  expect(content["version"]).toBe(2026.1);
  expect(schemaFor("dataset.yaml").safeParse(content).success).toBe(true);
});
