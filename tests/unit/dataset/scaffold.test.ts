import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { appendCommitment } from "../../../src/dataset/append-commitment.ts";
import { loadDataset } from "../../../src/dataset/load.ts";
import { recordOf } from "../../../src/dataset/read-yaml.ts";
import { scaffoldCommitment, type Scaffold } from "../../../src/dataset/scaffold.ts";
import { commitmentRow } from "../../../src/dataset/schema.ts";
import { fixture, scratch } from "./scratch.ts";

async function scaffold(folder: string, code: string): Promise<Scaffold> {
  const made = await scaffoldCommitment(folder, code);
  if ("fault" in made) throw new Error(made.fault.what);
  return made;
}

/** Appends a scaffold to its file; the text before and after. */
async function append({
  file,
  yaml,
}: Scaffold): Promise<{ readonly before: string; readonly after: string }> {
  const before = await readFile(file, "utf8");
  const after = appendCommitment(before, yaml);
  if (after === null) throw new Error("nowhere to append");
  await writeFile(file, after);
  return { before, after };
}

/** The lines (from 1) on which a key has a comment in place of its value. */
function placeholders(text: string): number[] {
  return text.split("\n").flatMap((line, at) => (/^ +\w+: #/u.test(line) ? [at + 1] : []));
}

describe("an id", () => {
  test("is the next after all that stand or are retired", async () => {
    // LT-009 stands, QH-007 stands and QH-005 is retired.
    expect((await scaffold(fixture("lanting-2026"), "LT")).id).toBe("LT-010");
    const copy = await scratch("lanting-2026");
    await copy.edit("dataset.yaml", "QH-005]", "QH-005, QH-012, QH-F99]");
    expect((await scaffold(copy.folder, "QH")).id).toBe("QH-013");
  });

  test("of a gap is not taken: it may have been used", async () => {
    const copy = await scratch("lanting-2026");
    await copy.edit("dataset.yaml", "[LT-003, QH-005]", "[QH-005]");
    expect((await scaffold(copy.folder, "LT")).id).toBe("LT-010");
  });

  test("of a scaffold that is not filled in yet is taken", async () => {
    const copy = await scratch("lanting-2026");
    await append(await scaffold(copy.folder, "YB"));
    const [first, second] = [await scaffold(copy.folder, "LT"), await scaffold(copy.folder, "YB")];
    expect(first.id).toBe("LT-010");
    const { after } = await append(second);
    expect(new Set(after.match(/YB-\d{3}/gu)).has(second.id)).toBe(true);
    expect(after.split(`- id: ${second.id}\n`)).toHaveLength(2);
  });

  test("after 999 there is none", async () => {
    const copy = await scratch("lanting-2026");
    await copy.edit("dataset.yaml", "QH-005]", "QH-999]");
    expect(await scaffoldCommitment(copy.folder, "QH")).toMatchObject({
      fault: { what: "QH has no id left" },
    });
  });
});

describe.each([
  { id: "lanting-2026", code: "QH" },
  { id: "ballycastle-2025", code: "hb" },
])("a scaffold in $id", ({ id, code }) => {
  test("has a placeholder for every key, and check tells of exactly those, by their lines", async () => {
    const copy = await scratch(id);
    const made = await scaffold(copy.folder, code);
    const { before, after } = await append(made);
    const expected = placeholders(after);
    expect(placeholders(before)).toEqual([]);
    expect([...made.yaml.matchAll(/^(?: {4}| {2}- )(\w+):/gmu)].map(([, key]) => key)).toEqual(
      Object.keys(commitmentRow.shape),
    );
    const { dataset, faults } = await loadDataset(copy.folder);
    expect(dataset).toBeNull();
    expect(faults.map(({ line }) => line)).toEqual(expected);
    expect(new Set(faults.map(({ file }) => file))).toEqual(new Set([made.file]));
  });

  test("leaves the rest of the file as it was", async () => {
    const copy = await scratch(id);
    const made = await scaffold(copy.folder, code);
    const { before, after } = await append(made);
    expect(after.replace(`\n${made.yaml}`, "")).toBe(before);
  });
});

test("a scaffold that is filled in has no faults", async () => {
  const copy = await scratch("lanting-2026");
  const made = await scaffold(copy.folder, "LT");
  const words: Readonly<Record<string, readonly [string, string]>> = {
    title: ["社区书屋", "Reading rooms"],
    summary: ["街道里的书屋晚上也开门。", "The subdistricts keep their reading rooms open in the evening."],
    why: ["没有数字，只能看举措。", "There is no figure; only acts can be shown."],
    proof: ["街道公布的开放时间。", "Opening hours published by the subdistricts."],
  };
  const plain: Readonly<Record<string, string>> = {
    theme: "city",
    part: "goals",
    modality: "service",
    check: "acts",
    id: "lanting-daily-2026-01-16",
    paragraph: "6",
  };
  let section = "";
  const filled = made.yaml.split("\n").flatMap((line) => {
    const [, key = ""] = /^ +(?:- )?(\w+):/u.exec(line) ?? [];
    if (!line.includes("#")) {
      section = key;
      return [line];
    }
    const value = key === "zh" ? words[section]?.[0] : key === "en" ? words[section]?.[1] : plain[key];
    return value === undefined ? [] : [line.replace(/#.*$/u, value)];
  });
  await append({ ...made, yaml: filled.join("\n") });
  const { dataset, faults } = await loadDataset(copy.folder);
  expect(faults).toEqual([]);
  expect(dataset?.commitments.find(({ id }) => id === made.id)).toMatchObject({
    district: "LT",
    theme: "city",
  });
});

test("comments are in the languages of the dataset", async () => {
  const { yaml } = await scaffold(fixture("ballycastle-2025"), "HB");
  expect(yaml).not.toMatch(/\p{Script=Han}/u);
  const both = (await scaffold(fixture("lanting-2026"), "LT")).yaml;
  for (const line of both.split("\n").filter((each) => /^ {4}\w+: #/u.test(each)))
    expect(line).toMatch(/\p{Script=Han}.*\| .*[a-z]/u);
});

describe("without a scaffold", () => {
  test("an unknown district gets the nearest and the list", async () => {
    expect(await scaffoldCommitment(fixture("lanting-2026"), "澜亭")).toMatchObject({
      fault: { what: 'There is no district "澜亭"', fix: "Did you mean LT? Known: LT, QH, YB." },
    });
  });

  test("a folder that is missing says so", async () => {
    expect(await scaffoldCommitment("/nonexistent", "LT")).toMatchObject({
      fault: { what: "The folder is missing" },
    });
  });

  test("a file that cannot be read is told: its ids are not known", async () => {
    const copy = await scratch("lanting-2026");
    await copy.write("qiuhe.yaml", "code: [QH\n");
    const made = await scaffoldCommitment(copy.folder, "LT");
    if (!("fault" in made)) throw new Error("it made one");
    expect(basename(made.fault.file)).toBe("qiuhe.yaml");
  });

  test("retired ids that cannot be read are told as well", async () => {
    const copy = await scratch("lanting-2026");
    await copy.edit("dataset.yaml", "retired: [LT-003, QH-005]", "retired: LT-003");
    const made = await scaffoldCommitment(copy.folder, "LT");
    if (!("fault" in made)) throw new Error("it made one");
    expect(basename(made.fault.file)).toBe("dataset.yaml");
  });
});

describe("appending", () => {
  const item = "  - id: AA-009\n    theme: # x\n";

  test.each([
    [
      "to an empty list",
      "commitments: [] # none yet\nfacts: []\n",
      "commitments: # none yet\n  - id: AA-009\n    theme: # x\nfacts: []\n",
    ],
    [
      "at the end of the file",
      "commitments:\n  - id: AA-001\n    a: 1",
      "commitments:\n  - id: AA-001\n    a: 1\n\n  - id: AA-009\n    theme: # x\n",
    ],
    [
      "to a list without indentation",
      "commitments:\n- id: A\n- id: B\nfacts:\n",
      "commitments:\n- id: A\n- id: B\n- id: AA-009\n  theme: # x\nfacts:\n",
    ],
    [
      "to a deeper list",
      "commitments:\n    - id: A\n\n    - id: B\n",
      "commitments:\n    - id: A\n\n    - id: B\n\n    - id: AA-009\n      theme: # x\n",
    ],
    [
      "after the comments of the last item, before those of what follows",
      "commitments:\n  - id: A # one\n    # still A\n    # and this\n\n# the facts\nfacts: []\n",
      "commitments:\n  - id: A # one\n    # still A\n    # and this\n\n  - id: AA-009\n    theme: # x\n\n# the facts\nfacts: []\n",
    ],
    [
      "with the line ends of the file",
      "commitments:\r\n  - id: A\r\n  - id: B\r\n",
      "commitments:\r\n  - id: A\r\n  - id: B\r\n  - id: AA-009\r\n    theme: # x\r\n",
    ],
    [
      "after a text over several lines",
      "commitments:\n  - id: A\n    why: |\n      one\n      # two\n\nfacts: []\n",
      "commitments:\n  - id: A\n    why: |\n      one\n      # two\n\n  - id: AA-009\n    theme: # x\n\nfacts: []\n",
    ],
  ])("%s", (_, before, after) => {
    expect(appendCommitment(before, item)).toBe(after);
  });

  test.each([
    "",
    "- a\n",
    "facts: []\n",
    "commitments: 3\n",
    "commitments: [{ id: A }]\n",
    "commitments: [\n",
  ])("is refused where there is no list to extend: %j", (text) => {
    expect(appendCommitment(text, item)).toBeNull();
  });

  test("adds one item and changes no other, whatever stands around", () => {
    const line = fc.constantFrom("", "  ", "# c", "    # deep", "  # at the dash");
    const entry = fc.tuple(
      fc.constantFrom("x: 1", "x: { a: [1] }", "x: 'it''s'", "x: >-\n      a\n      b"),
      fc.array(line, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 4 }),
        fc.array(line, { maxLength: 3 }),
        fc.boolean(),
        (entries, gap, facts) => {
          const rows = entries.map(([row, between], at) =>
            [`  - id: A-${at}`, `    ${row}`, ...between].join("\n"),
          );
          const text = ["code: A", "commitments:", ...rows, ...gap, ...(facts ? ["facts: []"] : [])].join(
            "\n",
          );
          const was = recordOf(parse(text));
          const is = recordOf(parse(appendCommitment(text, item) ?? ""));
          const before = z.array(z.unknown()).parse(was["commitments"]);
          expect(is["commitments"]).toEqual([...before, { id: "AA-009", theme: null }]);
          expect({ ...is, commitments: 0 }).toEqual({ ...was, commitments: 0 });
          for (const comment of text.match(/#.*/gu) ?? [])
            expect(appendCommitment(text, item)).toContain(comment);
        },
      ),
    );
  });
});
